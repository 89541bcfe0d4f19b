"""The interface for programs: the same cases, by the same services, for bearers of a token."""
