"""What a folder gives and is no data of its own: reports of an earlier run, and links to files that are there too."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dataaudit import audit
from dataaudit.loaders import open_sources
from dataaudit.reporters import render
from dataaudit.reporters.estimate_csv import COLUMNS
from tests.loaders.reading import write
from tests.reporters.made import CATALOGUE, THREE, report

ROW = b'{"prompt": "Capital of Peru?", "completion": "Lima"}\n'
LINKS = pytest.mark.skipif(os.name != "posix", reason="links need rights on other systems")
REPORTS = {
    "found.jsonl": render(report(THREE), CATALOGUE, "jsonl"),
    "gl.json": render(report(THREE), CATALOGUE, "gitlab"),
    "none.json": render(report(), CATALOGUE, "gitlab"),
    "counts.json": render(report(THREE, counts={"DUP001": 2}), CATALOGUE, "json", statistics=True),
    "report.json": render(report(THREE), CATALOGUE, "json"),
    "report.jsonl": render(report(THREE), CATALOGUE, "json"),
    "costs.csv": ",".join(COLUMNS) + "\nopenai,openai-sft\n",
    "findings.jsonl": "",
    "data-findings-2.jsonl": "",
}


def found(*paths: str, folder: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """(names of the files that are read, what is left out and why)."""
    left: list[tuple[str, str]] = []
    sources = open_sources(paths, spool=folder, left_out=lambda path, reason: left.append((path, reason)))
    return [source.path for source in sources], left


@pytest.mark.parametrize("place", [".", "*.*"], ids=["folder", "glob"])
def test_reports_of_an_earlier_run_are_no_data(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "train.jsonl", ROW)
    for name, text in REPORTS.items():
        write(tmp_path, name, text.encode())
    read, left = found(place, folder=tmp_path)
    assert read == ["train.jsonl"]
    # A list without records, or an object that is none, is passed over as any other such JSON.
    assert {name for name, reason in left if reason == "report"} >= REPORTS.keys() - {"none.json"}


def test_a_report_that_is_named_is_read(tmp_path: Path) -> None:
    for name in ("found.jsonl", "findings.jsonl"):
        path = write(tmp_path, name, REPORTS[name].encode())
        assert found(path, folder=tmp_path) == ([path], [])


@pytest.mark.parametrize(
    "content",
    [
        b'{"rule": "one", "name": "two", "answer": "three"}\n',
        b'[{"description": "a bicycle", "check_name": "b"}]',
        b'[{"count": 1, "name": "bicycle"}]',
        b'{"version": 1, "text": "a"}\n{"version": 1, "text": "b"}\n',
        b"",
    ],
    ids=["rule", "description", "count", "version", "empty"],
)
def test_data_that_look_alike_are_data(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, "train.jsonl", content)
    assert len(found(str(tmp_path), folder=tmp_path)[0]) == 1


@LINKS
def test_a_link_beside_its_file_is_not_read_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "real/a.jsonl", ROW)
    Path("l.jsonl").symlink_to("real/a.jsonl")
    Path("again.jsonl").symlink_to("l.jsonl")
    assert audit(["."], select=["DUP"]).counts == {}
    read, left = found(".", folder=tmp_path)
    assert read == ["real/a.jsonl"]
    assert sorted(left) == [("again.jsonl", "link"), ("l.jsonl", "link")]
    assert found("l.jsonl", "real", folder=tmp_path)[0] == ["real/a.jsonl"]
    assert found("l.jsonl", folder=tmp_path) == (["l.jsonl"], [])
    (source,) = open_sources(["."], splits={"l.jsonl": "test"}, spool=tmp_path)
    assert source.split == "test"


@LINKS
def test_two_links_to_a_file_elsewhere_are_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = write(tmp_path, "outside.jsonl", ROW)
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    for name in ("a", "b"):
        Path(f"data/{name}.jsonl").symlink_to(outside)
    Path("data/loop.jsonl").symlink_to("loop.jsonl")
    read, left = found("data", folder=tmp_path)
    assert read == ["data/a.jsonl", "data/loop.jsonl"]
    assert left == [("data/b.jsonl", "link")]
