"""From arguments to sources: files, folders, globs, standard input, splits, and kinds that are refused."""

from __future__ import annotations

import gzip
import io
import os
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataaudit.errors import SourceError, UsageError
from dataaudit.loaders import UNREAD, open_sources
from dataaudit.loaders.paths import split_of
from tests.loaders.reading import LIMIT, read, read_all, write

JSONL = b'{"a": 1}\n{"a": 2}\n'


@pytest.mark.parametrize(
    ("path", "split"),
    [
        ("data/train.jsonl", "train"),
        ("my-data.jsonl", "train"),
        ("sms_val.csv.gz", "validation"),
        ("DEV.JSONL", "validation"),
        ("x/validation/part-1.jsonl", "validation"),
        ("clinc150_test.csv", "test"),
        ("eval_training.jsonl", "test"),
        ("heldout.parquet", "test"),
        ("held-out/part.jsonl", "test"),
        ("my_held_out.jsonl", "test"),
        ("evaluation.jsonl", "test"),
        ("devset.csv", "validation"),
        ("/dev/stdin", "train"),
        ("latest.jsonl", "train"),
        ("devices.jsonl", "train"),
        ("test/train.jsonl", "train"),
    ],
)
def test_split_by_name(path: str, split: str) -> None:
    assert split_of(path) == split


def test_folder_glob_and_splits(tmp_path: Path) -> None:
    for name in ("b/train.jsonl", "a.csv", ".hidden.jsonl", ".git/x.jsonl", "notes.txt", "c.JSONL.GZ"):
        write(tmp_path, name, gzip.compress(JSONL) if name.endswith("GZ") else JSONL)
    names = [os.path.relpath(source.path, tmp_path) for source in open_sources([str(tmp_path)], spool=tmp_path)]
    assert names == ["a.csv", str(Path("b", "train.jsonl")), "c.JSONL.GZ"]
    pattern = str(tmp_path / "**" / "*.jsonl")
    (source,) = open_sources([pattern, str(tmp_path / "b/train.jsonl")], splits={pattern: "validation"}, spool=tmp_path)
    assert source.split == "validation"
    extra = str(tmp_path / "a.csv")
    assert [found.split for found in open_sources([pattern], splits={extra: "test"}, spool=tmp_path)] == ["train"]


def test_a_relative_path_and_its_split_are_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("data/a.jsonl", "data/sub/b.jsonl", "data/c1.jsonl", "data/c2.jsonl"):
        write(tmp_path, name, JSONL)
    monkeypatch.chdir(tmp_path)
    splits = {
        str(tmp_path / "data/a.jsonl"): "Val",
        "./data/sub": "held_out",
        str(tmp_path / "data/c*.jsonl"): "Validation",
        "data/c2.jsonl": "test",
        "data/none.jsonl": "test",
    }
    sources = open_sources(["data", "data/../data/a.jsonl"], splits=splits, spool=tmp_path)
    assert [(Path(source.path).name, source.split) for source in sources] == [
        ("a.jsonl", "validation"),
        ("c1.jsonl", "validation"),
        ("c2.jsonl", "test"),
        ("b.jsonl", "test"),
    ]
    with pytest.raises(UsageError, match="unknown split 'vali'; splits are train, validation, test"):
        open_sources(["data"], splits={"data/a.jsonl": "vali"}, spool=tmp_path)


