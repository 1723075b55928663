"""How a table in text is written: delimiter, header, names of the columns. From a sample of its first lines."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import Final

from dataaudit.loaders.base import Dialect
from dataaudit.loaders.line_ends import separator
from dataaudit.loaders.names import file_names
from dataaudit.shapes.base import Note

_SAMPLE: Final = 200
_NUMBER: Final = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?%?")
_NAME: Final = re.compile(r"[^\W\d][\w.\-]*(?: [\w.\-]+){0,3}")
_LONGEST_NAME: Final = 60


def find_dialect(text: bytes, complete: bool, extension: str) -> Dialect | None:
    """The dialect of a table, or None for a text without a single line. Names are as written, stripped."""
    decoded = text.decode("utf-8", "replace")
    lines = decoded.split(separator(text).decode())
    if not complete and len(lines) > 1:
        lines.pop()
    lines = [line.rstrip("\r\n") + "\n" for line in lines if line.strip()][:_SAMPLE]
    order = ["\t", ",", ";", "|"] if extension == ".tsv" else [",", ";", "\t", "|"]
    best: tuple[float, str, list[list[str]]] | None = None
    for delimiter in order:
        rows = _rows(lines, delimiter)
        share = _agreement(rows)
        if best is None or share > best[0]:
            best = share, delimiter, rows
    if best is None or not best[2]:
        return None
    first, *others = best[2]
    header = _is_header(first, others)
    width = Counter(map(len, others or [first])).most_common(1)[0][0]
    names = tuple(cell.strip() for cell in first) if header else tuple(f"column_{n + 1}" for n in range(width))
    return Dialect(best[1], '"', names, header)


def delimited_notes(
    dialect: Dialect, text: bytes, extension: str
) -> tuple[tuple[tuple[int | None, Note], ...], tuple[str, ...]]:
    """File notes on the header, and words on what was guessed."""
    notes: list[tuple[int | None, Note]] = []
    guessed: list[str] = []
    end = separator(text)
    blank = text[: len(text) - len(text.lstrip())].count(end)
    line = blank + 1
    if not dialect.header:
        notes.append((line, Note("header-missing", detail="the first line reads like data")))
        guessed.append(f"no header: columns are called {', '.join(dialect.names[:3])}")
    else:
        for number, name in enumerate(dialect.names, 1):
            if not name:
                notes.append((line, Note("header-blank-name", detail=f"column {number}")))
        for name, count in Counter(filter(None, dialect.names)).items():
            if count > 1:
                notes.append((line, Note("header-duplicate-name", field=name, detail=f'"{name}" {count} times')))
    usual = "\t" if extension == ".tsv" else ","
    if dialect.delimiter != usual and len(dialect.names) > 1:
        shown = "tab" if dialect.delimiter == "\t" else f'"{dialect.delimiter}"'
        guessed.append(f"columns are parted by {shown}")
    first = text.lstrip().partition(end)[0]
    if dialect.header and "\ufffd" in first.decode("utf-8", "replace") and "\ufffd".encode() not in first:
        notes.append((line, Note("invalid-utf8", detail="in the header")))
    return tuple(notes), tuple(guessed)


def _rows(lines: list[str], delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            if row:
                rows.append(row)
    except csv.Error:
        # A field over the module's limit or a bare CR: what was read so far is the sample.
        pass
    return rows


def _agreement(rows: list[list[str]]) -> float:
    """Share of the rows that have the commonest number of cells; 0 if that is one."""
    widths = Counter(map(len, rows))
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    if width < 2:
        return 0.0
    # More columns win between equals: a comma in every sentence is rarer than a comma between all cells.
    return count / len(rows) * (1 - 0.2 / width)


def _is_header(first: list[str], others: list[list[str]]) -> bool:
    cells = [cell.strip().removeprefix("\ufeff") for cell in first]
    if not file_names().headers.isdisjoint(cell.lower() for cell in cells):
        return True
    if not any(cells) or any(_NUMBER.fullmatch(cell) or len(cell) > _LONGEST_NAME for cell in cells):
        return False
    for number, cell in enumerate(cells):
        if cell and any(len(row) > number and row[number].strip() == cell for row in others):
            return False
    return all(not cell or _NAME.fullmatch(cell) for cell in cells)
