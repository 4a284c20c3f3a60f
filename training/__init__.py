"""Torch code that makes the reader's weights; nothing under ``pipeline/`` imports it."""
