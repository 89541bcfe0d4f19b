"""Who may do what for whom: users, the providers they work for, and their roles."""
