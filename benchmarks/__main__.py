"""Run the benchmarks."""

from benchmarks.bench import main

main()
