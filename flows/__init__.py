"""The only place for Prefect and the network: the pipeline, its tasks and the command line."""
