"""What decisions say of the lexicons: of cues and rules, of cues and names that are missing."""
