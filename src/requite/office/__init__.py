"""The back office: Django apps, one for each step of the work; they know nothing of HTTP."""
