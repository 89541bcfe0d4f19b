"""A first reading of an extract that nobody has mapped: from its headers and from its values."""
