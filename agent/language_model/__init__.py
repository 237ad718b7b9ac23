"""A language model in place of the planner: watched, fenced in, and replaced where it fails."""
