"""Labels that are another label written differently: case, white space, Unicode form, or a slip of the pen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dataaudit.checks.wrapped_labels import WRAPPED, unwrapped
from dataaudit.text.normalize import normalize

FOLDED = "differs only in case, space or Unicode form from"
ALIKE = "is likely a misspelling of"
UNDECLARED = "is not among the declared labels, such as"
_ROMAN = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})[a-d]?")
_APOSTROPHES = "'’ʼ"


@dataclass(frozen=True, slots=True)
class Spelling:
    """Thresholds of LAB003, and the labels that were declared.

    similarity: least normalised Damerau-Levenshtein similarity. rare_share: a misspelling has at most this share of the
    rows of the label meant. frequent_rows: from here on a label is no misspelling. minimum_length: in characters.
    wrapped_share, wrapping_words: what tells a wrapping from a longer label, see `unwrapped`.
    """

    similarity: float
    rare_share: float
    frequent_rows: float
    minimum_length: float
    wrapped_share: float
    wrapping_words: float
    declared: frozenset[str] = frozenset()

    @classmethod
    def by(cls, threshold: Callable[[str], float], declared: Iterable[str]) -> Spelling:
        """By the thresholds of LAB003."""
        return cls(
            threshold("similarity"),
            threshold("rare_share"),
            threshold("frequent_rows"),
            threshold("minimum_length"),
            threshold("wrapped_share"),
            threshold("wrapping_words"),
            frozenset(declared),
        )

    def misspelt(self, counts: Mapping[str, int]) -> dict[str, tuple[str, str]]:
        """Wrong label -> (label that is meant, words that join the two).

        Labels that fold to one form are joined whatever their number (unless both are declared). Labels that are merely
        alike are joined only if one is rare beside the other; two frequent or two declared labels never are.
        """
        wrong = {label: (meant, FOLDED) for label, meant in self._folded(counts).items()}
        rest = {label: count for label, count in counts.items() if label not in wrong}
        wrapped = unwrapped(rest, self.wrapped_share, self.wrapping_words)
        wrong |= {label: (meant, WRAPPED) for label, meant in wrapped.items() if label not in self.declared}
        rest = {label: count for label, count in rest.items() if label not in wrong}
        candidates = self._candidates(rest)
        for label in rest:
            meant = self._alike(label, rest, [name for name in candidates if name not in wrong])
            if meant is not None:
                wrong[label] = (meant, ALIKE)
            elif self.declared and label not in self.declared:
                wrong[label] = (min(self.declared), UNDECLARED)
        return dict(sorted(wrong.items()))

    def meant(self, label: str, counts: Mapping[str, int]) -> tuple[str, str] | None:
        """The same for one new label against the labels seen so far."""
        own = {**counts, label: counts.get(label, 0) + 1}
        form = normalize(label).replace(b" ", b"")
        same = {name: count for name, count in own.items() if normalize(name).replace(b" ", b"") == form}
        folded = self._folded(same).get(label)
        if folded is not None:
            return folded, FOLDED
        alike = self._alike(label, own, self._candidates(own))
        if alike is not None:
            return alike, ALIKE
        return (min(self.declared), UNDECLARED) if self.declared and label not in self.declared else None

    def _candidates(self, counts: Mapping[str, int]) -> list[str]:
        return sorted({*counts, *self.declared}, key=lambda name: (-counts.get(name, 0), name))

    def _folded(self, counts: Mapping[str, int]) -> dict[str, str]:
        forms: dict[bytes, list[str]] = {}
        for label in [*counts, *(name for name in sorted(self.declared) if name not in counts)]:
            forms.setdefault(normalize(label).replace(b" ", b""), []).append(label)
        wrong: dict[str, str] = {}
        for form, labels in forms.items():
            if form and len(labels) > 1:
                meant = min(labels, key=lambda name: (name not in self.declared, -counts.get(name, 0), name))
                wrong.update({name: meant for name in labels if name != meant and name not in self.declared})
        return wrong

    def _alike(self, label: str, counts: Mapping[str, int], candidates: Sequence[str]) -> str | None:
        from rapidfuzz import process
        from rapidfuzz.distance import DamerauLevenshtein

        count = counts[label]
        if label in self.declared or len(label) < self.minimum_length or count >= self.frequent_rows:
            return None
        others = [
            other
            for other in candidates
            if other != label and (other in self.declared or count <= self.rare_share * counts[other])
        ]
        found = process.extractOne(
            label.casefold(),
            [other.casefold() for other in others],
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=self.similarity,
        )
        return others[found[2]] if found is not None and _counters(label) == _counters(others[found[2]]) else None


def _counters(label: str) -> list[str]:
    """Labels such as "grade 1" and "grade 2", "type A" and "type B", "part II" and "part III" mean different things."""
    found = [char for char in label if char.isnumeric()]
    for part in _parts(label):
        form = part.casefold()
        if sum(char.isalpha() for char in form) == 1 or _ROMAN.fullmatch(form):
            found.append(form)
    return found


def _parts(label: str) -> list[str]:
    """The runs of letters of a label; a capital behind a small letter begins one, and so does Latin beside Chinese."""
    parts: list[str] = []
    last = ""
    for char in unicodedata.normalize("NFC", label):
        if not _is_of_word(char):
            last = ""
        elif last and not (last.islower() and char.isupper()) and not _scripts_meet(last, char):
            parts[-1] += char
            last = char
        else:
            parts.append(char)
            last = char
    return parts


def _is_of_word(char: str) -> bool:
    return (char.isalpha() and not char.isnumeric()) or char in _APOSTROPHES or unicodedata.category(char)[0] == "M"


def _scripts_meet(first: str, second: str) -> bool:
    """Whether one of two letters is Latin and the other of a script without cases."""
    return first.isascii() != second.isascii() and "Lo" in (unicodedata.category(first), unicodedata.category(second))