def test_a_walk_leaves_out_json_that_is_no_data(tmp_path: Path) -> None:
    other = {
        "package.json": b'{"name": "x"}',
        "tsconfig.json": b'{\n  "a": {"b": 1},\n  "c": [1]\n}\n',
        "list.json": b'["a", "b"]',
        "empty.json": b"",
        "node_modules/a.jsonl": JSONL,
        "__pycache__/a.jsonl": JSONL,
    }
    data = {"array.json": b'[\n  {"a": 1}]', "lines.json": JSONL, "wrapped.json": b'{"data": [{"a": 1}]}'}
    for name, content in (other | data).items():
        write(tmp_path, name, content)
    for place in (str(tmp_path), str(tmp_path / "**/*.json*")):
        assert [Path(source.path).name for source in open_sources([place], spool=tmp_path)] == list(data)
    for name in other:
        assert len(open_sources([str(tmp_path / name)], spool=tmp_path)) == 1
    for name in data:
        (tmp_path / name).unlink()
    with pytest.raises(SourceError, match="no data files in this folder"):
        open_sources([str(tmp_path)], spool=tmp_path)


def test_an_unreadable_file_does_not_cancel_the_others(tmp_path: Path) -> None:
    bad = write(tmp_path, "a.csv", b"PK\x03\x04" + b"\x00" * 40)
    write(tmp_path, "b.jsonl", JSONL)
    for place in (str(tmp_path), str(tmp_path / "*.*")):
        broken, whole = open_sources([place], spool=tmp_path)
        assert [(note.trait, note.detail) for _, note in broken.file_notes] == [
            ("unreadable-file", "a zip archive is not read; unpack it")
        ]
        assert (read_all(broken).values, len(read_all(whole).values)) == ([], 2)
        with pytest.raises(SourceError, match="zip archive"):
            open_sources([place, bad], spool=tmp_path)


