"""The command line: one file a verb over a plain function."""
