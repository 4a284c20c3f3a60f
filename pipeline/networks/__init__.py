"""Discourse networks: who stands with whom, and for what."""
