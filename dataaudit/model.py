"""The report and what it is made of: the contract of every machine reader.

Values only: nothing here measures, judges or prints.
"""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from dataaudit.values import Value, fields_of

if TYPE_CHECKING:
    import pandas as pd


class Severity(StrEnum):
    """How bad a finding is; compare with `rank`."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return _RANKS[self]


_RANKS = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


class Related(Value):
    """Another place that a finding is about: the row it repeats or contradicts."""

    path: str
    line: int | None
    score: float | None = None


class Fix(Value):
    """Whether the fault can be mended without a person, and how safely."""

    safety: Literal["safe", "unsafe"]
    summary: str


class Excerpt(Value):
    """A masked, escaped piece of the row for people to read; `caret` is an index into `text`."""

    text: str
    caret: int | None = None


class Finding(Value):
    """One thing that is wrong, where, and why. `line` is 1-based; None means the whole file or set.

    `category`: the label of the row, masked and escaped, where groups were asked for.
    """

    rule: str
    name: str
    severity: Severity
    path: str | None
    line: int | None
    column: int | None = None
    field: str | None = None
    message: str
    related: tuple[Related, ...] = ()
    fingerprint: str
    fix: Fix | None = None
    providers: tuple[str, ...] = ()
    excerpt: Excerpt | None = dataclasses.field(default=None, metadata={"shown": False})
    category: str | None = dataclasses.field(default=None, metadata={"shown": False})


class FileSummary(Value):
    """One audited input."""

    path: str
    rows: int
    bytes: int | None
    sha256: str | None
    shape: str
    split: str
    notes: tuple[str, ...] = ()


class Reason(Value):
    """Why a provider refuses, drops or advises against the data."""

    rule: str
    severity: Literal["hard", "soft", "advice"]
    message: str
    count: int
    path: str | None
    line: int | None
    source: str
    date: str


class Verdict(Value):
    """What one provider would do with the data.

    `answer`: accepted; refused (at least one hard reason); unavailable (the provider takes no training data any more).
    """

    provider: str
    name: str
    method: str
    status: Literal["open", "closing", "retired", "none"]
    status_note: str
    answer: Literal["accepted", "refused", "unavailable"]
    reasons: tuple[Reason, ...] = ()

    @property
    def sentence(self) -> str:
        """One line for people: "gemini: refused, 3 reasons; first at train.jsonl:12"."""
        hard = [reason for reason in self.reasons if reason.severity == "hard"]
        text = f"{self.provider}: {self.answer}"
        if hard:
            text += f", {len(hard)} reason{'s' if len(hard) != 1 else ''}"
            lines = sorted((reason.path or "", reason.line) for reason in hard if reason.line is not None)
            if lines:
                text += f"; first at {lines[0][0]}:{lines[0][1]}"
        else:
            soft = sum(reason.severity == "soft" for reason in self.reasons)
            if soft:
                text += f", {soft} warning{'s' if soft != 1 else ''}"
        return f"{text} ({self.status_note})" if self.status_note not in ("", "open") else text


class Unchecked(Value):
    """A rule that was asked for and could not be judged."""

    rule: str
    because: str


Grade = Literal["A", "B", "C", "D", "F"]


class Dimension(Value):
    """One part of the grade. `score` is 0 to 100 (None: not judged), `weight` its share of the sum; all add up to 1.

    `formula` is the line that gives the score, `because` the same line with the numbers of this set; `unchecked` says
    what the dimension is blind to.
    """

    name: str
    score: float | None
    weight: float
    formula: str
    because: str
    unchecked: str | None = None


class Cap(Value):
    """The worst finding of a kind: whatever the score says, the grade is at most this one."""

    rule: str
    grade: Grade
    because: str


class Action(Value):
    """One thing to do next. gain: points of the score; lifts: the rules of caps that it takes away.

    rows: how many it touches; minutes: of a person's work. `automatic`: a program can do it without judgement.
    """

    action: str
    rules: tuple[str, ...]
    gain: float
    lifts: tuple[str, ...]
    rows: int
    minutes: tuple[float, float]
    automatic: bool


class Readiness(Value):
    """The grade of a set, and all that is needed to recompute it by hand.

    `score` is the weighted sum of the dimensions, 0 to 100; the grade is that of the score, or the lowest cap if that
    is worse. `interval`: what the score may be for another sample of the same size. `ready`: the grade is at least the
    one that the rules ask for. `categories`: sound rows by label. `next` lifts the grade to `target`, or, where
    `reached` is false, as near to it as is known how.
    """

    score: float
    grade: Grade
    ready: bool
    because: str
    interval: tuple[float, float]
    dimensions: tuple[Dimension, ...]
    caps: tuple[Cap, ...] = ()
    categories: dict[str, int] = dataclasses.field(default_factory=dict)
    target: Grade | None = None
    next: tuple[Action, ...] = ()
    reached: bool = True


class Suppressed(Value):
    """Findings of one rule in one file that are not shown, and what silenced them."""

    by: Literal["row", "ignore-file", "per-file-ignores", "baseline"]
    rule: str
    path: str | None
    count: int


class Unused(Value):
    """A suppression that silences nothing any more. `file`, `line`: where it stands."""

    file: str
    line: int | None
    rule: str
    message: str


class GroupRow(Value):
    """One row of a group, for people to read: masked, escaped and cut. `answer` None: the row has none."""

    path: str
    line: int
    prompt: str
    answer: str | None


class Group(Value):
    """Rows that repeat or contradict each other by one rule; `rows` are the first of `total`, the one to keep first."""

    rule: str
    total: int
    rows: tuple[GroupRow, ...]


class Tool(Value):
    """Which version wrote the report."""

    name: str = "dataaudit"
    version: str


class Report(Value):
    """All that a run found. `counts` holds every finding, `findings` the first ones of each rule.

    `suppressed` findings are in neither. `groups`: duplicates and conflicts with their texts, if asked for.
    """

    version: Literal[1] = 1
    tool: Tool
    files: tuple[FileSummary, ...]
    findings: tuple[Finding, ...]
    counts: dict[str, int]
    statistics: dict[str, Any]
    verdicts: tuple[Verdict, ...] = ()
    readiness: Readiness | None = None
    plan: dict[str, Any] | None = None
    estimate: dict[str, Any] | None = None
    advice: dict[str, Any] | None = None
    unchecked: tuple[Unchecked, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    unused: tuple[Unused, ...] = ()
    groups: tuple[Group, ...] = dataclasses.field(default=(), metadata={"shown": False})

    def to_json(self, *, indent: int | None = 2) -> str:
        """The report as JSON text, ASCII only so that no terminal or page can be harmed by it."""
        import json

        return json.dumps(self.as_json(), indent=indent, ensure_ascii=True)

    def to_pandas(self) -> pd.DataFrame:
        """The findings as a DataFrame, one row each, columns as in the JSON contract."""
        import pandas as pd

        columns = [entry.name for entry in fields_of(Finding) if entry.metadata.get("shown", True)]
        table = pd.DataFrame([finding.as_json() for finding in self.findings], columns=columns)
        return table.astype({"line": "Int64", "column": "Int64"})

    def worst(self) -> Severity | None:
        """The highest severity found, or None for a clean report."""
        return max((finding.severity for finding in self.findings), key=lambda severity: severity.rank, default=None)
