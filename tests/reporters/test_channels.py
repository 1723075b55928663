"""The limits of channels are data with a reason, and paths are what other programs expect."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit._resources import rule_data
from dataaudit.model import Severity
from dataaudit.reporters import render
from dataaudit.reporters.channels import cut, home, level
from dataaudit.reporters.paths import relative, uri
from tests.reporters.made import ACCEPTED, CATALOGUE, READINESS, REFUSED, SUPPRESSED, THREE, UNUSED, report


def entries() -> list[Any]:
    limits = rule_data("channels.toml")["limits"]
    return [pytest.param(limits[a][b], id=f"{a}.{b}") for a in limits for b in limits[a]]


@pytest.mark.parametrize("entry", entries())
def test_a_limit_says_where_it_comes_from(entry: dict[str, Any]) -> None:
    assert set(entry) == {"value", "unit", "why", "source", "date"}
    assert isinstance(entry["value"], int)
    assert entry["value"] > 0
    assert min(len(entry[key]) for key in ("unit", "why", "source")) > 3
    assert str(entry["date"]) <= datetime.date.today().isoformat()


@pytest.mark.parametrize("channel", ["github", "gitlab", "sarif", "junit"])
def test_a_channel_has_a_word_for_every_severity(channel: str) -> None:
    assert all(level(channel, severity) for severity in Severity)


@pytest.mark.parametrize("form", ["full", "concise", "grouped", "markdown"])
def test_the_words_of_reports_are_in_every_code_page(form: str) -> None:
    of = report(THREE, readiness=READINESS, verdicts=(REFUSED, ACCEPTED), suppressed=SUPPRESSED, unused=UNUSED)
    assert render(of, CATALOGUE, form).isascii()


def test_the_first_training_file_stands_for_the_set() -> None:
    train, held = report().files
    assert home(report(files=(held, train))) == "train.jsonl"
    assert home(report(files=(held,))) == "held.jsonl"
    assert home(report(files=())) == "."


def test_a_cut_text_looks_cut() -> None:
    assert cut("abcdef", 6) == "abcdef"
    assert cut("abcdefg", 6) == "abc..."


def test_paths_of_the_working_folder_are_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    inside = tmp_path / "a" / "b.jsonl"
    assert (relative(str(inside)), uri(str(inside))) == ("a/b.jsonl", "a/b.jsonl")
    assert relative("./a//b.jsonl") == "a/b.jsonl"
    assert relative("../b.jsonl") == uri("../b.jsonl") == "../b.jsonl"
    assert uri(str(tmp_path.parent / "b c.jsonl")) == (tmp_path.parent / "b c.jsonl").as_uri()
    monkeypatch.chdir(tmp_path.parent)
    assert relative(str(inside)) == f"{tmp_path.name}/a/b.jsonl"


@given(name=st.text(st.characters(exclude_characters="/\\\0", exclude_categories=["Cs"]), min_size=1))
def test_a_name_comes_back_from_its_uri(name: str) -> None:
    name = f"x{name}"
    parts = urlsplit(uri(name))
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert unquote(parts.path) == name


@pytest.mark.parametrize(("name", "expected"), [("a\udcff", "a%FF"), ("a\ud800", "a%ED%A0%80")], ids=["bytes", "lone"])
def test_a_name_that_is_no_text_still_has_a_uri(name: str, expected: str) -> None:
    assert uri(name) == expected
