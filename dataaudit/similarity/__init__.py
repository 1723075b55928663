"""Near-duplicates: how alike texts are, and which of many are candidates. Knows normal forms, not rows or rules."""
