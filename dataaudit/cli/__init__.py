"""The command line: reads flags, calls the API, writes what reporters return. Nothing else."""
