"""What to do next: short lists, no more work than the grade takes, and no promise that nobody can keep."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.scoring.measures import Refusal
from dataaudit.scoring.next_steps import Next, next_steps
from dataaudit.scoring.readiness import scored
from dataaudit.scoring.scheme import scheme
from tests.scoring.made import CLASSES, NEED, counts

SCHEME = scheme()
MINUTES = dict.fromkeys(("example", "conflict", "label", "format", "refusal"), (1.0, 3.0)) | {"example": (6.0, 9.0)}
FEW = st.integers(0, 400)


def plan(**fields: object) -> Next:
    return next_steps(counts(**fields), NEED, SCHEME, MINUTES)


def test_the_best_grade_has_no_next() -> None:
    assert plan(sound=5000) == Next(None, (), True)


def test_automatic_steps_come_first_and_suffice_where_they_can() -> None:
    found = plan(sound=5000, duplicates=9000, mislabeled=20)
    assert found.reached
    assert [(action.action, action.automatic, action.rows) for action in found.actions] == [
        ("remove equal rows", True, 9000)
    ]
    assert found.actions[0].lifts == ("DUP001", "DUP002", "SIM001")


def test_as_much_work_as_the_grade_takes() -> None:
    found = plan(sound=800, mislabeled=200)
    assert found.reached
    (action,) = found.actions
    assert action.rules == ("LAB003", "LAB004", "LAB005", "LAB006")
    assert 40 < action.rows < 60
    assert action.minutes == (action.rows, action.rows * 3)


def test_labels_that_nobody_can_point_to_are_no_work() -> None:
    found = plan(sound=800, mislabeled=200, unseen=195)
    assert not found.reached
    assert all(action.rows <= 5 for action in found.actions)


def test_faults_are_not_thinned_out_by_writing_more() -> None:
    found = next_steps(counts(300, 300, mislabeled=400, unseen=400), CLASSES, SCHEME, MINUTES)
    assert not found.reached
    assert not [action for action in found.actions if action.action.startswith("write")]


def test_too_few_rows_are_written() -> None:
    found = plan(sound=30)
    assert found.reached
    (action,) = found.actions
    assert action.action == "write 20 more examples"
    assert action.minutes == (120.0, 180.0)


def test_one_label_has_no_way_out_by_counts() -> None:
    found = next_steps(counts(500), CLASSES, SCHEME, MINUTES)
    assert (found.target, found.reached) == ("C", False)


def test_a_refusal_is_mended_first() -> None:
    found = plan(sound=500, refusals=(Refusal("acme", "no rows", ("SCH022",), 3),))
    assert [action.action for action in found.actions] == ["mend what acme refuses"]
    assert found.reached


@pytest.mark.parametrize("fault", ["unlearned", "told"])
def test_labels_that_prompts_do_not_explain_are_looked_at(fault: str) -> None:
    value = {"unlearned": True, "told": 0.5}[fault]
    found = next_steps(counts(400, 400, **{fault: value}), CLASSES, SCHEME, MINUTES)
    assert found.reached
    assert found.actions[0].rows == 100


@given(FEW, FEW, FEW, FEW, FEW, FEW)
def test_what_is_promised_holds_on_the_counts(
    sound: int, invalid: int, near: int, contradicted: int, mislabeled: int, off_format: int
) -> None:
    made = counts(
        sound=sound, invalid=invalid, near=near, contradicted=contradicted, mislabeled=mislabeled, off_format=off_format
    )
    before = scored(made, NEED, SCHEME)
    found = next_steps(made, NEED, SCHEME, MINUTES)
    assert found.target == SCHEME.better(before.grade)
    assert all(action.rows > 0 for action in found.actions)
    assert all(action.gain >= -0.05 for action in found.actions)
    if not found.actions and found.target is not None:
        assert not found.reached
