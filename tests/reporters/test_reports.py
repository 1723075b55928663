from __future__ import annotations

import json
from collections.abc import Sequence
from textwrap import dedent

import pytest

from dataaudit.catalogue import Catalogue, Rule
from dataaudit.model import (
    Excerpt,
    FileSummary,
    Finding,
    Reason,
    Related,
    Report,
    Severity,
    Tool,
    Unchecked,
    Verdict,
)
from dataaudit.reporters import View, render

NO_LABELS = "no labels were found, neither a column of them nor answers that repeat"
UNCHECKED = (
    Unchecked(rule="LAB001", because=NO_LABELS),
    Unchecked(rule="SPL001", because="there is only one split"),
    Unchecked(rule="LAB002", because=NO_LABELS),
)
EXAMPLE = {"title": "an example", "files": {"a.jsonl": "{}"}}


def rule(code: str, name: str) -> Rule:
    return Rule.validated(
        {
            "code": code,
            "name": name,
            "title": "A title",
            "severity": "error",
            "since": "0.1.0",
            "summary": "A summary.",
            "why": f"Because {name} costs money in every epoch that is trained, and teaches the model nothing new.",
            "how_to_fix": "Remove it.",
            "sources": [{"title": "a paper", "date": "2026-11-21"}],
            "bad": [EXAMPLE, EXAMPLE],
            "good": [EXAMPLE, EXAMPLE],
        }
    )


CATALOGUE = Catalogue(
    {
        "DUP001": rule("DUP001", "exact-duplicate"),
        "SCH001": rule("SCH001", "invalid-json"),
        "MIN001": rule("MIN001", "few"),
    }
)
FILES = (
    FileSummary(path="train.jsonl", rows=1200, bytes=1, sha256=None, shape="openai-chat", split="train"),
    FileSummary(
        path="held.jsonl",
        rows=4,
        bytes=1,
        sha256=None,
        shape="pairs",
        split="validation",
        notes=("prompt column: 'q'",),
    ),
)


def finding(code: str, line: int | None, message: str, severity: str = "error", **more: object) -> Finding:
    given = {
        "rule": code,
        "name": CATALOGUE.rules[code].name,
        "path": "train.jsonl",
        "fingerprint": "f",
        **more,
    }
    return Finding.validated({**given, "line": line, "message": message, "severity": Severity(severity)})


def report(findings: Sequence[Finding] = (), counts: dict[str, int] | None = None, **more: object) -> Report:
    counted = {code: sum(found.rule == code for found in findings) for code in sorted({f.rule for f in findings})}
    return Report.validated(
        {
            "tool": Tool(version="0"),
            "files": FILES,
            "findings": tuple(findings),
            "counts": counts or counted,
            "statistics": {},
            **more,
        }
    )


def text(of: Report, form: str = "full", view: View | None = None, *, statistics: bool = False) -> str:
    return render(of, CATALOGUE, form, view, statistics=statistics)


FEW = [
    finding("MIN001", None, "there are 4 examples, and 10 are asked for", path=None),
    finding(
        "DUP001",
        9,
        "repeats an earlier row",
        "warning",
        related=tuple(Related(path="held.jsonl", line=n, score=0.987 if n == 3 else None) for n in (3, 4, 5, 6)),
    ),
    finding(
        "SCH001",
        12,
        "expected a comma",
        column=24,
        excerpt=Excerpt(text='{"a": "中文字符", "x" 5}', caret=18),
    ),
]


def test_full() -> None:
    assert text(report(FEW)) == dedent("""\
        train.jsonl
          train.jsonl:12:24: SCH001 invalid-json [error] expected a comma
            {"a": "中文字符", "x" 5}
                                  ^
          why: Because invalid-json costs money in every epoch that is trained, and
               teaches the model nothing new.
          fix: Remove it.

          train.jsonl:9: DUP001 exact-duplicate [warning] repeats an earlier row
            see also held.jsonl:3 (0.99), held.jsonl:4, held.jsonl:5 and 1 other place
          why: Because exact-duplicate costs money in every epoch that is trained, and
               teaches the model nothing new.
          fix: Remove it.

        All files together
          all files: MIN001 few [error] there are 4 examples, and 10 are asked for
          why: Because few costs money in every epoch that is trained, and teaches the
               model nothing new.
          fix: Remove it.

        Files
          train.jsonl  1,200 rows  openai-chat  train
          held.jsonl       4 rows  pairs        validation
            prompt column: 'q'

        Found 2 errors, 1 warning in 2 files (1,204 rows)
        """)


def test_concise() -> None:
    assert text(report(FEW), "concise") == dedent("""\
        all files: MIN001 there are 4 examples, and 10 are asked for
        train.jsonl:9: DUP001 repeats an earlier row
        train.jsonl:12:24: SCH001 expected a comma
        Found 2 errors, 1 warning in 2 files (1,204 rows)
        """)


def test_equal_findings_are_folded_and_explained_once() -> None:
    lines = [*range(20, 30), 40, 42]
    found = [finding("DUP001", line, f"repeats line {line - 9}") for line in lines]
    found += [finding("DUP001", 3, "repeats line 1", path="held.jsonl")]
    shown = text(report(found), view=View(quiet=True))
    assert shown == dedent("""\
        held.jsonl
          held.jsonl:3: DUP001 exact-duplicate [error] repeats line 1
          why: Because exact-duplicate costs money in every epoch that is trained, and
               teaches the model nothing new.
          fix: Remove it.

        train.jsonl
          train.jsonl:20: DUP001 exact-duplicate [error] repeats line 11
          train.jsonl:21: DUP001 exact-duplicate [error] repeats line 12
          train.jsonl:22: DUP001 exact-duplicate [error] repeats line 13
          train.jsonl:23: DUP001 exact-duplicate [error] repeats line 14
          train.jsonl:24: DUP001 exact-duplicate [error] repeats line 15
          and 7 more: lines 25-29, 40, 42
        """)


