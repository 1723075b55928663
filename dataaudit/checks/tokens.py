"""Counts tokens of rows, in the same pass as all other checks. It has no rules: its figures go into the statistics."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from dataaudit.checks.base import Check, Tally
from dataaudit.loaders.base import UNREAD
from dataaudit.shapes.base import Layout
from dataaudit.shapes.registry import default_shape, make
from dataaudit.tokens.encodings import count
from dataaudit.tokens.messages import Said, Texts, added_around, said_in
from dataaudit.tokens.sampling import TokenPlan, chances, rate_of, strata_of
from dataaudit.tokens.scripts import script_of
from dataaudit.tokens.tokenizers import overhead
from dataaudit.tokens.totals import Part, figures_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dataaudit.checks.batch import Batch
    from dataaudit.checks.evidence import Evidence
    from dataaudit.shapes.base import Shape

_PLAIN_SHAPE = "openai-chat"
_MOST_ROLES = 10_000
_LONGEST_ROLE = 40


class Stratum(NamedTuple):
    """Rows that are alike. number: see `strata_of`."""

    split: str
    number: int


@dataclass(slots=True)
class Counts:
    """What an encoding gave for the counted rows of a stratum: see `Part`."""

    sums: list[int] = field(default_factory=lambda: [0] * 4)
    lengths: Counter[int] = field(default_factory=Counter)


@dataclass(slots=True)
class Tokens:
    """Whole numbers only, so that no order of adding matters.

    every: rows, bytes, characters of all rows. counted: rows, bytes, squared bytes of those that were counted.
    near: counted rows with tools, by split. longest: tokens, source and line (both negative, so that the first row of
    the most tokens is the greatest).
    """

    every: dict[Stratum, list[int]] = field(default_factory=dict)
    counted: dict[Stratum, list[int]] = field(default_factory=dict)
    by_encoding: dict[tuple[Stratum, str], Counts] = field(default_factory=dict)
    near: Counter[str] = field(default_factory=Counter)
    longest: dict[tuple[str, str], tuple[int, int, int]] = field(default_factory=dict)


class TokenCheck(Check[Tokens]):
    """Measures tokens. `plan` says of which rows and by which encodings; `layouts` are those of the sources."""

    def __init__(self, plan: TokenPlan, layouts: Sequence[Layout]) -> None:
        self._plan = plan
        self._layouts = layouts
        self._shapes: dict[int, Shape] = {}
        self._roles: dict[tuple[str, str], int] = {}

    def start(self) -> Tokens:
        return Tokens()

    def add(self, state: Tokens, batch: Batch) -> Tokens:
        readable = [index for index, record in enumerate(batch.records) if record is not UNREAD]
        if not readable:
            return state
        characters, sizes, scripts = _measures(batch, readable)
        strata = strata_of(sizes, scripts)
        rows = np.array(readable, dtype=np.int64)
        drawn = self._drawn(batch, rows, strata)
        split = self._plan.splits[batch.source]
        said = [self._said(batch, int(row)) for row in rows[drawn]]
        counts = self._count(said)
        state.near[split] += sum(any(one.near for one in of_row) for of_row in said)
        numbers: list[int] = sorted(set(strata.tolist()))
        for number in numbers:
            inside = strata == number
            _add_to(state.every, Stratum(split, number), [inside.sum(), sizes[inside].sum(), characters[inside].sum()])
            chosen = inside[drawn]
            if not chosen.any():
                continue
            x = sizes[drawn][chosen]
            _add_to(state.counted, Stratum(split, number), [len(x), x.sum(), (x * x).sum()])
            for encoding, (tokens, answers) in counts.items():
                own = state.by_encoding.setdefault((Stratum(split, number), encoding), Counts())
                t, a = tokens[chosen], answers[chosen]
                for index, value in enumerate(((x * t).sum(), a.sum(), (a * a).sum(), (x * a).sum())):
                    own.sums[index] += int(value)
                own.lengths.update(t.tolist())
        for encoding, (tokens, _) in counts.items():
            if len(tokens):
                first = int(tokens.argmax())
                place = (int(tokens[first]), -batch.source, -batch.lines[int(rows[drawn][first])])
                key = split, encoding
                state.longest[key] = max(state.longest.get(key, place), place)
        return state

    def _drawn(self, batch: Batch, rows: NDArray[np.int64], strata: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether each row is counted."""
        draw = self._plan.draw(batch.source)
        if draw.rate >= 1.0:
            return np.ones(len(rows), dtype=np.bool_)
        numbers, inverse = np.unique(strata, return_inverse=True)
        rates = np.array([rate_of(int(number), draw) for number in numbers])
        lines = np.asarray(batch.lines, dtype=np.uint64)[rows]
        return chances(batch.source, lines) < rates[inverse]

    def _count(self, said: Sequence[Sequence[Said]]) -> dict[str, tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """By encoding: tokens of each of some rows, and of its trained texts."""
        texts = [one.text for of_row in said for one in of_row]
        row_of = np.repeat(np.arange(len(said)), [len(of_row) for of_row in said])
        trained = np.array([one.trained for of_row in said for one in of_row], dtype=np.bool_)
        around = overhead()
        found = {}
        for encoding in self._plan.encodings:
            numbers = np.array(count(texts, encoding), dtype=np.int64)
            tokens = np.array([self._around(of_row, encoding, around) for of_row in said], dtype=np.int64)
            answers = np.zeros(len(said), dtype=np.int64)
            np.add.at(tokens, row_of, numbers)
            np.add.at(answers, row_of[trained], numbers[trained])
            found[encoding] = tokens, answers
        return found

    def _around(self, said: Sequence[Said], encoding: str, around: tuple[int, int, int]) -> int:
        total = added_around(said, *around)
        for one in said:
            for word in (one.role, one.name):
                if word:
                    total += self._word(word, encoding)
        return total

    def _word(self, word: str, encoding: str) -> int:
        tokens = self._roles.get((word, encoding))
        if tokens is None:
            tokens = count([word], encoding)[0]
            if len(word) <= _LONGEST_ROLE and len(self._roles) < _MOST_ROLES:
                self._roles[word, encoding] = tokens
        return tokens

    def _said(self, batch: Batch, row: int) -> list[Said]:
        source = batch.source
        own = self._shapes.get(source)
        if own is None:
            layout = self._layouts[source]
            own = default_shape(_PLAIN_SHAPE) if layout.shape == "unknown" else make(layout)
            self._shapes[source] = own
        texts = Texts(batch.contexts[row], batch.questions[row], batch.answers[row], batch.labels[row])
        shape = _shape_of(batch.known.traits[batch.outlines[row]], own.name)
        return said_in(batch.records[row], shape, own, texts)

    def merge(self, first: Tokens, second: Tokens) -> Tokens:
        for mine, theirs in ((first.every, second.every), (first.counted, second.counted)):
            for key, values in theirs.items():
                _add_to(mine, key, values)
        for encoded, counts in second.by_encoding.items():
            own = first.by_encoding.setdefault(encoded, Counts())
            own.sums = [a + b for a, b in zip(own.sums, counts.sums, strict=True)]
            own.lengths.update(counts.lengths)
        first.near.update(second.near)
        for place, longest in second.longest.items():
            first.longest[place] = max(first.longest.get(place, longest), longest)
        return first

    def judge(self, state: Tokens, evidence: Evidence) -> Iterator[Tally]:
        evidence.figures["tokens"] = figures(state, self._plan, [source.path for source in evidence.sources])
        return iter(())


def figures(state: Tokens, plan: TokenPlan, paths: Sequence[str]) -> dict[str, Any]:
    """The part `tokens` of a report's statistics, JSON values; `paths` are those of the sources."""
    counted = sum(values[0] for values in state.counted.values())
    rows = sum(values[0] for values in state.every.values())
    splits = {
        split: {
            encoding: {
                **figures_of(_parts(state, split, encoding), _longest(state, split, encoding, paths)),
                "rows_with_tools": state.near[split],
            }
            for encoding in plan.encodings
        }
        for split in dict.fromkeys(plan.splits)
    }
    return {
        "mode": "exact" if counted == rows else "sample",
        "rows": rows,
        "sampled_rows": counted,
        "characters": sum(values[2] for values in state.every.values()),
        "splits": splits,
    }


def _measures(batch: Batch, rows: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """(characters, bytes in UTF-8, class of scripts) of the texts of rows."""
    measures = []
    for row in rows:
        texts = (batch.contexts[row], batch.questions[row], batch.answers[row] or "")
        length = len(texts[0]) + len(texts[1]) + len(texts[2])
        if texts[0].isascii() and texts[1].isascii() and texts[2].isascii():
            measures.append((length, length, 0))
        else:
            written = "".join(texts).encode("utf-8", "surrogatepass")
            measures.append((length, len(written), script_of(written, length)))
    characters, sizes, scripts = np.array(measures, dtype=np.int64).T
    return characters, sizes, scripts


def _shape_of(traits: Sequence[str], own: str) -> str:
    """The shape that a row was read as; of a row that has it from another shape's reading, that one."""
    named = [trait.partition(":")[2] for trait in traits if trait.startswith("shape:")]
    others = [name for name in named if name != own]
    return others[0] if others else own


def _add_to(table: dict[Stratum, list[int]], key: Stratum, values: Sequence[Any]) -> None:
    own = table.setdefault(key, [0] * len(values))
    for index, value in enumerate(values):
        own[index] += int(value)


def _parts(state: Tokens, split: str, encoding: str) -> list[Part]:
    parts = []
    for stratum in sorted(key for key in state.every if key.split == split):
        rows, size, _ = state.every[stratum]
        n, x, xx = state.counted.get(stratum, (0, 0, 0))
        counts = state.by_encoding.get((stratum, encoding), Counts())
        xt, a, aa, xa = counts.sums
        parts.append(Part(stratum.number, rows, size, n, x, xx, xt, a, aa, xa, counts.lengths))
    return parts


def _longest(state: Tokens, split: str, encoding: str, paths: Sequence[str]) -> tuple[int, str, int] | None:
    found = state.longest.get((split, encoding))
    return None if found is None else (found[0], paths[-found[1]], -found[2])
