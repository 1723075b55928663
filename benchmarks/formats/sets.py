"""All training sets of the benchmark: families, languages, sizes and shares, from one seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from benchmarks.formats.chinese import CHINESE
from benchmarks.formats.code_family import code_family
from benchmarks.formats.english import ENGLISH
from benchmarks.formats.json_family import json_family
from benchmarks.formats.label_family import label_family
from benchmarks.formats.markdown_family import markdown_family
from benchmarks.formats.mixed_families import Asking, any_family, category_family
from benchmarks.formats.prose_family import prose_family
from benchmarks.formats.rows import Family, Kind, Recipe, Row, record
from benchmarks.formats.spanish import SPANISH
from benchmarks.formats.sql_family import sql_family

LANGUAGES = {language.name: language for language in (ENGLISH, SPANISH, CHINESE)}
FAMILIES: dict[str, Family] = {
    "JSON": json_family,
    "label": label_family,
    "prose": prose_family,
    "code": code_family,
    "Markdown": markdown_family,
    "SQL": sql_family,
    "by category": category_family,
    "as asked": Asking(LANGUAGES),
    "all kinds": any_family,
}
SIZES = (50, 300, 5000)
SHARES = (0.005, 0.01, 0.02, 0.05)
_LARGE = 1000


@dataclass(frozen=True, slots=True)
class Planted:
    """What was planted in one row."""

    kind: Kind
    answer: str


@dataclass(frozen=True, slots=True)
class MadeSet:
    """One training set. planted: index of the row (0-based) -> its deviation."""

    family: str
    language: str
    share: float
    rows: list[Row]
    planted: dict[int, Planted]

    def records(self) -> list[dict[str, Any]]:
        return [record(row) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Order:
    """The order for one set, small enough to hand to another process.

    kind: place of the kind in the recipe; None plants all kinds in turn, -1 none.
    """

    family: str
    language: str
    size: int
    share: float
    design: int
    kind: int | None


def orders(seed: int, sizes: tuple[int, ...], designs: int) -> Iterator[Order]:
    """A set for each kind and share in each family, language, size and design; one with all kinds; one with none.

    Of large sets, each worth a hundred small ones, a kind gets one a design: language and share take turns.
    """
    for size in sizes:
        for family in FAMILIES:
            for design in range(seed * designs, (seed + 1) * designs):
                for turn, language in enumerate(LANGUAGES):
                    yield Order(family, language, size, 0.0, design, -1)
                    kinds = len(_recipe(family, language, design).kinds)
                    if kinds:
                        yield Order(family, language, size, 0.05, design, None)
                    for kind in range(kinds):
                        for share in _shares(size, kind + design + turn):
                            yield Order(family, language, size, share, design, kind)


def _shares(size: int, turn: int) -> tuple[float, ...]:
    """The shares to plant: in small sets all that give more than one row, and the least; in large ones one or none."""
    if size >= _LARGE:
        return (SHARES[turn // len(LANGUAGES) % len(SHARES)],) if turn % len(LANGUAGES) == 0 else ()
    return tuple(share for share in SHARES if share == SHARES[0] or round(share * size) > 1)


def _recipe(family: str, language: str, design: int) -> Recipe:
    return FAMILIES[family](Random(f"{family} {language} {design}"), LANGUAGES[language])


def make(order: Order) -> MadeSet:
    """The set of an order; the same at every call."""
    random = Random(repr(order))
    recipe = _seeded_recipe(order)
    rows = [recipe.draw() for _ in range(order.size)]
    made = MadeSet(order.family, order.language, order.share, rows, {})
    kinds = recipe.kinds
    if order.kind == -1 or not kinds:
        return made
    chosen = list(kinds) if order.kind is None else [kinds[order.kind]]
    free = random.sample(range(order.size), order.size)
    among = sum(map(chosen[0].among, rows)) if order.kind is not None else order.size
    for turn in range(max(1, round(order.share * among))):
        _plant(random, made, chosen[turn % len(chosen)], free)
    return made


def _seeded_recipe(order: Order) -> Recipe:
    """The recipe of an order; its rows are drawn from a state that only this order has."""
    random = Random(f"{order.family} {order.language} {order.design}")
    recipe = FAMILIES[order.family](random, LANGUAGES[order.language])
    random.seed(f"{order!r} rows")
    return recipe


def _plant(random: Random, made: MadeSet, kind: Kind, free: list[int]) -> None:
    """Spoil the next free row that this kind can be made of; none where no row will do."""
    for place, index in enumerate(free):
        if not kind.among(made.rows[index]):
            continue
        spoilt = kind.spoil(random, made.rows[index])
        if spoilt is not None and spoilt.answer != made.rows[index].answer:
            made.rows[index] = spoilt
            made.planted[index] = Planted(kind, spoilt.answer)
            del free[place]
            return
