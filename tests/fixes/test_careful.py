"""What a fix does not touch: silent rows, files that may not be written, texts whose white space says something."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from dataaudit.baselines import baseline_of
from dataaudit.config import Settings
from dataaudit.errors import UsageError
from dataaudit.fixes import Outcome, fix
from dataaudit.suppression.baseline import MORE, Baseline, Known
from tests.fixes.restored import entries

ROW = '{"prompt": "Was ist 1 + 1?", "completion": "2"}\n'
OTHER = '{"prompt": "Was ist 2 + 2?", "completion": "4"}\n'


def mend(file: Path, *select: str, unsafe: bool = False, **options: Any) -> Outcome:
    return fix([str(file)], Settings().changed(select=select, **options), unsafe=unsafe)


def chats(*answers: str, times: int = 60) -> str:
    """Sixty trimmed answers, and these."""
    texts = [f"We think that it is {number}." for number in range(times)] + list(answers)
    pairs = ({"prompt": f"Question {number}?", "completion": text} for number, text in enumerate(texts))
    return "".join(json.dumps(pair) + "\n" for pair in pairs)


@pytest.mark.parametrize(
    "answer",
    ["    return 1", "\tfoo\tbar\t", "    Tyger,\n  burning", "Roses are red  \n", "    $ ls\n    $ cd x", "\n", " "],
    ids=["code", "tabs", "poem", "hard-break", "commands", "line-end-alone", "blank-alone"],
)
@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_white_space_that_says_something_stays(answer: str, unsafe: bool, tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    file.write_text(chats(answer), encoding="utf-8")
    assert mend(file, "FMT007", unsafe=unsafe).files == ()


@pytest.mark.parametrize(
    ("answer", "safe"), [("One line. ", True), ("One line.\n", True), (" One line.", False), ("Two\nlines.\n", False)]
)
def test_only_the_end_of_one_line_is_certain(answer: str, safe: bool, tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    file.write_text(chats(answer), encoding="utf-8")
    assert bool(mend(file, "FMT007").files) == safe
    mend(file, "FMT007", unsafe=True)
    assert json.loads(file.read_text("utf-8").splitlines()[-1])["completion"] == answer.strip()


def test_an_answer_that_goes_on_inside_a_word_gets_no_blank(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    rows = [{"prompt": f"Question {n}? ->", "completion": f" We say {n} to it."} for n in range(60)]
    rows.append({"prompt": "In the be", "completion": "ginning."})
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert mend(file, "FMT007", unsafe=True).files == ()


def test_a_silent_finding_stays_silent_when_another_fix_changes_its_row(tmp_path: Path) -> None:
    file, known = tmp_path / "train.jsonl", tmp_path / "known.json"
    odd = '{"prompt": "CafÃ© Größe?", "completion": "2"}\n'
    file.write_text(odd + OTHER + odd, encoding="utf-8")
    baseline_of([str(file)], Settings().changed(select=("DUP001",)), known)[0].write(known)
    outcome = mend(file, "DUP001", "TXT001", baseline=known)
    assert outcome.fixed == {"TXT001": 2}
    assert len(file.read_text("utf-8").splitlines()) == 3


@pytest.mark.parametrize("how", ["baseline", "per-file"])
def test_many_silent_findings_are_left(how: str, tmp_path: Path) -> None:
    file, known = tmp_path / "train.jsonl", tmp_path / "known.json"
    rows = ({"prompt": f"Où est la {n} ?".encode().decode("latin-1"), "completion": str(n)} for n in range(1_300))
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    before = file.read_bytes()
    options: dict[str, Any] = {"per_file_ignores": {"train.jsonl": ("TXT001",)}}
    if how == "baseline":
        baseline_of([str(file)], Settings().changed(select=("TXT001",)), known)[0].write(known)
        options = {"baseline": known}
    assert mend(file, "TXT001", **options).files == ()
    assert file.read_bytes() == before


def test_what_a_baseline_knows_without_rows_is_left(tmp_path: Path) -> None:
    file, known = tmp_path / "train.jsonl", tmp_path / "known.json"
    file.write_text(ROW + ROW + OTHER, encoding="utf-8")
    Baseline((Known("", "DUP001", MORE, 1),)).write(known)
    outcome = mend(file, "DUP001", baseline=known)
    assert outcome.files == ()
    assert "nothing was mended, as the baseline has more" in outcome.notes[0]


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_record_and_review_are_as_private_as_the_data(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    file.write_text(ROW + ROW + ROW.replace('"2"', '"3"') + OTHER, encoding="utf-8")
    file.chmod(0o600)
    mend(file, "DUP", unsafe=True)
    made = [Path(f"{file}.removed.jsonl"), Path(f"{file}.review.jsonl"), file]
    assert [stat.S_IMODE(one.stat().st_mode) for one in made] == [0o600] * 3


def test_a_read_only_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "train.jsonl"
    file.write_text(ROW + ROW, encoding="utf-8")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everything
    with pytest.raises(UsageError, match="cannot be written: read-only"):
        mend(file, "DUP001")
    assert [one.name for one in tmp_path.iterdir()] == ["train.jsonl"]
    assert fix([str(file)], Settings(), patch=io.BytesIO()).fixed == {"DUP001": 1}


def test_other_names_of_the_file_are_told(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    file.write_text(ROW + ROW, encoding="utf-8")
    (tmp_path / "other").hardlink_to(file)
    assert "hard links" in mend(file, "DUP001").notes[0]


@pytest.mark.parametrize("known", ["", '{"note": "mine"}'], ids=["no-record", "a-record"])
def test_a_full_disk_leaves_data_and_record_as_they_were(
    known: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, record = tmp_path / "train.jsonl", tmp_path / "train.jsonl.removed.jsonl"
    file.write_text(ROW + ROW, encoding="utf-8")
    if known:
        record.write_text(known, encoding="utf-8")

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    copy = shutil.copyfileobj
    monkeypatch.setattr(shutil, "copyfileobj", lambda old, new, *size: full() if size else copy(old, new))
    with pytest.raises(UsageError, match="No space left"):
        mend(file, "DUP001")
    assert file.read_text("utf-8") == ROW + ROW
    assert (record.read_text("utf-8") if known else record.exists()) == (known or False)


def test_records_named_beside_data_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    file.write_text(ROW + ROW, encoding="utf-8")
    mend(file, "DUP001")
    record = Path(f"{file}.removed.jsonl")
    left: list[tuple[str, str]] = []
    outcome = fix([str(file), str(record)], Settings(), left_out=lambda *one: left.append(one))
    assert (outcome.files, left) == ((), [(str(record), "record")])
    alone = record.read_bytes() * 2
    record.write_bytes(alone)
    assert fix([str(record)], Settings().changed(prompt_column="row"), unsafe=True).files == ()
    assert record.read_bytes() == alone


def test_what_is_put_in_is_written_as_the_file_is(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    rows = [{"text": f"text {n} here", "label": ["Kündigung", "Lieferung"][n % 2]} for n in range(80)]
    rows.append({"text": "one more", "label": "Kundigung"})
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    assert mend(file, "LAB003", unsafe=True).fixed == {"LAB003": 1}
    assert file.read_text("utf-8").splitlines()[-1] == '{"text": "one more", "label": "Kündigung"}'


def test_ends_are_recorded_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "train.jsonl"
    file.write_bytes((ROW + OTHER.replace("\n", "\r\n")).encode())
    mend(file, "SCH006")
    assert entries(file)[0]["ends"] == [[1, "LF"], [2, "CRLF"]]


def test_the_record_stays_where_the_data_were_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "train.jsonl"
    file.write_text(ROW + ROW, encoding="utf-8")

    def broken(_folder: Path) -> None:
        if file.read_text("utf-8") == ROW:
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("dataaudit._files._sync_folder", broken)
    with pytest.raises(UsageError, match="Input/output"):
        mend(file, "DUP001")
    assert [entry["action"] for entry in entries(file)] == ["run", "removed"]
