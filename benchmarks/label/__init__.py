"""Likely label errors: sets, planted errors, other tools, and the page of figures."""
