"""Text kernels: normal forms, fingerprints, and making data safe to show."""
