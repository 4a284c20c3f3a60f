"""Developer benchmarks: how good, and how fast, on texts that are not in this repository."""
