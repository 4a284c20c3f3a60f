"""Which proposals stand beside each other, and who reports them."""
