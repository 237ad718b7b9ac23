"""Advice that was given, what people decided on it, and what came of it."""
