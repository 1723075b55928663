"""Edits one record of a delimited file at the spans of its cells. Knows quotes and delimiters; nothing of columns."""

from __future__ import annotations

from typing import NamedTuple


class Cell(NamedTuple):
    """start, stop: span in the record, with its quotes. value: what it says."""

    start: int
    stop: int
    value: str


def cells(record: str, delimiter: str, quote: str | None) -> list[Cell]:
    """The cells of a record without its line end, read as the csv module does."""
    found: list[Cell] = []
    place = 0
    while True:
        start = place
        if quote is not None and record.startswith(quote, place):
            place, value = _quoted(record, place, quote)
            end = _find(record, delimiter, place)
            value += record[place:end]
        else:
            end = _find(record, delimiter, place)
            value = record[place:end]
        found.append(Cell(start, end, value))
        if end == len(record):
            return found
        place = end + 1


def _quoted(record: str, start: int, quote: str) -> tuple[int, str]:
    """(index behind the closing quote, text between the quotes); without a closing one all that is left."""
    parts: list[str] = []
    place = start + 1
    while True:
        end = record.find(quote, place)
        if end < 0:
            return len(record), "".join([*parts, record[place:]])
        if not record.startswith(quote, end + 1):
            return end + 1, "".join([*parts, record[place:end]])
        parts.append(record[place : end + 1])
        place = end + 2


def _find(record: str, delimiter: str, place: int) -> int:
    found = record.find(delimiter, place)
    return len(record) if found < 0 else found


def replaced(record: str, cell: Cell, new: str, delimiter: str, quote: str | None) -> str | None:
    """The record with another value in a cell, quoted as before, or where it must be; None where it cannot be."""
    was_quoted = quote is not None and record.startswith(quote, cell.start)
    if was_quoted or any(char in new for char in (delimiter, "\r", "\n", quote or "\n")):
        if quote is None:
            return None
        new = quote + new.replace(quote, quote * 2) + quote
    return record[: cell.start] + new + record[cell.stop :]
