"""Labels that stand in a prompt in a place of their own: behind a name, in brackets, at the start or at the end.

Finds places and what stands there; whether that gives the answer away is for `label_leak` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from dataaudit.checks.label_words import Names, plain

_SIGN = re.compile(r"[:=>|\t→：＝｜]|__")
_CLOSED = {"[": "]", "(": ")", "<": ">", "{": "}", "【": "】", "（": "）", "［": "］", "「": "」"}
_JOINED = re.compile(r"[/\\_0-9]")
_DIGITS = re.compile(r"[0-9]+")
_OPEN = re.compile("[" + re.escape("".join(_CLOSED)) + "]")
_AT_START = re.compile(r"[:|\t\n：｜]| [-–—] ")
_BEHIND = 120
_SIGNS = 200
"""Signs of one prompt that are looked at: tables and code have thousands."""


class Frame(NamedTuple):
    """A place. kind: "named" (behind a name of an answer), "field", "in" (brackets), "piece", "start", "end".

    word: the name, field or brackets.
    """

    kind: str
    word: str = ""

    def __str__(self) -> str:
        return {
            "named": f"behind {self.word!r}",
            "field": f"behind {self.word!r}",
            "in": f"between {self.word!r}",
            "piece": "in a file name or id",
            "start": "at the start",
            "end": "at the end",
        }[self.kind]


class LabelForms:
    """Labels by their plain form. Labels without letters or digits, and those that share a form, are not looked for."""

    def __init__(self, labels: Mapping[int, str]) -> None:
        forms: dict[str, set[int]] = {}
        for key, label in labels.items():
            forms.setdefault(plain(label), set()).add(key)
        self.keys = {form: next(iter(keys)) for form, keys in forms.items() if form and len(keys) == 1}
        self._most = max((form.count(" ") + 1 for form in self.keys), default=0)

    def whole(self, text: str) -> int | None:
        """The label that a text is."""
        return self.keys.get(plain(text)) if len(text) <= _BEHIND else None

    def first(self, text: str) -> int | None:
        """The longest label that a text starts with, as whole words."""
        words = plain(text[:_BEHIND]).split(" ")
        for count in range(min(self._most, len(words)), 0, -1):
            key = self.keys.get(" ".join(words[:count]))
            if key is not None:
                return key
        return None

    def within(self, text: str) -> int | None:
        """The only label among the parts of a piece such as `mail/spam_0012.txt`; digits are no part of it."""
        parts = plain(_DIGITS.sub(" ", text)).split(" ")
        keys = {self.first(" ".join(parts[start:])) for start in range(len(parts))} - {None}
        return keys.pop() if len(keys) == 1 else None


def framed(text: str, forms: LabelForms, names: Names) -> dict[Frame, int]:
    """The label in each place of a prompt; places that hold more than one are left out."""
    found: dict[Frame, int | None] = {}
    for frame, key in _places(text, forms, names):
        found[frame] = key if frame not in found else None
    return {frame: key for frame, key in found.items() if key is not None}


def _places(text: str, forms: LabelForms, names: Names) -> Iterator[tuple[Frame, int]]:
    lines = [line for line in text.splitlines() if line.strip()]
    yield from _edges(text.strip(), lines, forms)
    yield from _pieces(text, forms)
    looked = 0
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if following and len(line) <= _BEHIND and _SIGN.search(line) is None and names.is_one(line):
            yield from _found(Frame("named", plain(line)), forms.first(following))
        for sign in chain(_SIGN.finditer(line), names.said(line)):
            looked += 1
            if looked > _SIGNS:
                return
            yield from _behind(line, sign, following, forms, names)
        for opened in _OPEN.finditer(line):
            looked += 1
            if looked > _SIGNS:
                return
            end = line.find(_CLOSED[opened.group()], opened.end(), opened.end() + _BEHIND)
            if end >= 0:
                signs = opened.group() + line[end]
                yield from _found(Frame("in", signs), forms.whole(line[opened.end() : end]))


def _behind(
    line: str, sign: re.Match[str], following: str, forms: LabelForms, names: Names
) -> Iterator[tuple[Frame, int]]:
    behind = line[sign.end() : sign.end() + _BEHIND]
    key = forms.first(behind if behind.strip(" *_`\"'") else following)
    if key is None:
        return
    before = line[max(0, sign.start() - _BEHIND) : sign.start()]
    name = names.name_at_end(before)
    if name is not None:
        yield Frame("named", name), key
    elif sign.re is _SIGN and (word := plain(before).rpartition(" ")[2]):
        yield Frame("field", word), key


def _edges(text: str, lines: list[str], forms: LabelForms) -> Iterable[tuple[Frame, int]]:
    """A label that stands apart at the start or at the end of a prompt that says something else too."""
    sign = _AT_START.search(text[:_BEHIND])
    if sign is not None and text[sign.end() :].strip():
        yield from _found(Frame("start"), forms.whole(text[: sign.start()]))
    if lines and text:
        last = lines[-1][-_BEHIND:]
        pieces = _SIGN.split(last)
        if len(lines) > 1 or len(pieces) > 1:
            yield from _found(Frame("end"), forms.whole(pieces[-1]))


def _pieces(text: str, forms: LabelForms) -> Iterator[tuple[Frame, int]]:
    """A label that is a part of a file name, a path or an id."""
    end = 0
    for number, sign in enumerate(_JOINED.finditer(text)):
        if number >= _SIGNS:
            return
        if sign.start() < end:
            continue
        before, behind = text[max(0, sign.start() - _BEHIND) : sign.start()], text[sign.start() : sign.end() + _BEHIND]
        piece = f"{before}|".split()[-1][:-1] + behind.split(maxsplit=1)[0]
        end = sign.start() + len(behind.split(maxsplit=1)[0])
        if "=" not in piece and forms.whole(piece) is None:
            yield from _found(Frame("piece"), forms.within(piece))


def _found(frame: Frame, key: int | None) -> Iterator[tuple[Frame, int]]:
    if key is not None:
        yield frame, key
