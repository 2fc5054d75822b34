"""The command line: one verb of the pipeline or one question about a figure for each command."""
