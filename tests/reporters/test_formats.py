"""What holds for every format, whatever the data hold."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.model import FileSummary, Report, Unused
from dataaudit.reporters import FORMATS, View, left_out, render
from dataaudit.reporters.channels import limit, worst_first
from dataaudit.text.safe import display_width
from tests.reporters.made import (
    ACCEPTED,
    CATALOGUE,
    HOSTILE,
    READINESS,
    REFUSED,
    SUPPRESSED,
    THREE,
    UNUSED,
    finding,
    hostile,
    report,
)

# The HTML page has tests of its own, in a browser.
MINE = [form for form in FORMATS if form != "html"]
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


@pytest.mark.parametrize("form", MINE)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_harm_no_format(form: str, text: str) -> None:
    started = time.perf_counter()
    shown = render(hostile(text), CATALOGUE, form)
    assert shown.endswith("\n")
    shown.encode("utf-8")
    assert not HARMFUL.search(shown)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("form", ["full", "concise", "grouped"])
@given(text=st.text(max_size=60))
def test_any_text_leaves_the_lines_of_a_terminal_whole(form: str, text: str) -> None:
    shown = render(report([finding("SCH001", 1, text)]), CATALOGUE, form)
    plain = render(report([finding("SCH001", 1, "x")]), CATALOGUE, form)
    assert not HARMFUL.search(shown)
    assert shown.count("\nFound") == plain.count("\nFound") == 1


@pytest.mark.parametrize("form", MINE)
def test_a_clean_report_has_every_form(form: str) -> None:
    shown = render(report(), CATALOGUE, form)
    assert (shown == "") is (form in ("jsonl", "github"))


@pytest.mark.parametrize("form", MINE)
def test_the_same_report_gives_the_same_bytes(form: str) -> None:
    of = report(THREE, readiness=READINESS, verdicts=(REFUSED, ACCEPTED))
    assert render(of, CATALOGUE, form) == render(of, CATALOGUE, form)


def test_a_format_is_loaded_only_when_it_is_asked_for() -> None:
    program = "import sys, dataaudit.reporters; print([m for m in sys.modules if m.startswith('dataaudit.reporters.')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['dataaudit.reporters.layout']"


def test_jsonl_holds_the_findings_of_the_json_report() -> None:
    of = report(THREE)
    lines = render(of, CATALOGUE, "jsonl").splitlines()
    assert [json.loads(line) for line in lines] == json.loads(render(of, CATALOGUE, "json"))["findings"]


def test_suppressed_and_unused_are_told_in_every_text() -> None:
    of = report(THREE, suppressed=SUPPRESSED, unused=UNUSED)
    full = render(of, CATALOGUE, "full")
    assert (
        "Suppressed (the grade counts them)\n"
        "      1  by the ignore file  SCH001 1\n"
        "  1,102  by the baseline     DUP001 1,102\n"
        "\n"
        "Suppressions that silence nothing\n"
        "  .dataauditignore:3: DUP001 no such row any more\n"
    ) in full
    assert full.endswith("(1,204 rows); 1,103 suppressed, 1\n  unused suppression\n")
    for form in ("concise", "grouped"):
        text = render(of, CATALOGUE, form)
        assert "\nunused suppression: .dataauditignore:3: DUP001 no such row" in text
        assert "; 1,103 suppressed, 1 unused" in " ".join(text.split())
    of_baseline = Unused(file="known.json", line=None, rule="", message="2 findings are gone")
    assert "known.json: 2 findings are gone\n" in render(report(unused=(of_baseline,)), CATALOGUE, "concise")
    assert "Suppressed: 1 by the ignore file, 1,102 by the baseline." in render(of, CATALOGUE, "markdown")
    assert json.loads(render(of, CATALOGUE, "json"))["unused"][0]["line"] == 3


def test_the_worst_come_first_and_no_rule_takes_all_places() -> None:
    found = [*(finding("SCH001", line) for line in (1, 2, 3)), finding("OWN001", 4), finding("DUP001", 5)]
    assert [f.line for f in worst_first(reversed(found))] == [4, 3, 2, 1, 5]
    assert [f.line for f in worst_first(found)] == [1, 4, 2, 3, 5]


def remark(of: Report, form: str) -> str | None:
    return left_out(of, form, render(of, CATALOGUE, form))


def test_only_formats_that_cannot_say_it_have_a_remark() -> None:
    many = report([finding("SCH001", line) for line in range(limit("sarif", "shown") + 1)])
    assert remark(many, "sarif") == "SARIF holds the worst findings first: 1 finding not shown by GitHub"
    assert remark(report(THREE), "sarif") is None
    assert remark(many, "github") is None
    most = limit("sarif", "results")
    more = report([finding("SCH001", 1, '"partialFingerprints": ')] * (most + 7), counts={"SCH001": most + 10})
    assert remark(more, "sarif") == (
        "SARIF holds the worst findings first: 20,000 findings not shown by GitHub, 7 left out, 3 beyond max_findings"
    )


def test_grouped() -> None:
    of = report([*THREE, finding("SCH001", 7, "a long message " * 6)], verdicts=(ACCEPTED,))
    assert render(of, CATALOGUE, "grouped") == (
        "train.jsonl\n"
        "      9  DUP001  warning  repeats an earlier row\n"
        "  12:24  SCH001  error    expected a comma\n"
        "      7  SCH001  error    a long message a long message a long message a long\n"
        "                          message a long message a long message\n"
        "\n"
        "All files together\n"
        "  -  MIN001  info  there are 4 examples, and 10 are asked for\n"
        "\n"
        "two: accepted (ends soon)\n"
        "Found 2 errors, 1 warning, 1 note in 2 files (1,204 rows)\n"
    )


def test_colours_do_not_move_columns() -> None:
    of = report(THREE, verdicts=(REFUSED, *(ACCEPTED.replaced(provider=f"p{n}") for n in range(4))))
    for form in ("full", "grouped"):
        colored = render(of, CATALOGUE, form, View(color=True))
        assert "\x1b[" in colored
        assert re.sub("\x1b\\[[0-9;]*m", "", colored) == render(of, CATALOGUE, form)


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("form", ["full", "grouped"])
def test_lines_keep_to_the_width(form: str, width: int) -> None:
    words = "장문 mixed with 日本語のテキスト and e\u0301 combining marks 👩‍👩‍👧 " * 20
    of = report([finding("SCH001", n, words) for n in range(9)], readiness=READINESS.replaced(because=words))
    assert max(map(display_width, render(of, CATALOGUE, form, View(width=width)).splitlines())) <= width


def test_many_files_are_folded() -> None:
    files = [
        FileSummary(path=f"part-{n:03}.jsonl", rows=10, bytes=1, sha256=None, shape="openai-chat", split="train")
        for n in range(200)
    ]
    shown = render(report(files=tuple(files)), CATALOGUE, "full")
    assert "  part-011.jsonl  10 rows  openai-chat  train\n" in shown
    assert "part-012" not in shown
    assert "  and 188 files more, 1,880 rows: 188 openai-chat train\n" in shown


def test_a_long_path_has_a_line_of_its_own_and_stays_whole() -> None:
    path = "a-very-long-folder/" * 5 + "train.jsonl"
    files = [FileSummary(path=p, rows=5, bytes=1, sha256=None, shape="pairs", split="train") for p in ("a.jsonl", path)]
    lines = render(report(files=tuple(files)), CATALOGUE, "full").splitlines()
    assert f"  {path}" in lines
    assert lines[1] == "  a.jsonl  5 rows  pairs  train"
    assert lines[3] == "    5 rows pairs train"
    assert max(len(line) for line in lines if path not in line) <= 80


def test_findings_of_many_files_are_shown_by_place_after_the_first() -> None:
    most = limit("text", "findings")
    found = [finding("SCH001", line, path=f"part-{n:03}.jsonl") for n in range(most + 9) for line in (3, 4)]
    shown = render(report(found), CATALOGUE, "full")
    assert shown.count("a message") + shown.count(": SCH001 the same\n") == most
    assert "part-020.jsonl\n  SCH001 invalid-json [error] 2 findings: lines 3-4\n\n" in shown


def test_many_verdicts_become_a_table() -> None:
    verdicts = [REFUSED, *(ACCEPTED.replaced(provider=f"p{n}") for n in range(3))]
    shown = render(report(THREE, verdicts=tuple(verdicts)), CATALOGUE, "full")
    assert (
        "Providers\n"
        "  accepted  p0   (ends soon)\n"
        "  accepted  p1   (ends soon)\n"
        "  accepted  p2   (ends soon)\n"
        "  refused   one  SCH001; first at train.jsonl:12\n"
        "  Reasons in full: name up to three with --provider.\n"
    ) in shown


@pytest.mark.parametrize("form", MINE)
def test_fifty_thousand_findings_are_written_at_once(form: str) -> None:
    found = [finding(code, n, path=f"part-{n % 300}.jsonl") for n in range(50_000) for code in ("SCH001",)]
    of = report(found)
    started = time.perf_counter()
    render(of, CATALOGUE, form)
    # Measured: under a second each, JSON with its indents two; tests share their processor.
    assert time.perf_counter() - started < 8


def test_paths_are_relative_and_in_the_form_of_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    inside, outside = str(tmp_path / "data" / "a b.jsonl"), str(tmp_path.parent / "ü.jsonl")
    of = report([finding("SCH001", 1, path=inside), finding("SCH001", 2, path=outside)])
    entries = json.loads(render(of, CATALOGUE, "gitlab"))
    assert [entry["location"]["path"] for entry in entries] == ["data/a b.jsonl", outside]
    results = json.loads(render(of, CATALOGUE, "sarif"))["runs"][0]["results"]
    places = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results]
    assert places == ["data/a%20b.jsonl", (tmp_path.parent / "ü.jsonl").as_uri()]
