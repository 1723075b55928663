"""What benchmarks/token_estimates.py is made of."""
