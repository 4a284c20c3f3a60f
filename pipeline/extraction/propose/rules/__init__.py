"""The grammar of claims: cues over the parse, one noun of it a module."""
