"""Receive: feeds that come in, are determined in the background, and become cases."""
