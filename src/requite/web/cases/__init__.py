"""Pages of cases: the queue and the case."""
