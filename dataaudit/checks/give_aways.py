"""Tokens that tell the label of a row by themselves, and how well the length of its prompt does.

Works on rows in memory: texts with the keys of their labels. What is too much is for `label_leak` to say.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from dataaudit.checks.label_words import plain

_LOOKED_AT = 30
"""Rows of a label whose common tokens are tried on all rows: what nearly all rows hold, nearly all of these hold."""
_COMMON = 0.75
_SELDOM = 0.2
"""Shares of those rows, wide of any threshold: they only keep what is hopeless from being counted in all rows."""
_LONGEST = 60
_BINS = 32
_MARKS = frozenset("@#&*/\\_[]{}<>=|")
"""Punctuation and symbols of records rather than sentences; other symbols but those of currencies count too."""
_DIGITS = re.compile(r"\d+")
_RECORD = re.compile(r"[^\W\d_][._/\\=:-]|[._/\\=:-][^\W\d_]")
"""A letter beside a sign that parts names of files and fields."""
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")


class GiveAway(NamedTuple):
    """A token that stands in `coverage` of the rows of a label and in `elsewhere` of all other rows."""

    label: int
    token: str
    coverage: float
    elsewhere: float


def give_aways(
    texts: Sequence[str], labels: Sequence[int], names: Mapping[int, str], coverage: float, elsewhere: float, least: int
) -> list[GiveAway]:
    """The best token of each label, if all labels but at most one have one; labels under `least` rows do not count.

    Of two labels both must have one, for any two topics differ in some word; but a token that is no plain word (an id,
    a file, a mark) needs no other. The words of a label's own name are no such token: they are what the prompt is
    about. The texts are read in their order, of which the result is independent unless a label has more rows than are
    looked at first.
    """
    sizes = Counter(labels)
    large = {label for label, size in sizes.items() if size >= least}
    wanted = _candidates(texts, labels, large)
    if len(large) < 2 or len(wanted) < len(large) - 1:
        return []
    seen: dict[str, Counter[int]] = {token: Counter() for token in sorted(set().union(*wanted.values()))}
    for text, label in zip(texts, labels, strict=True):
        for token in seen.keys() & tokens(text):
            seen[token][label] += 1
    found: list[GiveAway] = []
    odd: list[GiveAway] = []
    for label in sorted(wanted):
        own = set(_words(plain(names.get(label, ""))))
        ranked = []
        for token in wanted[label]:
            here, everywhere = seen[token][label], sum(seen[token].values())
            others = (everywhere - here) / max(1, len(texts) - sizes[label])
            share = here / sizes[label]
            good = share >= coverage and here >= coverage * everywhere and others <= elsewhere
            if good and not own.intersection(_stems(token)):
                ranked.append(GiveAway(label, token, share, others))
        ranked.sort(key=lambda one: (one.elsewhere - one.coverage, -len(one.token), "#" in one.token, one.token))
        found += ranked[:1]
        odd += [one for one in ranked if not _is_plain(one.token)][:1]
    if len(large) == 2 and len(found) < 2:
        return odd
    return found if len(found) >= len(large) - 1 else []


def _candidates(texts: Sequence[str], labels: Sequence[int], wanted: set[int]) -> dict[int, set[str]]:
    """For each label that has any, the tokens that most of its first rows hold and few first rows of the others do."""
    looked: Counter[int] = Counter()
    counts: dict[int, Counter[str]] = {label: Counter() for label in wanted}
    for text, label in zip(texts, labels, strict=True):
        if label in wanted and looked[label] < _LOOKED_AT:
            looked[label] += 1
            counts[label].update(tokens(text))
    common = {label: {t for t, n in counts[label].items() if n >= _COMMON * looked[label]} for label in wanted}
    everywhere: Counter[str] = Counter()
    for token in set().union(*common.values()):
        everywhere[token] = sum(count[token] for count in counts.values())
    found = {}
    for label, some in common.items():
        most = _SELDOM * (looked.total() - looked[label])
        found[label] = {token for token in some if everywhere[token] - counts[label][token] <= most}
    return {label: some for label, some in found.items() if some}


def tokens(text: str) -> set[str]:
    """What a text holds: words, signs, pieces between blanks, and its first and last word ("^word", "word$").

    Scripts without blanks are taken by characters. Of pieces such as "img_17.jpg" the form "img_#.jpg" is taken too.
    """
    words = list(_words(plain(text)))
    found = {piece.casefold() for piece in text.split() if len(piece) <= _LONGEST}
    found.update([_DIGITS.sub("#", piece) for piece in found if _RECORD.search(piece) and _DIGITS.search(piece)])
    found.update(word for word in words if len(word) <= _LONGEST)
    found.update(char for char in set(text) if unicodedata.category(char)[0] in "PS")
    if words:
        found |= {f"^{words[0][:_LONGEST]}", f"{words[-1][:_LONGEST]}$"}
    return found


def _is_plain(token: str) -> bool:
    """Whether a token is a word or sign of plain text, such as "my", "e-mail" or "?"."""
    core = token.removeprefix("^").removesuffix("$") if len(token) > 1 else token
    return not any(
        char.isdecimal()
        or char in _MARKS
        or (unicodedata.category(char)[0] == "S" and unicodedata.category(char) != "Sc")
        or (char in ".:" and core[place - 1 : place].isalnum() and core[place + 1 : place + 2].isalnum())
        for place, char in enumerate(core)
    )


def _words(form: str) -> Iterator[str]:
    for word in form.split():
        if word.isascii() or not unicodedata.name(word[0], "").startswith(_UNSPACED):
            yield word
        else:
            yield from word


def _stems(token: str) -> set[str]:
    """The words of a token, for comparing them with those of a label."""
    return set(_words(plain(token.strip("^$"))))


def length_tells(sizes: Sequence[int], labels: Sequence[int], halves: Sequence[int]) -> tuple[float, float]:
    """(share of rows whose label the length of the text tells, share that have the commonest label).

    Lengths are put into bins of as many rows each; what is learned on one half of the rows is tried on the other half.
    """
    lengths = np.array(sizes, dtype=np.int64)
    values = np.array(labels, dtype=np.uint64)
    parts = np.array(halves, dtype=np.uint64) & np.uint64(1)
    right = 0
    for part in (0, 1):
        learned, tried = parts != part, parts == part
        if learned.any() and tried.any():
            right += _rightly_told(lengths[learned], values[learned], lengths[tried], values[tried])
    most = max(Counter(labels).values(), default=0)
    return right / max(1, len(sizes)), most / max(1, len(sizes))


def _rightly_told(
    lengths: np.typing.NDArray[np.int64],
    labels: np.typing.NDArray[np.uint64],
    others: np.typing.NDArray[np.int64],
    truth: np.typing.NDArray[np.uint64],
) -> int:
    borders = np.quantile(lengths, np.linspace(0, 1, _BINS + 1)[1:-1])
    bins = np.searchsorted(borders, lengths, side="right").tolist()
    counts: dict[int, Counter[int]] = {}
    for place, label in zip(bins, labels.tolist(), strict=True):
        counts.setdefault(place, Counter())[label] += 1
    commonest = Counter(labels.tolist())
    said = {
        place: min(count, key=lambda label: (-count[label], -commonest[label], label))
        for place, count in counts.items()
    }
    usual = min(commonest, key=lambda label: (-commonest[label], label))
    places = np.searchsorted(borders, others, side="right").tolist()
    return sum(said.get(place, usual) == label for place, label in zip(places, truth.tolist(), strict=True))
