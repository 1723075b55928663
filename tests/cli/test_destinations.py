"""Several reports of one run: what --output means, and that all are written or none."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import click
import pytest

from dataaudit.cli.destinations import Destination, DestinationKind, destinations, refuse, write_reports
from dataaudit.cli.output import colored, width_of
from dataaudit.errors import UsageError
from dataaudit.model import FileSummary
from dataaudit.reporters import View
from tests.reporters.made import CATALOGUE, THREE, finding, report

STDOUT = Destination("full", None)


def read(text: str) -> Destination:
    return DestinationKind().convert(text, None, None)


@pytest.mark.parametrize(
    ("text", "form", "file"),
    [
        ("json", "json", None),
        ("sarif=-", "sarif", None),
        ("html=a=b.html", "html", "a=b.html"),
        ("junit=out/x", "junit", "out/x"),
        ("report.HTML", "html", "report.HTML"),
        ("out/scan.sarif", "sarif", "out/scan.sarif"),
        ("scan.sarif.json", "sarif", "scan.sarif.json"),
        ("r.json", "json", "r.json"),
        ("r.jsonl", "jsonl", "r.jsonl"),
        ("tests.xml", "junit", "tests.xml"),
        ("comment.md", "markdown", "comment.md"),
    ],
)
def test_a_destination(text: str, form: str, file: str | None) -> None:
    assert read(text) == Destination(form, None if file is None else Path(file))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("jsn", "did you mean json"),
        ("SARIF=x", "did you mean sarif"),
        ("report.txt", "is no format; formats: full, concise"),
        ("yaml", "is no format; formats: full, concise"),
        ("x.html=y", "is no format"),
        ("json=", "no file after the ="),
        ("", "is no format"),
    ],
)
def test_no_destination(text: str, words: str) -> None:
    with pytest.raises(click.BadParameter, match=words):
        read(text)


def test_what_is_written_where(tmp_path: Path) -> None:
    html, json_ = Destination("html", tmp_path / "a"), Destination("json", tmp_path / "b")
    assert destinations((), None, None) == [STDOUT]
    assert destinations((), "json", tmp_path / "b") == [json_]
    assert destinations([html, json_], None, None) == [html, json_]
    assert destinations([html], "full", None) == [html, STDOUT]


def test_two_reports_do_not_share_a_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="two reports on standard output: json and sarif"):
        destinations([read("json"), read("sarif")], None, None)
    with pytest.raises(UsageError, match="two reports on standard output: json and full"):
        destinations([read("json")], "full", None)
    with pytest.raises(UsageError, match="two reports in one file"):
        destinations([read("json=x"), read(f"sarif={tmp_path / 'x'}")], None, None)
    assert len(destinations([read("json=/dev/null"), read("sarif=/dev/null")], None, None)) == 2


def test_neither_sources_nor_folders_are_written_over(tmp_path: Path) -> None:
    source = tmp_path / "train.jsonl"
    source.write_text("{}\n", encoding="utf-8")
    for file in (source, tmp_path, tmp_path / "no" / "such.json"):
        with pytest.raises(UsageError):
            refuse([Destination("json", file)], [str(source)])
    refuse([Destination("json", tmp_path / "new.json"), STDOUT], [str(source)])


def test_a_file_found_in_a_folder_is_not_written_over(tmp_path: Path) -> None:
    source = tmp_path / "train.jsonl"
    source.write_text("{}\n", encoding="utf-8")
    audited = FileSummary(path=str(source), rows=1, bytes=3, sha256=None, shape="pairs", split="train")
    with pytest.raises(UsageError, match="write over a file that was audited"):
        write_reports(report(files=(audited,)), CATALOGUE, [Destination("json", source)], View())
    assert source.read_text(encoding="utf-8") == "{}\n"


def test_all_reports_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = [Destination("json", tmp_path / "r.json"), STDOUT, Destination("concise", tmp_path / "r.txt")]
    write_reports(report(THREE), CATALOGUE, wanted, View(color=True))
    out, err = capsys.readouterr()
    assert "\x1b[" in out
    assert err == ""
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["version"] == 1
    assert "\x1b" not in (tmp_path / "r.txt").read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.json", "r.txt"]


def test_without_a_report_on_standard_output_the_sum_goes_to_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = [Destination("json", tmp_path / "r.json")]
    write_reports(report(THREE), CATALOGUE, wanted, View())
    assert capsys.readouterr() == ("", "Found 1 error, 1 warning, 1 note in 2 files (1,204 rows)\n")
    write_reports(report(THREE), CATALOGUE, wanted, View(quiet=True))
    assert capsys.readouterr() == ("", "")


def test_what_a_channel_does_not_take_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = [finding("SCH001", line) for line in range(5002)]
    write_reports(report(found), CATALOGUE, [STDOUT, Destination("sarif", tmp_path / "r.sarif")], View())
    assert capsys.readouterr().err == "SARIF holds the worst findings first: 2 findings not shown by GitHub\n"


def test_where_one_cannot_be_written_none_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text("old", encoding="utf-8")
    wanted = [STDOUT, Destination("json", kept), Destination("sarif", tmp_path / "gone" / "r.sarif")]
    with pytest.raises(UsageError, match=r"r\.sarif: cannot be written"):
        write_reports(report(THREE), CATALOGUE, wanted, View())
    assert kept.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.json"]
    assert capsys.readouterr().out == ""


def test_where_one_cannot_be_made_none_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError("a fault")

    monkeypatch.setattr("dataaudit.reporters.sarif.sarif", broken)
    wanted = [Destination("json", tmp_path / "r.json"), Destination("sarif", tmp_path / "r.sarif")]
    with pytest.raises(RuntimeError):
        write_reports(report(THREE), CATALOGUE, wanted, View())
    assert list(tmp_path.iterdir()) == []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("columns", "width"), [("20", 60), ("72", 72), ("100", 100), ("300", 120)], ids=["tiny", "narrow", "usual", "huge"]
)
def test_the_width_is_that_of_the_terminal_within_bounds(
    columns: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(sys, "platform", "linux")
    assert width_of(Terminal()) == width
    assert width_of(io.StringIO()) == 80


def test_a_console_of_windows_is_made_ready_and_never_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    made_ready: list[bool] = []
    monkeypatch.setattr("colorama.just_fix_windows_console", lambda: made_ready.append(True))
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "environ", {"COLUMNS": "80", "LINES": "24"})
    assert colored(Terminal())
    assert made_ready == [True]
    assert width_of(Terminal()) == 79
