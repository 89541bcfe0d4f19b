"""One account laid out for reading: its rows, the arithmetic, the findings and their evidence."""
