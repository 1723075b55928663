"""The grade in a text report, to the letter, and within 80 columns whatever the labels are called."""

from __future__ import annotations

import pytest

from dataaudit.model import Action, Cap, Dimension, Readiness, Report, Tool
from dataaudit.reporters.layout import View
from dataaudit.reporters.readiness import duration, readiness

EXPECTED = """\
Readiness
  D, 76.4 of 100 (72.4 to 78.4 for another sample of this size), not ready
  76.4 points would be C, but the worst finding leaves D at most
  validity   100.0  x 0.300  = 30.0  100 x 60 / (60 + 0)
  balance     66.3  x 0.700  = 46.4  100 x 3 / 4; not judged: near
  integrity      -                   not in the sum: leaks are not checked yet
  sum                        = 76.4
  at most D: 12 of 72 rows contradict each other [DUP003, SIM003]
  Next, to reach C:
  1. remove equal rows: 1 row, automatic, +0.2 points [DUP001]
  2. decide which of the contradicting answers is right: 12 rows, 18 to 108
     minutes of work, +5.0 points, lifts the cap of DUP003 [DUP003, SIM003]
"""


def report(found: Readiness | None) -> Report:
    return Report(tool=Tool(version="1"), files=(), findings=(), counts={}, statistics={}, readiness=found)


def graded(**changes: object) -> Readiness:
    made = Readiness(
        score=76.4,
        grade="D",
        ready=False,
        because="76.4 points would be C, but the worst finding leaves D at most",
        interval=(72.4, 78.4),
        dimensions=(
            Dimension(name="validity", score=100.0, weight=0.3, formula="f", because="100 x 60 / (60 + 0)"),
            Dimension(
                name="balance", score=66.3, weight=0.7, formula="f", because="100 x 3 / 4",
                unchecked="not judged: near",
            ),
            Dimension(
                name="integrity", score=None, weight=0.0, formula="f", because="",
                unchecked="leaks are not checked yet",
            ),
        ),
        caps=(Cap(rule="DUP003, SIM003", grade="D", because="12 of 72 rows contradict each other"),),
        target="C",
        next=(
            Action(
                action="remove equal rows", rules=("DUP001",), gain=0.2, lifts=(), rows=1, minutes=(0.0, 0.0),
                automatic=True,
            ),
            Action(
                action="decide which of the contradicting answers is right", rules=("DUP003", "SIM003"), gain=5.0,
                lifts=("DUP003",), rows=12, minutes=(18.0, 108.0), automatic=False,
            ),
        ),
    )  # fmt: skip
    return made.replaced(**changes)


def test_the_grade_to_the_letter() -> None:
    assert "\n".join(readiness(report(graded()), View())) == EXPECTED


def test_a_narrow_interval_is_no_interval() -> None:
    lines = readiness(report(graded(interval=(76.4, 76.4), ready=True, grade="A")), View())
    assert lines[1] == "  A, 76.4 of 100, ready"


def test_a_report_without_a_grade_has_no_part_for_it() -> None:
    assert readiness(report(None), View()) == []


def test_hostile_words_do_not_reach_the_terminal() -> None:
    cap = Cap(rule="LAB009", grade="D", because="all rows have the label 'a\x1b[31m\u202eb'")
    text = "\n".join(readiness(report(graded(caps=(cap,))), View()))
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_lines_fit_the_page() -> None:
    assert all(len(line) <= 80 for line in readiness(report(graded(because="words " * 60)), View()))


def test_grade_in_color() -> None:
    assert "\x1b[1;31mD\x1b[0m" in readiness(report(graded()), View(color=True))[1]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(0, 0, "0 minutes"), (12, 30, "12 to 30 minutes"), (90, 119.5, "90 to 119.5 minutes"), (60, 540, "1 to 9 hours")],
)
def test_duration(low: float, high: float, words: str) -> None:
    assert duration(low, high) == words
