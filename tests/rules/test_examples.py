"""Every example of every built-in rule, and the runner that plug-in authors use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dataaudit.catalogue import Example, load_catalogue
from dataaudit.errors import RuleError
from dataaudit.testing import ExampleCase, example_cases, run_example, write_example

if TYPE_CHECKING:
    from pathlib import Path

RULES = load_catalogue().rules
BLANK = RULES["SCH003"]
TWO_ROWS = '{"prompt": "a", "completion": "b"}\n\n{"prompt": "c", "completion": "d"}\n'


@pytest.mark.parametrize("case", example_cases(RULES.values()), ids=str)
def test_example(case: ExampleCase, tmp_path: Path) -> None:
    lacking = run_example(case.rule, case.example, case.bad, tmp_path)
    if lacking is not None:
        pytest.skip(lacking)


def test_a_place_that_is_not_found_is_named(tmp_path: Path) -> None:
    example = Example(title="wrong line", files={"train.jsonl": TWO_ROWS}, expect=("train.jsonl:1",))
    with pytest.raises(AssertionError, match=r"(?s)SCH003.*missing:  train.jsonl:1.*too much: train.jsonl:2"):
        run_example(BLANK, example, True, tmp_path)


def test_a_good_example_with_a_finding_fails(tmp_path: Path) -> None:
    example = Example(title="not so good", files={"train.jsonl": TWO_ROWS})
    with pytest.raises(AssertionError, match=r"too much: train\.jsonl:2"):
        run_example(BLANK, example, False, tmp_path)


def test_files_are_written_as_given(tmp_path: Path) -> None:
    example = Example(
        title="all kinds",
        files={"b.jsonl": "row {n}\nmore\n", "a/plain.txt": "{n}"},
        times={"b.jsonl": 2},
        hex={"c.bin": "00ff"},
    )
    paths = write_example(example, tmp_path)
    assert paths == [tmp_path / "a/plain.txt", tmp_path / "b.jsonl", tmp_path / "c.bin"]
    assert [path.read_bytes() for path in paths] == [b"{n}", b"row 1\nmore\nrow 2\nmore\n", b"\x00\xff"]


@pytest.mark.parametrize(
    ("example", "complaint"),
    [
        pytest.param(Example(title="x", files={"../out.txt": ""}), "leads out of the folder", id="outside"),
        pytest.param(Example(title="x", hex={"a": "zz"}), "not hexadecimal", id="hex"),
        pytest.param(Example(title="x", times={"a": 3}), "not in `files`", id="times"),
    ],
)
def test_a_broken_example_is_refused(example: Example, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=complaint):
        write_example(example, tmp_path / "inner")
