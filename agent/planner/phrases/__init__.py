"""Example phrases by what they want, for questions that no rule fits."""
