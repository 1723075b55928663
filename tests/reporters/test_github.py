"""Workflow commands: escaped so that the runner reads back what was meant, and no more than it shows."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.reporters import render
from dataaudit.reporters.channels import limit
from tests.reporters.made import ACCEPTED, CATALOGUE, HOSTILE, REFUSED, THREE, finding, hostile, report

COMMAND = re.compile(r"::(error|warning|notice) ((?:\w+=[^,:]*)(?:,\w+=[^,:]*)*)::(.*)")
MOST = limit("github", "annotations")


def read_back(line: str) -> tuple[str, dict[str, str], str]:
    """A line as the runner reads it (actions/runner, ActionCommand.cs)."""
    match = COMMAND.fullmatch(line)
    assert match is not None, line
    pairs = (pair.split("=", 1) for pair in match[2].split(","))
    return match[1], {name: unescaped(value) for name, value in pairs}, unescaped(match[3])


def unescaped(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def test_github() -> None:
    assert render(report(THREE, verdicts=(REFUSED, ACCEPTED)), CATALOGUE, "github") == (
        "::error title=refused by one::one: refused, 1 reason; first at train.jsonl:12\n"
        "::error file=train.jsonl,line=12,col=24,title=SCH001 invalid-json::expected a comma\n"
        "::warning file=train.jsonl,line=9,title=DUP001 exact-duplicate::repeats an earlier row\n"
        "::notice title=MIN001 few::there are 4 examples, and 10 are asked for\n"
    )


def test_what_the_runner_reads_back_is_what_was_meant() -> None:
    path, message = "a,b:c%20\n.jsonl", "100% of a::b, c\r\nnext"
    line = render(report([finding("SCH001", 1, message, path=path)]), CATALOGUE, "github").rstrip("\n")
    assert line.startswith("::error file=a%2Cb%3Ac%2520%0A.jsonl,line=1,")
    assert line.endswith("::100%25 of a::b, c%0D%0Anext")
    assert read_back(line) == (
        "error",
        {"file": path, "line": "1", "title": "SCH001 invalid-json"},
        message,
    )


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_give_no_other_command(text: str) -> None:
    lines = render(hostile(text), CATALOGUE, "github").splitlines()
    assert [read_back(line)[0] for line in lines] == ["error", "error", "error", "warning", "notice"]
    assert max(map(len, lines)) < 3 * limit("github", "message")


@given(text=st.text(max_size=40))
def test_any_text_is_one_line(text: str) -> None:
    shown = render(report([finding("SCH001", 1, text, path=text or "x")]), CATALOGUE, "github")
    assert len(shown.splitlines()) == 1
    read_back(shown.rstrip("\n"))


def test_the_worst_are_sent_and_one_line_names_the_rest() -> None:
    found = [finding(code, line) for code in ("DUP001", "MIN001", "SCH001") for line in range(1, 101)]
    found.append(finding("OWN001", 999))
    of = report(found, counts={"DUP001": 100, "MIN001": 100, "SCH001": 150, "OWN001": 1})
    lines = render(of, CATALOGUE, "github").splitlines()
    levels = [read_back(line)[0] for line in lines]
    assert [levels.count(level) for level in ("error", "warning", "notice")] == [MOST, MOST, MOST]
    assert "line=999" in lines[1]
    assert lines[-1] == (
        "::notice title=dataaudit::Not shown here: 91 errors, 90 warnings, 91 notes, 50 beyond max_findings;"
        " add --output markdown=$GITHUB_STEP_SUMMARY for a summary, or --output html=FILE for all"
    )


def test_refusals_are_one_annotation() -> None:
    verdicts = tuple(REFUSED.replaced(provider=f"p{n}") for n in range(20))
    lines = render(report([finding("SCH001", 1)], verdicts=verdicts), CATALOGUE, "github").splitlines()
    assert len(lines) == 2
    assert read_back(lines[0])[2].startswith("p0: refused, 1 reason; first at train.jsonl:12\np1: refused")


def test_as_many_as_are_shown_need_no_such_line() -> None:
    found = [finding("SCH001", line) for line in range(MOST)]
    assert "Not shown" not in render(report(found), CATALOGUE, "github")
