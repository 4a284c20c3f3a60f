"""Who holds a position, and where in the sentence the holder stands."""
