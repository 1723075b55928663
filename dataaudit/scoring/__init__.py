"""From findings to decisions: what each provider would do with the data. Pure functions."""
