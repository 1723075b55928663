"""Ways to spoil training rows, by strength. Pure: the same rows, strength and seed give the same copy."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from benchmarks.validity.sets import Row

Spoiler = Callable[[list[Row], float, random.Random], list[Row]]
Part = tuple[str, float]

_FILLERS = ("please", "now", "just", "really", "so", "then")
_FORMS: tuple[Callable[[str], str], ...] = (
    str.upper,
    lambda label: json.dumps({"label": label}, ensure_ascii=False),
    "The label is {}.".format,
)


class Copy(NamedTuple):
    """A training file: spoiled by the parts (kind, strength), or by none."""

    name: str
    parts: tuple[Part, ...]
    rows: list[Row]

    def lines(self) -> str:
        """The JSON lines of the copy; what is not whole ends somewhere in its middle."""
        made = []
        for row in self.rows:
            line = json.dumps({"prompt": row.prompt, "completion": row.answer}, ensure_ascii=False)
            made.append(line if row.whole else line[: len(line) * 2 // 3])
        return "\n".join(made) + "\n"


def few(rows: list[Row], strength: float, chosen: random.Random) -> list[Row]:
    """One row in `strength` of each label, at least one."""
    return _thinned(rows, dict.fromkeys(_labels(rows), 1 / strength), chosen)


def imbalance(rows: list[Row], strength: float, chosen: random.Random) -> list[Row]:
    """Rows by label decay geometrically: all of the largest label, one in `strength` of the last."""
    sizes: dict[str, int] = defaultdict(int)
    for row in rows:
        sizes[row.answer] += 1
    order = _labels(rows)
    chosen.shuffle(order)
    order.sort(key=lambda label: -sizes[label])
    steps = max(1, len(order) - 1)
    return _thinned(rows, {label: strength ** (-step / steps) for step, label in enumerate(order)}, chosen)


def noise(rows: list[Row], strength: float, chosen: random.Random) -> list[Row]:
    """A share of the rows gets another label."""
    labels = _labels(rows)
    made = list(rows)
    for place in _divided(rows, strength, chosen)[0]:
        made[place] = _relabeled(rows[place], labels, chosen)
    return made


def conflicts(rows: list[Row], strength: float, chosen: random.Random) -> list[Row]:
    """A share of the rows makes way for copies of the others with another label."""
    labels = _labels(rows)
    return _replaced(rows, strength, chosen, lambda row: _relabeled(row, labels, chosen))


def exact(rows: list[Row], strength: float, chosen: random.Random) -> list[Row]:
    """A share of the rows makes way for copies of the others."""
    return _replaced(rows, strength, chosen, lambda row: row)


def near(rows: list[Row], strength: float, chosen: random.Random) -> list[Row]:
    """A share of the rows makes way for lightly edited copies of the others."""
    return _replaced(rows, strength, chosen, lambda row: row._replace(prompt=edited(row.prompt, chosen)))


def formats(rows: list[Row], strength: float, chosen: random.Random) -> list[Row]:
    """A share of the answers is written in other forms: upper case, JSON, a sentence."""
    made = list(rows)
    for place in _divided(rows, strength, chosen)[0]:
        made[place] = rows[place]._replace(answer=chosen.choice(_FORMS)(rows[place].answer))
    return made


def broken(rows: list[Row], strength: float, chosen: random.Random) -> list[Row]:
    """The lines of a share of the rows are cut off."""
    made = list(rows)
    for place in _divided(rows, strength, chosen)[0]:
        made[place] = rows[place]._replace(whole=False)
    return made


class Kind(NamedTuple):
    """A way of spoiling. unit: "%" of the rows, "1/" for one row in so many; middle: the strength in combinations."""

    title: str
    spoiler: Spoiler
    unit: str
    strengths: tuple[float, ...]
    middle: float


# In the order in which they are applied in a combination.
KINDS = {
    "few": Kind("too few rows", few, "1/", (2, 4, 8, 16, 32, 64), 8),
    "imbalance": Kind("imbalance", imbalance, "1/", (3, 10, 30, 100), 20),
    "noise": Kind("label noise", noise, "%", (0.02, 0.05, 0.1, 0.2, 0.35, 0.5), 0.2),
    "exact": Kind("exact duplicates", exact, "%", (0.1, 0.3, 0.6, 0.85, 0.95), 0.6),
    "near": Kind("near-duplicates", near, "%", (0.1, 0.3, 0.6, 0.85, 0.95), 0.6),
    "conflicts": Kind("conflicts", conflicts, "%", (0.05, 0.1, 0.2, 0.35, 0.5), 0.2),
    "formats": Kind("mixed formats", formats, "%", (0.05, 0.15, 0.3, 0.5), 0.3),
    "broken": Kind("broken rows", broken, "%", (0.05, 0.2, 0.5, 0.8), 0.4),
}
PAIRS = (
    ("few", "noise"),
    ("few", "exact"),
    ("few", "formats"),
    ("imbalance", "near"),
    ("imbalance", "conflicts"),
    ("noise", "exact"),
    ("noise", "broken"),
    ("near", "conflicts"),
    ("exact", "broken"),
)


def copies(rows: list[Row], seed: str) -> Iterator[Copy]:
    """The rows as they are, then each kind at each strength, then the pairs of kinds at their middle."""
    yield Copy("unspoiled", (), rows)
    plans: list[tuple[Part, ...]] = [((name, step),) for name, kind in KINDS.items() for step in kind.strengths]
    plans += [tuple((name, KINDS[name].middle) for name in pair) for pair in PAIRS]
    for parts in plans:
        made = rows
        for name, strength in parts:
            # Not seeded by strength: the rows spoiled at one strength are among those at the next.
            made = KINDS[name].spoiler(made, strength, random.Random(f"{seed}/{name}"))
        yield Copy(" + ".join(told(*part) for part in parts), parts, made)


def told(name: str, strength: float) -> str:
    """A part in words: "label noise 20 %", "too few rows 1/8"."""
    kind = KINDS[name]
    return f"{kind.title} {strength * 100:g} %" if kind.unit == "%" else f"{kind.title} 1/{strength:g}"


def edited(text: str, chosen: random.Random) -> str:
    """The text with two light edits: letters swapped, a word added, another end, other case."""
    made = _edited_once(_edited_once(text, chosen), chosen)
    return made if made != text else text + "!"


def _edited_once(text: str, chosen: random.Random) -> str:
    words = text.split(" ")
    place = chosen.randrange(len(words))
    match chosen.randrange(4):
        case 0 if len(words[place]) > 1:
            word = words[place]
            cut = chosen.randrange(len(word) - 1)
            words[place] = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
        case 1:
            words.insert(place, chosen.choice(_FILLERS))
        case 2:
            return text.rstrip(".!?") + chosen.choice(("", ".", "!", " ?", "..."))
        case _:
            words[place] = words[place].upper() if words[place].islower() else words[place].lower()
    return " ".join(words)


def _labels(rows: list[Row]) -> list[str]:
    return sorted({row.answer for row in rows})


def _divided(rows: list[Row], share: float, chosen: random.Random) -> tuple[list[int], list[int]]:
    order = list(range(len(rows)))
    chosen.shuffle(order)
    count = round(share * len(rows))
    return order[:count], order[count:]


def _replaced(rows: list[Row], share: float, chosen: random.Random, change: Callable[[Row], Row]) -> list[Row]:
    taken, kept = _divided(rows, share, chosen)
    made = list(rows)
    for place in taken:
        made[place] = change(rows[chosen.choice(kept)])
    return made


def _relabeled(row: Row, labels: list[str], chosen: random.Random) -> Row:
    return row._replace(answer=chosen.choice([label for label in labels if label != row.answer]))


def _thinned(rows: list[Row], shares: dict[str, float], chosen: random.Random) -> list[Row]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        places[row.answer].append(place)
    kept: list[int] = []
    for label in sorted(places):
        chosen.shuffle(places[label])
        kept += places[label][: max(1, round(shares[label] * len(places[label])))]
    return [rows[place] for place in sorted(kept)]
