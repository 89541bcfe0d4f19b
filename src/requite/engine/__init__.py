"""Many accounts at once: DuckDB SQL over Parquet, and the domain over each account."""
