"""Mentions and claims, found in a parsed article."""
