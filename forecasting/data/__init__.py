"""Data: sources, the rules they pass, and the versioned tables they become."""
