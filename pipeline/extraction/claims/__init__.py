"""Stance claims, found by cues over the dependency parse."""
