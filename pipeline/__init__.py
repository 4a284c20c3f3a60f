"""Who supports or opposes what in news and policy writing.

Importing this package loads neither spaCy nor pandas; ``pipeline.extraction.build`` does.
"""

__version__ = "0.1.0"
