"""Kinds of sources: each gives headers, then rows in chunks with their line numbers."""
