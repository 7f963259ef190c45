"""Finds secrets in what people write and takes them out: pure text in, places out."""
