"""Reports made by hand, of any size, and what is common to all that opens them in a browser."""

from __future__ import annotations

import os
import shutil

from dataaudit.model import (
    Dimension,
    Excerpt,
    FileSummary,
    Finding,
    Group,
    GroupRow,
    Readiness,
    Related,
    Report,
    Severity,
    Tool,
)

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
RULES = ("DUP001", "DUP003", "FMT001", "LAB006", "SCH012", "SIM001", "TXT001")
NAMES = {
    "DUP001": "exact-duplicate",
    "DUP003": "conflicting-answers",
    "FMT001": "off-format",
    "LAB006": "likely-label-error",
    "SCH012": "empty-text",
    "SIM001": "near-duplicate",
    "TXT001": "mojibake",
}
SEVERITIES = (Severity.WARNING, Severity.WARNING, Severity.INFO, Severity.WARNING, Severity.ERROR)
WORDS = ("refund", "parcel", "brake", "voucher", "señal", "سؤال", "返品", "invoice", "login", "battery", "colour")


def chromium() -> str | None:
    """The path of a browser: DATAAUDIT_CHROMIUM, or one on the PATH."""
    given = os.environ.get("DATAAUDIT_CHROMIUM")
    if given:
        return given
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if (found := shutil.which(name))), None)


def made_finding(number: int) -> Finding:
    rule = RULES[number % len(RULES)]
    path = f"data/part-{number % 9}/train.jsonl"
    word, other = WORDS[number % 11], WORDS[number // 11 % 11]
    return Finding(
        rule=rule,
        name=NAMES[rule],
        severity=SEVERITIES[number % 5],
        path=path,
        line=number + 1,
        field="messages[2].content" if number % 3 else None,
        message=f"the answer about {word} repeats line {number // 2 + 1}, {other} there ({number % 90 + 10} alike)",
        related=(Related(path=path, line=number // 2 + 1, score=None),) if number % 2 else (),
        fingerprint=f"{number:016x}",
        excerpt=Excerpt(text=f'{{"prompt": "Where is my {word}?"}}', caret=12) if number % 10_000 == 0 else None,
        category=WORDS[number * 7 % 11],
    )


def made_groups(count: int) -> tuple[Group, ...]:
    def row(group: int, number: int) -> GroupRow:
        place = 7 * group + RULES.index(rule_of(group))  # a finding of that rule stands there
        answer = f"It was sent on the {number + 1}. of May; please allow {group % 9 + 2} days for delivery."
        return GroupRow(
            path=f"data/part-{place % 9}/train.jsonl",
            line=place + number + 1,
            prompt=f"Where is my {WORDS[group % 11]}, order {group}?",
            answer=answer,
        )

    def rule_of(group: int) -> str:
        return "DUP003" if group % 2 else "SIM001"

    return tuple(
        Group(rule=rule_of(group), total=2 + group % 5, rows=(row(group, 0), row(group, 1))) for group in range(count)
    )


def made_report(count: int, groups: int = 0) -> Report:
    """A report of so many findings over nine files, seven rules and eleven categories, every one of them listed."""
    findings = sorted((made_finding(number) for number in range(count)), key=lambda one: (one.path, one.line))
    counts = {rule: sum(finding.rule == rule for finding in findings) for rule in RULES}
    paths = [f"data/part-{part}/train.jsonl" for part in range(9)]
    return Report(
        tool=Tool(version="1.0"),
        files=tuple(
            FileSummary(path=path, rows=count, bytes=count * 400, sha256=None, shape="openai-chat", split="train")
            for path in paths
        ),
        findings=tuple(findings),
        counts=counts,
        statistics={"rows": 9 * count, "splits": {}},
        readiness=Readiness(
            score=75.0,
            grade="C",
            ready=False,
            because="75.0 points",
            interval=(73.0, 77.0),
            dimensions=(Dimension(name="validity", score=75.0, weight=1.0, formula="a / b", because="3 / 4"),),
        ),
        groups=made_groups(groups),
    )
