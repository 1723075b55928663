"""Shows people the row that a finding is about: a masked piece, at the field or at its own words."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from json import JSONDecodeError
from typing import TYPE_CHECKING, Any

from dataaudit.checks.memory import Place
from dataaudit.loaders import UNREAD, Loader, excerpt_rows, parse
from dataaudit.model import Excerpt, Finding
from dataaudit.shapes import reader_for
from dataaudit.text.safe import excerpt

if TYPE_CHECKING:
    from collections.abc import Set

    from dataaudit.checks.evidence import Evidence
    from dataaudit.checks.memory import Shown
    from dataaudit.shapes.base import Reading

OF_A_RULE = 10
_DECODER = json.JSONDecoder(strict=False)
_SPACE = re.compile(r"[ \t\r\n]*")
_STEP = re.compile(r"([^.\[\]]+)|\[([0-9]+)\]")
_NEEDLE = 24
_GAP = "..."


def with_excerpts(found: Sequence[Finding], evidence: Evidence, loaders: Mapping[int, Loader]) -> list[Finding]:
    """The findings, the first of each rule and file with a piece of their row. Rows in memory are not shown."""
    numbers = {source.path: index for index, source in enumerate(evidence.sources) if index not in loaders}
    seen: Counter[tuple[str, str | None]] = Counter()
    wanted: dict[int, dict[int, Place]] = {}
    for number, finding in enumerate(found):
        source = numbers.get(finding.path or "")
        if finding.line is not None and source is not None and seen[finding.rule, finding.path] < OF_A_RULE:
            seen[finding.rule, finding.path] += 1
            wanted.setdefault(source, {})[number] = Place(finding.line, finding.column, finding.field)
    result = list(found)
    for source, places in wanted.items():
        shown = evidence.memory.shown(source, set(places.values()))
        if shown is None:
            shown = _read(evidence, source, set(places.values()))
            evidence.memory.show(source, shown)
        for number, place in places.items():
            if place in shown:
                text, caret = shown[place]
                result[number] = found[number].replaced(excerpt=Excerpt(text=text, caret=caret))
    return result


def _read(evidence: Evidence, source: int, places: Set[Place]) -> Shown:
    """The pieces of the rows at some places of a source, as far as there are any."""
    lines = {place.line: _offset(evidence, source, place.line) for place in places}
    raws = excerpt_rows(evidence.sources[source], sorted(lines.items()))
    read = reader_for(evidence.layouts[source])
    return {place: _excerpt(raw, place, read) for place in places if (raw := raws.get(place.line))}


def _excerpt(raw: bytes, place: Place, read: Callable[[dict[str, Any]], Reading]) -> tuple[str, int | None]:
    text = raw.decode("utf-8", "surrogateescape")
    if place.column is not None or not text.startswith("{"):
        piece, caret = excerpt(text, place.column)
    elif place.field is not None and (offset := offset_of(text, place.field)) is not None:
        piece, caret = excerpt(text, offset + 1)
    else:
        start = _question(raw, text, read)
        piece, caret = excerpt(text[start:], None)
        piece = _GAP + piece if start else piece
    return piece, caret


def offset_of(text: str, field: str) -> int | None:
    """Where the value of a field such as `messages[2].content` starts in a JSON text; None if it is not there."""
    place = 0
    try:
        for name, number in _STEP.findall(field):
            place = _member(text, place, name) if name else _element(text, place, int(number))
    except (JSONDecodeError, RecursionError, LookupError):
        return None
    return place


def _member(text: str, place: int, name: str) -> int:
    place = _after(text, place, "{")
    while text[place] == '"':
        key, place = _DECODER.raw_decode(text, place)
        place = _after(text, _skip(text, place), ":")
        if key == name:
            return place
        place = _after(text, _skip(text, _DECODER.raw_decode(text, place)[1]), ",")
    raise LookupError(name)


def _element(text: str, place: int, number: int) -> int:
    place = _after(text, place, "[")
    for _ in range(number):
        place = _after(text, _skip(text, _DECODER.raw_decode(text, place)[1]), ",")
    return place


def _after(text: str, place: int, mark: str) -> int:
    if text[place] != mark:
        raise LookupError(mark)
    return _skip(text, place + 1)


def _skip(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _question(raw: bytes, text: str, read: Callable[[dict[str, Any]], Reading]) -> int:
    """Where the question of the row starts: what is before it is often the same in all rows."""
    value, _ = parse(raw)
    if value is UNREAD:
        return 0
    words = read(value).question.split("\x1e")[0]
    for start in (words, words.partition(": ")[2]):
        needle = json.dumps(start[:_NEEDLE], ensure_ascii=False)[1:-1]
        place = text.find(f'"{needle}') if needle else -1
        if place > _NEEDLE:
            return place
    return 0


def _offset(evidence: Evidence, source: int, line: int) -> int:
    row = evidence.row_at(source, line)
    if row < len(evidence.table) and evidence.place(row) == (evidence.sources[source].path, line):
        return int(evidence.table["offset"][row])
    return -1
