"""What a company knows in words: its documents, cut into passages that can be found and cited.

A document is data. What it says is quoted with its source and never acted on.
"""
