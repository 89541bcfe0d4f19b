"""Pages of people: signing in, and who works for a provider."""
