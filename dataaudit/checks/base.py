"""What a check is: five verbs. Measuring fills a small state; judging turns it into findings by the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from dataaudit.checks.batch import Batch
from dataaudit.checks.evidence import Evidence
from dataaudit.model import Severity

State = TypeVar("State")


class Hit(NamedTuple):
    """One finding before it gets its words around it.

    row: index in the table, or None; then `source` names the file, or None the whole set.
    related: (row, score) pairs. content: what the fingerprint is made of; "" for the content of the row.
    """

    message: str
    severity: Severity
    row: int | None = None
    source: int | None = None
    line: int | None = None
    column: int | None = None
    field: str | None = None
    related: tuple[tuple[int, float | None], ...] = ()
    content: str = ""
    providers: tuple[str, ...] = ()


class Tally(NamedTuple):
    """The findings of one rule: all are counted, the first are kept."""

    rule: str
    total: int
    hits: Sequence[Hit]


class Check(Generic[State]):
    """One family of rules.

    `add` and `merge` may change and return their first argument. `merge` is associative, and commutative below the
    caps of what a state keeps. A state is small and can be pickled. Only `judge` sees rules and thresholds.
    What needs equal rows brought together takes it from the table of keys that the engine has sorted (Evidence.groups).
    """

    codes: ClassVar[tuple[str, ...]] = ()

    def start(self) -> State:
        """An empty state."""
        raise NotImplementedError

    def add(self, state: State, batch: Batch) -> State:
        """Take in a batch."""
        raise NotImplementedError

    def merge(self, first: State, second: State) -> State:
        """The state of the rows of both, `first` being of the earlier rows."""
        raise NotImplementedError

    def judge(self, state: State, evidence: Evidence) -> Iterator[Tally]:
        """Findings, by the rules of `evidence.catalogue`."""
        raise NotImplementedError


class KeyCheck(Check[None]):
    """A check that measures nothing of its own: it judges the table of keys and the outlines."""

    def start(self) -> None:
        return None

    def add(self, state: None, batch: Batch) -> None:
        return None

    def merge(self, first: None, second: None) -> None:
        return None


AnyCheck = Check[Any]
