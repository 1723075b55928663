"""A page for each rule, and their index by family, from the rule files alone."""

from __future__ import annotations

import re
import tempfile
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from dataaudit._resources import rules_folder
from dataaudit.catalogue import load_catalogue
from dataaudit.testing import example_report
from docs.website.markdown import badges, code, fence, link, literal, paragraphs, prose, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dataaudit.catalogue import Example, Rule
    from dataaudit.model import Finding

_LANGUAGES = {".jsonl": "json", ".json": "json", ".ndjson": "json", ".toml": "toml"}
# What a message fills in.
_BLANK = re.compile(r"\{(?:note|detail)\}")
_SHOWN_BYTES = 64
_SHOWN_MESSAGES = 5


@cache
def rules() -> dict[str, Rule]:
    """The built-in rules by code."""
    return load_catalogue().rules


@cache
def families() -> dict[str, tuple[str, list[Rule]]]:
    """The letters of each family, its name in words, and its rules."""
    found: dict[str, tuple[str, list[Rule]]] = {}
    for folder in sorted(rules_folder().iterdir(), key=lambda entry: entry.name):
        if not folder.is_dir():
            continue
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            rule = rules().get(file.name.partition("-")[0])
            if rule is not None:
                found.setdefault(rule.family, (folder.name.replace("_", " "), []))[1].append(rule)
    return dict(sorted(found.items()))


def all_pages() -> Iterator[tuple[str, Callable[[], str]]]:
    """The path of every page about rules, and the call that makes it."""
    yield "rules/index.md", rules_index
    for rule in rules().values():
        yield f"rules/{rule.code}.md", partial(rule_page, rule)


def rules_index() -> str:
    """The page that lists all rules."""
    parts = [
        "# Rules",
        f"{len(rules())} rules in {len(families())} families. Each is a file of data, with the reason, the source of "
        "every number, and examples that run as tests. A code never changes its meaning.",
        "`dataaudit rule --all` lists them in the terminal; [settings](../settings.md) choose among them; "
        "[own rules](../own-rules.md) stand beside them.",
    ]
    for family, (name, members) in families().items():
        parts += [f"## {family}: {name}", table(("rule", "severity", "demands", "fix"), map(_row, members))]
    return "\n\n".join(parts) + "\n"


def _row(rule: Rule) -> tuple[str, ...]:
    preview = "" if rule.status == "stable" else f" ({rule.status})"
    fix = rule.fix.safety if rule.fix else ""
    return f"[{rule.code} {rule.name}]({rule.code}.md)", rule.severity.value + preview, prose(rule.summary), fix


def rule_page(rule: Rule) -> str:
    """All that is known of one rule."""
    labels = [(rule.severity.value, rule.severity.value), (rule.status, rule.status), (f"since {rule.since}", "plain")]
    if rule.fix is not None:
        labels.append((f"fix: {rule.fix.safety}", "fix"))
    parts = [
        f"---\ntitle: {rule.code} {rule.name}\n---",
        f"# {rule.code} {rule.name}",
        badges(*labels),
        f"**{prose(rule.title)}.**",
        prose(rule.summary),
        *_status(rule),
        f"## Why\n\n{paragraphs(rule.why)}",
        f"## How to fix\n\n{paragraphs(rule.how_to_fix)}",
        *_fix(rule),
        *_thresholds(rule),
        *_messages(rule),
        *_examples(rule),
        *_settings(rule),
        f"## Sources\n\n{_sources(rule)}",
    ]
    return "\n\n".join(parts) + "\n"


def _status(rule: Rule) -> Iterator[str]:
    if rule.status == "preview":
        yield f"In preview: taken by `--preview`, or where it is named, as in `--select {rule.code}`."


