"""Baselines: what they silence however rows move, what is new, how they are written and pruned."""

from __future__ import annotations

import json
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataaudit.errors import SettingsError
from dataaudit.suppression import Baseline
from tests.suppression import made


def known(data: Path, folder: Path) -> Baseline:
    return Baseline.of(made.run(data), folder)


@given(st.integers(0, 2**32), st.booleans())
@settings(max_examples=25)
def test_moving_rows_never_changes_what_is_silent(seed: int, two_files: bool) -> None:
    lines = made.faulty()
    with TemporaryDirectory() as name:
        place = Path(name)
        data = made.write(place / "train.jsonl", lines)
        before = known(data, place)
        total = sum(entry.times for entry in before.entries)
        random.Random(seed).shuffle(lines)
        files = [made.write(data, lines)]
        if two_files:
            files = [made.write(data, lines[:9]), made.write(place / "train_more.jsonl", lines[9:])]
        report = made.run(files, known=before)
    assert report.findings == ()
    assert report.counts == {}
    assert sum(made.silent(report).values()) == total


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (1, "DUP001"),
        (15, "SCH012"),
    ],
    ids=["a third copy", "the same empty answer"],
)
def test_one_more_copy_is_new(tmp_path: Path, line: int, rule: str) -> None:
    data = made.write(tmp_path / "train.jsonl", made.faulty())
    before = known(data, tmp_path)
    made.write(data, [*made.faulty(), made.faulty()[line]])
    report = made.run(data, known=before)
    assert report.counts[rule] == 1


def test_a_copy_is_new_and_not_the_file_that_was_known(tmp_path: Path) -> None:
    empty = [json.dumps({"prompt": "Et après ?", "completion": ""})]
    old = made.write(tmp_path / "z.jsonl", empty)
    before = known(old, tmp_path)
    copy = made.write(tmp_path / "a.jsonl", empty)
    report = made.run([copy, old], select=["SCH012"], known=before)
    assert [finding.path for finding in report.findings] == [str(copy)]
    before.write(tmp_path / "known.json")
    report = made.run([copy, old], select=["SCH012"], baseline=tmp_path / "known.json")
    assert [finding.path for finding in report.findings] == [str(copy)]
    old.unlink()
    assert made.run(copy, select=["SCH012"], baseline=tmp_path / "known.json").findings == ()


def test_pruning_keeps_the_file_that_has_it_still(tmp_path: Path) -> None:
    empty = [json.dumps({"prompt": "Et après ?", "completion": ""})]
    files = [made.write(tmp_path / name, empty) for name in ("a.jsonl", "z.jsonl")]
    before = Baseline.of(made.run(files, select=["SCH012"]), tmp_path)
    left = before.pruned(Baseline.of(made.run(files[1], select=["SCH012"]), tmp_path), {"SCH012"})
    assert [(entry.path, entry.times) for entry in left.entries] == [("z.jsonl", 1)]


def test_a_new_answer_to_a_known_conflict_is_new_even_before_the_others(tmp_path: Path) -> None:
    data = made.write(tmp_path / "train.jsonl", made.faulty())
    before = known(data, tmp_path)
    other = {**made.rows()[2], "id": 200, "completion": "six"}
    made.write(data, [json.dumps(other), *made.faulty()])
    assert made.run(data, known=before).counts == {"DUP003": 1}


def test_the_file_is_the_same_for_any_order_of_files_and_holds_no_content(tmp_path: Path) -> None:
    first = made.write(tmp_path / "a.jsonl", made.faulty())
    second = made.write(tmp_path / "b.jsonl", made.faulty()[:14])
    texts = []
    for files in ([first, second], [second, first]):
        Baseline.of(made.run(files), tmp_path).write(tmp_path / "baseline.json")
        texts.append((tmp_path / "baseline.json").read_text(encoding="utf-8"))
    written = json.loads(texts[0])
    assert set(written) == {"version", "findings"}
    assert set(written["findings"]) <= {"", "a.jsonl", "b.jsonl"}
    assert "Combien" not in texts[0]
    assert texts[0].count("\n") > 10  # one fingerprint a line
    assert sum(len(rules.get("DUP001", {})) for rules in json.loads(texts[1])["findings"].values()) == sum(
        len(rules.get("DUP001", {})) for rules in written["findings"].values()
    )
    again = Baseline.read(tmp_path / "baseline.json")
    assert again.entries == Baseline.of(made.run([second, first]), tmp_path).entries


