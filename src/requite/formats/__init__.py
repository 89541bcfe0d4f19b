"""Bytes to records and back: streaming, no framework, no opinions."""
