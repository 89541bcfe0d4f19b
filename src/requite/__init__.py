"""Requite finds every healthcare credit balance, proves whose money it is, and sees it returned."""

__version__ = "0.1.0"
