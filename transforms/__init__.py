"""Pure functions from values to values: no clock, file, network, Prefect or DuckDB in here."""
