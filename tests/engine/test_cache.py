"""With the cache a report is the same as without, and what did not change is not read again."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import dataaudit
from dataaudit.checks.near_pairs import Judge
from dataaudit.engine import cache as caching
from dataaudit.engine import excerpts
from dataaudit.engine import pool as pooling
from dataaudit.engine.cache import files
from dataaudit.engine.measure import Worker
from dataaudit.loaders import Unit

WORDS = [f"{start}{end}" for start in ("ta", "mo", "ri", "lu", "ke", "so") for end in ("nd", "lk", "rst", "p", "vem")]
LABELS = ("billing", "shipping", "account", "other")


@pytest.fixture(autouse=True)
def _small_data_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "_least_bytes", lambda: 0)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are measured."""
    names: list[str] = []
    measure = Worker.measure

    def noted(self: Worker, unit: Unit, *rest: Any) -> Any:
        names.append(Path(self.plan.sources[unit.source].path).name)
        return measure(self, unit, *rest)

    monkeypatch.setattr(Worker, "measure", noted)
    return names


def _sentence(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(words)).capitalize() + "."


def _chat(rng: random.Random) -> str:
    label = rng.choice(LABELS)
    answer = json.dumps({"reply": _sentence(rng, 6), "label": label})
    if not rng.randrange(20):
        answer = f"Sure! {answer}"
    messages = [
        {"role": "system", "content": "Answer as JSON."},
        {"role": "user", "content": _sentence(rng, 14)},
        {"role": "assistant", "content": answer},
    ]
    return json.dumps({"messages": messages})


def _labeled(rng: random.Random) -> str:
    label = rng.choice((*LABELS, "Billing") if not rng.randrange(9) else LABELS)
    return json.dumps({"prompt": _sentence(rng, 9), "completion": label})


def _table(rng: random.Random) -> str:
    return f"{_sentence(rng, 9)},{_sentence(rng, 5)}"


KINDS: dict[str, tuple[Callable[[random.Random], str], str, str]] = {
    "chat": (_chat, ".jsonl", ""),
    "labels": (_labeled, ".jsonl", ""),
    "table": (_table, ".csv", "prompt,completion"),
}


class Folder:
    """Files of one kind, and edits of them."""

    def __init__(self, folder: Path, kind: str, rng: random.Random) -> None:
        self.folder = folder
        self.rng = rng
        self.row, self.ending, self.head = KINDS[kind]
        folder.mkdir()
        for number in range(4):
            self.add(f"part-{number}")

    def add(self, name: str) -> None:
        rows = [self.row(self.rng) for _ in range(40)]
        self.write(self.folder / f"{name}{self.ending}", rows)

    def write(self, path: Path, rows: list[str]) -> None:
        path.write_text("".join(f"{row}\n" for row in [*filter(None, [self.head]), *rows]))

    def rows(self, path: Path) -> list[str]:
        return path.read_text().splitlines()[bool(self.head) :]

    def edit(self) -> None:
        """One change of one file, or of which files there are."""
        rng, files = self.rng, sorted(self.folder.iterdir())
        path, other = rng.choice(files), rng.choice(files)
        rows = self.rows(path)
        place = rng.randrange(len(rows))
        edits: list[Callable[[], object]] = [
            lambda: rows.insert(place, self.row(rng)),
            lambda: rows.pop(place),
            lambda: rows.insert(place, rng.choice(self.rows(other))),
            lambda: rows.__setitem__(place, rows[place].replace("lk", "lkk", 1)),
            lambda: rows.insert(place, "{broken"),
            lambda: path.rename(path.with_stem(f"{rng.choice('amz')}-{rng.randrange(10**6)}")),
            lambda: self.add(f"{rng.choice('bnz')}-{rng.randrange(10**6)}"),
            lambda: path.unlink() if len(files) > 2 else None,
        ]
        edits[rng.randrange(len(edits))]()
        if path.exists():
            self.write(path, rows)


def _report(data: Path | list[Path], cache: Path | None = None, **settings: Any) -> str:
    return dataaudit.audit(data, cache=cache, **settings).to_json()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(3))
def test_edited_files_give_the_report_of_a_run_without_cache(
    kind: str, seed: int, tmp_path: Path, read: list[str]
) -> None:
    folder = Folder(tmp_path / "data", kind, random.Random(seed))
    cache = tmp_path / "cache"
    saved = 0
    for _ in range(8):
        read.clear()
        warm = _report(folder.folder, cache)
        saved += len(list(folder.folder.iterdir())) - len(read)
        assert warm == _report(folder.folder)
        for _ in range(folder.rng.choice((0, 1, 1, 2))):
            folder.edit()
    assert saved


def test_what_judging_read_again_is_not_read_a_third_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder(tmp_path / "data", "chat", random.Random(7))
    path, other = folder.folder / "part-0.jsonl", folder.folder / "part-1.jsonl"
    long = [
        row.replace('user", "content": "', f'user", "content": "{"Tell me more of it. " * 9}')
        for row in folder.rows(path)
    ]
    folder.write(other, [row.replace("more", "much more", 1) for row in long])
    folder.write(path, long)
    pairs: list[int] = []
    compare = Judge.compare

    def noted(self: Judge, left: Any, right: Any) -> Any:
        pairs.append(len(left))
        return compare(self, left, right)

    monkeypatch.setattr(Judge, "compare", noted)
    cold = _report(folder.folder, tmp_path / "cache")
    assert sum(pairs) > 10
    pairs.clear()
    monkeypatch.setattr(excerpts, "excerpt_rows", None)
    assert _report(folder.folder, tmp_path / "cache") == cold
    assert not pairs


