"""The compiled kernels give what the plain definition gives, to the bit; and hostile texts cost them little."""

from __future__ import annotations

import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.similarity import kernels, plain
from dataaudit.similarity.measure import Measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MEASURE = Measure(
    threshold=0.8,
    word_shingle=3,
    char_shingle=3,
    min_words=30,
    template_words=6,
    permutations=60,
    max_bytes=1_000_000,
    margin=0.05,
    recall=0.995,
)
NONE = np.empty(0, np.uint64)

compiled = pytest.mark.skipif(not kernels.COMPILED, reason="no compiled library: the plain functions are used")

PIECES = [
    *("a", "to", "the", "question", "eight888", "nine99999", "sixteen-letters.", "seventeen-letters", "x" * 70),
    *("é", "e\u0301", "straße", "привет", "שלום", "مرحبا", "हिन्दी", "한국어", "😀", "👩‍👩‍👧", "\U0010ffff"),
    *("天気", "今日は", "カナ", "ｶﾅ", "𠀀", "ไทย", "ລາວ", "ខ្មែរ", "မြန်", "\u0dff", "\u0e00", "\u9fff", "\ua000"),
    *("\x00", "\x7f", "\ud800", " ", "  "),
]
BROKEN = [b"\x80", b"\xbf\xbf\xbf\xbf\xbf", b"\xe0\xb8", b"\xe0\xb8\x80\x80", b"\xff", b"\xf0\x9f", b"\xc0\xa0"]

encoded = st.sampled_from([piece.encode("utf-8", "surrogatepass") for piece in PIECES] + BROKEN)
worded = st.lists(encoded, max_size=60).map(b" ".join)
glued = st.lists(encoded, max_size=30).map(b"".join)
any_text = st.text(st.characters(), max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass"))
texts = st.one_of(st.just(b""), worded, worded, glued, any_text, st.binary(max_size=200))
measures = st.builds(
    Measure,
    threshold=st.sampled_from([0.1, 0.5, 0.8, 1.0]),
    word_shingle=st.integers(1, 6),
    char_shingle=st.integers(1, 6),
    min_words=st.integers(0, 40),
    template_words=st.integers(1, 7),
    permutations=st.integers(1, 130),
    max_bytes=st.sampled_from([1, 2, 3, 17, 64, 100, 1_000_000]),
    margin=st.sampled_from([0.0, 0.05]),
    recall=st.sampled_from([0.1, 0.9, 0.995]),
)


def some_templates(columns: Sequence[Sequence[bytes]], words: int, chosen: int) -> NDArray[np.uint64]:
    """A share of the runs of the texts, and hashes that are in none of them."""
    flat = np.unique(plain.runs([text for column in columns for text in column], words)[0])
    kept = [run for place, run in enumerate(flat.tolist()) if chosen >> (place % 16) & 1]
    return np.array(sorted({*kept, chosen + 1, (1 << 64) - 1 - chosen}) if chosen else [], dtype=np.uint64)


def assert_same_sketch(found: kernels.Sketch, expected: kernels.Sketch) -> None:
    for name in expected._fields:
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name), err_msg=name, strict=True)


def test_the_library_is_there_where_it_can_be_compiled() -> None:
    if os.environ.get("DATAAUDIT_PURE") or not (shutil.which("cc") or shutil.which("cl")):
        pytest.skip("nothing to compile with")
    assert kernels.COMPILED, "install anew (pip install -e .): there is a compiler, but no library of this version"


@compiled
@given(st.lists(st.tuples(texts, texts), max_size=5), measures, st.integers(0, 65535))
def test_sketches_are_those_of_the_definition(rows: list[tuple[bytes, bytes]], measure: Measure, chosen: int) -> None:
    columns = [row[0] for row in rows], [row[1] for row in rows]
    templates = some_templates(columns, measure.template_words, chosen)
    assert_same_sketch(kernels.sketch(*columns, measure, templates), plain.sketch(*columns, measure, templates))


@compiled
@given(st.lists(st.tuples(texts, texts, texts, texts), max_size=3), measures, st.integers(0, 65535))
def test_scores_are_those_of_the_definition(
    pairs: list[tuple[bytes, bytes, bytes, bytes]], measure: Measure, chosen: int
) -> None:
    sides: list[list[bytes]] = [[pair[side] for pair in pairs] for side in range(4)]
    templates = some_templates(sides, measure.template_words, chosen)
    found = kernels.scores(sides[0], sides[1], sides[2], sides[3], measure, templates)
    expected = plain.scores(sides[0], sides[1], sides[2], sides[3], measure, templates)
    np.testing.assert_array_equal(found, expected, strict=True)


@compiled
@given(worded, st.data())
def test_scores_of_edited_texts_are_those_of_the_definition(text: bytes, data: st.DataObject) -> None:
    words = text.split(b" ")
    place = data.draw(st.integers(0, len(words) - 1))
    edited = b" ".join([*words[:place], b"edited", *words[place + 1 :]])
    sides = [text], [edited], [edited], [text]
    expected = plain.scores(*sides, MEASURE, NONE)
    np.testing.assert_array_equal(kernels.scores(*sides, MEASURE, NONE), expected, strict=True)


