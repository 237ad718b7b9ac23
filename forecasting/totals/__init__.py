"""Forecasts of stores, categories and everything, and parts that follow them."""
