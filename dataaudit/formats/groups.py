"""Groups of rows that may have a format of their own: the whole set, equal context, equal opening, label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from dataaudit.formats.limits import Limits
from dataaudit.text.fingerprint import fingerprint

What = Literal["all", "context", "opening", "label"]
_WORDS = 3
_OPENING = 32
_UNSPACED = 8


class Sample(NamedTuple):
    """One row to learn from. label: only where it is given beside the answer."""

    context: str
    question: str
    answer: str
    label: str | None = None


class GroupKey(NamedTuple):
    """Which rows: all, or those with this context (by its fingerprint), opening of the question, or label.

    name: the start of the context, the opening or the label, for showing.
    """

    what: What
    name: str = ""
    fingerprint: int = 0


Chain = tuple[int, ...]


class Grouping(NamedTuple):
    """Finds the groups of a row. Group 0 is the whole set; the maps give numbers of groups.

    formats: (context, opening, label) group numbers, 0 for none, to the number of the format. Combinations that the
    sample did not have fall back to fewer groups, the same way in every process.
    """

    keys: tuple[GroupKey, ...] = (GroupKey("all"),)
    contexts: Mapping[int, int] = {}
    openings: Mapping[str, int] = {}
    labels: Mapping[str, int] = {}
    formats: Mapping[tuple[int, int, int], int] = {(0, 0, 0): 0}

    def chain(self, context: str, question: str, label: str | None) -> int:
        """The number of the format of a row."""
        if len(self.keys) == 1:
            return self.formats[0, 0, 0]
        groups = self.of(context, question, label)
        found = self.formats.get(groups)
        return found if found is not None else fallback(groups, self.formats)

    def of(self, context: str, question: str, label: str | None) -> tuple[int, int, int]:
        """The numbers of a row's groups by context, opening and label; 0 for none."""
        return (
            self.contexts.get(fingerprint(context), 0) if self.contexts else 0,
            self.openings.get(opening_of(question), 0) if self.openings else 0,
            self.labels.get(label, 0) if self.labels and label is not None else 0,
        )


def fallback(chain: tuple[int, int, int], formats: Mapping[tuple[int, int, int], int]) -> int:
    """The format of the groups with fewer conditions, the label kept longest."""
    one, two, three = chain
    for fewer in ((one, 0, three), (0, two, three), (0, 0, three), (one, two, 0), (one, 0, 0), (0, two, 0)):
        if fewer in formats:
            return formats[fewer]
    return formats[0, 0, 0]


def opening_of(question: str) -> str:
    """The first words of a question, or its first characters in scripts without blanks."""
    words = question[:128].split(None, _WORDS)
    if not words or len(words[0]) > _UNSPACED * 2:
        return question.lstrip()[:_UNSPACED]
    return " ".join(words[:_WORDS])[:_OPENING]


def find_groups(samples: Sequence[Sample], limits: Limits) -> Grouping:
    """The groups that have enough rows of the sample and are not simply all of it, the larger ones first."""
    contexts = _frequent((sample.context for sample in samples if sample.context.strip()), limits.min_rows, samples)
    openings = _frequent((opening_of(sample.question) for sample in samples), limits.habit_rows, samples)
    labels = _frequent((sample.label for sample in samples if sample.label is not None), limits.min_rows, samples)
    openings.pop("", None)
    wanted: list[tuple[int, GroupKey]] = []
    found: tuple[tuple[What, dict[str, int]], ...] = (("context", contexts), ("opening", openings), ("label", labels))
    for what, counts in found:
        for name, count in counts.items():
            key = GroupKey(
                what, name[:80] if what == "context" else name, fingerprint(name) if what == "context" else 0
            )
            wanted.append((count, key))
    wanted.sort(key=lambda entry: (-entry[0], entry[1]))
    keys = (GroupKey("all"), *(key for _, key in wanted[: int(limits.max_groups)]))
    draft = grouping_of(keys)
    chains = Counter(draft.of(*_parts(sample)) for sample in samples)
    combined = {(0, 0, 0): 0}
    for groups in sorted(chains, key=lambda groups: (-chains[groups], groups))[: int(limits.max_groups)]:
        combined.setdefault(groups, len(combined))
    for number in range(1, len(keys)):
        place = ("context", "opening", "label").index(keys[number].what)
        alone = tuple(number if index == place else 0 for index in range(3))
        combined.setdefault((alone[0], alone[1], alone[2]), len(combined))
    return grouping_of(keys, combined)


def grouping_of(keys: Sequence[GroupKey], formats: Mapping[tuple[int, int, int], int] | None = None) -> Grouping:
    """The grouping by these keys, the first of which is the whole set."""
    numbered = list(enumerate(keys))
    return Grouping(
        tuple(keys),
        {key.fingerprint: number for number, key in numbered if key.what == "context"},
        {key.name: number for number, key in numbered if key.what == "opening"},
        {key.name: number for number, key in numbered if key.what == "label"},
        formats if formats is not None else {(0, 0, 0): 0},
    )


def _parts(sample: Sample) -> tuple[str, str, str | None]:
    return sample.context, sample.question, sample.label


def _frequent(names: Iterable[str], least: float, samples: Sequence[Sample]) -> dict[str, int]:
    counts = Counter(names)
    return {name: count for name, count in counts.items() if least <= count < len(samples)}
