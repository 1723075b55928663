"""The compiled normal forms are those of the definition, to the byte; and hostile texts cost them little."""

from __future__ import annotations

import os
import shutil
import sys
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.text import characters, compiled, normalize
from dataaudit.text.libraries import open_library
from dataaudit.text.normalize import normalize_column

with_library = pytest.mark.skipif(not compiled.COMPILED, reason="no compiled library: the definition is used")

SCRIPTS = {
    "Latin": "Straße ŉ İı Æther ǅ ﬁ ﬃ naïve cafe\u0301 a\u0323\u0302 \u1e9e K Å",
    "Vietnamese": "Trí tuệ nhân tạo được Thuật ngữ ĐƯỜNG",
    "Greek": "ΟΔΟΣ ὈΔΥΣΣΕΎΣ ᾳ ΐ ς \u0345 ; ΄",
    "Cyrillic": "Ёлка и\u0306 йод ЩУКА ѷ",
    "Arabic": "مُحَمَّد آب ا\u0653 ء\u0654 ﷲ ﷺ ١٢٣ ـ\u0651\u064e \u064e\u0651",
    "Hebrew": "שָׁלוֹם שׁ ב\u05bc\u05b0 ב\u05b0\u05bc",
    "Devanagari": "हिन्दी क़ क\u093c न\u093c \u0929 र्‍य",
    "Bengali, Tamil": "ো ো কৌ কো கொ கொ",
    "Thai, Lao": "น้ำ ที่ ผู้ กุ่ ก\u0e48\u0e38 ກຳ",
    "Myanmar, Tibetan": "ဦ ဦ མྱ ཱི \u0f71\u0f72",
    "Han": "你好，世界！「智能」㍿ ㋿ ㎏ 豈 𠀀 𠮷 。３．５",
    "Kana": "ガード ｶﾞ か\u3099 ﾊﾟ は\u309a ゟ ヿ",
    "Hangul": "한국어 각 가 ᄀ ᅡ ᆨ 각 ㄱㅏ ﾡￂ \u1160 \ud7b0",
    "Emoji": "😀❤\ufe0f 👩\u200d💻 🇩🇪 👍🏽 1\ufe0f\u20e3 ©",
    "signs": "＝-1 ＋-2 \xa0-3 \u3000-4 。-5 ．5 1。2 ≠ =\u0338 -１ −1 !＝ x² ½ ① 10⁵ \u2028-6 \x85-7 \x1c-8",
    "unseen": "\u200b\u200c\u200d\ufeff\u00ad\u034f\u061c\u2060\U000e0041\x7f\x80 \ue000 \U0010ffff",
    "lone surrogates": "\ud800 \udc00 \ud83d\ude00 \udfff",
    "ordered marks": "ب\u0651\u064e\u0650 ب\u0651\u200d\u064e é\u0316\u0334 a\u0316\u0334\u0327 "
    + "a\u0651\u0650\u064e\u05b0" * 20,
    "many marks": "a" + "\u0651\u0650\u064e\u05b0" * 40,
    "other marks": "a\u0316\u0301 a\u0301\u0316 a\u0316\u0334 \u0344 \u0340 \U0001d15e \U00011131\U00011127",
}
PIECES = [piece for text in SCRIPTS.values() for piece in text.split(" ")] + [
    char for text in SCRIPTS.values() for char in text
]
SIGNS = " \t\n\r\x00\x01\x02\x03\x04\x1c\x1f\x7f--..!!==++*/<>^%$&|~#@(),;_`'0123aZ"

ascii_texts = st.text(SIGNS, max_size=150)
mixed = st.lists(st.sampled_from(PIECES) | st.text(SIGNS, max_size=4), max_size=40).map("".join)
any_text = st.text(st.characters(), max_size=40)
texts = st.one_of(ascii_texts, mixed, mixed, any_text)


def new_forms() -> compiled.NormalForms:
    """One that has not met any character."""
    return compiled.NormalForms(normalize.normalize, normalize._folded)


def expected(column: list[str]) -> list[bytes]:
    return [normalize.normalize(text) for text in column]


def test_the_library_is_there_where_it_can_be_compiled() -> None:
    if os.environ.get("DATAAUDIT_PURE") or not (shutil.which("cc") or shutil.which("cl")):
        pytest.skip("nothing to compile with")
    assert compiled.COMPILED, "install anew (pip install -e .): there is a compiler, but no library of this version"


@with_library
@given(st.lists(texts, max_size=6))
def test_forms_are_those_of_the_definition(column: list[str]) -> None:
    assert normalize_column(column) == expected(column)


@with_library
@given(st.lists(st.text(SIGNS[:20] + " a1-.", min_size=50, max_size=200), max_size=3), st.sampled_from(["", "é", "か"]))
def test_blanks_and_signs_across_blocks(column: list[str], end: str) -> None:
    column = [text + end for text in column]
    assert normalize_column(column) == expected(column)


