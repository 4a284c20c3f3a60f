"""Concepts: what targets are about, across all the ways of saying it."""
