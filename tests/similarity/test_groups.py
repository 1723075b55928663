"""Buckets, verification in rounds, and components."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataaudit.similarity import groups
from dataaudit.similarity.groups import Buckets, components, verified

Rows = np.typing.NDArray[np.intp]


class _Entries:
    def __init__(self, keys: list[list[int]], rows: list[int]) -> None:
        self._keys = np.array(keys, dtype=np.uint32)
        self._rows = np.array(rows)
        self.size, self.bands = self._keys.shape

    def column(self, band: int) -> np.typing.NDArray[np.uint32]:
        return np.ascontiguousarray(self._keys[:, band])

    def rows(self, entries: Rows) -> Rows:
        return self._rows[entries]


def _buckets(keys: list[list[int]], rows: list[int] | None = None) -> Buckets:
    entries = _Entries(keys, rows or list(range(len(keys))))
    return Buckets(entries, np.arange(len(keys), dtype=np.uint64))


def _members(buckets: Buckets) -> dict[int, list[int]]:
    members: dict[int, list[int]] = {}
    for bucket, row in zip(buckets.bucket.tolist(), buckets.row.tolist(), strict=True):
        members.setdefault(bucket, []).append(row)
    return members


def test_rows_that_share_a_key_share_a_bucket_and_zero_is_no_key() -> None:
    found = _members(_buckets([[5, 0], [7, 0], [5, 9], [6, 9]]))
    assert sorted(found.values()) == [[0, 2], [2, 3]]


def test_a_row_with_two_entries_is_a_member_once() -> None:
    assert list(_members(_buckets([[5], [5], [5]], [0, 1, 1])).values()) == [[0, 1]]


class _Alike:
    """Rows are alike if they have the same colour; counts how often it was asked."""

    def __init__(self, colours: list[int]) -> None:
        self.colours = np.array(colours)
        self.pairs: list[tuple[int, int]] = []

    def __call__(self, first: Rows, second: Rows) -> Any:
        assert (first < second).all()
        self.pairs += zip(first.tolist(), second.tolist(), strict=True)
        return self.colours[first] == self.colours[second]


@settings(deadline=None)
@given(st.lists(st.integers(0, 5), min_size=2, max_size=40), st.randoms(use_true_random=False))
def test_rows_alike_in_one_bucket_end_in_one_component_wherever_they_stand(
    colours: list[int], shuffle: random.Random
) -> None:
    shuffle.shuffle(colours)
    alike = _Alike(colours)
    verified(_buckets([[1, 1]] * len(colours)), len(colours), alike)
    pairs = [pair for pair in alike.pairs if colours[pair[0]] == colours[pair[1]]]
    assert len(set(alike.pairs)) == len(alike.pairs)
    first, second = (np.array([pair[side] for pair in pairs], dtype=np.intp) for side in (0, 1))
    lowest = components(first, second, len(colours)).tolist()
    assert lowest == [colours.index(colour) for colour in colours]


@pytest.mark.parametrize("rows", [2_000, 4_000])
def test_a_bucket_of_rows_unlike_each_other_costs_a_bounded_number_of_pairs_a_row(rows: int) -> None:
    alike = _Alike(list(range(rows)))
    verified(_buckets([[1, 1]] * rows), rows, alike)
    assert rows <= len(alike.pairs) <= groups._FAILURES * rows


def test_components_name_the_lowest_row() -> None:
    first, second = np.array([4, 1, 6]), np.array([5, 4, 7])
    assert components(first, second, 9).tolist() == [0, 1, 2, 3, 1, 1, 6, 6, 8]
