"""Predictions against gold, scored as the codebook has it."""