@compiled
@given(st.lists(texts, max_size=6), st.integers(1, 8), st.sampled_from([None, 3, 50]))
def test_runs_are_those_of_the_definition(columns: list[bytes], words: int, max_bytes: int | None) -> None:
    both = kernels.runs(columns, words, max_bytes), plain.runs(columns, words, max_bytes)
    for found, expected in zip(*both, strict=True):
        np.testing.assert_array_equal(found, expected, strict=True)


@compiled
def test_many_templates_and_many_rows_are_those_of_the_definition() -> None:
    words = [b"w%d" % number for number in range(50)]
    rows = [b" ".join(words[(place * step) % 50] for place in range(40)) for step in range(1, 40)]
    flat, _ = plain.runs(rows, MEASURE.template_words)
    for share in (1, 2, 50):
        known = np.unique(flat)[::share]
        assert_same_sketch(
            kernels.sketch(rows, rows[::-1], MEASURE, known), plain.sketch(rows, rows[::-1], MEASURE, known)
        )


@pytest.mark.parametrize("size", [1, 7, 1000, 50_000])
@pytest.mark.parametrize("distinct", [2, 1 << 32], ids=["few values", "many values"])
def test_no_repeated_key_is_missed(size: int, distinct: int) -> None:
    keys = np.random.default_rng(size).integers(0, distinct, size, dtype=np.uint64).astype(np.uint32)
    keys[size // 2 :: 5] = keys[0]
    found, exact = kernels.repeated(keys), plain.repeated(keys)
    assert found.dtype == np.bool_
    assert found[exact].all()
    assert not found[keys == 0].any()
    assert (found & ~exact).mean() < 0.2


def test_of_no_rows_there_is_nothing() -> None:
    found = kernels.sketch([], [], MEASURE, NONE)
    assert (found.prompt.shape, found.extra_both.shape) == ((0, MEASURE.bands), (0, MEASURE.bands))
    assert kernels.scores([], [], [], [], MEASURE, NONE).shape == (0, 3)
    assert [part.tolist() for part in kernels.runs([], 6)] == [[], []]
    assert kernels.repeated(np.empty(0, np.uint32)).tolist() == []


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match=r"zip|different lengths"):
        kernels.sketch([b"a", b"b"], [b"c"], MEASURE, NONE)


def test_results_outlive_the_call() -> None:
    first = kernels.sketch([b"a b c"], [b"d"], MEASURE, NONE)
    kept = first.both.copy()
    for number in range(200):
        kernels.sketch([b"other %d" % number], [b"e"], MEASURE, NONE)
    np.testing.assert_array_equal(first.both, kept)


def test_templates_may_be_read_only() -> None:
    known = kernels.runs([b"a b c d e f g"], 6)[0]
    known.setflags(write=False)
    assert kernels.sketch([b"a b c d e f g"], [b""], MEASURE, known).covered.tolist() == [7]


def test_threads_do_not_disturb_each_other() -> None:
    columns = [[b"text %d of thread %d" % (row, thread) * 5 for row in range(200)] for thread in range(4)]
    alone = [kernels.sketch(column, column, MEASURE, NONE) for column in columns]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda column: kernels.sketch(column, column, MEASURE, NONE), columns * 5))
    for place, found in enumerate(together):
        assert_same_sketch(found, alone[place % 4])


@pytest.mark.parametrize("function", ["sketch", "scores", "runs", "repeated"])
def test_without_the_library_the_definition_is_used(function: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "_LIBRARY", None)
    column = [b"a b c", "天気".encode()]
    arguments = {
        "sketch": (column, column, MEASURE, NONE),
        "scores": (column, column, column, column, MEASURE, NONE),
        "runs": (column, 2),
        "repeated": (np.array([1, 1, 2], np.uint32),),
    }[function]
    found, expected = (getattr(module, function)(*arguments) for module in (kernels, plain))
    np.testing.assert_equal(found, expected)


@compiled
@pytest.mark.parametrize(
    "piece",
    [b"x", b" ", b"word ", b"\xff", b"\x80", "天".encode(), b"\x00"],
    ids=["letter", "blank", "word", "no byte of UTF-8", "continuation", "Han", "NUL"],
)
def test_a_giant_row_costs_what_max_bytes_allows(piece: bytes) -> None:
    giant = piece * (20_000_000 // len(piece))
    measure = MEASURE._replace(max_bytes=100_000)
    start = time.process_time()
    found = kernels.sketch([giant], [giant], measure, NONE)
    scores = kernels.scores([giant], [b""], [giant], [b"x"], measure, NONE)
    assert time.process_time() - start < 2
    assert found.words[0] <= 200_000
    assert scores[0, :2].tolist() == [1.0, 0.0]


@compiled
def test_many_equal_rows_take_linear_time() -> None:
    def seconds(rows: int) -> float:
        start = time.process_time()
        kernels.sketch([b"one and the same question"] * rows, [b"one answer"] * rows, MEASURE, NONE)
        return time.process_time() - start

    assert seconds(40_000) < 20 * max(seconds(10_000), 0.005)


@pytest.mark.parametrize(
    "changed",
    [{"permutations": -1}, {"permutations": 0}, {"word_shingle": 0}, {"char_shingle": -3}, {"template_words": 0}],
    ids=str,
)
@compiled
def test_a_measure_that_measures_nothing_is_refused(changed: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="nothing can be measured"):
        kernels.sketch([b"a b"], [b"c"], MEASURE._replace(**changed), NONE)


@compiled
def test_a_run_of_no_words_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one word"):
        kernels.runs([b"a b"], 0)
