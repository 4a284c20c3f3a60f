"""The data under models/, read and checked."""
