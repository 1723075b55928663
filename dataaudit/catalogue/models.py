"""The shape of rule and task files (provider files: `provider.py`). Data only: nothing here judges."""

from __future__ import annotations

import dataclasses
import datetime
import fnmatch
import re
from typing import Annotated, Any, Literal

from dataaudit.model import Fix, Severity
from dataaudit.values import Text, Value, Words


class Source(Value):
    """Where a fact was read, and when."""

    title: Text
    date: datetime.date
    url: str | None = None


class Threshold(Value):
    """One number that a rule judges by. least, most: the range that a user may set; whole: whole numbers only."""

    value: float | int
    unit: Text
    least: float | int | None = None
    most: float | int | None = None
    whole: bool = False
    why: Text
    source: Text
    date: datetime.date

    def __post_init__(self) -> None:
        if not self.allows(self.value):
            raise ValueError(f"the value {self.value} should be {self.allowed}")

    def allows(self, value: float) -> bool:
        """Whether a value lies in the range."""
        if self.whole and not float(value).is_integer():
            return False
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    @property
    def allowed(self) -> str:
        """The range in words, such as "a whole number from 1 to 100"."""
        noun = "a whole number" if self.whole else "a number"
        least = "" if self.least is None else f" from {self.least:,}"
        most = "" if self.most is None else f" {'to' if least else 'up to'} {self.most:,}"
        return f"{noun}{least}{most}"


class Trait(Value):
    """A measured fact that this rule is about; `name` may end in `*`, `besides` lists what does not count.

    `says` is the message; `{detail}` is the part of the trait after the colon, `{note}` what the reader saw.
    `severity` holds when no provider is named; "off" means that only a provider's demand makes it a finding.
    """

    name: Text
    says: Text
    severity: Severity | Literal["off"]
    besides: tuple[str, ...] = ()
    field: str | None = None


class Example(Value):
    """A small data set that must (bad) or must not (good) have findings of the rule; runs as a test.

    `files` maps file names to text; "{n}" in a file of `times` is replaced by the numbers from 1. `hex` maps
    to raw bytes. `options` are keyword arguments of `dataaudit.audit`. `expect` lists "name:line" places
    ("name" alone: the whole file, "*" the whole set).
    """

    title: Text
    files: dict[str, str] = dataclasses.field(default_factory=dict)
    hex: dict[str, str] = dataclasses.field(default_factory=dict)
    times: dict[str, int] = dataclasses.field(default_factory=dict)
    options: dict[str, Any] = dataclasses.field(default_factory=dict)
    expect: tuple[str, ...] = ()


FIELDS = ("prompt", "completion", "system", "label", "record")


class RowTest(Value):
    """A rule that needs no Python: what a field of each row must or must not hold.

    `field`: prompt, completion, system, label, record (the whole row as JSON), or a JSON pointer into it.
    """

    kind: Literal["pattern", "limit", "schema"]
    field: Text
    forbid: str | None = None
    require: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    json_schema: dict[str, Any] | None = None
    says: Text

    def __post_init__(self) -> None:
        given = {
            "pattern": self.forbid is not None or self.require is not None,
            "limit": any(v is not None for v in (self.min_length, self.max_length, self.minimum, self.maximum)),
            "schema": self.json_schema is not None,
        }
        if self.field not in FIELDS and not self.field.startswith("/"):
            raise ValueError(
                f"field {self.field!r} is none of {', '.join(FIELDS)}, nor a JSON pointer such as /meta/source"
            )
        if not given[self.kind]:
            raise ValueError(
                f"a check of kind {self.kind} needs its own keys (forbid/require, min_/max_..., json_schema)"
            )


class RuleFix(Value):
    """How `dataaudit fix` mends what a rule finds. only: a pattern of the messages of the findings that it can mend.

    unsafe: a pattern of the messages of the findings whose fix is unsafe though that of the rule is safe.
    """

    safety: Literal["safe", "unsafe"]
    summary: Text
    only: str | None = None
    unsafe: str | None = None

    def fits(self, message: str) -> bool:
        """Whether a finding with this message can be mended."""
        return self.only is None or re.search(self.only, message) is not None

    def of(self, message: str) -> Fix | None:
        """What the finding with this message says of its fix."""
        if not self.fits(message):
            return None
        unsafe = self.unsafe is not None and re.search(self.unsafe, message) is not None
        return Fix(safety="unsafe" if unsafe else self.safety, summary=self.summary)


class Rule(Value):
    """One rule: what is demanded, how severe, at which threshold, why, and from which source."""

    code: Annotated[str, Words(r"^[A-Z]{3,8}[0-9]{3}$")]
    name: Annotated[str, Words(r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: Text
    severity: Severity
    status: Literal["preview", "stable", "deprecated", "removed"] = "stable"
    replaced_by: Annotated[str, Words(r"^[A-Z]{3,8}[0-9]{3}$")] | None = None
    since: Text
    summary: Text
    why: Text
    how_to_fix: Text
    fix: RuleFix | None = None
    thresholds: dict[str, Threshold] = dataclasses.field(default_factory=dict)
    traits: tuple[Trait, ...] = ()
    check: RowTest | None = None
    sources: tuple[Source, ...]
    bad: tuple[Example, ...]
    good: tuple[Example, ...]

    def __post_init__(self) -> None:
        for name, least in (("sources", 1), ("bad", 2), ("good", 2)):
            if len(getattr(self, name)) < least:
                raise ValueError(f"a rule has at least {least} under {name}")

    @property
    def family(self) -> str:
        """The letters of the code, for example SCH."""
        return self.code.rstrip("0123456789")

    def threshold(self, name: str) -> float:
        """The value of a threshold; KeyError for a name that the rule file does not have."""
        return self.thresholds[name].value


class Figure(Value):
    """A figure or range of the economics, with its source; conflicting sources are separate entries."""

    low: float
    high: float
    unit: Text
    source: Text
    date: datetime.date
    note: str | None = None


class Task(Value):
    """What one kind of task needs: examples, minutes, rates."""

    id: Annotated[str, Words(r"^[a-z]+(-[a-z]+)*$")]
    title: Text
    summary: Text
    figures: dict[str, tuple[Figure, ...]]

    def __post_init__(self) -> None:
        if "minimum_examples" not in self.figures:
            raise ValueError("a task names its minimum_examples")


def trait_matches(pattern: str, trait: str) -> bool:
    """Whether a trait is the one named, or starts with the name before a final `*`."""
    if pattern.endswith("*") and "*" not in pattern[:-1]:
        return trait.startswith(pattern[:-1])
    return pattern == trait if "*" not in pattern else fnmatch.fnmatchcase(trait, pattern)
