"""What a channel takes (rules/channels.toml), and what comes first where it does not take all. Writes no format."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from dataaudit._resources import rule_data
from dataaudit.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataaudit.model import Finding, Report, Severity

_GAP = "..."


@cache
def limit(channel: str, name: str) -> int:
    """One limit of a channel, in the unit that rules/channels.toml gives."""
    return int(rule_data("channels.toml")["limits"][channel][name]["value"])


@cache
def level(channel: str, severity: Severity) -> str:
    """The channel's own word for a severity."""
    return str(rule_data("channels.toml")["severities"][channel][severity.value])


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Errors before warnings before notes; among equals the first of every rule, then the second of every rule.

    So a channel that takes ten is not filled by one rule. The order is that of the report otherwise.
    """
    ordered = sorted(findings, key=lambda finding: -finding.severity.rank)
    seen: Counter[tuple[str, str]] = Counter()
    ranks = []
    for finding in ordered:
        key = (finding.severity.value, finding.rule)
        ranks.append((-finding.severity.rank, seen[key]))
        seen[key] += 1
    return [ordered[number] for number in sorted(range(len(ordered)), key=lambda number: ranks[number])]


def cut(text: str, most: int) -> str:
    """The text, or its start and `...` where it has more than `most` characters."""
    return text if len(text) <= most else text[: most - len(_GAP)] + _GAP


def brief(text: str) -> str:
    """A text of the report for a line of a page for people: escaped, and cut where it would fill the screen."""
    return cut(escape(text), limit("text", "message"))


def home(report: Report) -> str:
    """The file that stands for the whole set where a channel drops what has no file.

    The first file of training rows, else the first file: it is there, and it is what people open first.
    """
    of_training = (file.path for file in report.files if file.split == "train")
    return next(of_training, report.files[0].path if report.files else ".")


def numbered(findings: Iterable[Finding]) -> list[int]:
    """How many findings before each have its fingerprint, starting with 1: equal rows have equal fingerprints."""
    seen: Counter[str] = Counter()
    numbers = []
    for finding in findings:
        seen[finding.fingerprint] += 1
        numbers.append(seen[finding.fingerprint])
    return numbers
