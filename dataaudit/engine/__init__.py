"""Runs the checks over the data: plan, measure, merge, judge."""
