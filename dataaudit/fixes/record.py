"""The files beside the data: what was removed and changed, and what a person has to decide.

The record grows: what an earlier run wrote stays at its start. Both are written whole or not at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dataaudit._files import replacing, write_file
from dataaudit.fixes.apply import Content, first_line, split_end
from dataaudit.fixes.limits import limits
from dataaudit.fixes.registry import BYTE_ORDER_MARK, LINE_ENDS, codes_of
from dataaudit.fixes.track import stamp_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dataaudit.catalogue import Rule
    from dataaudit.fixes.track import Change, Track

_NAMES: Final = {b"\n": "LF", b"\r\n": "CRLF", b"\r": "CR", b"": "none"}


@contextmanager
def recorded(track: Track, sources: Mapping[int, str], rules: Mapping[str, Rule]) -> Iterator[Path]:
    """Write the rows of a file that were removed or changed, as they were, behind what the record holds already.

    Where the block fails before the data are replaced the record is as it was. It is as readable as the data.

    Raises:
        OSError: the record cannot be written.
    """
    path = Path(f"{track.source.path}{limits().removed}")
    size = path.stat().st_size if path.exists() else None
    with replacing(path, like=Path(track.source.path)) as stream:
        if size is not None:
            with path.open("rb") as known:
                shutil.copyfileobj(known, stream)
                known.seek(-1, 2) if known.tell() else None
                if known.read(1) not in (b"\n", b""):
                    stream.write(b"\n")
        for entry in entries(track, sources, rules):
            stream.write(line(entry))
    try:
        yield path
    except BaseException:
        if stamp_of(track.source) == track.stamp:  # else the data are the new ones already, and need their record
            _roll_back(path, size)
        raise


def _roll_back(path: Path, size: int | None) -> None:
    if size is None:
        path.unlink(missing_ok=True)
    else:
        os.truncate(path, size)


def entries(track: Track, sources: Mapping[int, str], rules: Mapping[str, Rule]) -> Iterator[dict[str, Any]]:
    """What the file was and is, what was done to it as a whole, and one object for each row that went or changed."""
    yield _run(track)
    if track.mark:
        yield {"line": 1, "rules": [BYTE_ORDER_MARK], "action": "changed", "reason": _reason((BYTE_ORDER_MARK,), rules)}
    if track.ends:
        reason = f"{_reason((LINE_ENDS,), rules)}: {track.ends:,} lines"
        yield {"line": None, "rules": [LINE_ENDS], "action": "changed", "reason": reason}
    for change in track.pieces(0):
        if isinstance(change, int) or not change.mask:
            continue
        codes = codes_of(change.mask)
        entry: dict[str, Any] = {"line": change.line, "rules": list(codes)}
        entry |= {"action": "changed" if change.became else "removed", "reason": _reason(codes, rules)}
        if change.became > 1:
            entry["became"] = change.became
        source, line_ = track.twin[change.row].tolist()
        if line_ >= 0 and not change.became:
            entry["same_as"] = {"path": sources[source], "line": line_}
        yield {**entry, "row": _old(track, change).decode("utf-8", "surrogateescape")}


def _run(track: Track) -> dict[str, Any]:
    """The head of the entries of a run: what the file was and is, and what its lines ended in."""
    sums = [_sum(place) for place in (track.source.location, str(track.content))]
    rows = len(track.done), len(track.origin)
    before, after = ({"sha256": known, "rows": count} for known, count in zip(sums, rows, strict=True))
    return {"line": None, "rules": [], "action": "run", "before": before, "after": after, "ends": _ends(track)}


def _sum(place: str) -> str:
    with Path(place).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _ends(track: Track) -> list[list[Any]]:
    """[line, LF, CRLF, CR or none]: what the rows from that line on ended in, up to the next entry."""
    found: list[list[Any]] = []
    content, starts = Content(track.source), track.first.starts.tolist()
    head = content.bytes_until(starts[0] if starts else None)
    pieces: list[tuple[int, bytes]] = [(1, head)] if head.removeprefix(b"\xef\xbb\xbf") else []
    for row, line_ in enumerate(track.first.lines.tolist()):
        raw = content.bytes_until(starts[row + 1] if row + 1 < len(starts) else None)
        if track.first.blank[row] and track.source.kind == "delimited":
            raw, header = first_line(raw)
            pieces += [(line_, raw), (line_ + 1, header)] if header else [(line_, raw)]
        else:
            pieces.append((line_, raw))
        while pieces:
            place, piece = pieces.pop(0)
            end = _NAMES[split_end(piece)[1]]
            if not found or found[-1][1] != end:
                found.append([place, end])
    return found


def _old(track: Track, change: Change) -> bytes:
    """A row as it was, without its line end; the header that may follow a blank line is not of it."""
    old = change.old
    if track.first.blank[change.row] and track.source.kind == "delimited":
        old, _ = first_line(old)
    return split_end(old)[0]


def _reason(codes: Iterable[str], rules: Mapping[str, Rule]) -> str:
    return "; ".join(f"{code} {rules[code].name}: {fix.summary}" for code in codes if (fix := rules[code].fix))


def line(entry: Mapping[str, Any]) -> bytes:
    """An entry as a line of JSON; bytes that were no UTF-8 are escaped as half surrogate pairs, U+DC80 to U+DCFF."""
    try:
        return (json.dumps(entry, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:
        return (json.dumps(entry) + "\n").encode()


def write_review(path: str, rows: Iterable[Mapping[str, Any]]) -> Path:
    """Write rows to decide on to a new file, as readable as the data; another one that is there stays as it is.

    Raises:
        UsageError: the file cannot be written.
    """
    content = b"".join(map(line, rows))
    number = 1
    while True:
        stem, dot, end = limits().review.rpartition(".")
        place = Path(f"{path}{limits().review}" if number == 1 else f"{path}{stem}-{number}{dot}{end}")
        if not place.exists():
            write_file(place, content, like=Path(path))
            return place
        if place.read_bytes() == content:
            return place
        number += 1
