"""One page to look at: who supports and who opposes what."""
