"""What the restated scripts share: reading lines as Python reads them, and giving up with a reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Refused(Exception):
    """The script does not take the file; the text says why."""


def demand(condition: object, why: str) -> None:
    """Refuse unless `condition` holds.

    Raises:
        Refused: it does not hold.
    """
    if not condition:
        raise Refused(why)


def json_lines(path: Path, *, skip_blank: bool) -> Iterator[tuple[int, Any]]:
    """The values of the lines, by the rules of Python's reader (universal line ends, NaN is a number).

    Raises:
        Refused: text that is not UTF-8, or a line that is not one JSON value.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Refused("not UTF-8") from error
    for number, line in enumerate(text.split("\n"), 1):
        if (skip_blank and not line.strip()) or (not line and number > text.count("\n")):
            continue
        try:
            yield number, json.loads(line)
        except ValueError as error:
            raise Refused(f"line {number}: no JSON") from error


def objects(path: Path, *, skip_blank: bool) -> Iterator[tuple[int, dict[str, Any]]]:
    """Like `json_lines`, for files whose every line is an object.

    Raises:
        Refused: as there, or a line holds another JSON value.
    """
    for number, value in json_lines(path, skip_blank=skip_blank):
        if not isinstance(value, dict):
            raise Refused(f"line {number}: no object")
        yield number, value


def messages_of(row: dict[str, Any], where: str) -> list[dict[str, Any]]:
    """The messages of a row.

    Raises:
        Refused: no list of objects, or an empty one.
    """
    messages = row.get("messages")
    if not isinstance(messages, list) or not messages:
        raise Refused(f"{where}: messages missing or empty")
    if not all(isinstance(message, dict) for message in messages):
        raise Refused(f"{where}: a message is no object")
    return messages
