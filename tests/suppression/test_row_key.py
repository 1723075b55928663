"""The reserved key of a row: what it silences, and that it is no field of the data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit import Auditor, audit
from dataaudit.suppression import KEY
from dataaudit.suppression.row_key import traits_of
from tests.suppression import made


@pytest.mark.parametrize(
    "words",
    [["DUP001"], ["exact-duplicate"], ["DUP"], ["all"], "DUP001", "SCH012, DUP001", "sch012 dup001"],
    ids=["code", "name", "prefix", "ALL", "text", "commas", "blanks"],
)
def test_words_silence_their_rules(words: object) -> None:
    rows = made.rows()
    report = audit([*rows, {**rows[0], "id": 99, KEY: words}], select=["DUP", "SCH"])
    assert report.counts == {}
    assert made.silent(report) == {("row", "DUP001"): 1}


@pytest.mark.parametrize("value", [None, "", [], "  "])
def test_an_empty_value_silences_nothing_and_is_no_fault(value: object) -> None:
    rows = made.rows()
    report = audit([*rows, {**rows[0], "id": 99, KEY: value}], select=["DUP", "SCH"])
    assert report.counts == {"DUP001": 1}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (True, "neither a list nor a text"),
        ({"DUP001": 1}, "neither a list nor a text"),
        ([["DUP001"]], "not a text"),
        (["DPU001"], "names DPU001, which is no rule"),
        ("\ud800", "is no name of a rule"),
        (["x" * 5000], "is no name of a rule"),
        (["DUP001"] * 5000, "more than 32 words"),
    ],
    ids=["true", "object", "nested", "misspelt", "surrogate", "long", "many"],
)
def test_a_wrong_value_is_a_finding(value: object, said: str) -> None:
    report = audit([*made.rows(), {"prompt": "Bonsoir ?", "completion": "Bonsoir.", KEY: value}], select=["SCH"])
    assert {finding.rule for finding in report.findings} - {"SCH025"} >= {"SCH026"}
    message = next(finding.message for finding in report.findings if finding.rule == "SCH026")
    assert said in message
    assert len(message) < 500


def test_the_key_is_no_field_of_the_data(tmp_path: Path) -> None:
    rows = made.rows(40)
    plain = made.write(tmp_path / "a" / "train.jsonl", [json.dumps(row) for row in rows])
    keyed = [{KEY: ["LAB"], **row} if n % 3 else row for n, row in enumerate(rows)]
    marked = made.write(tmp_path / "b" / "train.jsonl", [json.dumps(row) for row in keyed])
    one, other = (audit(str(file)) for file in (plain, marked))
    assert [(f.rule, f.message) for f in one.findings] == [(f.rule, f.message) for f in other.findings]
    assert one.files[0].shape == other.files[0].shape
    assert one.statistics == other.statistics


def test_the_key_is_not_part_of_the_fingerprint() -> None:
    rows: list[dict[str, Any]] = [*made.rows(), {"id": 99, "prompt": "Et ?", "completion": ""}]
    (plain,) = audit(rows, select=["SCH012"]).findings
    rows[-1][KEY] = ["DUP001"]
    (keyed,) = audit(rows, select=["SCH012"]).findings
    assert plain.fingerprint == keyed.fingerprint


def test_a_column_of_a_csv(tmp_path: Path) -> None:
    rows = "".join(f"Combien font {n} et {n} ?,{2 * n},\n" for n in range(12))
    file = tmp_path / "train.csv"
    file.write_text(f"prompt,completion,{KEY}\n{rows}Combien font 1 et 1 ?,2,DUP001 LAB\n", encoding="utf-8")
    report = audit(str(file), select=["DUP", "SCH"])
    assert report.counts == {}
    assert made.silent(report) == {("row", "DUP001"): 1}


def test_where_a_provider_refuses_fields_the_key_must_go() -> None:
    rows = [*made.rows(), {"prompt": "Bonsoir ?", "completion": "", KEY: ["ALL"]}]
    for row in rows:
        row.pop("id", None)
    report = audit(rows, providers=["together"], select=["SCH"])
    (found,) = report.findings
    assert (found.rule, found.line) == ("SCH011", 13)
    assert "take the key out" in found.message
    assert "ignore file" in found.message
    assert report.verdicts[0].answer == "refused"


def test_keys_of_many_processes_are_all_seen(tmp_path: Path) -> None:
    rows = made.rows(3000)
    lines = [json.dumps({**row, "completion": "", KEY: ["SCH012"]}) for row in rows]
    file = made.write(tmp_path / "train.jsonl", lines)
    one, two = (audit(str(file), select=["SCH012"], workers=workers) for workers in (1, 2))
    assert one == two
    assert made.silent(one) == {("row", "SCH012"): 3000}


def test_a_single_row_is_silent_too() -> None:
    auditor = Auditor()
    row = {"prompt": "Bonjour ?", "completion": "Salut."}
    auditor.add(row)
    assert [finding.rule for finding in auditor.check(row)] == ["DUP001"]
    assert auditor.check({**row, KEY: ["DUP001"]}) == []
    assert [finding.rule for finding in auditor.check({**row, KEY: ["DUP001", "nope"]})] == ["SCH026"]


def test_a_single_row_and_a_run_give_equal_fingerprints() -> None:
    rows = [json.loads(line) for line in made.faulty() if line.endswith("}")]
    auditor, found = Auditor(select=made.FOUND), set()
    for row in rows:
        found |= {(finding.rule, finding.fingerprint) for finding in auditor.check(row)}
        auditor.add(row)
    report = audit(rows, select=made.FOUND)
    assert {(finding.rule, finding.fingerprint) for finding in report.findings} == found


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=40) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


@given(JSON)
def test_no_value_raises_and_few_traits_come_of_it(value: Any) -> None:
    traits = traits_of(value)
    assert len(traits) <= 33
    assert all(len(trait) <= 70 for trait, _ in traits)
