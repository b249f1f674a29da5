"""Where things are kept: raw bytes, the Parquet lake, and the DuckDB warehouse that is built from it."""
