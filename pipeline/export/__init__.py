"""Verified claims in the formats that analysts use."""
