"""Rolling-origin backtests and what they report."""
