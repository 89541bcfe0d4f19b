"""From the extract of a source system to a feed: which column is what, with which sign."""
