"""What an advice is made of: values only, for reporters and machines."""

from __future__ import annotations

from dataaudit.scoring.advice_rules import Answer
from dataaudit.values import Value

UNKNOWN = "unknown"
"""The answer where not enough is known."""


class Given(Value):
    """An answer that the advice rests on; words: the value for people; note: where it is from, if not from the user."""

    question: str
    label: str
    value: Answer
    words: str
    note: str | None


class Reason(Value):
    """A factor that holds, and the points that it gives to each tool."""

    name: str
    points: dict[str, int]
    words: str
    source: str
    date: str


class Blocked(Value):
    """What rules fine-tuning out, and what to do about it. lasting: it cannot be lifted."""

    name: str
    words: str
    lift: str
    lasting: bool
    source: str
    date: str


class Sum(Value):
    """One option: the points of its tools, whether it can be chosen, and the blockers that rule it out.

    What is for later is not possible either while nothing stands in the way.
    """

    option: str
    title: str
    points: int
    parts: dict[str, int]
    possible: bool
    ruled_out: tuple[str, ...]


class Change(Value):
    """An answer to one question with which the advice is another one, all else equal; found by advising anew.

    least, below: the range of a number (below None: without end); value: any other answer; words: either for people.
    now: the answer of today in words, or None.
    """

    question: str
    label: str
    value: Answer | None
    least: float | None
    below: float | None
    words: str
    now: str | None
    option: str
    title: str


class Missing(Value):
    """A question without an answer. points: the most that hangs on it; blocks: an answer may rule fine-tuning out.

    options: what the advice may become by this answer alone. note: what the data say about it.
    """

    question: str
    label: str
    ask: str
    flag: str
    points: int
    blocks: bool
    options: tuple[str, ...]
    note: str | None

    @property
    def matters(self) -> bool:
        """Whether an answer has any weight as things are."""
        return bool(self.points or self.blocks or self.options)


class Advice(Value):
    """What to do, why, what stands in the way, what would change it, and what is not known.

    option: id of the advice, or "unknown". points: of each tool. missing: those with the most influence first.
    """

    option: str
    title: str
    sentence: str
    points: dict[str, int]
    sums: tuple[Sum, ...]
    reasons: tuple[Reason, ...]
    blockers: tuple[Blocked, ...]
    changes: tuple[Change, ...]
    answers: tuple[Given, ...]
    missing: tuple[Missing, ...]
    weights: str