def test_standard_input(tmp_path: Path) -> None:
    (source,) = open_sources(["-"], stdin=io.BytesIO(b"text,label\na,b\n"), spool=tmp_path)
    assert (source.path, source.kind) == ("-", "delimited")
    assert read_all(source).values == [{"text": "a", "label": "b"}]
    with pytest.raises(UsageError):
        open_sources(["-"], spool=tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    pipe = tmp_path / "rows.jsonl"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(JSONL,))
    writer.start()
    (source,) = open_sources([str(pipe)], spool=tmp_path)
    writer.join()
    assert read_all(source).values == [{"a": 1}, {"a": 2}]


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="this system has no /dev/fd")
def test_a_pipe_without_a_name_is_read_once(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    try:
        os.write(writer, JSONL)
        os.close(writer)
        (source,) = open_sources([f"/dev/fd/{reader}"], spool=tmp_path)
    finally:
        os.close(reader)
    assert read_all(source).values == [{"a": 1}, {"a": 2}]
    assert (source.kind, source.split) == ("lines", "train")


def test_missing_files_say_what_is_near(tmp_path: Path) -> None:
    write(tmp_path, "train.jsonl", JSONL)
    with pytest.raises(SourceError, match=r"did you mean .*train\.jsonl"):
        open_sources([str(tmp_path / "trian.jsonl")], spool=tmp_path)
    with pytest.raises(SourceError, match=r"no such file$"):
        open_sources([str(tmp_path / "missing.jsonl")], spool=tmp_path)
    with pytest.raises(SourceError, match="no file matches"):
        open_sources([str(tmp_path / "*.csv")], spool=tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match="no data files"):
        open_sources([str(tmp_path / "empty")], spool=tmp_path)


KINDS: dict[str, tuple[str, bytes, str, list[str]]] = {
    "jsonl": ("a.jsonl", JSONL, "lines", []),
    "jsonl in .csv": ("a.csv", JSONL, "lines", []),
    "jsonl in .txt": ("a.txt", JSONL, "lines", []),
    "csv in .txt": ("a.txt", b"text,label\na,b\n", "delimited", []),
    "array in .jsonl": ("a.jsonl", b'[{"a": 1}, {"a": 2}]', "json", ["json-array", "not-json-lines"]),
    "one object": ("a.json", b'{"a": 1}', "lines", []),
    "rows that are arrays": ("a.jsonl", b"[1, 2]\n[3, 4]\n", "lines", []),
    "first row broken": ("a.jsonl", b'{"a": "x\n{"a": 1}\n{"a": 2}\n', "lines", []),
    "first row cut in an object": ("a.jsonl", b'{"a": {"b": 1\n{"a": 1}\n{"a": 2}\n', "lines", []),
    "prose in .jsonl": ("a.jsonl", b"hello\nworld\n", "lines", []),
    "empty": ("a.jsonl", b"", "lines", ["empty-file"]),
    "empty csv": ("a.csv", b"", "delimited", ["empty-file"]),
    "pointer": (
        "a.csv.gz",
        b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
        "delimited",
        ["git-lfs-pointer"],
    ),
    "gzip without its extension": ("a.jsonl", gzip.compress(JSONL), "lines", ["compressed:gzip"]),
    "UTF-16 without a mark": ("a.jsonl", JSONL.decode().encode("utf-16-be"), "lines", ["utf-16"]),
}


@pytest.mark.parametrize(("name", "content", "kind", "traits"), KINDS.values(), ids=KINDS)
def test_kinds(tmp_path: Path, name: str, content: bytes, kind: str, traits: list[str]) -> None:
    (source,) = open_sources([write(tmp_path, name, content)], spool=tmp_path)
    found = [note.trait for _, note in source.file_notes]
    assert (source.kind, found[1:]) == (kind, traits)
    assert found[0] == "extension:" + name.removesuffix(".gz")[1:]


@pytest.mark.parametrize(("name", "odd"), [("a_B-1.v2.jsonl", False), ("a b.jsonl", True), ("données.jsonl", True)])
def test_form_of_the_name(tmp_path: Path, name: str, odd: bool) -> None:
    (source,) = open_sources([write(tmp_path, name, JSONL)], spool=tmp_path)
    assert ("file-name-form" in [note.trait for _, note in source.file_notes]) is odd


def test_a_link_that_leads_nowhere_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "lost.jsonl").symlink_to(tmp_path / "gone")
    with pytest.raises(SourceError, match=r"a link to a file that is not there; it leads to .*gone"):
        open_sources([str(tmp_path / "lost.jsonl")], spool=tmp_path)
    (source,) = open_sources([str(tmp_path)], spool=tmp_path)
    assert [note.detail for _, note in source.file_notes] == ["cannot be read: No such file or directory"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_a_folder_is_left_out(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rows.jsonl")
    write(tmp_path, "a.jsonl", JSONL)
    assert [Path(source.path).name for source in open_sources([str(tmp_path)], spool=tmp_path)] == ["a.jsonl"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"PK\x03\x04" + b"\x00" * 40, "Excel.*CSV"),
        ("a.zip", b"PK\x03\x04" + b"\x00" * 40, "zip.*unpack"),
        ("a.txt", b"EU B-ORG\nrejects O\nGerman B-MISC\n", "CoNLL.*JSONL or CSV"),
        ("a.conll", b"SOCCER\n-\tO\nJAPAN\tB-LOC\n", "CoNLL"),
        ("a.txt", b"__label__bad Terrible service.\n__label__good Great.\n", "fastText"),
        ("a.txt", b"Just some prose.\n\nIn two parts.\n", "JSON Lines"),
        ("a.bin", bytes(range(256)) * 9, "binary"),
        ("a.pdf", b"%PDF-1.7", "PDF"),
    ],
)
def test_refused_kinds(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        open_sources([write(tmp_path, name, content)], spool=tmp_path)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(
        [b"", b"[", b"{", b"\xff\xfe", b"PAR1", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"text,label\n", b'{"a":1}\n']
    ),
    st.binary(max_size=120),
    st.sampled_from(["a.jsonl", "a.json", "a.csv", "a.tsv", "a.parquet", "a.jsonl.gz"]),
)
def test_no_bytes_raise_anything_else(start: bytes, content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            whole = read(Path(folder), name, start + content, limit=LIMIT)
        except SourceError:
            return
    for line, value in zip(whole.lines, whole.values, strict=True):
        assert value is not UNREAD or line in whole.notes
