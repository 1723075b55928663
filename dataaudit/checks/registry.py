"""The checks of a run: the built-in ones, users' declared rules, and those of installed packages, by one door."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dataaudit._plugins import installed
from dataaudit.catalogue import Given
from dataaudit.checks.base import AnyCheck
from dataaudit.checks.declared import DeclaredCheck
from dataaudit.checks.duplicates import DuplicateCheck
from dataaudit.checks.evidence import LabelSource
from dataaudit.checks.label_balance import LabelCheck
from dataaudit.checks.label_leak import LabelLeakCheck
from dataaudit.checks.learned import Learned
from dataaudit.checks.minimum_examples import MinimumCheck
from dataaudit.checks.mojibake import MojibakeCheck
from dataaudit.checks.near_duplicates import NearDuplicateCheck
from dataaudit.checks.paraphrases import ParaphraseCheck
from dataaudit.checks.schema import SchemaCheck
from dataaudit.checks.types import TypeCheck
from dataaudit.similarity.measure import Measure

if TYPE_CHECKING:
    from dataaudit.shapes.base import Layout
    from dataaudit.tokens.sampling import TokenPlan

GROUP = "dataaudit.checks"


def make_checks(
    given: Given, wanted: frozenset[str], label_sources: Sequence[LabelSource | None], learned: Learned
) -> list[AnyCheck]:
    """The checks that serve a wanted rule, in a fixed order."""
    rules = given.catalogue.rules
    longest = int(given.threshold("LAB001", "max_answer_chars"))
    built_in: list[AnyCheck] = [
        SchemaCheck(),
        TypeCheck(),
        DuplicateCheck(),
        MinimumCheck(),
        LabelCheck(label_sources, longest=longest),
        LabelLeakCheck(int(given.threshold("LAB008", "answer_characters"))),
        NearDuplicateCheck(Measure.by(given.of("SIM001")), learned.templates),
        ParaphraseCheck(),
        MojibakeCheck(),
    ]
    if any(code.startswith("PII") for code in wanted):
        from dataaudit.checks.privacy import PrivacyCheck

        built_in.append(PrivacyCheck(wanted))
    if any(label_sources):
        from dataaudit.checks.label_errors import LabelErrorCheck
        from dataaudit.checks.label_shift import LabelShiftCheck

        built_in += [LabelShiftCheck(), LabelErrorCheck()]
    if learned.formats is not None:
        from dataaudit.checks.output_format import FormatCheck

        built_in.append(FormatCheck(learned, label_sources, wanted))
    declared = [rule for code, rule in sorted(rules.items()) if rule.check is not None and code in wanted]
    checks: list[AnyCheck] = [check for check in built_in if wanted.intersection(_served(check))]
    if declared:
        checks.append(DeclaredCheck(declared))
    return checks + [check for check in _installed() if wanted.intersection(check.codes)]


def _served(check: AnyCheck) -> Sequence[str]:
    """Codes that need the check: its own, and those of others that read what it measures."""
    if isinstance(check, SchemaCheck):
        return [*check.codes, "LAB004"]
    if isinstance(check, NearDuplicateCheck):
        return [*check.codes, "LAB006"]
    if isinstance(check, LabelCheck):
        return [*check.codes, "LAB006", "LAB007", "LAB008", "SIM001", "SIM003"]
    return check.codes


def _installed() -> list[AnyCheck]:
    return [load()() for load in installed(GROUP)]


def token_checks(plan: TokenPlan | None, layouts: Sequence[Layout]) -> list[AnyCheck]:
    """What counts tokens, where that is wanted. It serves no rule."""
    if plan is None:
        return []
    from dataaudit.checks.tokens import TokenCheck

    return [TokenCheck(plan, layouts)]
