"""rules/advice.toml fits its model, and conditions hold where they should."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from dataaudit._resources import rule_data
from dataaudit.project import Project
from dataaudit.scoring.advice_rules import AdviceRules, Condition, advice_rules


def test_the_rules_are_valid_and_read_the_same_unchecked() -> None:
    assert AdviceRules.validated(rule_data("advice.toml")) == advice_rules()


def test_names_are_unique() -> None:
    for names in (
        [ground.name for ground in advice_rules().factors],
        [ground.name for ground in advice_rules().blockers],
        [question.name for question in advice_rules().questions],
    ):
        assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("table", "entry"),
    [
        pytest.param("questions", {"name": "weather", "ask": "?", "label": "weather"}, id="no-field-of-project"),
        pytest.param(
            "factors",
            {"name": "x", "when": {"epochs": {}}, "points": {}, "words": "x", "source": "x", "date": "2026-11-21"},
            id="not-asked",
        ),
        pytest.param(
            "factors",
            {"name": "x", "points": {"luck": 1}, "words": "x", "source": "x", "date": "2026-11-21"},
            id="tool",
        ),
    ],
)
def test_rules_that_hang_on_nothing_are_refused(table: str, entry: dict[str, Any]) -> None:
    data = rule_data("advice.toml")
    with pytest.raises(ValidationError):
        AdviceRules.validated({**data, table: [*data[table], entry]})


@pytest.mark.parametrize(
    ("condition", "answer", "holds"),
    [
        pytest.param(Condition(least=200), 200, True, id="least-is-in"),
        pytest.param(Condition(below=200), 200, False, id="below-is-out"),
        pytest.param(Condition(least=0.5, below=0.95), 0.7, True, id="range"),
        pytest.param(Condition(among=("live",)), "live", True, id="choice"),
        pytest.param(Condition(among=("live",)), "rarely", False, id="other-choice"),
        pytest.param(Condition(yes=False), False, True, id="no"),
        pytest.param(Condition(yes=False), True, False, id="yes"),
        pytest.param(Condition(), 0, True, id="any-answer"),
        pytest.param(Condition(least=1), True, False, id="yes-is-no-number"),
    ],
)
def test_conditions(condition: Condition, answer: Any, holds: bool) -> None:
    assert condition.holds(answer) is holds


def test_a_factor_waits_for_all_its_answers() -> None:
    gap = next(factor for factor in advice_rules().factors if factor.name == "consistency-gap")
    assert gap.holds(Project(prompted_consistency=0.7)) is None
    assert gap.holds(Project(prompted_runs=99)) is False
    assert gap.holds(Project(prompted_consistency=0.7, prompted_runs=100)) is True


def test_what_changes_monthly_waits_until_it_is_settled() -> None:
    blocker = next(blocker for blocker in advice_rules().blockers if blocker.name == "monthly-changes")
    assert blocker.holds(Project(changes="monthly"))
    assert not blocker.holds(Project(changes="quarterly"))
    assert not blocker.lasting


@pytest.mark.parametrize("share", [1.01, 70])
def test_a_share_is_at_most_one(share: float) -> None:
    with pytest.raises(ValueError, match="0 to 1"):
        Project(prompted_consistency=share)
