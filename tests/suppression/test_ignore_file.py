"""The ignore file: what its lines mean, what they silence, and how lines are added."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dataaudit.errors import SettingsError, UsageError
from dataaudit.model import Finding, Severity
from dataaudit.suppression import add_ignores, read_ignores
from tests.suppression import made

PRINT = "0123456789abcdef"


def finding(path: str | None, line: int | None = 1, rule: str = "DUP001", fingerprint: str = PRINT) -> Finding:
    return Finding(
        rule=rule,
        name="n",
        severity=Severity.ERROR,
        path=path,
        line=line,
        message="m",
        fingerprint=fingerprint,
    )


def test_what_is_added_is_silent_wherever_its_rows_move(tmp_path: Path) -> None:
    data = made.write(tmp_path / "train.jsonl", made.faulty())
    before = made.run(data)
    file = tmp_path / ".dataaudit-ignore"
    added = add_ignores(before.findings, file, "looked at")
    # Two further copies of a row are one line.
    assert added == len({(one.rule, one.fingerprint) for one in before.findings}) == len(before.findings) - 1

    made.write(data, made.faulty()[::-1])
    after = made.run(data, ignore_file=file)
    assert after.findings == ()
    assert after.counts == {}
    assert after.unused == ()
    assert sum(made.silent(after).values()) == len(before.findings)
    assert {by for by, _ in made.silent(after)} == {"ignore-file"}


def test_one_line_silences_all_rows_of_equal_content(tmp_path: Path) -> None:
    data = made.write(tmp_path / "train.jsonl", made.faulty())
    first = next(one for one in made.run(data).findings if one.rule == "DUP001")
    file = tmp_path / ".dataaudit-ignore"
    add_ignores([first], file, "fine")
    made.write(data, [*made.faulty(), made.faulty()[1]])
    report = made.run(data, ignore_file=file)
    assert "DUP001" not in report.counts
    assert made.silent(report) == {("ignore-file", "DUP001"): 3}


def test_the_grade_speaks_of_the_data(tmp_path: Path) -> None:
    data = made.write(tmp_path / "train.jsonl", made.faulty())
    file = tmp_path / "ignored"
    before = made.run(data)
    add_ignores(before.findings, file, "fine")
    assert made.run(data, ignore_file=file).readiness == before.readiness


def test_comments_blank_lines_and_order_stay(tmp_path: Path) -> None:
    file = tmp_path / ".dataaudit-ignore"
    file.write_text(
        f"# ours\n\nDUP001 {PRINT} b.jsonl:3  # b\n\n# of z\nDUP001 {PRINT[::-1]} z.jsonl:9  # z\n", encoding="utf-8"
    )
    new = [finding(str(tmp_path / name), 7, "SCH012") for name in ("c.jsonl", "a.jsonl")]
    assert add_ignores([new[0], new[0]], file, "  a\n reason ") == 1
    assert file.read_text(encoding="utf-8").splitlines() == [
        "# ours",
        "",
        f"DUP001 {PRINT} b.jsonl:3  # b",
        "",
        f"SCH012 {PRINT} c.jsonl:7  # a reason",
        "# of z",
        f"DUP001 {PRINT[::-1]} z.jsonl:9  # z",
    ]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("plain.jsonl", 3),
        ("with blank.jsonl", 3),
        ("sharp#.jsonl", None),
        ("12:34", 5),
        ("새 줄\n.jsonl", 1),
        ('quote".jsonl', None),
        ("sub/été.csv", 2_000_000),
    ],
    ids=["plain", "blank", "sharp", "colon", "line-end", "quote", "folder"],
)
def test_any_name_of_a_file_comes_back(tmp_path: Path, name: str, line: int | None) -> None:
    file = tmp_path / "ignored"
    add_ignores([finding(os.fspath(tmp_path / name), line)], file, "why # not")
    (entry,) = read_ignores(file)
    assert (entry.path, entry.line, entry.reason, entry.at) == (name, line, "why # not", 3)


def test_a_finding_of_the_whole_set_has_a_dash(tmp_path: Path) -> None:
    file = tmp_path / "ignored"
    add_ignores([finding(None, None)], file, "small on purpose")
    assert file.read_text(encoding="utf-8").splitlines()[-1] == f"DUP001 {PRINT} -  # small on purpose"
    assert read_ignores(file)[0].path == ""


@pytest.mark.parametrize("reason", ["", "  \n ", "bell\x07"])
def test_a_reason_is_demanded(tmp_path: Path, reason: str) -> None:
    with pytest.raises(UsageError, match="--reason"):
        add_ignores([finding("a")], tmp_path / "ignored", reason)
    assert not (tmp_path / "ignored").exists()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("DUP001", "no entry"),
        ("DUP001 0123", "no entry"),
        (f"DUP001 {PRINT.upper()} a.jsonl:1", "no entry"),
        ("<<<<<<< ours", "a merge that is not finished"),
        ("=======", "a merge that is not finished"),
        (f'DUP001 {PRINT} "a.jsonl', "quotes"),
        (f'DUP001 {PRINT} "a.jsonl":x', "no line"),
    ],
)
def test_a_broken_line_is_told_with_its_place(tmp_path: Path, line: str, message: str) -> None:
    file = tmp_path / "ignored"
    file.write_text(f"# one\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=message) as told:
        read_ignores(file)
    assert (told.value.path, told.value.line) == (str(file), 2)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"DUP001 \x80"])
def test_bytes_that_are_no_text_are_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "ignored"
    file.write_bytes(content)
    with pytest.raises(SettingsError, match="UTF-8"):
        read_ignores(file)


def test_windows_line_ends_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    file = tmp_path / "ignored"
    file.write_bytes(f"\ufeff# a\r\ndup001 {PRINT} a.jsonl:4 # b\r\n".encode())
    assert [str(entry) for entry in read_ignores(file)] == [f"DUP001 {PRINT} a.jsonl:4  # b"]
