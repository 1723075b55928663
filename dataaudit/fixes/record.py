"""The files beside the data: what was removed and changed, and what a person has to decide.

The record grows: what an earlier run wrote stays at its start. Both are written whole or not at all.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dataaudit._files import replacing, write_file
from dataaudit.fixes.apply import split_end
from dataaudit.fixes.limits import limits
from dataaudit.fixes.registry import BYTE_ORDER_MARK, LINE_ENDS, codes_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dataaudit.catalogue import Rule
    from dataaudit.fixes.track import Track


def append_record(track: Track, sources: Mapping[int, str], rules: Mapping[str, Rule]) -> Path:
    """Write the rows of a file that were removed or changed, as they were, behind what the record holds already.

    Raises:
        OSError: the record cannot be written.
    """
    path = Path(f"{track.source.path}{limits().removed}")
    with replacing(path) as stream:
        if path.exists():
            with path.open("rb") as known:
                shutil.copyfileobj(known, stream)
                known.seek(-1, 2) if known.tell() else None
                if known.read(1) not in (b"\n", b""):
                    stream.write(b"\n")
        for entry in entries(track, sources, rules):
            stream.write(line(entry))
    return path


def entries(track: Track, sources: Mapping[int, str], rules: Mapping[str, Rule]) -> Iterator[dict[str, Any]]:
    """One object for what was done to the file as a whole, and one for each row that went or changed."""
    if track.mark:
        yield {"line": 1, "rules": [BYTE_ORDER_MARK], "action": "changed", "reason": _reason((BYTE_ORDER_MARK,), rules)}
    if track.ends:
        reason = f"{_reason((LINE_ENDS,), rules)}: {track.ends:,} lines"
        yield {"line": None, "rules": [LINE_ENDS], "action": "changed", "reason": reason}
    for change in track.pieces(0):
        if isinstance(change, int) or not change.mask:
            continue
        old, _ = split_end(change.old)
        codes = codes_of(change.mask)
        entry: dict[str, Any] = {"line": change.line, "rules": list(codes)}
        if track.removed(change):
            old = old.partition(b"\n")[0] if "SCH003" in codes else old
            entry |= {"action": "removed", "reason": _reason(codes, rules)}
            source, line_ = track.twin[change.row].tolist()
            if line_ >= 0:
                entry["same_as"] = {"path": sources[source], "line": line_}
        else:
            entry |= {"action": "changed", "reason": _reason(codes, rules)}
        yield {**entry, "row": old.decode("utf-8", "surrogateescape")}


def _reason(codes: Iterable[str], rules: Mapping[str, Rule]) -> str:
    return "; ".join(f"{code} {rules[code].name}: {fix.summary}" for code in codes if (fix := rules[code].fix))


def line(entry: Mapping[str, Any]) -> bytes:
    """An entry as a line of JSON; bytes that were no UTF-8 are escaped as half surrogate pairs, U+DC80 to U+DCFF."""
    try:
        return (json.dumps(entry, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:
        return (json.dumps(entry) + "\n").encode()


def write_review(path: str, rows: Iterable[Mapping[str, Any]]) -> Path:
    """Write rows to decide on to a new file; one with other content that is there already stays as it is.

    Raises:
        UsageError: the file cannot be written.
    """
    content = b"".join(map(line, rows))
    number = 1
    while True:
        stem, dot, end = limits().review.rpartition(".")
        place = Path(f"{path}{limits().review}" if number == 1 else f"{path}{stem}-{number}{dot}{end}")
        if not place.exists():
            write_file(place, content)
            return place
        if place.read_bytes() == content:
            return place
        number += 1
