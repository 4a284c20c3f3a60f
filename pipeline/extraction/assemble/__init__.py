"""Settled positions as the records that leave the extraction."""
