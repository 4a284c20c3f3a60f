"""The ledger of what people decided, and the verified dataset that is folded from it."""
