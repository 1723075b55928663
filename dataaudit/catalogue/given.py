"""What the user set over the rules: severities and thresholds, by code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from dataaudit.catalogue.load import Catalogue
from dataaudit.catalogue.models import Rule
from dataaudit.config.selection import standing
from dataaudit.errors import UsageError

Thresholds = Mapping[str, Mapping[str, float]]
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Given:
    """Thresholds and severities as the user set them, else as the rule files have them."""

    catalogue: Catalogue
    severities: Mapping[str, str] = field(default_factory=dict)
    thresholds: Thresholds = field(default_factory=dict)

    def threshold(self, rule: str, name: str) -> float:
        """A threshold of a rule by its code."""
        own = self.thresholds.get(rule, {})
        return own[name] if name in own else self.catalogue.rules[rule].threshold(name)

    def of(self, rule: str) -> Callable[[str], float]:
        """The thresholds of one rule, by name."""
        return partial(self.threshold, rule)


def given(catalogue: Catalogue, severities: Mapping[str, str], thresholds: Thresholds) -> Given:
    """What the settings say, with rules named by code or name.

    Raises:
        UsageError: no rule, or no threshold, has the name, a rule is named twice, or a value is out of the range of its
            threshold.
    """
    by_code = _by_code(catalogue, "thresholds", thresholds)
    for code, values in by_code.items():
        for name, value in values.items():
            check_threshold(catalogue.rules[code], name, value)
    return Given(catalogue, _by_code(catalogue, "severity", severities), by_code)


def _by_code(catalogue: Catalogue, key: str, values: Mapping[str, _Value]) -> dict[str, _Value]:
    """Values by the code of the rule that is meant; those of a rule that was removed without another are left out."""
    words: dict[str, str] = {}
    for word in values:
        code = standing(catalogue.rule(word).code, catalogue.rules, key, [])
        if code in words:
            raise UsageError(f"{key}: {code} is named twice, as {words[code]} and as {word}", hint="keep one of them")
        if catalogue.rules[code].status != "removed":
            words[code] = word
    return {code: values[word] for code, word in words.items()}


def check_threshold(rule: Rule, name: str, value: float) -> None:
    """Hold a threshold that the user set against the rule.

    Raises:
        UsageError: the rule has none of that name, or the value is out of its range.
    """
    if name not in rule.thresholds:
        known = ", ".join(rule.thresholds) or "none"
        raise UsageError(f"{rule.code} has no threshold {name!r}", hint=f"it has: {known}")
    threshold = rule.thresholds[name]
    if not threshold.allows(value):
        raise UsageError(f"{rule.code}.{name}: should be {threshold.allowed}, not {_number(value)}")


def _number(value: float) -> str:
    return f"{int(value):,}" if float(value).is_integer() else str(value)
