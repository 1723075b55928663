"""Edits a JSON text at the spans of its values, so that all else stays equal to the byte. Not for what a value means.

Texts are `str` decoded with surrogateescape, and JSON that was parsed before. Every step moves forward: linear time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from json.decoder import scanstring  # type: ignore[attr-defined]  # not in typeshed
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(r'[^"{}\[\],:]*+')
# One character of a string's value as it is written: a pair of escaped surrogates, an escape, or itself.
_UNIT: Final = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SPACE: Final = " \t\r\n"


class Leaf(NamedTuple):
    """One string of a JSON text. path: as in findings (`messages[2].content`). start, stop: span with its quotes."""

    path: str
    start: int
    stop: int
    value: str


class Member(NamedTuple):
    """One key of an object.

    home: number of the object, 0 for the outermost. owner: its path. start, stop: span of key and value.
    value_start: where the value begins, behind the colon and white space.
    """

    home: int
    owner: str
    key: str
    start: int
    value_start: int
    stop: int


class Scan(NamedTuple):
    """All strings that are values, and all members, in the order in which they end."""

    leaves: list[Leaf]
    members: list[Member]


class _Open:
    """A container that is being read."""

    __slots__ = ("count", "is_object", "key", "key_start", "number", "path", "value_start")

    def __init__(self, number: int, path: str, is_object: bool) -> None:
        self.number = number
        self.path = path
        self.is_object = is_object
        self.count = 0
        self.key: str | None = None
        self.key_start = self.value_start = 0

    def inner(self) -> str:
        """The path of the value that comes next."""
        if not self.is_object:
            return f"{self.path}[{self.count}]"
        return f"{self.path}.{self.key}" if self.path else str(self.key)


def scan(text: str) -> Scan:
    """The strings and members of a JSON text."""
    leaves: list[Leaf] = []
    members: list[Member] = []
    stack: list[_Open] = []
    opened = 0
    for char, start, stop, value in _tokens(text):
        top = stack[-1] if stack else None
        if char == '"':
            if top is not None and top.is_object and top.key is None:
                top.key, top.key_start = value, start
            else:
                leaves.append(Leaf(top.inner() if top else "", start, stop, value or ""))
        elif char in "{[":
            stack.append(_Open(opened, top.inner() if top else "", char == "{"))
            opened += 1
        elif char == ":" and top is not None:
            top.value_start = _after_space(text, stop)
        elif char in ",}]" and top is not None:
            if top.key is not None:
                end = _before_space(text, start)
                members.append(Member(top.number, top.path, top.key, top.key_start, top.value_start, end))
            top.key = None
            top.count += 1
            if char != ",":
                stack.pop()
    return Scan(leaves, members)


def _tokens(text: str) -> Iterator[tuple[str, int, int, str | None]]:
    """(mark, start, stop, value of a string) for each string and structural character."""
    place = 0
    while True:
        found = _TOKEN.match(text, place)
        place = found.end() if found else place
        if place >= len(text):
            return
        if text[place] == '"':
            value, stop = scanstring(text, place + 1, False)
            yield '"', place, stop, value
        else:
            stop = place + 1
            yield text[place], place, stop, None
        place = stop


def _after_space(text: str, place: int) -> int:
    while place < len(text) and text[place] in _SPACE:
        place += 1
    return place


def _before_space(text: str, place: int) -> int:
    while place and text[place - 1] in _SPACE:
        place -= 1
    return place


def rewritten(literal: str, new: str, *, ascii_only: bool) -> str:
    """A string literal with another value; what both values share at the ends stays as it was written.

    ascii_only: characters beyond ASCII are escaped, as in the rest of the row.
    """
    units = _UNIT.findall(literal, 1, len(literal) - 1)
    old = scanstring(literal, 1, False)[0]
    if len(units) != len(old):  # an escape that this reader counts in another way: the whole string is written anew
        return '"' + escaped(new, ascii_only=ascii_only) + '"'
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    middle = escaped(new[head : len(new) - tail], ascii_only=ascii_only)
    return '"' + "".join(units[:head]) + middle + "".join(units[len(units) - tail :]) + '"'


def escaped(text: str, *, ascii_only: bool) -> str:
    """A text as it stands between the quotes of a literal; half surrogate pairs are always escaped."""
    inner = json.dumps(text, ensure_ascii=ascii_only)[1:-1]
    return inner if ascii_only else _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", inner)


def _shared(one: str, other: str) -> int:
    """How many characters two texts share at their beginning."""
    most = min(len(one), len(other))
    if one[:most] == other[:most]:
        return most
    low, high = 0, most
    while low + 1 < high:
        middle = (low + high) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle
    return low


def without(text: str, members: Sequence[Member], doomed: Callable[[Member], bool]) -> str:
    """The text without the members that `doomed` picks, each with the comma and white space that parted it."""
    objects: dict[int, list[Member]] = {}
    for member in members:
        objects.setdefault(member.home, []).append(member)
    spans = sorted(span for siblings in objects.values() for span in _spans(siblings, doomed))
    parts: list[str] = []
    place = 0
    for start, stop in spans:
        if start >= place:  # else it lies in a value that is gone already
            parts.append(text[place:start])
            place = stop
    return "".join(parts) + text[place:]


def _spans(siblings: Sequence[Member], doomed: Callable[[Member], bool]) -> Iterator[tuple[int, int]]:
    """What goes from one object: up to the next member, or from the end of the last one that stays."""
    stays_until = 0
    last = max((place for place, member in enumerate(siblings) if not doomed(member)), default=-1)
    for place, member in enumerate(siblings):
        if not doomed(member):
            stays_until = member.stop
        elif place < last:
            yield member.start, siblings[place + 1].start
        else:
            yield stays_until or member.start, siblings[-1].stop
            return
