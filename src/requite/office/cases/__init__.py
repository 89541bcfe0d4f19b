"""Work: findings become cases that people resolve."""
