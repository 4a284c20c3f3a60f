"""Extraction over many articles: what changed, what failed, which language, where it lies."""
