"""Which forecasters serve: tried, weighed and corrected on windows inside the history."""
