"""Small pictures drawn on the server: they print, and need no script."""
