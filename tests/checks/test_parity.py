"""A rule joins data and code: neither is there without the other."""

from __future__ import annotations

from dataaudit.catalogue import load_catalogue
from dataaudit.checks.registry import make_checks
from tests.checks import made

CATALOGUE = load_catalogue()


def _served() -> set[str]:
    checks = make_checks(made.GIVEN, frozenset(CATALOGUE.rules), [made.LABELS], made.learned(made.rows(50, seed=3)))
    return {code for check in checks for code in check.codes}


def _by_traits() -> set[str]:
    return {rule.code for rule in CATALOGUE.rules.values() if rule.traits}


def test_every_rule_has_code_and_every_code_a_rule() -> None:
    assert _served() | _by_traits() == set(CATALOGUE.rules)


def test_the_code_of_schema_rules_is_their_traits() -> None:
    own = {"SCH020", "SCH021"}  # they compare rows, which no trait of one row can
    assert {code for code in _served() if code.startswith("SCH")} - own <= _by_traits()
