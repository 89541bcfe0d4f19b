"""Pages of corrections: what to put right in the source system."""
