"""Weights, caps and grade borders: rules/scoring.toml with what the user set over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dataaudit._resources import rule_data
from dataaudit.errors import UsageError, close_match
from dataaudit.model import Grade
from dataaudit.values import Text, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "scoring.toml"
GRADES: tuple[Grade, ...] = ("A", "B", "C", "D", "F")


class Setting(Value):
    """One number of the scheme; for a cap the grade that it leaves, and the rules that speak of the same fault."""

    value: float = 0.0
    unit: Text = "share of the sum"
    grade: Grade = "A"
    rules: tuple[str, ...] = ()
    why: Text
    source: Text
    date: Text


class Scheme(Value):
    """All numbers that the grade is made of."""

    weights: dict[str, Setting]
    curve: dict[str, Setting]
    borders: dict[str, Setting]
    ready: dict[str, Setting]
    caps: dict[str, Setting]

    def grade(self, score: float) -> Grade:
        """The grade of a score of 0 to 100."""
        return next((grade for grade in GRADES[:-1] if score >= self.borders[grade].value), "F")

    def worse(self, one: Grade, other: Grade) -> bool:
        """Whether a grade is worse than another."""
        return GRADES.index(one) > GRADES.index(other)

    def better(self, grade: Grade) -> Grade | None:
        """The grade one step above; None for the best."""
        place = GRADES.index(grade)
        return GRADES[place - 1] if place else None


def scheme(own: Mapping[str, Mapping[str, float]] | None = None) -> Scheme:
    """The scheme of rules/scoring.toml, with the numbers of `own` (by table and name) in place.

    Raises:
        UsageError: `own` names a table or a number that the scheme does not have, or borders that do not descend.
    """
    data = {table: {name: _plain(entry) for name, entry in entries.items()} for table, entries in _tables().items()}
    for table, numbers in (own or {}).items():
        known = data[_known(table, data, "table")]
        for name, value in numbers.items():
            known[_known(name, known, f"number of {table}")]["value"] = value
    made = Scheme.trusted(data)
    borders = [made.borders[grade].value for grade in GRADES[:-1]]
    if borders != sorted(set(borders), reverse=True) or borders[0] > 100:
        raise UsageError("scoring.borders: the borders should descend from A to D, from 100 at most")
    if sum(entry.value for entry in made.weights.values()) <= 0:
        raise UsageError("scoring.weights: at least one weight should be above 0")
    return made


def check_name(table: str, number: str | None = None) -> None:
    """Hold the name of a table, and of a number of it, against the scheme.

    Raises:
        UsageError: there is none; the nearest one is suggested.
    """
    tables = _tables()
    known = tables[_known(table, tables, "table")]
    if number is not None:
        _known(number, known, f"number of {table}")


def _tables() -> dict[str, dict[str, Any]]:
    return rule_data(FILE)


def _plain(entry: dict[str, Any]) -> dict[str, Any]:
    """A copy; TOML has dates where the data of a wheel has text."""
    return {**entry, "date": str(entry["date"])}


def _known(name: str, known: Mapping[str, Any], what: str) -> str:
    if name in known:
        return name
    near = close_match(name, list(known))
    hint = f"did you mean {near}?" if near else f"there are: {', '.join(known)}"
    raise UsageError(f"scoring: there is no {what} {name!r}", hint=hint)
