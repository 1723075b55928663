"""Holds the text of an answer against common affixes, edges, letter case, lines, names, styles and length."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dataaudit.formats.affixes import STOPS, bare, breaks_off, case_of, end_of, is_sentence
from dataaudit.formats.compare_json import drift_deviation
from dataaudit.formats.deviation import Deviation
from dataaudit.formats.form import Form
from dataaudit.formats.lengths import Band
from dataaudit.formats.limits import Limits
from dataaudit.formats.names import Names
from dataaudit.formats.quote import quoted
from dataaudit.formats.styles import NAMED_KINDS, names_of, style_of
from dataaudit.formats.votes import Aspect

_FIELD = "completion"
_BLANKS = frozenset(" \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
                    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000")  # fmt: skip
_PLAIN_STOPS = ".。।።۔"
_CASES = {
    "upper": "are in capitals",
    "lower": "are in lower case",
    "capital": "begin with a capital",
    "small": "begin small",
}
_CASE_HERE = {
    "upper": "is all in capitals", "lower": "is all in lower case",
    "capital": "begins with a capital", "small": "begins with a small letter",
}  # fmt: skip
_CAPITALS_FROM = 13


class TextComparer:
    """Finds deviations of the text as such; what is not settled in the format is not looked at."""

    def __init__(self, aspects: Mapping[str, Aspect], limits: Limits) -> None:
        def value(name: str, default: Any) -> Any:
            return aspects[name].value if name in aspects else default

        self._limits = limits
        self._prefix: str = value("prefix", "")
        self._suffix: str = value("suffix", "")
        self._leading: str | None = value("leading", None)
        self._trailing: str | None = value("trailing", None)
        self._case: str | None = value("case", None)
        self._capitals: bool | None = value("capitals", None)
        self._end: str | None = value("end", None)
        self._lines: str | None = value("lines", None)
        self._band: Band | None = value("length", None)
        self._low: float = self._band.low if self._band else 0
        self._high: float = self._band.high if self._band else float("inf")
        self._plain_edges = not self._leading and not self._trailing
        affixes = len(self._prefix) + len(self._suffix)
        self._least = max(self._low + affixes, len(self._leading or "") + len(self._trailing or "") + 1)
        self._most = self._high + affixes
        self._begin = (self._leading or "") + self._prefix if self._leading is not None else ""
        self._finish = self._suffix + (self._trailing or "") if self._trailing is not None else ""

    def ordinary(self, answer: str) -> bool:
        """Whether an answer surely has no deviation; False asks for a closer look."""
        if not self._least < len(answer) <= self._most:
            return False
        if not answer.startswith(self._begin) or not answer.endswith(self._finish):
            return False
        first, last = answer[0], answer[-1]
        if self._plain_edges:
            if first in _BLANKS or last in _BLANKS:
                return False
        elif self._blank_inside(answer):
            return False
        if self._prefix or self._suffix:
            answer = bare(answer.strip(), self._prefix, self._suffix)
            first, last = answer[:1], answer[-1:]
        if self._end is not None and (last in STOPS) is not (self._end == "stop"):
            return False
        if self._lines is not None and ("\n" in answer) is not (self._lines == "many"):
            return False
        if self._capitals is False and answer.isupper():
            return False
        return self._case is None or (self._case == "capital" and first.isupper())

    def _blank_inside(self, answer: str) -> bool:
        """Whether there is more white space at an edge than the usual one."""
        start, end = len(self._leading or ""), len(self._trailing or "")
        return answer[start] in _BLANKS or answer[len(answer) - end - 1] in _BLANKS

    def deviations(self, answer: str) -> Iterator[Deviation]:
        """What is odd about the text: affixes and edges, else its length, else habits of writing."""
        found = [*self._affixes(answer.strip()), *self.edges(answer)]
        if not found:
            found = [*self.length(answer)]
        yield from found or self._manner(answer.strip())

    def stripped(self, answer: str) -> tuple[str, list[Deviation]]:
        """The text without common affixes, and what is odd about these and the edges."""
        text = answer.strip()
        found = [*self._affixes(text), *self.edges(answer)]
        return bare(text, self._prefix, self._suffix), found

    def edges(self, answer: str) -> Iterator[Deviation]:
        """White space at the edges that the others do not have, or the other way round."""
        text = answer.strip()
        start = len(answer) - len(answer.lstrip())
        for name, usual, here in (
            ("leading", self._leading, answer[:start]),
            ("trailing", self._trailing, answer[start + len(text) :]),
        ):
            if usual is None or usual == here:
                continue
            verb = "begins" if name == "leading" else "ends"
            if usual and not here:
                message = f"{verb} without {_white(usual)}, the others have it"
            else:
                message = f"{verb} with {_white(here)}, the others {f'with {_white(usual)}' if usual else 'do not'}"
            yield Deviation("FMT007", name, _white(here) if here else "none", message, _FIELD)

    def length(self, answer: str) -> Iterator[Deviation]:
        """An answer far shorter or longer than all others."""
        text = bare(answer.strip(), self._prefix, self._suffix)
        size = len(text)
        if self._band is None or self._low <= size <= self._high:
            return
        what = "short" if size < self._low else "long"
        if what == "short" and not self._band.tight and is_sentence(text):
            return
        message = f"{size:,} characters, the others have about {round(self._band.usual):,}"
        yield Deviation("FMT010", "length", what, message, _FIELD)

    def _affixes(self, text: str) -> Iterator[Deviation]:
        if self._prefix and not text.startswith(self._prefix):
            message = f"does not begin with {quoted(self._prefix)}, the others do"
            yield Deviation("FMT007", "prefix", "missing", message, _FIELD)
        if self._suffix and not text.endswith(self._suffix):
            message = f"does not end in {quoted(self._suffix)}, the others do"
            yield Deviation("FMT007", "suffix", "missing", message, _FIELD)

    def _manner(self, text: str) -> Iterator[Deviation]:
        text = bare(text, self._prefix, self._suffix)
        case = case_of(text)
        if self._capitals is False and case == "upper" and _is_loud(text):
            yield Deviation("FMT007", "capitals", "upper", "is all in capitals, the others are not", _FIELD)
        elif self._case is not None and case is not None and _clashes(case, self._case, text):
            message = f"{_CASE_HERE[case]}, the others {_CASES[self._case]}"
            yield Deviation("FMT007", "case", case, message, _FIELD)
        if self._end == "stop" and end_of(text) == "none" and breaks_off(text):
            yield Deviation(
                "FMT007", "end", "no mark", f"ends in {quoted(text[-8:])}, the others in a sentence mark", _FIELD
            )
        elif self._end == "none" and text[-1:] and text[-1] in _PLAIN_STOPS:
            yield Deviation("FMT007", "end", "mark", f"ends in {quoted(text[-1:])}, the others in no mark", _FIELD)
        if self._lines == "one" and "\n" in text:
            yield Deviation("FMT007", "lines", "many", f"{text.count(chr(10)) + 1} lines, the others have one", _FIELD)
        elif self._lines == "many" and "\n" not in text:
            yield Deviation("FMT007", "lines", "one", "one line, the others have more", _FIELD)


def _is_loud(text: str) -> bool:
    return len(text) >= _CAPITALS_FROM and " " in text


def _clashes(case: str, usual: str, text: str) -> bool:
    if case == usual:
        return False
    if case == "upper":
        return usual in ("lower", "small")
    return usual != "small" or case == "capital"


def _white(blanks: str) -> str:
    names = {" ": "a blank", "\n": "a line end", "\t": "a tab", "\u3000": "a wide blank", "\r\n": "a line end"}
    return names.get(
        blanks, "line ends" if set(blanks) <= {"\n", "\r"} else "blanks" if set(blanks) == {" "} else "white space"
    )


def names_deviations(form: Form, names: Names, prefix: str, limits: Limits) -> Iterator[Deviation]:
    """Names that are missing, misspelt or too much."""
    noun = NAMED_KINDS.get("prose" if form.kind == "line" else form.kind, "part")
    for drift in names.drift(names_of(form, prefix), limits):
        yield drift_deviation(drift, noun)


def style_deviations(form: Form, styles: Sequence[tuple[str, str]]) -> Iterator[Deviation]:
    """Styles of writing that the others do not have."""
    for name, usual in styles:
        style = name.partition(":")[2]
        here = style_of(form, style)
        if here is not None and here != usual:
            rule = "FMT004" if style == "columns" else "FMT001"
            message = f"{_STYLE_WORDS[style]} {quoted(here, 20)}, in the others {quoted(usual, 20)}"
            yield Deviation(rule, name, quoted(here, 20), message, _FIELD)


_STYLE_WORDS = {
    "language": "the language is",
    "marker": "items begin with",
    "number": "the number is",
    "delimiter": "the delimiter is",
    "columns": "the number of columns is",
    "verb": "the statement is",
}
