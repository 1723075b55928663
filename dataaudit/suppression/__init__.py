"""What silences findings: ignore files, a key in the row, globs of paths, baselines. Not for judging rows.

`Suppressions` decides for single findings; `engine/silence.py` asks it. Nothing here reads data.
"""

from __future__ import annotations

from dataaudit.suppression.baseline import Baseline
from dataaudit.suppression.ignore_file import Ignored, add_ignores, read_ignores
from dataaudit.suppression.places import baseline_file_for, ignore_file_for, located
from dataaudit.suppression.row_key import KEY, KEY_TRAIT, SILENCES, set_aside, traits_of
from dataaudit.suppression.silencing import Suppressions, suppressions_of

__all__ = [
    "KEY",
    "KEY_TRAIT",
    "SILENCES",
    "Baseline",
    "Ignored",
    "Suppressions",
    "add_ignores",
    "baseline_file_for",
    "ignore_file_for",
    "located",
    "read_ignores",
    "set_aside",
    "suppressions_of",
    "traits_of",
]
