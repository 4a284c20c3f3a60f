"""A page to send to a colleague, its figures alone, and the card of the dataset."""
