"""Decisions that survive new articles, new extractions and edited texts."""
