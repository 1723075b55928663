"""Gives back the bytes of a data file from what a fix made of it and the record of that run, as docs/fixes.md says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ENDS = {"LF": b"\n", "CRLF": b"\r\n", "CR": b"\r", "none": b""}
# A record of a sound table: cells in quotes may hold line ends.
RECORD = re.compile(rb'((?:"(?:[^"]|"")*"|[^"\r\n])*)(\r\n|\n|\r|$)')


def entries(file: Path) -> list[dict[str, Any]]:
    """All that the record of a file holds."""
    path = Path(f"{file}.removed.jsonl")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def last_run(known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The head of the last run and the entries after it."""
    start = max(place for place, entry in enumerate(known) if entry["action"] == "run")
    return known[start:]


def rows_of(data: bytes, *, table: bool) -> Iterator[bytes]:
    """The rows without their line ends."""
    if table:
        place = 0
        while place < len(data):
            found = RECORD.match(data, place)
            assert found is not None
            assert found.end() > place
            yield found[1]
            place = found.end()
        return
    lines = data.split(b"\n")
    if not lines[-1]:
        lines.pop()
    yield from (line.removesuffix(b"\r") for line in lines)


def restored(result: bytes, known: list[dict[str, Any]], *, table: bool) -> bytes:
    """The file before the last run."""
    head, *rest = last_run(known)
    mark = any(entry["line"] == 1 and "row" not in entry for entry in rest)
    by_line = {entry["line"]: entry for entry in rest if "row" in entry}
    ends = dict(head["ends"])
    rows = rows_of(result.removeprefix(b"\xef\xbb\xbf"), table=table)
    out = [b"\xef\xbb\xbf"] if mark or result.startswith(b"\xef\xbb\xbf") else []
    line, end = 1, b""
    while True:
        entry = by_line.get(line)
        if entry is None:
            row = next(rows, None)
            if row is None:
                return b"".join(out)
        else:
            row = entry["row"].encode("utf-8", "surrogateescape")
            for _ in range(0 if entry["action"] == "removed" else entry.get("became", 1)):
                next(rows)
        end = ENDS[ends[line]] if line in ends else end
        out.append(row + end)
        line += 1 + (len(re.findall(rb"\r\n|\n|\r", row)) if table else 0)
