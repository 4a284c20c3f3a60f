"""What is learned from annotated articles, and how it is measured."""
