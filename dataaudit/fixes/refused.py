"""Which files are not rewritten, and why: in words for the user."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dataaudit.errors import UsageError
from dataaudit.fixes.limits import limits
from dataaudit.fixes.registry import GO
from dataaudit.fixes.track import stamp_of
from dataaudit.loaders.names import file_names

if TYPE_CHECKING:
    from dataaudit.checks.evidence import Evidence
    from dataaudit.fixes.apply import Spans
    from dataaudit.fixes.choose import Choice
    from dataaudit.fixes.track import Track
    from dataaudit.loaders import Source

_KINDS = {
    "json": "left as it is: JSON that is one list is not rewritten; save it as JSON Lines",
    "parquet": "left as it is: Parquet is not rewritten; export it as JSON Lines or CSV",
    "rows": "left as they are: rows in memory have no file",
}


def refused(evidence: Evidence) -> dict[int, str]:
    """Sources by number that fixing must not write."""
    files = [source for source in evidence.sources if _is_file(source)]
    same = Counter(stamp_of(source)[:2] for source in files)
    torn = _torn_tables(evidence)
    cut = {fact.source for fact in evidence.facts if fact.note.trait == "truncated-file"}
    found: dict[int, str] = {}
    for number, source in enumerate(evidence.sources):
        why = _why(source)
        if why is None and number in cut:
            why = "left as it is: it is cut off, and what is missing would be lost for good"
        if why is None and number in torn:
            why = "left as it is: the table is not sound (SCH023), so which cell is whose is not certain"
        if why is None and same[stamp_of(source)[:2]] > 1:
            why = "left as it is: the same file was given under two names, and its rows repeat one another"
        if why is not None:
            found[number] = why
    return found


def _torn_tables(evidence: Evidence) -> set[int]:
    """Tables with a fault after which cells may stand in the wrong columns."""
    faults = limits().torn
    torn = {fact.source for fact in evidence.facts if fact.note.trait in faults}
    rows = evidence.rows_with(lambda trait: trait in faults)
    torn.update(np.unique(evidence.table["source"][rows]).tolist())
    return {number for number in torn if evidence.sources[number].kind == "delimited"}


def emptied(choice: Choice, spans: Spans) -> bool:
    """Whether rows of a file go and none would stay."""
    bits = choice.bits[spans.first : spans.first + len(spans.starts)]
    goes = bits & np.uint64(GO) != 0
    return bool(goes.any()) and not bool((~goes & ~spans.blank).any())


EMPTIED = "left as it is: none of its rows would stay; delete the file if it is not needed"


def check_writable(track: Track) -> None:
    """Raise UsageError where the file itself may not be written, though its folder lets it be replaced."""
    if not os.access(track.source.path, os.W_OK):
        raise UsageError("cannot be written: read-only", path=track.source.path, hint="nothing was written")


def _is_file(source: Source) -> bool:
    return source.location == source.path


def _why(source: Source) -> str | None:
    if source.kind in _KINDS:
        return _KINDS[source.kind]
    if source.location == os.devnull:
        return "left as it is: its content is not here"
    if not _is_file(source):
        return "left as it is: standard input and pipes cannot be written; give a file"
    if file_names().written.search(Path(source.path).name):
        return "left as it is: a fix wrote it, as a record of what rows were"
    if source.encoding != "utf-8":
        return f"left as it is: {source.encoding} is not rewritten; save it as UTF-8"
    return None
