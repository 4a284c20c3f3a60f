"""The one way in for files that people write: whatever stands in them, what is wrong is said."""
