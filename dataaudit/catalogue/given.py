"""What the user set over the rules: severities and thresholds, by code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from dataaudit.catalogue.load import Catalogue
from dataaudit.errors import UsageError

Thresholds = Mapping[str, Mapping[str, float]]


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
        UsageError: no rule, or no threshold, has the name.
    """
    by_code = {catalogue.rule(word).code: values for word, values in thresholds.items()}
    for code, values in by_code.items():
        for name in values:
            if name not in catalogue.rules[code].thresholds:
                known = ", ".join(catalogue.rules[code].thresholds) or "none"
                raise UsageError(f"{code} has no threshold {name!r}", hint=f"it has: {known}")
    return Given(catalogue, {catalogue.rule(word).code: value for word, value in severities.items()}, by_code)
