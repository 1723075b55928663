"""The laws that every check keeps: merged halves equal the whole, order does not matter, empty input, pickling."""

from __future__ import annotations

import pickle
import random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from dataaudit.catalogue import Given, load_catalogue
from dataaudit.catalogue.models import RowTest
from dataaudit.checks.base import AnyCheck, Tally
from dataaudit.checks.declared import DeclaredCheck
from dataaudit.checks.label_balance import Labels
from dataaudit.checks.paraphrases import ParaphraseCheck
from dataaudit.checks.registry import make_checks
from tests.checks import made

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _declared() -> DeclaredCheck:
    base = load_catalogue().rules["DUP001"]
    test = RowTest(kind="pattern", field="completion", forbid="7$", says="ends in seven")
    rule = base.replaced(code="OWN001", name="own-rule", check=test)
    return DeclaredCheck([rule])


CATALOGUE = load_catalogue()
EVERY = frozenset(CATALOGUE.rules)


class _Words:
    """Vectors of which words are there: stands for the encoder of an extra."""

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        known = sorted({word for text in texts for word in text.split()})
        rows = [[word in text.split() for word in known] for text in texts]
        return np.array(rows, dtype=np.float32)


CHECKS: list[AnyCheck] = [
    *make_checks(made.GIVEN, EVERY, [made.LABELS], made.learned(made.rows(400, seed=3))),
    _declared(),
]
CHECKS = [ParaphraseCheck(_Words) if isinstance(check, ParaphraseCheck) else check for check in CHECKS]
NEED_OTHER_ROWS = {"LabelErrorCheck", "LabelShiftCheck", "LabelLeakCheck"}
"""Checks that need a second split, or labels that the prompts tell: their own tests have such rows."""
IDS = [type(check).__name__ for check in CHECKS]


def _judged(check: AnyCheck, state: Any, data: made.Rows) -> list[Tally]:
    evidence = made.evidence(data, state if isinstance(state, Labels) else None)
    if isinstance(check, DeclaredCheck):
        rule = CATALOGUE.rules["DUP001"]
        own = {
            "OWN001": rule.replaced(
                code="OWN001", check=RowTest(kind="pattern", field="completion", forbid="7$", says="ends in seven")
            )
        }
        evidence.given = Given(type(CATALOGUE)({**CATALOGUE.rules, **own}, CATALOGUE.folders))
    return list(check.judge(state, evidence))


@pytest.fixture(scope="module")
def data() -> list[tuple[int, dict[str, Any]]]:
    return made.rows(400, seed=3)


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
@pytest.mark.parametrize("cut", [0, 1, 133, 399, 400])
def test_merged_parts_equal_the_whole(check: AnyCheck, cut: int, data: list[tuple[int, dict[str, Any]]]) -> None:
    whole = made.measured(check, data)
    halves = check.merge(made.measured(check, data[:cut]), made.measured(check, data[cut:]))
    assert halves == whole
    assert _judged(check, halves, data) == _judged(check, whole, data)


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_merge_is_associative_and_commutative(check: AnyCheck, data: list[tuple[int, dict[str, Any]]]) -> None:
    def part(start: int, stop: int) -> Any:
        return made.measured(check, data[start:stop])

    left = check.merge(check.merge(part(0, 100), part(100, 250)), part(250, 400))
    right = check.merge(part(0, 100), check.merge(part(100, 250), part(250, 400)))
    turned = check.merge(check.merge(part(250, 400), part(0, 100)), part(100, 250))
    assert left == right
    assert _judged(check, turned, data) == _judged(check, left, data)


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
@pytest.mark.parametrize("size", [1, 50, 400])
def test_size_of_batches_does_not_matter(check: AnyCheck, size: int, data: list[tuple[int, dict[str, Any]]]) -> None:
    assert made.measured(check, data, size) == made.measured(check, data)


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_empty_input_has_no_findings(check: AnyCheck) -> None:
    assert check.start() == made.measured(check, [])
    assert _judged(check, check.start(), []) == []


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_state_can_be_pickled(check: AnyCheck, data: list[tuple[int, dict[str, Any]]]) -> None:
    state = made.measured(check, data)
    assert pickle.loads(pickle.dumps(state)) == state


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_judging_twice_gives_the_same(check: AnyCheck, data: list[tuple[int, dict[str, Any]]]) -> None:
    state = made.measured(check, data)
    assert _judged(check, state, data) == _judged(check, state, data)


def test_order_of_rows_changes_no_count(data: list[tuple[int, dict[str, Any]]]) -> None:
    records = [record for _, record in data]
    random.Random(5).shuffle(records)
    shuffled = list(enumerate(records, start=1))
    for check in CHECKS:
        counts = [
            {tally.rule: tally.total for tally in _judged(check, made.measured(check, rows), rows)}
            for rows in (data, shuffled)
        ]
        ignored = {"SCH007"}  # the made rows tie doubled keys to line numbers
        assert {k: v for k, v in counts[0].items() if k not in ignored} == {
            k: v for k, v in counts[1].items() if k not in ignored
        }


def test_the_made_rows_break_rules_of_every_check(data: list[tuple[int, dict[str, Any]]]) -> None:
    silent = [type(c).__name__ for c in CHECKS if not _judged(c, made.measured(c, data), data)]
    assert set(silent) <= NEED_OTHER_ROWS
