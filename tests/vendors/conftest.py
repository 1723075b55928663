"""Makes the crafted files of the comparison importable: they belong to the benchmark, not to the package."""

from __future__ import annotations

import sys
from pathlib import Path

# Last, so that an installed dataaudit still comes before the checkout.
sys.path.append(str(Path(__file__).resolve().parents[2]))
