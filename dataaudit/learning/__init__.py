"""Learns labels from texts, out of fold, and tells which are likely wrong. Knows no rules and no files."""
