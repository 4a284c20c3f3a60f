"""Files in, articles out: decoding, metadata, the corpus folder."""
