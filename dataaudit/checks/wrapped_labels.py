"""Labels that are other labels in a wrapping: `The label is ham.` or `{"label": "ham"}` beside plain `ham`.

What the words around a label mean is not asked, but whether one of them turns it into its opposite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from dataaudit._resources import rule_data
from dataaudit.checks.label_words import plain
from dataaudit.text.normalize import normalize

WRAPPED = "has other words or marks around it than"
_LONGEST = 200
"""Characters of a label that is looked at: a longer one is a text."""
_ASCII = str.maketrans("｛｝［］＜＞：＝｜＂【】〔〕〈〉「」『』《》“”„«»", '{}[]<>:=|"[][]<>"""""""""""')
"""Marks of other scripts and widths, one for one."""
_MARKS = frozenset('{[|"')
"""Marks of formats wherever they stand; `_has_marks` adds those that depend on what is beside them."""
_PIECE = re.compile(r"[^\s{}\[\]<>:=|\"'.,;!?*`()（）。，！？、；]+")


class _Wrapping(NamedTuple):
    """What stands around a label."""

    before: str
    after: str


def unwrapped(counts: Mapping[str, int], least_share: float, least_words: float) -> dict[str, str]:
    """Wrapped label -> the label in the form that most rows have.

    counts: rows by label. A wrapping is one if at least two labels, and `least_share` of those without it, have it, and
    it has marks of a format or `least_words` words, and no negation: `card` and `card lost` are two labels.
    """
    ordered = sorted(counts, key=lambda label: (counts[label], label))
    inner_labels = {normalize(label): label for label in ordered}
    wrappings: dict[_Wrapping, dict[str, str]] = {}
    for label in sorted(counts):
        for inner, wrapping in _inside(label, inner_labels):
            if _is_format(wrapping, least_words) and not _is_negated(wrapping):
                wrappings.setdefault(wrapping, {})[label] = inner
    outer = {label for found in wrappings.values() for label in found if len(set(found.values())) > 1}
    bare = [label for label in counts if label not in outer]
    wrong: dict[str, str] = {}
    for found in wrappings.values():
        plain_ones = set(found.values()) - outer
        if len(plain_ones) < 2 or len(plain_ones) < least_share * len({normalize(label) for label in bare}):
            continue
        if sum(counts[label] for label in plain_ones) >= sum(counts[label] for label in found):
            wrong |= {label: meant for label, meant in found.items() if meant in plain_ones}
        else:
            wrong |= {meant: label for label, meant in found.items() if meant in plain_ones}
    return {label: meant for label, meant in sorted(wrong.items()) if meant not in wrong}


def _inside(label: str, plain_ones: Mapping[bytes, str]) -> Iterator[tuple[str, _Wrapping]]:
    """(label whose words stand in this one, what stands around them), the longest only."""
    pieces = [found.span() for found in _PIECE.finditer(label.translate(_ASCII))] if len(label) <= _LONGEST else []
    for size in range(len(pieces), 0, -1):
        found = False
        for (start, _), (_, end) in zip(pieces, pieces[size - 1 :], strict=False):
            inner = plain_ones.get(normalize(label[start:end]))
            if inner is not None and normalize(inner) != normalize(label):
                yield inner, _Wrapping(label[:start], label[end:])
                found = True
        if found:
            return


def _is_format(wrapping: _Wrapping, least_words: float) -> bool:
    return _has_marks(*(part.translate(_ASCII) for part in wrapping)) or _words(wrapping) >= least_words


def _has_marks(before: str, after: str) -> bool:
    """A colon or an equals sign must follow a name; what is open must be closed: `<1`, `!=a` and `==a` are terms."""
    tagged = "<" in before and ">" in (before + after).partition("<")[2]
    assigned = "=" in before and before.partition("=")[0].rstrip()[-1:].isalpha()
    return tagged or assigned or ":" in before or not _MARKS.isdisjoint(before + after)


def _words(wrapping: _Wrapping) -> int:
    return len("{}".join(wrapping).split()) - 1


@cache
def _negations() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The negations of rules/label_words.toml: whole words, parts of words, and what stands right before a label."""
    data = rule_data("label_words.toml")
    whole = tuple(f" {plain(word)} " for word in data["not_spaced"])
    return whole, tuple(map(plain, data["not_unspaced"])), tuple(data["not_before"])


def _is_negated(wrapping: _Wrapping) -> bool:
    whole, parts, before = _negations()
    form = f" {plain(wrapping.before)}  {plain(wrapping.after)} "
    start = wrapping.before.casefold()
    return (
        any(word in form for word in whole)
        or any(part in form for part in parts)
        or any(start.endswith(part) and not start[: -len(part)][-1:].isalpha() for part in before)
    )
