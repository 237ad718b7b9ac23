"""Prediction intervals: widths from backtest errors, for single periods and for sums."""
