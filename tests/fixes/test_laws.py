"""What holds of every file: nothing is lost, what is fixed stays fixed, and the patch does the same as the fix."""

from __future__ import annotations

import io
import json
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dataaudit.config import Settings
from dataaudit.errors import DataAuditError
from dataaudit.fixes import Outcome, fix
from tests.fixes.dirty import csv_table, json_lines

FEW = settings(
    max_examples=15,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a file that fails is small already
    suppress_health_check=list(HealthCheck),
)
# What is asked here needs no search for formats or near-duplicates, which take most of the time.
SETTINGS = Settings().changed(select=("SCH", "DUP001", "TXT001"))


def mend(file: Path, **how: Any) -> Outcome:
    return fix([str(file)], SETTINGS, **how)


def split_rows(data: bytes) -> list[bytes]:
    """The lines of JSONL without their ends, whatever ends them."""
    lines = re.split(rb"\r\n|\n|\r", data.removeprefix(b"\xef\xbb\xbf"))
    return lines[:-1] if not lines[-1] else lines


def record_of(file: Path) -> list[dict[str, Any]]:
    path = Path(f"{file}.removed.jsonl")
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def applied(file: Path, patch: bytes) -> bytes:
    """The content of the file after `git apply`."""
    if patch:
        (file.parent / "fix.patch").write_bytes(patch)
        done = subprocess.run(
            ["git", "apply", "fix.patch"], cwd=file.parent, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    return file.read_bytes()


def fixed_both_ways(content: bytes, name: str) -> tuple[Outcome, bytes, list[dict[str, Any]]]:
    """(outcome, content, record) after the fix; the patch gives the same content, and another fix changes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["git", "init", "-q", folder], check=True)
        file = Path(folder, name)
        file.write_bytes(content)
        patch = io.BytesIO()
        planned = mend(file, patch=patch)
        assert file.read_bytes() == content
        outcome = mend(file)
        assert outcome.settled
        assert planned.fixed == outcome.fixed
        result = file.read_bytes()
        record = record_of(file)
        again = mend(file)
        assert (again.files, file.read_bytes(), record_of(file)) == ((), result, record)
        file.write_bytes(content)
        assert applied(file, patch.getvalue()) == result
        return outcome, result, record


@FEW
@given(content=json_lines())
def test_json_lines(content: bytes) -> None:
    outcome, result, record = fixed_both_ways(content, "train.jsonl")
    left = [finding for finding in outcome.report.findings if finding.fix and finding.fix.safety == "safe"]
    assert left == []
    assert b"\r\n" not in result
    assert not result.startswith(b"\xef\xbb\xbf")
    by_line = {entry["line"]: entry for entry in record if "row" in entry}
    rest = iter(split_rows(result))
    for number, row in enumerate(split_rows(content), 1):
        entry = by_line.get(number)
        if entry is not None:
            assert entry["row"].encode() == row
        if entry is None:
            assert next(rest) == row
        elif entry["action"] == "changed":
            assert next(rest) != row
    assert list(rest) == []


@FEW
@given(content=csv_table())
def test_tables(content: bytes) -> None:
    outcome, result, record = fixed_both_ways(content, "train.csv")
    left = [finding for finding in outcome.report.findings if finding.fix and finding.fix.safety == "safe"]
    assert left == []
    changed = sum(entry["action"] == "changed" for entry in record if "row" in entry)
    if not changed and "SCH006" not in outcome.fixed:
        # Rows only went: what is left stands in the file as it stood.
        rest = content.removeprefix(b"\xef\xbb\xbf")
        for piece in result.split(b"\n"):
            assert piece in rest
            rest = rest[rest.index(piece) + len(piece) :]


@FEW
@given(content=st.binary(max_size=300), name=st.sampled_from(["train.jsonl", "train.csv"]))
def test_bytes_that_are_no_data_are_left_or_mended_once(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, name)
        file.write_bytes(content)
        try:
            mend(file)
        except DataAuditError:
            assert file.read_bytes() == content
            return
        result = file.read_bytes()
        assert mend(file).files == ()
        assert file.read_bytes() == result


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["lf", "crlf", "cr"])
def test_a_clean_file_is_not_touched(end: bytes, tmp_path: Path) -> None:
    file = tmp_path / "train.csv"
    file.write_bytes(end.join([b"prompt,completion", b"a,b", b"c,d"]) + end)
    before = file.stat().st_mtime_ns
    assert mend(file).files == ()
    assert file.stat().st_mtime_ns == before
