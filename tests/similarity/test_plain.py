"""The definition of near-duplicate search, held to values that were worked out by hand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dataaudit.similarity import plain
from dataaudit.similarity.measure import Measure

if TYPE_CHECKING:
    from numpy.typing import NDArray

THRESHOLDS = {
    "jaccard": 0.8,
    "word_shingle": 3,
    "char_shingle": 3,
    "min_words": 5,
    "template_words": 3,
    "permutations": 60,
    "max_text_bytes": 1000,
    "recall_margin": 0.05,
    "recall": 0.995,
}
MEASURE = Measure.by(THRESHOLDS.__getitem__)
NONE = np.empty(0, np.uint64)


def templates(*texts: str) -> NDArray[np.uint64]:
    return np.unique(plain.runs([text.encode() for text in texts], MEASURE.template_words)[0])


def tokens(text: bytes) -> list[bytes]:
    return [text[start:end] for start, end in plain.analyse(text, 3, frozenset()).tokens]


def jaccard(left: str, right: str, known: NDArray[np.uint64] = NONE) -> float:
    found: float = plain.scores([left.encode()], [b""], [right.encode()], [b""], MEASURE, known)[0, 0]
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("one", ["one"]),
        ("one two", ["one", "two"]),
        ("  one   two ", ["one", "two"]),
        ("天気 is 好", ["天", "気", "is", "好"]),
        ("v2天a", ["v2", "天", "a"]),
        ("ไทย", ["ไ", "ท", "ย"]),
        ("ສະ", ["ສ", "ະ"]),
        ("ខ្មែរ", list("ខ្មែរ")),
        ("မြန်", list("မြန်")),
        ("カナ", ["カ", "ナ"]),
        ("ｶﾅ", ["ｶ", "ﾅ"]),
        ("𠀀𠀁", ["𠀀", "𠀁"]),
        ("한국어 문장", ["한국어", "문장"]),
        ("हिन्दी वाक्य", ["हिन्दी", "वाक्य"]),
        ("ça va 😀", ["ça", "va", "😀"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text.encode()) == [token.encode() for token in expected]


@pytest.mark.parametrize("text", [b"\xff\xfe", b"\x80\x80", b"a\xe0\xb8", b"\xed\xa0\x80", b"a\x00b"], ids=repr)
def test_broken_bytes_are_ordinary_characters(text: bytes) -> None:
    assert tokens(text) == [text]


@pytest.mark.parametrize(("first", "last"), plain.SPACELESS, ids=lambda code: f"{code:04X}")
def test_each_range_of_a_script_without_blanks_ends_where_it_is_said_to(first: int, last: int) -> None:
    inside = [chr(code).encode() for code in (first, last)]
    assert tokens(b"a" + b"a".join(inside)) == [b"a", inside[0], b"a", inside[1]]
    outside = [code for code in (first - 1, last + 1) if not any(a <= code <= b for a, b in plain.SPACELESS)]
    for code in outside:
        word = b"a" + chr(code).encode("utf-8", "surrogatepass")
        assert tokens(word) == [word]


@pytest.mark.parametrize(
    ("text", "size", "expected"),
    [("abc", 3, "abc"), ("abcd", 3, "abc"), ("né", 2, "n"), ("né", 3, "né"), ("天気", 5, "天"), ("a😀", 4, "a")],
)
def test_a_cut_tears_no_character(text: str, size: int, expected: str) -> None:
    assert plain.cut(text.encode(), size) == expected.encode()


def test_short_texts_are_compared_by_characters() -> None:
    assert jaccard("abcd", "abce") == pytest.approx(1 / 3)
    assert jaccard("ab", "ab") == 1.0
    assert jaccard("ab", "abc") == 0.0


def test_long_texts_are_compared_by_words() -> None:
    assert jaccard("one two three four five", "one two three four six") == pytest.approx(2 / 4)


def test_a_long_text_and_a_short_one_are_compared_by_characters() -> None:
    left, right = "a b c d e", "a b c d"
    parts = [{text[at : at + 3] for at in range(len(text) - 2)} for text in (left, right)]
    assert jaccard(left, right) == pytest.approx(len(parts[0] & parts[1]) / len(parts[0] | parts[1]))


def test_what_repeats_counts_once() -> None:
    assert jaccard("aaaa", "aaaaaaaaa") == 1.0
    assert jaccard("a b " * 20, "a b " * 9) == 1.0


def test_word_order_counts() -> None:
    assert jaccard("one two three four five", "five four three two one") == 0.0


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (("abc", ""), ("abc", ""), (1.0, math.nan, 1.0)),
        (("", ""), ("", ""), (math.nan, math.nan, math.nan)),
        (("abc", "x"), ("", "x"), (0.0, 1.0, 0.5)),
        (("abc", "xyz"), ("xyz", "abc"), (0.0, 0.0, 0.0)),
    ],
    ids=["no answers", "nothing", "no question on one side", "fields do not mix"],
)
def test_scores_of_fields_and_of_both(
    left: tuple[str, str], right: tuple[str, str], expected: tuple[float, ...]
) -> None:
    sides = [[text.encode()] for text in (*left, *right)]
    found = plain.scores(sides[0], sides[1], sides[2], sides[3], MEASURE, NONE)
    np.testing.assert_array_equal(found, [expected])


def test_the_shingles_of_a_template_do_not_count() -> None:
    shared = "dear team please help me with"
    left, right = f"{shared} red apples now", f"{shared} blue pears today"
    assert jaccard(left, right) == pytest.approx(4 / 10)
    assert jaccard(left, right, templates(shared)) == 0.0


def test_the_characters_of_a_template_do_not_count() -> None:
    known = templates("the cat sat")
    assert jaccard("the cat sat x", "the cat sat y") == pytest.approx(9 / 11)
    assert jaccard("the cat sat x", "the cat sat y", known) == pytest.approx(1 / 3)  # its last blank is not of it


def test_of_a_text_that_is_all_template_nothing_is_dropped() -> None:
    shared = "dear team please help me with"
    assert jaccard(shared, shared, templates(shared)) == 1.0


def test_coverage_tells_the_words_of_a_template() -> None:
    known = templates("please answer this")
    found = plain.coverage("now please answer this question 天".encode(), MEASURE, known)
    assert found == [
        ("now", False),
        ("please", True),
        ("answer", True),
        ("this", True),
        ("question", False),
        ("天", False),
    ]


def test_a_sketch_counts_words_and_names_the_template() -> None:
    known = templates("please answer this", "in one word")
    found = plain.sketch([b"please answer this now"], [b"in one word yes"], MEASURE, known)
    assert (found.words.tolist(), found.covered.tolist()) == ([8], [6])
    assert found.template.tolist() == [min(known.tolist())]


def test_runs_come_in_the_order_of_each_text() -> None:
    flat, counts = plain.runs([b"a b c a b c", b"a b", b"x y z", b"b c a"], 3)
    assert counts.tolist() == [4, 0, 1, 1]
    assert flat[0] == flat[3]
    assert flat[1] == flat[5]
    assert len(set(flat.tolist())) == 4


def test_empty_sides_have_no_keys() -> None:
    found = plain.sketch([b"", b"", b"abc"], [b"", b"abc", b""], MEASURE, NONE)
    assert [bool(keys.any()) for keys in found.prompt] == [False, False, True]
    assert [bool(keys.all()) for keys in found.both] == [False, True, True]


def test_prompts_and_answers_never_meet() -> None:
    found = plain.sketch([b"abc def", b""], [b"", b"abc def"], MEASURE, NONE)
    assert not (found.both[0] == found.both[1]).any()
    assert not (found.prompt[0] == found.both[0]).any()


def test_a_text_just_compared_by_words_has_an_entry_by_characters() -> None:
    assert MEASURE.zone_words == 6
    texts = [b"a b c d", b"a b c d e", b"v w x y z", b"a b c d e f"]
    found = plain.sketch(texts, [b"x"] * 4, MEASURE, NONE)
    assert found.extra_row.tolist() == [1, 2]
    by_characters = plain.sketch(texts, [b"x"] * 4, MEASURE._replace(min_words=100), NONE)
    np.testing.assert_array_equal(found.extra_prompt, by_characters.prompt[1:3])
    np.testing.assert_array_equal(found.extra_both, by_characters.both[1:3])


def test_bands_keep_the_recall_with_as_many_rows_as_they_can() -> None:
    def two_shared(rows: int) -> float:
        bands, equal = MEASURE.permutations // rows, 0.85**rows
        return 1 - (1 - equal) ** bands - bands * equal * (1 - equal) ** (bands - 1)

    assert (MEASURE.rows_per_band, MEASURE.bands) == (4, 15)
    assert two_shared(4) >= MEASURE.recall > two_shared(5)


def test_an_unreachable_recall_gives_bands_of_one() -> None:
    assert MEASURE._replace(threshold=0.01, margin=0.0, permutations=2).rows_per_band == 1


def test_signatures_estimate_the_jaccard_similarity() -> None:
    common = [plain.mix(number) for number in range(800)]
    left = common + [plain.mix(number) for number in range(1000, 1100)]
    right = common + [plain.mix(number) for number in range(2000, 2100)]
    agree = plain.signature(left, 2000) == plain.signature(right, 2000)
    assert float(agree.mean()) == pytest.approx(0.8, abs=0.04)


def test_hashes_of_tokens_do_not_collide() -> None:
    words = [f"{size * 'x'}{number}".encode() for size in range(20) for number in range(500)]
    words += [b"a" + b"\x00" * size for size in range(20)]
    hashes = {plain.token_hash(word) for word in words}
    assert len(hashes) == len(words)
    assert len({value >> 32 for value in hashes}) > 0.999 * len(words)


def test_hashes_stay_what_they_are() -> None:
    assert [plain.token_hash(token) for token in (b"a", b"characters", b"internationalisation")] == [
        0x8719CA12E8970702,
        0x6616A4D29DF7A004,
        0xED6B935F9E9652C,
    ]
    assert plain.run_hashes([1, 2, 3], 3) == [0xE6E3F784B8B52476]
