"""The counter: typed tools, and the one door through which they run."""
