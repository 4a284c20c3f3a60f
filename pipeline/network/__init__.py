"""Talking to servers: this machine's own go past every proxy, and a failure says what to do."""
