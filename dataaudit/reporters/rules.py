"""Rules of the catalogue as text or JSON: what `dataaudit rule` shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.reporters.json import values_json
from dataaudit.reporters.layout import View, broken, table, wrap
from dataaudit.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dataaudit.catalogue import Example, Rule

# What stands before a line of an example, and before what goes on below it.
_LINE, _GOES_ON = "    | ", "    > "


def rules_json(rules: Rule | Iterable[Rule]) -> str:
    """One rule as an object, several as a list of them; keys as in the rule files."""
    return values_json(rules)


def rules_table(rules: Iterable[Rule], view: View) -> str:
    """Code, name, severity and summary of each rule; the state of those that are not stable goes before the summary."""
    rows = [(rule.code, rule.name, rule.severity.value, f"{_state(rule)}{rule.summary}") for rule in rules]
    return "".join(line + "\n" for line in table(rows, view.width))


def rule_text(rule: Rule, view: View) -> str:
    """All that is known of one rule: what, why, how to fix, thresholds, messages, examples, sources."""
    head = f"{view.paint(f'{rule.code} {rule.name}', 'bold')} [{view.severity(rule.severity.value)}]"
    instead = f", {rule.replaced_by} takes its place" if rule.replaced_by else ""
    lines = [head, *wrap(f"{rule.title} ({rule.status}, since {rule.since}{instead})", view.width), ""]
    lines += [*wrap(rule.summary, view.width), ""]
    for title, text in (("Why", rule.why), ("How to fix", rule.how_to_fix)):
        lines += [view.paint(title, "bold"), *_paragraphs(text, view), ""]
    if rule.fix is not None:
        lines += [
            view.paint("Automatic fix", "bold"),
            *wrap(f"{rule.fix.safety}: {rule.fix.summary}", view.width, "  "),
            "",
        ]
    lines += [*_thresholds(rule, view), *_messages(rule, view)]
    for title, examples in (("Has findings", rule.bad), ("Has none", rule.good)):
        lines += [
            view.paint(title, "bold"),
            *(line for example in examples for line in _example(example, view)),
            "",
        ]
    lines += [view.paint("Sources", "bold")]
    for source in rule.sources:
        lines += wrap(
            f"{source.title}, {source.date}{f', {source.url}' if source.url else ''}",
            view.width,
            "  ",
            "    ",
        )
    return "".join(line + "\n" for line in lines)


def _state(rule: Rule) -> str:
    return "" if rule.status == "stable" else f"[{rule.status}] "


def _paragraphs(text: str, view: View) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        yield from wrap(paragraph, view.width, "  ")


def _thresholds(rule: Rule, view: View) -> list[str]:
    if not rule.thresholds:
        return []
    lines = [view.paint("Thresholds", "bold")]
    for name, entry in rule.thresholds.items():
        lines += wrap(f"{name} = {entry.value:g} {entry.unit}", view.width, "  ")
        lines += wrap(f"{entry.why} ({entry.source}, {entry.date})", view.width, "    ")
    return [*lines, ""]


def _messages(rule: Rule, view: View) -> list[str]:
    if not rule.traits:
        return []
    rows = [(trait.severity, trait.says) for trait in rule.traits]
    notes = ["  off: a finding only where a provider asked for forbids it"] if any(s == "off" for s, _ in rows) else []
    return [view.paint("Messages", "bold"), *table(rows, view.width, "  "), *notes, ""]


def _example(example: Example, view: View) -> Iterator[str]:
    yield from wrap(example.title, view.width, "  ")
    for name, text in example.files.items():
        times = f" ({example.times[name]} times)" if name in example.times else ""
        yield f"    {escape(name)}{times}"
        for line in text.rstrip("\n").split("\n"):
            first, *more = broken(escape(line), view.width - len(_LINE))
            yield from (_LINE + first, *(_GOES_ON + piece for piece in more))
    for name, digits in example.hex.items():
        yield f"    {escape(name)} (hexadecimal)"
        yield from (f"    | {digits[start : start + 64]}" for start in range(0, len(digits), 64))
    if example.expect:
        yield from wrap(f"found at {', '.join(example.expect)}", view.width, "    ")
