"""Claims as records: ids, scores, antecedents, one record a holder."""
