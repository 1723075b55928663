"""The advice as text, to the letter."""

from __future__ import annotations

from textwrap import dedent

import pytest

from dataaudit.project import Project
from dataaudit.reporters import View
from dataaudit.reporters.advice import advice_text
from dataaudit.scoring.advice import advise
from dataaudit.scoring.advice_rules import AdviceRules, advice_rules
from dataaudit.text.safe import display_width

DATED = {"source": "a guide", "date": "2026-11-21"}
RULES = AdviceRules.validated(
    {
        "weights": {"why": "The points are made up.", **DATED},
        "least_answers": {"value": 1, "why": "one will do", **DATED},
        "options": [
            {"id": "prompting", "title": "prompting", "tools": ["prompting"], "sentence": "Prompt."},
            {"id": "later", "title": "later", "tools": ["fine-tuning"], "later": True, "sentence": "Wait."},
            {"id": "tune", "title": "fine-tuning", "tools": ["fine-tuning"], "sentence": "Fine-tune."},
        ],
        "questions": [
            {"name": "calls_per_day", "ask": "How many calls?", "label": "calls"},
            {"name": "judge", "ask": "Does somebody judge?", "label": "judge"},
            {"name": "latency", "ask": "Faster?", "label": "faster"},
        ],
        "blockers": [
            {
                "name": "no-judge",
                "when": {"judge": {"yes": False}},
                "words": "Nobody judges.",
                "lift": "find one",
                **DATED,
            }
        ],
        "factors": [
            {"name": "first", "points": {"prompting": 1}, "words": "Prompting first.", **DATED},
            {
                "name": "volume",
                "when": {"calls_per_day": {"least": 1000}},
                "points": {"fine-tuning": 2},
                "words": "1,000 calls a day or more are a reason that is so long that it wraps under itself.",
                **DATED,
            },
            {
                "name": "few",
                "when": {"calls_per_day": {"below": 1000}, "latency": {"yes": True}},
                "points": {},
                "words": "A remark.",
                **DATED,
            },
        ],
    }
)


def _text(project: Project, notes: dict[str, str] | None = None) -> str:
    return advice_text(advise(project, RULES, notes=notes), View())


def test_an_advice() -> None:
    assert _text(Project(calls_per_day=2000, judge=False), {"calls_per_day": "counted\x1b[31m"}) == dedent("""\
        Wait.

        What stands in the way of fine-tuning
          Nobody judges. First: find one.
            [a guide]

        Why
          +2  fine-tuning  1,000 calls a day or more are a reason that is so long that
                           it wraps under itself. [a guide]
          +1  prompting    Prompting first. [a guide]
          The points are made up.

        The sums
          1  prompting    prompting 1
          2  later        fine-tuning 2
          2  fine-tuning  fine-tuning 2; ruled out: no-judge

        What would change the answer
          calls (now 2,000); if under 1,000: prompting
          judge (now no); if yes: fine-tuning

        What is not known, the most weighty first
          no weight as things are: --latency

        Answers from data and measurements
          calls: 2,000 (counted\\x1b[31m)
        """)


def test_what_is_not_known_is_asked_by_weight() -> None:
    assert _text(Project(latency=True), {"judge": "seen in the data"}) == dedent("""\
        Prompt.

        Why
          +1  prompting  Prompting first. [a guide]
          The points are made up.

        The sums
          1  prompting    prompting 1
          0  fine-tuning  fine-tuning 0

        What would change the answer
          calls (not answered); if 1,000 or more: not enough is known

        What is not known, the most weighty first
          --judge: Does somebody judge? (may rule fine-tuning out)
            seen in the data
          --calls-per-day: How many calls? (up to 2 points, may change the answer)
        """)


def test_a_remark_has_no_weight() -> None:
    text = _text(Project(calls_per_day=5, judge=True, latency=True))
    assert "   0  -          A remark. [a guide]\n" in text
    assert "What is not known" not in text


def test_where_no_single_answer_changes_anything() -> None:
    certain = RULES.replaced(factors=RULES.factors[:1])
    text = advice_text(advise(Project(judge=True), certain), View())
    assert "What would change the answer\n  No other answer to a single question.\n" in text


@pytest.mark.parametrize(
    "project",
    [
        Project(),
        Project(need="knowledge", changes="live"),
        Project(
            need="both", prompting="plateaued", judge=True, examples=10**30, changes="rarely", prompted_consistency=0.5
        ),
        Project(need="behaviour", prompting="none", judge=False, examples=0, exact_format=True, calls_per_day=1e300),
    ],
    ids=["nothing", "knowledge", "both", "blocked"],
)
def test_lines_fit_and_colours_change_no_words(project: Project) -> None:
    advice = advise(project, advice_rules())
    plain = advice_text(advice, View())
    assert all(display_width(line) <= 80 for line in plain.splitlines())
    colored = advice_text(advice, View(color=True))
    assert "\x1b[1m" in colored
    assert colored.replace("\x1b[1m", "").replace("\x1b[0m", "") == plain