def test_folding_hides_no_other_kind_of_message() -> None:
    found = [finding("SCH001", line, f"no {line}") for line in range(1, 30)]
    found.append(finding("SCH001", 50, "another thing"))
    shown = text(report(found), view=View(quiet=True))
    assert "train.jsonl:50: SCH001 invalid-json [error] another thing" in shown
    assert "and 25 more: lines 5-29" in shown


def test_many_scattered_lines_stay_short() -> None:
    shown = text(report([finding("SCH001", line, "x") for line in range(1, 2001, 2)]), view=View(quiet=True))
    assert "... and 971 more" in shown.replace("\n    ", " ")
    assert len(shown.splitlines()) < 16


def test_what_was_not_kept_is_told() -> None:
    of = report([finding("SCH001", 1, "x")], counts={"SCH001": 5001})
    assert "\nSCH001: 5,001 findings; only the first 1 are kept.\n" in text(of)
    assert text(of).endswith("Found 1 error, 5,000 more not listed in 2 files (1,204 rows)\n")


def test_clean() -> None:
    assert text(report(files=FILES[:1])) == dedent("""\
        Files
          train.jsonl  1,200 rows  openai-chat  train

        All checks passed: 1,200 rows in 1 file
        """)


@pytest.mark.parametrize("form", ["full", "concise"])
def test_quiet_and_clean_is_nothing(form: str) -> None:
    assert text(report(), form, View(quiet=True)) == ""
    assert text(report(), form, View(quiet=True), statistics=True) == ""


def test_verdicts_and_what_was_not_checked() -> None:
    hard = Reason(
        rule="SCH001", severity="hard", message="lines are JSON", count=3, path="train.jsonl", line=12,
        source="client 3.1", date="2026-11-01",
    )  # fmt: skip
    soft = hard.replaced(rule="DUP001", severity="soft", message="rows are unique", count=1)
    verdicts = (
        Verdict(
            provider="one",
            name="One",
            method="sft",
            status="open",
            status_note="",
            answer="refused",
            reasons=(soft, hard),
        ),
        Verdict(
            provider="two",
            name="Two",
            method="sft",
            status="closing",
            status_note="ends soon",
            answer="accepted",
        ),
    )
    of = report(files=FILES[:1], verdicts=verdicts, unchecked=UNCHECKED)
    assert text(of) == dedent("""\
        Files
          train.jsonl  1,200 rows  openai-chat  train

        Providers
          one: refused, 1 reason; first at train.jsonl:12
            hard    SCH001 lines are JSON (3 times, first at train.jsonl:12; client 3.1,
                    2026-11-01)
            soft    DUP001 rows are unique (once at train.jsonl:12; client 3.1,
                    2026-11-01)
          two: accepted (ends soon)

        Not checked, because
          no labels were found, neither a column of them nor answers that repeat:
            LAB001, LAB002
          there is only one split: SPL001

        No findings, but refused by: one (1,200 rows in 1 file)
        """)
    assert text(of, "concise") == dedent("""\
        one: refused, 1 reason; first at train.jsonl:12
          SCH001 lines are JSON (3 times, first at train.jsonl:12; client 3.1, 2026-11-01)
        two: accepted (ends soon)
        No findings, but refused by: one (1,200 rows in 1 file)
        """)


def test_statistics() -> None:
    of = report(FEW, counts={"DUP001": 1, "MIN001": 1, "SCH001": 2345})
    assert text(of, statistics=True) == dedent("""\
        2,345  SCH001  invalid-json
            1  DUP001  exact-duplicate
            1  MIN001  few
        Found 2 errors, 1 warning, 2,344 more not listed in 2 files (1,204 rows)
        """)
    assert json.loads(text(of, "json", statistics=True))[0] == {
        "count": 2345,
        "code": "SCH001",
        "name": "invalid-json",
    }


def test_json_is_the_report() -> None:
    assert json.loads(text(report(FEW), "json")) == report(FEW).as_json()
    assert text(report(FEW), "json").isascii()


def test_colors_only_where_asked_for() -> None:
    colored = text(report(FEW), view=View(color=True))
    assert "[\x1b[31merror\x1b[0m]" in colored
    assert "\x1b" not in text(report(FEW))


@pytest.mark.parametrize("form", ["full", "concise"])
def test_nothing_from_the_data_reaches_the_terminal_raw(form: str) -> None:
    evil = "a\x1b]0;x\x07\u202e\udc80"
    notes = (FileSummary(path=evil, rows=1, bytes=1, sha256=None, shape="pairs", split="train", notes=(evil,)),)
    found = finding("SCH001", 1, evil, path=evil, related=(Related(path=evil, line=1),))
    shown = text(report([found], files=notes, unchecked=(Unchecked(rule="X", because=evil),)), form)
    assert not set("\x1b\x07\u202e\udc80") & set(shown)
    assert r"a\x1b]0;x\x07\u202e\udc80" in shown


@pytest.mark.parametrize("message", ["长" * 300, "a word and " * 40, "ab" * 300], ids=["chinese", "words", "one-word"])
def test_lines_stay_within_the_width(message: str) -> None:
    from dataaudit.text.safe import display_width

    shown = text(report([finding("SCH001", 1, message)]))
    unbreakable = max(map(len, message.split())) if message.isascii() else 0
    assert all(display_width(line) <= max(80, unbreakable + 4) for line in shown.splitlines())
    assert shown.replace("\n    ", "").count(message[:2]) >= 150 or " " in message


def test_a_format_has_to_exist() -> None:
    with pytest.raises(ValueError, match="no such format"):
        text(report(), "yaml")
