"""The keys of rows: what repeats what, and what counts as an example."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.text.columns import counted, repeats
from tests.checks import made


def _slowly(keys: list[int]) -> tuple[list[int], list[int]]:
    first: dict[int, int] = {}
    surplus = [(place, first[key]) for place, key in enumerate(keys) if first.setdefault(key, place) != place]
    return [place for place, _ in surplus], [original for _, original in surplus]


@given(st.lists(st.integers(0, 6) | st.sampled_from([2**64 - 1, 2**63]), max_size=60))
def test_repeats_equal_the_plain_definition(keys: list[int]) -> None:
    rows, firsts = repeats(np.array(keys, dtype=np.uint64))
    assert (rows.tolist(), firsts.tolist()) == _slowly(keys)


@given(st.lists(st.integers(0, 5), max_size=40))
def test_counted_equals_the_plain_definition(keys: list[int]) -> None:
    values, counts = counted(np.array(keys, dtype=np.uint64))
    assert dict(zip(values.tolist(), counts.tolist(), strict=True)) == Counter(keys)


def _pair(prompt: str, completion: str) -> dict[str, str]:
    return {"prompt": prompt, "completion": completion, "category": "a"}


def test_effective_rows_leave_out_invalid_rows_and_both_kinds_of_duplicates() -> None:
    records = [
        _pair("What is it?", "A pen"),
        _pair("What is it?", "A pen"),
        _pair("what is it", "a pen."),
        _pair("What is it?", "A pencil"),
        _pair("What else?", ""),
        _pair("Was ist das?", "Ein Stift"),
    ]
    found = made.evidence(list(enumerate(records, start=1)))
    assert found.exact_surplus[0].tolist() == [1]
    assert found.normal_surplus[0].tolist() == [2]
    assert found.effective.tolist() == [True, False, False, True, False, True]


def test_a_place_gives_its_row_back() -> None:
    data = made.rows(50, seed=1)
    found = made.evidence(data)
    assert [found.row_at(*(0, line)) for line, _ in data] == list(range(50))
    assert found.place(49) == ("train.jsonl", 50)
