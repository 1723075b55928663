"""Which files are not rewritten, and why: in words for the user."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from dataaudit.fixes.track import stamp_of

if TYPE_CHECKING:
    from dataaudit.checks.evidence import Evidence
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
    cut = {fact.source for fact in evidence.facts if fact.note.trait == "truncated-file"}
    found: dict[int, str] = {}
    for number, source in enumerate(evidence.sources):
        why = _why(source)
        if why is None and number in cut:
            why = "left as it is: it is cut off, and what is missing would be lost for good"
        if why is None and same[stamp_of(source)[:2]] > 1:
            why = "left as it is: the same file was given under two names, and its rows repeat one another"
        if why is not None:
            found[number] = why
    return found


def _is_file(source: Source) -> bool:
    return source.location == source.path


def _why(source: Source) -> str | None:
    if source.kind in _KINDS:
        return _KINDS[source.kind]
    if source.location == os.devnull:
        return "left as it is: its content is not here"
    if not _is_file(source):
        return "left as it is: standard input and pipes cannot be written; give a file"
    if source.encoding != "utf-8":
        return f"left as it is: {source.encoding} is not rewritten; save it as UTF-8"
    return None
