"""What judging remembers of pairs and of rows, and what it takes back only where it is the same."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dataaudit.checks.memory import Facts, Kept, KnownPairs, Memory, Place

Pair = tuple[int, int, int, int]
KEYS = st.integers(0, 2**64 - 1)
PAIRS = st.lists(st.tuples(KEYS, st.integers(0, 2), KEYS, st.integers(0, 2)), unique=True, max_size=8)


def _keys(pairs: list[Pair]) -> NDArray[np.uint64]:
    return np.array(pairs, dtype=np.uint64).reshape(len(pairs), 4)


def _worked_out(keys: NDArray[np.uint64]) -> NDArray[np.float64]:
    return (keys >> np.uint64(40)).astype(np.float64)[:, :2]


@given(before=PAIRS, now=PAIRS, both=PAIRS)
def test_pairs_are_answered_as_if_nothing_were_known(before: list[Pair], now: list[Pair], both: list[Pair]) -> None:
    kept = _keys(list({*before, *both}))
    pairs = KnownPairs(2, Facts(kept, _worked_out(kept)))
    asked = _keys(list({*now, *both}))
    read: list[int] = []

    def work_out(at: NDArray[np.intp]) -> NDArray[np.float64]:
        read.extend(at.tolist())
        return _worked_out(asked[at])

    assert np.array_equal(pairs.ask(asked, work_out), _worked_out(asked))
    known = set(map(tuple, kept.tolist()))
    assert read == [place for place, pair in enumerate(asked.tolist()) if tuple(pair) not in known]
    assert pairs.news == bool(read)
    assert np.array_equal(pairs.facts.keys, asked)


def test_a_pair_the_other_way_round_or_of_another_label_is_another() -> None:
    kept = _keys([(5, 1, 9, 2)])
    pairs = KnownPairs(1, Facts(kept, np.array([[0.5]])))
    asked = _keys([(9, 2, 5, 1), (5, 1, 9, 3), (5, 1, 9, 2)])
    found = pairs.ask(asked, lambda at: np.full((len(at), 1), 0.25))
    assert found[:, 0].tolist() == [0.25, 0.25, 0.5]


def test_pieces_of_rows_are_taken_for_the_same_file_and_places_only() -> None:
    shown: dict[Place, tuple[str, int | None]] = {Place(3, None, "prompt"): ("words", 2)}
    before = Kept({}, {"file": shown})
    assert Memory(before, ["file"]).shown(0, set(shown)) == shown
    assert Memory(before, ["other"]).shown(0, set(shown)) is None
    assert Memory(before, [None]).shown(0, set(shown)) is None
    assert Memory(before, ["file"]).shown(0, {Place(4, None, "prompt")}) is None
    assert Memory(before, ["file"]).shown(0, {*shown, Place(4, None, None)}) is None


def test_there_is_news_where_something_was_read() -> None:
    place = Place(1, None, None)
    known = Memory(Kept({}, {"file": {place: ("words", None)}}), ["file", "new"])
    known.shown(0, {place})
    assert known.news is None
    known.show(1, {})
    assert known.news == Kept({}, {"file": {place: ("words", None)}, "new": {}})
