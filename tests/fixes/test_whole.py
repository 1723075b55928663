"""A row goes only where nothing is lost by it: what is removed is still there, in another row of the result."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.config import Settings
from dataaudit.fixes import Outcome, fix
from tests.fixes.restored import entries
from tests.fixes.test_laws import FEW

COPIES = Settings().changed(select=("DUP001", "DUP002"))


def mend(*files: Path, unsafe: bool = False, **options: Any) -> Outcome:
    return fix([str(file) for file in files], COPIES.changed(**options), unsafe=unsafe)


def written(file: Path, *rows: Any) -> Path:
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    file.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return file


def exact(line: str) -> str:
    """A row as a text that tells 1, 1.0 and true apart, without its id."""
    value = json.loads(line, parse_int=lambda number: {"n": number}, parse_float=lambda number: {"n": number})
    value.pop("id", None)
    return json.dumps(value, sort_keys=True)


images = st.sampled_from(["https://example.org/1.png", "https://example.org/2.png"])
further = st.fixed_dictionaries(
    {},
    optional={
        "id": st.integers(1, 99),
        "image": images,
        "score": st.sampled_from([1, 1.0, True, "1", None]),
        "meta": st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from([0, False, [1], [1, 2]]), max_size=2),
    },
)
turn = st.fixed_dictionaries(
    {"role": st.just("assistant"), "content": st.sampled_from(["Yes.", "No."])},
    optional={"weight": st.sampled_from([0, 1]), "thinking": st.sampled_from(["short", "long"])},
)
asked = st.one_of(
    st.sampled_from(["Is it?", "Kas tai?"]),
    st.tuples(images).map(
        lambda one: [{"type": "text", "text": "Is it?"}, {"type": "image_url", "image_url": {"url": one[0]}}]
    ),
)
chats = st.builds(
    lambda question, answer, more: {"messages": [{"role": "user", "content": question}, answer], **more},
    asked,
    turn,
    further,
)


@FEW
@given(rows=st.lists(chats, min_size=4, max_size=24), unsafe=st.booleans())
def test_what_goes_is_still_there(rows: list[Any], unsafe: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = written(Path(folder, "train.jsonl"), *rows)
        mend(file, unsafe=unsafe)
        left = {exact(line) for line in file.read_text("utf-8").splitlines()}
        gone = [entry["row"] for entry in entries(file) if entry["action"] == "removed"]
        assert all(exact(row) in left for row in gone)
        assert len(left) == len({exact(json.dumps(row)) for row in rows})


ROW = {"prompt": "Was ist 1 + 1?", "completion": "2"}
OTHER = {"prompt": "Was ist 2 + 2?", "completion": "4"}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        pytest.param({**ROW, "weight": 1}, {**ROW, "weight": 2}, id="weight"),
        pytest.param({**ROW, "score": 1}, {**ROW, "score": 1.0}, id="whole-number-and-fraction"),
        pytest.param({**ROW, "score": 1}, {**ROW, "score": True}, id="number-and-true"),
        pytest.param({**ROW, "context": "a story"}, {**ROW, "context": "a report"}, id="context"),
        pytest.param({**ROW, "history": [["a", "b"]]}, {**ROW, "history": [["a", "c"]]}, id="history"),
        pytest.param({**ROW, "image": "1.png"}, {**ROW, "image": "2.png"}, id="image"),
        pytest.param({}, {}, id="nothing"),
    ],
)
@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_rows_that_differ_anywhere_stay(one: Any, two: Any, unsafe: bool, tmp_path: Path) -> None:
    file = written(tmp_path / "train.jsonl", OTHER, one, two)
    before = file.read_bytes()
    assert mend(file, unsafe=unsafe).files == ()
    assert file.read_bytes() == before


def test_key_order_spacing_escapes_and_ids_do_not_count(tmp_path: Path) -> None:
    one = '{"id": 1, "prompt": "Größe?", "completion": "2/3", "meta": {"a": 1, "b": 2}}'
    two = '{"meta":{"b":2,"a":1},"completion":"2\\/3","prompt":"Gr\\u00f6\\u00dfe?","id":2}'
    file = written(tmp_path / "train.jsonl", one, two, OTHER)
    assert mend(file).fixed == {"DUP001": 1}
    assert file.read_text("utf-8").splitlines() == [one, json.dumps(OTHER)]


def test_what_is_left_is_said_with_the_fields(tmp_path: Path) -> None:
    rows = [{**ROW, "weight": weight} for weight in (1, 2, 3)]
    outcome = mend(written(tmp_path / "train.jsonl", *rows, {**ROW, "weight": 2}, OTHER))
    assert outcome.fixed == {"DUP001": 1}
    assert outcome.notes == (f"{tmp_path}/train.jsonl: 2 copies differ in other fields (weight) and are left",)
    entry = entries(tmp_path / "train.jsonl")[-1]
    assert (entry["line"], entry["same_as"]["line"]) == (4, 2)


def test_other_spelling_goes_only_where_the_rest_is_equal(tmp_path: Path) -> None:
    loud = {**ROW, "prompt": "WAS IST 1 + 1?"}
    file = written(tmp_path / "train.jsonl", ROW, loud, {**loud, "weight": 2}, OTHER)
    assert mend(file, unsafe=True).fixed == {"DUP002": 1}
    assert [json.loads(line) for line in file.read_text("utf-8").splitlines()] == [ROW, {**loud, "weight": 2}, OTHER]


def test_rows_of_files_whose_split_is_not_said_stay(tmp_path: Path) -> None:
    folder = tmp_path / "rows"  # the name of the folder above says a split
    folder.mkdir()
    one, two = (written(folder / f"{name}.jsonl", ROW, OTHER, ROW) for name in ("a", "b"))
    outcome = mend(one, two)
    assert outcome.fixed == {"DUP001": 2}
    assert outcome.notes == (
        f"{two}: 2 copies of rows of another file are left: it is not said that both files are of one split (--split)",
    )
    third = written(folder / "c.jsonl", {**ROW, "prompt": "x"}, OTHER)
    splits = {str(file): "train" for file in (one, third)}
    assert mend(one, third, splits=splits).fixed == {"DUP001": 1}


def test_a_file_is_not_emptied(tmp_path: Path) -> None:
    one, two = (written(tmp_path / f"train-{name}.jsonl", ROW, OTHER) for name in ("a", "b"))
    outcome = mend(one, two)
    assert outcome.files == ()
    assert outcome.notes == (f"{two}: left as it is: none of its rows would stay; delete the file if it is not needed",)


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("text,label\na b,x\na b,x,1\na b,x,2\nc d,y\nc d,y\n", id="surplus-cells"),
        pytest.param("text,text,label\nsame,one,x\nsame,two,x\nc,d,y\nc,d,y\n", id="repeated-names"),
        pytest.param('text,label\r"a\nb",x\r"a\nc",x\r"a\nb",x\r', id="carriage-returns"),
    ],
)
def test_tables_that_are_not_sound_are_left(table: str, tmp_path: Path) -> None:
    file = tmp_path / "train.csv"
    file.write_bytes(table.encode())
    assert fix([str(file)], Settings(), unsafe=True).files == ()
    assert file.read_bytes() == table.encode()


def test_the_row_named_is_one_that_stays(tmp_path: Path) -> None:
    loud = {**ROW, "prompt": "WAS IST 1 + 1?"}
    file = written(tmp_path / "train.jsonl", ROW, loud, loud, OTHER)
    mend(file, unsafe=True)
    assert [(entry["line"], entry["same_as"]["line"]) for entry in entries(file)[1:]] == [(2, 1), (3, 1)]
