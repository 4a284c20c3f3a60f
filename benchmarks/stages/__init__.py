"""The stages of ``benchmarks.results``, one a module, each with its ``STAGE``."""