@with_library
@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_scripts(text: str) -> None:
    column = [text, text.upper(), *text, *text.split(" "), text * 9, unicodedata.normalize("NFD", text)]
    forms = new_forms()
    assert forms(column) == expected(column)
    assert forms(column[::-1]) == expected(column[::-1])


@with_library
@pytest.mark.parametrize("size", [1, 62, 63, 64, 65, 127, 128, 129, 191, 192, 193])
@pytest.mark.parametrize("filler", [" ", "a", "=", "a ", " =", "-1", "1.", ".5", "!="])
def test_sizes_around_a_block(size: int, filler: str) -> None:
    text = (filler * size)[:size]
    column = [text, f"b{text}", f"{text}b", f" {text}=", f"=\n{text} ", f"b{text}é", f"字{text}", f"- {text}-"]
    assert normalize_column(column) == expected(column)


@with_library
def test_each_character_among_others() -> None:
    """Of all but the great blocks of letters that are alike: Han, Hangul, Tangut, private use."""
    alike = [(0x4E20, 0x9FE0), (0x3420, 0x4DA0), (0xAC20, 0xD780), (0xE010, 0xF8F0), (0x17020, 0x18C00)]
    codes = [code for code in range(128, 0x1FFFF) if not any(start <= code < end for start, end in alike)]
    chars = [char for char in map(chr, codes) if unicodedata.category(char) != "Cn"]
    column = [f"e{char}-1{char}=\u0316 {char}{char}.5" for char in chars]
    wrong = [
        char for char, form, own in zip(chars, normalize_column(column), expected(column), strict=True) if form != own
    ]
    assert wrong == []


def test_all_characters_that_compose_are_known() -> None:
    composed = []
    for char in map(chr, range(sys.maxunicode + 1)):
        parts = unicodedata.decomposition(char)
        if " " in parts and parts[0] != "<" and unicodedata.normalize("NFC", char) == char:
            composed.append(chr(int(parts.split()[1], 16)))
    assert len(composed) > 900
    assert set(composed) <= characters.composing()


@with_library
def test_ordinary_texts_of_all_scripts_are_not_left_to_python() -> None:
    latin = ["Trí tuệ nhân tạo", "naïve ❤\ufe0f", "Искусственный йод", "Ελληνικά"]
    others = [
        "م\u064f\u062d\u0645\u0651\u064e\u062f",
        "ذكاء",
        "ב\u05bc\u05b0",
        "ที่ น้ำ ผู้",
        "你好，世界",
        "ガード",
        "한국어",
        "हिन्दी",
    ]
    column = [*latin, *others]
    left: list[str] = []

    def definition(text: str) -> bytes:
        left.append(text)
        return b""

    assert compiled.NormalForms(definition, normalize._folded)(column) == expected(column)
    assert left == []


def test_empty_columns_and_texts() -> None:
    assert normalize_column([]) == []
    assert normalize_column(["", " ", "\n", "?!", " … "]) == [b"", b"", b"", b"?!", "…".encode()]


@with_library
def test_many_texts_in_parts() -> None:
    column = [f"Text {number}: É{chr(0x4E00 + number)} - {number}.5" for number in range(1000)]
    assert normalize_column(column) == expected(column)


@with_library
def test_threads_share_what_is_met() -> None:
    forms = new_forms()
    columns = [[chr(0x4E00 + 37 * number + place) * 3 + " Ω" for place in range(60)] for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(forms, columns * 3)) == [expected(column) for column in columns] * 3


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("a" + " " * 3_000_000 + "b", b"a b"),
        ("- " * 1_500_000 + "b", b"b"),
        ("é" + " -" * 1_500_000 + "b", "é b".encode()),
        ("=" + " =" * 1_500_000, b"=" * 1_500_001),
    ],
    ids=["blanks", "dashes", "dashes beside other letters", "symbols"],
)
def test_long_runs_take_linear_time(text: str, form: bytes) -> None:
    start = time.perf_counter()
    assert normalize_column([text, text]) == [form, form]
    assert time.perf_counter() - start < 5


def test_without_the_library_the_definition_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_LIBRARY", None)
    column = ["Hello, World! -1", "Élan 1.5", "", "か\u3099"]
    assert normalize_column(column) == expected(column)


@with_library
def test_a_library_of_another_version_is_not_used() -> None:
    source = Path(compiled.__file__).with_name("normal.c")
    assert open_library(source, 1, {}) is not None
    assert open_library(source, 0, {}) is None
    assert open_library(source, 1, {"no_such": ()}) is None


def test_a_library_that_cannot_be_opened_is_not_used(tmp_path: Path) -> None:
    for suffix in ("so", "dll"):
        (tmp_path / f"_broken.{suffix}").write_bytes(b"no library")
    assert open_library(tmp_path / "broken.c", 1, {}) is None
    assert open_library(tmp_path / "missing.c", 1, {}) is None
