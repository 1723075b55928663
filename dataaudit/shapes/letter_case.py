"""Keys that differ from those of a known shape only by letter case (`Prompt`): what most readers do not find.

Such a row is read as that shape, so that its texts are checked, and its readings say which keys are written otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.shapes.registry import claimant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dataaudit.shapes.base import Json

_BY_COLUMNS = frozenset(
    (
        *("labeled-text", "text", "prompt-only", "pairs", "flat-chat", "segments", "tokenized"),
        *("label-studio", "label-studio-min", "argilla", "prodigy", "doccano"),
    )
)
"""Shapes whose fields are columns that anyone names as they like, or that a labeling tool wrote: case says nothing."""


def spelled(record: Json, keys: Iterable[str]) -> dict[Json, str]:
    """Keys of a record that are known ones in other letter case: as written -> as known.

    A key that is there as it should be is never among the known ones; of two that fit one of them, the first is taken.
    """
    wanted = {key.casefold(): key for key in keys if key not in record}
    found: dict[Json, str] = {}
    for key in record:
        known = wanted.pop(key.casefold(), None) if isinstance(key, str) else None
        if known is not None:
            found[key] = known
    return found


def shape_in_other_case(rows: Sequence[Json], least: float) -> str | None:
    """The shape that at least so many of the rows have but for the letter case of their keys; None where none does."""
    votes: dict[str, int] = {}
    for row in rows:
        lower = {key.lower() if isinstance(key, str) else key: value for key, value in row.items()}
        if lower.keys() != row.keys() and len(lower) == len(row) and (shape := claimant(lower)) is not None:
            votes[shape.name] = votes.get(shape.name, 0) + 1
    best = max(votes, key=lambda name: votes[name], default=None)
    return best if best is not None and best not in _BY_COLUMNS and votes[best] >= least else None
