"""How sure a claim is."""