def _fix(rule: Rule) -> Iterator[str]:
    if rule.fix is None:
        return
    flag = " --unsafe-fixes" if rule.fix.safety == "unsafe" else ""
    yield f"### Automatic, {rule.fix.safety}\n\n{prose(_sentence(rule.fix.summary))}"
    yield fence(f"$ dataaudit fix train.jsonl --select {rule.code}{flag} --diff", "console")
    yield "`--diff` shows what would change; without it the file is written: [fixes](../fixes.md)."


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _thresholds(rule: Rule) -> Iterator[str]:
    if not rule.thresholds:
        return
    rows = [
        (code(name), f"{entry.value:g} {literal(entry.unit)}", prose(entry.why), f"{prose(entry.source)}, {entry.date}")
        for name, entry in rule.thresholds.items()
    ]
    yield "## Thresholds\n\n" + table(("name", "value", "why", "source"), rows)


def _messages(rule: Rule) -> Iterator[str]:
    if rule.traits:
        rows = [(literal(_BLANK.sub("...", trait.says)), trait.severity, code(trait.name)) for trait in rule.traits]
        yield "## What it says\n\n" + table(("message", "severity", "trait"), rows)
        if any(trait.severity == "off" for trait in rule.traits):
            yield "*off*: a finding only where a [provider](../providers/index.md) that was asked for forbids it."


def _examples(rule: Rule) -> Iterator[str]:
    yield "## Has findings"
    for example in rule.bad:
        yield from _example(rule, example, bad=True)
    yield "## Has none"
    for example in rule.good:
        yield from _example(rule, example, bad=False)


def _example(rule: Rule, example: Example, *, bad: bool) -> Iterator[str]:
    yield f"### {prose(_sentence(example.title)[:-1])}"
    for name, text in example.files.items():
        times = example.times.get(name)
        title = name if times is None else f"{name}, {times} times, {{n}} from 1 to {times}"
        marked = [] if times is not None else _lines(example, name)
        yield fence(text, _LANGUAGES.get(Path(name).suffix, "text"), title, marked)
    for name, digits in example.hex.items():
        rows = [digits[start : start + _SHOWN_BYTES] for start in range(0, len(digits), _SHOWN_BYTES)]
        yield fence("\n".join(rows), "text", f"{name}, as hexadecimal bytes")
    if example.options:
        options = ", ".join(code(f"{name}={value!r}") for name, value in example.options.items())
        yield f"Audited with {options}."
    if bad and (said := _said(rule, example)):
        yield fence("\n".join(said), "text", "dataaudit says")


def _lines(example: Example, name: str) -> list[int]:
    places = (place.rpartition(":") for place in example.expect)
    return [int(line) for path, _, line in places if path == name and line.isdecimal()]


def _said(rule: Rule, example: Example) -> list[str]:
    """The findings of a real run over the example, in one line each."""
    with tempfile.TemporaryDirectory() as name:
        report = example_report(rule, example, Path(name))
    lines = [_line(finding, name) for finding in report.findings]
    rest = len(lines) - _SHOWN_MESSAGES
    return lines if rest <= 1 else [*lines[:_SHOWN_MESSAGES], f"and {rest} more"]


def _line(finding: Finding, folder: str) -> str:
    place = "" if finding.path is None else f"{finding.path}:"
    place += "" if finding.line is None else f"{finding.line}:"
    return f"{place} {finding.rule} {finding.message}".strip().replace(f"{folder}/", "")


def _settings(rule: Rule) -> Iterator[str]:
    other = "error" if rule.severity.value == "warning" else "warning"
    lines = ["[severity]", f'{rule.name} = "{other}"     # or "off"']
    if rule.thresholds:
        name, entry = next(iter(rule.thresholds.items()))
        lines += ["", f"[thresholds.{rule.code}]", f"{name} = {entry.value:g}"]
    yield f"## In your settings\n\n{fence(chr(10).join(lines), 'toml', 'dataaudit.toml')}"
    yield f"The same in the terminal:\n\n{fence(f'$ dataaudit rule {rule.code}', 'console')}"


def _sources(rule: Rule) -> str:
    return "\n".join(f"- {link(source.title, source.url)}, {source.date}" for source in rule.sources)
