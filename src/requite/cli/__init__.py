"""The `requite` command."""
