"""The parts of the comparison of near-duplicates: texts, exact truth, other tools, public sets, the page."""
