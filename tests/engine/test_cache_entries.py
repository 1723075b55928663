"""Entries: what is loaded executes nothing, what is damaged is a miss, what is old goes, only the owner can read."""

from __future__ import annotations

import json
import os
import pickle
import stat
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dataaudit
from dataaudit.checks.batch import SourceNumber
from dataaudit.checks.places import Place
from dataaudit.checks.schema import Notes
from dataaudit.engine import cache as caching
from dataaudit.engine.cache import store as stores
from dataaudit.engine.cache.codec import MAGIC, Damaged, packed, unpacked
from dataaudit.engine.cache.folder import cache_folder, clean, usual_folder
from dataaudit.engine.cache.keys import Undescribed, key_of
from dataaudit.engine.cache.store import Limits, Store
from dataaudit.errors import UsageError
from dataaudit.shapes.base import Note

KEY = "0" * 32
POSIX = pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")


class _Call:
    """Pickled, it asks for a call of a function."""

    def __init__(self, function: Any, *args: Any) -> None:
        self.call = function, args

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return self.call


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray):
        return bool(one.dtype == other.dtype and np.array_equal(one, other))
    return bool(one == other)


@pytest.mark.parametrize(
    "value",
    [
        {"a": [1, 2.5, None, True, "\ud800", b"\x00"]},
        Counter({3: 4}),
        {(1, ("a",), (str, dict, type(None)))},
        Notes({"trait": {(0, 3): Note("trait", "field", "words", 4)}}),
        Place(0, 3, 1, "message"),
        np.arange(6, dtype=np.uint64).reshape(2, 3),
        np.uint8(3),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_states_are_made_of_comes_back(value: Any) -> None:
    assert _same(unpacked(packed(value)), value)


def test_the_number_of_the_source_is_that_of_the_reader() -> None:
    value = {"places": [(SourceNumber(7), 7)], SourceNumber(7): "x"}
    assert unpacked(packed(value), 2) == {"places": [(2, 7)], 2: "x"}


@pytest.mark.parametrize(
    "hostile",
    [
        _Call(os.system, "true"),
        _Call(eval, "1"),
        _Call(getattr, "a", "upper"),
        _Call(type, "Made", (), {}),
        _Call(Path, "/"),
        _Call(pickle.loads, b"N."),
        _Call(np.load, "/dev/null"),
    ],
    ids=["system", "eval", "getattr", "type", "path", "pickle", "numpy.load"],
)
def test_an_entry_that_calls_something_is_none(hostile: _Call) -> None:
    with pytest.raises(Damaged):
        unpacked(packed(hostile))


@given(st.binary(max_size=200), st.integers(0, 10**6))
def test_bytes_that_are_no_entry_are_damaged(noise: bytes, place: int) -> None:
    entry = packed({"rows": np.arange(40), "names": ["a", "b"]})
    place %= len(entry)
    for bad in (noise, MAGIC + noise, entry[:place], entry[:place] + b"\x00\xff" + entry[place + 2 :] + noise + b"x"):
        with pytest.raises(Damaged):
            unpacked(bad)


def test_a_cache_with_every_entry_spoiled_gives_the_same_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caching, "_least_bytes", lambda: 0)
    data, cache = tmp_path / "train.jsonl", tmp_path / "cache"
    data.write_text("".join(json.dumps({"prompt": f"p{i % 7}", "completion": f"c{i}"}) + "\n" for i in range(60)))
    plain = dataaudit.audit(data, cache=cache).to_json()
    for number, entry in enumerate(sorted((cache / "entries").iterdir())):
        entry.write_bytes(entry.read_bytes()[: 40 * number] if number % 2 else b"\x80\x05cos\nsystem\n.")
    for _ in range(2):
        assert dataaudit.audit(data, cache=cache).to_json() == plain


@POSIX
def test_the_folder_and_its_entries_are_for_their_owner(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    store.write(5, KEY, "looked", packed(1))
    for place, mode in ((store.folder, 0o700), (store.folder / "entries", 0o700)):
        assert stat.S_IMODE(place.stat().st_mode) == mode
    [entry] = (store.folder / "entries").glob("*.looked")
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600


@POSIX
def test_a_folder_that_others_can_write_is_refused(tmp_path: Path) -> None:
    Store(tmp_path / "cache")
    (tmp_path / "cache" / "entries").chmod(0o777)
    with pytest.raises(UsageError, match="others"):
        Store(tmp_path / "cache")
    (tmp_path / "cache").rename(tmp_path / "dataaudit")
    assert cache_folder(environ={"XDG_CACHE_HOME": str(tmp_path)}) is None


@POSIX
def test_a_usual_place_that_cannot_be_used_is_no_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert cache_folder(environ={"XDG_CACHE_HOME": str(blocked)}) is None
    assert cache_folder(environ={}) is None
    with pytest.raises(UsageError):
        Store(blocked)
    assert cache_folder(environ={"XDG_CACHE_HOME": str(tmp_path)}) == tmp_path / "dataaudit"
    assert not (tmp_path / "dataaudit").exists()


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {"HOME": "/h"}, "/h/.cache/dataaudit"),
        ("linux", {"HOME": "/h", "XDG_CACHE_HOME": "/x"}, "/x/dataaudit"),
        ("linux", {"HOME": "/h", "XDG_CACHE_HOME": "relative"}, "/h/.cache/dataaudit"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Caches/dataaudit"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/dataaudit/cache"),
        ("win32", {}, None),
    ],
)
def test_the_usual_place_is_that_of_the_system(
    platform: str, environ: dict[str, str], expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert usual_folder(environ) == (None if expected is None else Path(expected))


def test_no_cache_stands_over_a_folder(tmp_path: Path) -> None:
    assert cache_folder(tmp_path / "cache", off=True) is None
    assert not (tmp_path / "cache").exists()


def test_cleaning_leaves_what_is_not_of_the_cache(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    store.write(5, KEY, "measured", packed(1))
    mine = tmp_path / "cache" / "entries" / "thesis.txt"
    mine.write_text("mine")
    found = clean(tmp_path / "cache")
    assert (found.entries, mine.read_text()) == (1, "mine")
    assert clean(tmp_path / "nothing").entries == 0


def test_old_entries_and_those_beyond_the_room_are_pruned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = packed(list(range(300)))
    monkeypatch.setattr(stores, "limits", lambda: Limits(0, 3 * len(entry), 0, 30, 24))
    store = Store(tmp_path / "cache")
    now = time.time()
    for age in (0, 1, 2, 3, 40):
        key = f"{age:032x}"
        store.write(5, key, "measured", entry)
        path = store.folder / "entries" / f"5-{key}.measured"
        os.utime(path, (now - age * 86400, now - age * 86400))
    store.prune()
    left = sorted(int(path.name[2:34], 16) for path in (store.folder / "entries").glob("*.measured"))
    assert left == [0, 1, 2]


def test_a_full_disk_only_means_that_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "cache")

    def full(*args: Any, **named: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stores, "mkstemp", full)
    store.write(5, KEY, "looked", packed(1))
    assert store.written == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((1,), (True,)),
        (("a", "b"), ("ab", "")),
        (([1], 2), ([1, 2],)),
        ((b"a",), ("a",)),
        ((np.zeros(2, np.int32),), (np.zeros(1, np.int64),)),
        (({"a": 1, "b": 2},), ({"b": 2, "a": 1},)),
    ],
)
def test_different_things_have_different_keys(one: tuple[Any, ...], other: tuple[Any, ...]) -> None:
    assert key_of(*one) != key_of(*other)


def test_sets_have_one_key_whatever_their_order() -> None:
    names = [f"name-{number}" for number in range(50)]
    assert key_of(frozenset(names)) == key_of(frozenset(reversed(names)))


def test_a_key_of_something_unknown_is_refused() -> None:
    with pytest.raises(Undescribed):
        key_of(object())
