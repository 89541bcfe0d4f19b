"""One cause a file, named for its code; the order of the waterfall is one tuple elsewhere."""
