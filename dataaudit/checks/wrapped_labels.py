"""Labels that are other labels in a wrapping: `The label is ham.` or `{"label": "ham"}` beside plain `ham`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dataaudit.text.normalize import normalize

WRAPPED = "has other words or marks around it than"
_MARKS = frozenset('{[<:=|"')


def unwrapped(counts: Mapping[str, int], least_share: float, least_words: float) -> dict[str, str]:
    """Wrapped label -> the label in the form that most rows have.

    counts: rows by label. A wrapping is one if at least two labels, and `least_share` of those without it, have it, and
    it has marks of a format or `least_words` words: `card` and `card lost` are two labels.
    """
    plain = {normalize(label): label for label in sorted(counts, key=lambda label: (counts[label], label))}
    wrappings: dict[str, dict[str, str]] = {}
    for label in sorted(counts):
        for inner, wrapping in _inside(label, plain):
            if _is_format(wrapping, least_words):
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


def _inside(label: str, plain: Mapping[bytes, str]) -> Iterator[tuple[str, str]]:
    """(label whose words stand in this one, what stands around them), the longest only."""
    words = label.split()
    for size in range(len(words), 0, -1):
        found = False
        for start in range(len(words) - size + 1):
            piece = " ".join(words[start : start + size])
            core = piece.strip("".join(_MARKS) + "}]>'.,;!?*`")
            inner = plain.get(normalize(core)) if core and core != label else None
            if inner is not None and inner != label and normalize(inner) != normalize(label):
                before, _, after = label.partition(core)
                yield inner, f"{before}{{}}{after}"
                found = True
        if found:
            return


def _is_format(wrapping: str, least_words: float) -> bool:
    return not _MARKS.isdisjoint(wrapping.replace("{}", "")) or len(wrapping.split()) - 1 >= least_words
