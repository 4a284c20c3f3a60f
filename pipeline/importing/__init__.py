"""Claims and decisions that were made elsewhere, brought into the workspace."""