def test_only_a_changed_file_is_read_again_and_its_duplicates_in_others_are_found(
    tmp_path: Path, read: list[str]
) -> None:
    folder = Folder(tmp_path / "data", "chat", random.Random(5))
    cache = tmp_path / "cache"
    _report(folder.folder, cache)
    assert len(set(read)) == 4
    path = folder.folder / "part-2.jsonl"
    rows = folder.rows(path)
    rows[7] = folder.rows(folder.folder / "part-0.jsonl")[3]
    folder.write(path, rows)
    read.clear()
    report = dataaudit.audit(folder.folder, cache=cache)
    assert set(read) == {"part-2.jsonl"}
    found = [(f.path, f.line, f.related[0].path, f.related[0].line) for f in report.findings if f.rule == "DUP001"]
    assert (str(path), 8, str(folder.folder / "part-0.jsonl"), 4) in found
    read.clear()
    assert _report(folder.folder, cache) == report.to_json()
    assert read == []


def test_a_file_before_the_others_and_a_new_name_leave_what_is_known(tmp_path: Path, read: list[str]) -> None:
    folder = Folder(tmp_path / "data", "chat", random.Random(6))
    cache = tmp_path / "cache"
    _report(folder.folder, cache)
    (folder.folder / "part-1.jsonl").rename(folder.folder / "zz.jsonl")
    rows = folder.rows(folder.folder / "part-3.jsonl")
    folder.write(folder.folder / "aa.jsonl", rows[:30])
    read.clear()
    warm = _report(folder.folder, cache)
    assert set(read) == {"aa.jsonl"}
    assert warm == _report(folder.folder)


@pytest.mark.parametrize("all_lies", [False, True], ids=["the-time-that-can-be-set", "all-that-the-system-says"])
def test_a_file_whose_time_and_size_lie_is_found_out_by_its_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, all_lies: bool
) -> None:
    if all_lies:
        monkeypatch.setattr(files, "_stamp", lambda source: files.Stamp(Path(source.location).stat().st_size, 1, 1, 1))
    folder = Folder(tmp_path / "data", "chat", random.Random(7))
    cache = tmp_path / "cache"
    before = _report(folder.folder, cache)
    path = folder.folder / "part-1.jsonl"
    status = path.stat()
    with path.open("r+b") as file:
        content = file.read()
        file.seek(0)
        file.write(content.replace(b"lk", b"kl").replace(b'"user"', b'"uses"', 3))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    warm = _report(folder.folder, cache)
    assert warm == _report(folder.folder) != before
    assert _report(folder.folder, cache) == warm


@pytest.mark.parametrize(
    "settings",
    [
        {"thresholds": {"SIM001": {"jaccard": 0.6}}},
        {"select": ["DUP"]},
        {"shape": "text"},
        {"labels": ["billing"]},
        {"providers": ["openai", "together"]},
        {"tokens": "sample"},
        {"label_column": "completion"},
        {"severity": {"DUP001": "info"}},
    ],
    ids=lambda settings: next(iter(settings)),
)
def test_settings_that_decide_are_part_of_the_key(settings: dict[str, Any], tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data", "labels", random.Random(8))
    cache = tmp_path / "cache"
    _report(folder.folder, cache)
    assert _report(folder.folder, cache, **settings) == _report(folder.folder, **settings)
    assert _report(folder.folder, cache, **settings) == _report(folder.folder, **settings)


def test_a_changed_rule_of_the_user_is_seen(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data", "chat", random.Random(9))
    rules = tmp_path / "rules" / "own"
    rules.mkdir(parents=True)
    file = rules / "OWN001-own.toml"
    cache = tmp_path / "cache"
    for forbidden in ("tand", "morst"):
        file.write_text(_OWN.replace("WORD", forbidden))
        warm = _report(folder.folder, cache, rules=[rules])
        assert "OWN001" in warm
        assert warm == _report(folder.folder, rules=[rules])


_OWN = """
code = "OWN001"
name = "own-word"
title = "A word that must not be there"
severity = "warning"
since = "1"
summary = "No prompt holds the word."
why = "It is a test."
how_to_fix = "Leave it out."

[check]
kind = "pattern"
field = "record"
forbid = "WORD"
says = "holds {detail}"

[[sources]]
title = "this test"
date = 2026-11-21

[[bad]]
title = "the word"
files = { "train.jsonl" = '{"prompt": "WORD", "completion": "b"}' }
expect = ["train.jsonl:1"]

[[bad]]
title = "the word in the answer"
files = { "train.jsonl" = '{"prompt": "a", "completion": "WORD"}' }
expect = ["train.jsonl:1"]

[[good]]
title = "another word"
files = { "train.jsonl" = '{"prompt": "a", "completion": "b"}' }

[[good]]
title = "one more"
files = { "train.jsonl" = '{"prompt": "c", "completion": "d"}' }
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_workers_and_cache_together_change_nothing(
    workers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pooling, "POOL_FROM_BYTES", 0)
    folder = Folder(tmp_path / "data", "chat", random.Random(10))
    cache = tmp_path / "cache"
    plain = _report(folder.folder)
    for _ in range(2):
        assert _report(folder.folder, cache, workers=workers) == plain


def test_rows_in_memory_and_little_data_leave_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    dataaudit.audit([{"prompt": "a", "completion": "b"}], cache=cache)
    monkeypatch.undo()
    folder = Folder(tmp_path / "data", "chat", random.Random(11))
    _report(folder.folder, cache)
    assert not cache.exists()
