"""The parts of the comparison with the vendors' own validators: crafted files, oracles, restated rules, records."""
