"""Small tools for looking for phrases in texts of all scripts: patterns of the rule files, and what is not looked at.

Patterns are RE2, so time is linear. RE2 works on UTF-8: texts go through `clean` first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from dataaudit.errors import RuleError
from dataaudit.formats.lazy import lazy

# From here on scripts are written without blanks, or with articles and particles grown on: no word borders.
_NO_BORDERS = "\u0600"
TURNS = "\x1e"
"""Stands between the turns of a question (see the readings of the shapes); no text holds it."""
_USER = "user: "
_ROLE = lazy(r"\w{1,20}: ")
# Every repetition stops at a line end or a fixed length, so that an open quotation mark costs one line at most.
_QUOTED = lazy(
    r""""[^"\n]{1,1000}"|“[^”\n]{1,1000}”|«[^»\n]{1,1000}»|„[^“”\n]{1,1000}[“”]|「[^」\n]{1,1000}」|『[^』\n]{1,1000}』"""
    r"""|(?<![^\s:(])'[^'\n]{2,300}'(?![^\s.,;:!?)])|```[^`]{1,4000}```"""
)
_TAG = lazy(r"<(/?)([A-Za-z_]{2,20})>")


def clean(text: str) -> str:
    """The text with lone surrogates, which UTF-8 cannot hold, replaced by a question mark."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def ends_of(text: str, longest: int) -> str:
    """The text, or, where it is longer than `longest` characters, its first and last half of that."""
    return text if len(text) <= longest else f"{text[: longest // 2]}\n{text[-(longest // 2) :]}"


def spelled(text: str) -> str:
    """The text in lower case without blanks: for asking whether one text holds another."""
    return "".join(text.lower().split())


def without_code(text: str) -> str:
    """The text with fenced parts and code spans taken out; an open fence runs to the end."""
    if "`" not in text:
        return text
    kept = [piece if number % 2 == 0 else "\n" for number, piece in enumerate(text.split("```"))]
    return "\n".join(map(_without_spans, "".join(kept).split("\n")))


def _without_spans(line: str) -> str:
    pieces = line.split("`")
    if len(pieces) < 3:
        return line
    last = len(pieces) - 1
    return "".join(piece if number % 2 == 0 or number == last else "`" for number, piece in enumerate(pieces))


@cache
def options(fold: bool = True) -> Any:
    """RE2 options; fold: letters match in either case."""
    import re2

    made = re2.Options()
    made.case_sensitive = not fold
    made.log_errors = False
    made.max_mem = 64 << 20
    return made


@cache
def compiled(pattern: str, file: str, *, fold: bool = True) -> Any:
    """A pattern of a rule file, made once.

    Raises:
        RuleError: it is no RE2 pattern.
    """
    import re2

    try:
        return re2.compile(pattern, options(fold))
    except re2.error as error:
        raise RuleError(f"not a pattern: {error}: {pattern[:80]!r}", path=file) from error


def compiled_set(patterns: Sequence[str], file: str) -> Any:
    """All patterns as one: `Match(bytes)` gives the numbers of those found anywhere.

    Raises:
        RuleError: one is no RE2 pattern.
    """
    import re2

    union = re2.Set.SearchSet(options())
    for pattern in patterns:
        try:
            union.Add(pattern)
        except re2.error as error:
            raise RuleError(f"not a pattern: {error}: {pattern[:80]!r}", path=file) from error
    union.Compile()
    return union


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first, taken literally."""
    import re2

    return "(?:" + "|".join(map(re2.escape, sorted(words, key=lambda word: (-len(word), word)))) + ")"


def word_pattern(words: Iterable[str]) -> str:
    """A pattern for any of the words: whole, with a plural s, or as a stem where it ends in `*`."""
    import re2

    whole: list[str] = []
    anywhere: list[str] = []
    for word in sorted(words):
        if word >= _NO_BORDERS:
            anywhere.append(re2.escape(word))
        elif word.endswith("*"):
            whole.append(re2.escape(word[:-1]) + r"\pL*")
        else:
            whole.append(re2.escape(word) + "s?")
    parts = [rf"(?:^|[^\pL])(?:{'|'.join(whole)})(?:[^\pL]|$)"] if whole else []
    return "|".join([*parts, *anywhere])


def asked_in(question: str) -> str:
    """The text of the last user turn; of preference data, what comes before the answers."""
    parts = question.split(TURNS)
    users = [part[len(_USER) :] for part in parts if part.startswith(_USER)]
    return users[-1] if users else parts[0]


def said_before(question: str) -> str:
    """The question with all its turns; of preference data, what comes before the answers."""
    if TURNS not in question:
        return question
    turns = [part for part in question.split(TURNS) if _ROLE.match(part)]
    return "\n".join(turns) if turns else question.partition(TURNS)[0]


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Where the text quotes: (start, stop) of what stands in quotation marks, in fences, or between tags that close."""
    spans = [match.span() for match in _QUOTED.finditer(text)]
    opened: dict[str, int] = {}
    for match in _TAG.finditer(text):
        name = match.group(2)
        if not match.group(1):
            opened[name] = match.end()
        elif name in opened:
            spans.append((opened.pop(name), match.start()))
    return spans
