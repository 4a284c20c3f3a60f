"""What a position is about: the phrase, clause or quotation that a cue governs."""
