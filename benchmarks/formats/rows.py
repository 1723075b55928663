"""What a made training set is: rows, the ways to spoil one, and the records that are audited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from benchmarks.formats.language import Language


@dataclass(frozen=True, slots=True)
class Row:
    """One prompt and its answer: `prefix + core + suffix`. value: what the core was written from, where it matters."""

    prompt: str
    core: str
    prefix: str = ""
    suffix: str = ""
    system: str | None = None
    category: str | None = None
    value: Any = None

    @property
    def answer(self) -> str:
        return self.prefix + self.core + self.suffix


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to spoil a row. rules: any of them tells the fault rightly.

    spoil: the row with exactly this one deviation, or None where it cannot be made of this row. among: the rows that it
    is about; what is planted is a share of these.
    """

    name: str
    rules: frozenset[str]
    spoil: Callable[[Random, Row], Row | None]
    among: Callable[[Row], bool] = lambda row: True


@dataclass(frozen=True, slots=True)
class Recipe:
    """One design of a training set: how its rows are drawn, and the deviations that make sense in it."""

    draw: Callable[[], Row]
    kinds: tuple[Kind, ...]


Family = Callable[[Random, Language], Recipe]


def answer_kind(name: str, rules: str, core: Callable[[Random, Row], str | None]) -> Kind:
    """A kind that rewrites the core of the answer; `rules` are codes with blanks between."""

    def spoil(random: Random, row: Row) -> Row | None:
        text = core(random, row)
        return None if text is None or text == row.core else replace(row, core=text)

    return Kind(name, frozenset(rules.split()), spoil)


def record(row: Row) -> dict[str, Any]:
    """The row as a training record: a chat where there is a system prompt, else prompt and completion."""
    if row.system is not None:
        turns = [("system", row.system), ("user", row.prompt), ("assistant", row.answer)]
        made: dict[str, Any] = {"messages": [{"role": role, "content": text} for role, text in turns]}
    else:
        made = {"prompt": row.prompt, "completion": row.answer}
    if row.category is not None:
        made["category"] = row.category
    return made
