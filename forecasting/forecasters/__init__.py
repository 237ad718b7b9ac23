"""One forecaster a file, one contract for all."""
