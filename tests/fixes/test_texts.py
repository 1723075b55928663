"""Edits of a JSON text or a record of a table touch the value alone, and read as they should."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.fixes.csv_text import cells, replaced
from dataaudit.fixes.json_text import rewritten, scan, without

words = st.text(st.characters(codec="utf-8"), max_size=12)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=12,
)


def texts_in(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in texts_in(one)]


@given(value=values, indent=st.sampled_from([None, 0, 2]), ascii_only=st.booleans())
def test_scan_finds_every_text_where_it_stands(value: Any, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    leaves = scan(text).leaves
    assert [leaf.value for leaf in leaves] == texts_in(value)
    assert [json.loads(text[leaf.start : leaf.stop]) for leaf in leaves] == texts_in(value)


@given(value=st.dictionaries(words, values, max_size=5), gone=st.sets(st.integers(0, 4)))
def test_taking_keys_out_leaves_the_others(value: dict[str, Any], gone: set[int]) -> None:
    text = json.dumps(value)
    members = scan(text).members
    doomed = {key for place, key in enumerate(value) if place in gone}
    top = {member for member in members if not member.home}
    left = without(text, members, lambda member: member in top and member.key in doomed)
    assert json.loads(left) == {key: inner for key, inner in value.items() if key not in doomed}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param('{"a": 1, "b": 2, "c": 3}', '{"b": 2}', id="around"),
        pytest.param('{ "a": 1 ,"c": [1, {"a": 2}] }', "{  }", id="all"),
        pytest.param('{"b": {"a": 1, "b": 2}, "c": 1}', '{"b": {"b": 2}}', id="inner-too"),
        pytest.param('[{"a": 1, "c": 2, "b": 3}, {"b": 1, "a": 2, "c": 3}]', '[{"b": 3}, {"b": 1}]', id="in-lists"),
    ],
)
def test_keys_go_with_their_commas(text: str, left: str) -> None:
    assert without(text, scan(text).members, lambda member: member.key in ("a", "c")) == left


@given(old=words, new=words, ascii_only=st.booleans())
def test_a_rewritten_literal_is_the_new_value(old: str, new: str, ascii_only: bool) -> None:
    literal = rewritten(json.dumps(old), new, ascii_only=ascii_only)
    assert json.loads(literal) == new
    assert literal.isascii() or not ascii_only


@pytest.mark.parametrize(
    ("literal", "new", "better"),
    [
        (r'"\u00e9\/ \"x\" "', 'é/ "x"', r'"\u00e9\/ \"x\""'),
        (r'" \ud83d\ude00 a"', "😀 a", r'"\ud83d\ude00 a"'),
        (r'"\ud83d half"', "\ud83d whole", r'"\ud83d whole"'),
    ],
)
def test_what_stays_of_a_literal_stays_as_it_was_written(literal: str, new: str, better: str) -> None:
    assert rewritten(literal, new, ascii_only=True) == better


@given(
    row=st.lists(words.filter(lambda word: "\x00" not in word), min_size=2, max_size=5),
    delimiter=st.sampled_from([",", ";", "\t"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    new=words.filter(lambda word: "\x00" not in word),
)
def test_a_cell_is_replaced_alone(row: list[str], delimiter: str, quoting: Any, new: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="").writerow(row)
    record = out.getvalue()
    found = cells(record, delimiter, '"')
    assert [cell.value for cell in found] == row
    better = replaced(record, found[1], new, delimiter, '"')
    assert better is not None
    assert next(csv.reader(io.StringIO(better, newline=""), delimiter=delimiter)) == [row[0], new, *row[2:]]
