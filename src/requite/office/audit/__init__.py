"""What happened, by whom and when: events that are only ever added, chained by their hashes."""
