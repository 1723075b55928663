"""The parts of the output-format benchmark: made training sets, planted deviations, scores."""
