"""Proposers of claims: who might hold which position, each with its reasons."""