def test_more_findings_than_are_kept_are_counted_exactly(tmp_path: Path) -> None:
    lines = [json.dumps({"id": n, "prompt": f"Quoi, {n} ?", "completion": ""}) for n in range(1500)]
    data = made.write(tmp_path / "train.jsonl", lines)
    report = made.run(data, select=["SCH012"], max_findings=10)
    assert (len(report.findings), report.counts) == (10, {"SCH012": 1500})
    whole = Baseline.of(made.run(data, select=["SCH012"], max_findings=10**9), tmp_path)
    made.write(data, [*lines, *(json.dumps({"id": n, "prompt": f"Et {n} ?", "completion": ""}) for n in range(40))])
    report = made.run(data, select=["SCH012"], max_findings=10, known=whole)
    assert (len(report.findings), report.counts) == (10, {"SCH012": 40})
    assert [finding.line for finding in report.findings] == list(range(1501, 1511))
    assert made.silent(report) == {("baseline", "SCH012"): 1500}


def test_findings_whose_rows_are_not_kept_apart_are_known_by_number(tmp_path: Path) -> None:
    """Type drift keeps the places of the first 1,000 rows of a kind."""
    lines = [json.dumps({"prompt": f"P {n}", "completion": f"C {n}", "n": n}) for n in range(40_000)]
    lines[:1200] = [json.dumps({"prompt": f"P {n}", "completion": f"C {n}", "n": "x"}) for n in range(1200)]
    data = made.write(tmp_path / "train.jsonl", lines)
    every = {"select": ["SCH020"], "max_findings": 10**9}
    whole = Baseline.of(made.run(data, **every), tmp_path)
    assert sum(entry.times for entry in whole.entries) == 1200
    assert made.run(data, known=whole, **every).counts == {}
    made.write(data, lines[::-1])
    assert made.run(data, known=whole, **every).counts == {}
    made.write(data, [*lines[:3], *lines])
    assert made.run(data, known=whole, **every).counts == {"SCH020": 3}
    assert whole.pruned(Baseline(()), {"SCH020"}).entries == whole.entries


def test_what_is_mended_is_told_and_pruned(tmp_path: Path) -> None:
    data = made.write(tmp_path / "train.jsonl", made.faulty())
    file = tmp_path / "baseline.json"
    before = known(data, tmp_path)
    before.write(file)
    made.write(data, [line for line in made.faulty() if line and line.endswith("}")])
    report = made.run(data, baseline=file)
    (unused,) = report.unused
    assert "2 findings of the baseline do not occur any more" in unused.message

    left = before.pruned(known(data, tmp_path), set(made.FOUND))
    assert {entry.rule for entry in before.entries} - {entry.rule for entry in left.entries} == {"SCH001", "SCH003"}
    left.write(file)
    report = made.run(data, baseline=file)
    assert (report.counts, report.unused) == ({}, ())


def test_pruning_never_adds_and_keeps_what_was_not_judged(tmp_path: Path) -> None:
    data = made.write(tmp_path / "train.jsonl", made.faulty())
    before = known(data, tmp_path)
    made.write(data, made.faulty() * 3)
    assert before.pruned(known(data, tmp_path), set(made.FOUND)).entries == before.entries
    assert before.pruned(Baseline(()), set()).entries == before.entries
    assert before.pruned(Baseline(()), set(made.FOUND)).entries == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"version": 2, "findings": {}}',
        '{"version": 1}',
        '{"version": 1, "findings": {"a": []}}',
        '{"version": 1, "findings": {"a": {"R": {"f": 0}}}}',
        '{"version": 1, "findings": {"a": {"R": {"f": true}}}}',
        "[" * 100_000,
    ],
)
def test_what_is_no_baseline_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "b.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as told:
        Baseline.read(file)
    assert told.value.path == str(file)
