from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.text.safe import clip, display_width, escape, excerpt, mask


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a\x1b[31mb\x00\n\x7f\x9b", r"a\x1b[31mb\x00\x0a\x7f\x9b", id="controls"),
        pytest.param("\u202eabc\u2066\u200f", r"\u202eabc\u2066\u200f", id="direction"),
        pytest.param("x\ufeff\u200b\u2028\ud800\U000e0041", r"x\ufeff\u200b\u2028\ud800\U000e0041", id="invisible"),
        pytest.param("a\u200db \u200c", r"a\u200db \u200c", id="joiner-where-none-belongs"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="persian-keeps-its-joiner"),
        pytest.param("क्\u200dष", "क्\u200dष", id="hindi-keeps-its-joiner"),
        pytest.param("👨\u200d👩\u200d👧 👩🏽\u200d🚀", "👨\u200d👩\u200d👧 👩🏽\u200d🚀", id="emoji-keep-theirs"),
        pytest.param("عربي Tiếng Việt 中文 ßı", "عربي Tiếng Việt 中文 ßı", id="scripts"),
        pytest.param(r"C:\new \u0041", r"C:\new \u0041", id="backslashes-stay"),
    ],
)
def test_escape(text: str, shown: str) -> None:
    assert escape(text) == shown
    assert escape(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("mail john.smith@example.com now", "mail jo*** now", id="e-mail"),
        pytest.param("müller@bücher.example", "mü***", id="e-mail-of-any-script"),
        pytest.param(r"{\"to\": \"anna\u0040example.org\"}", r"{\"to\": \"an***\"}", id="e-mail-with-escaped-at"),
        pytest.param("+49 (0) 170 1234567", "+4***", id="phone"),
        pytest.param("٠١٢٣٤٥٦٧٨", "٠١***", id="arabic-digits"),
        pytest.param("4111-1111-1111-1111", "41***", id="card"),
        pytest.param("4111\u200b1111\u200b1111 1111", "41***", id="card-with-hidden-spaces"),
        pytest.param("key sk-abcdefghijklmnop here", "key sk-*** here", id="vendor-key"),
        pytest.param("ghp_0123456789abcdefABCDEF0123", "ghp***", id="github"),
        pytest.param("AKIAIOSFODNN7EXAMPLE", "AKI***", id="aws"),
        pytest.param("xoxb-1234-abcd", "xox***", id="slack"),
        pytest.param("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc", "eyJ***", id="jwt"),
        pytest.param("d41d8cd98f00b204e9800998ecf8427e", "d41***", id="random-hex"),
        pytest.param("password=hunter2", "password=hu***", id="password"),
        pytest.param('{"password": "hunter2"}', '{"password": "hu***"}', id="password-in-json"),
        pytest.param('{\\"api_key\\": \\"abcdef\\"}', '{\\"api_key\\": \\"ab***\\"}', id="password-in-json-in-json"),
        pytest.param("пароль: секрет", "пароль: се***", id="password-in-russian"),
        pytest.param("my password is hunter2", "my password is hu***", id="password-said"),
        pytest.param("postgres://u:pw@db/x", "postgres://u:***@db/x", id="password-in-address"),
        pytest.param("Bearer abcdef123456", "Bearer ab***", id="bearer"),
        pytest.param(r"\u0073\u006b\u002d\u0061\u0062\u0063", "***", id="written-as-escapes"),
        pytest.param(
            r"-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
            "-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----",
            id="private-key",
        ),
        pytest.param("-----BEGIN PRIVATE KEY-----\nMII cut", "-----BEGIN PRIVATE KEY-----***", id="key-without-end"),
    ],
)
def test_mask(text: str, shown: str) -> None:
    assert mask(text) == shown
    assert mask(shown) == shown


@pytest.mark.parametrize(
    "text",
    [
        "The password is incorrect",
        "line 12 of 340, 1,204,000 rows",
        "on 2026-11-21 at 10:30",
        "0.123456789 0.5",
        "internationalization_of_things_is_long",
        "sk- and eyJ alone",
        "Das ist ein ganz gewöhnlicher Satz. 这是一句话。",
        "def f(x): return x[1:2] # see https://example.org/a/b",
    ],
)
def test_ordinary_text_is_not_masked(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    "piece",
    ["a", "1 ", "a@", "password=", "-----BEGIN PRIVATE KEY-----", "a1", "a.b@c.", "eyJ", "\\u0041", "x://y:"],
)
def test_masking_hostile_text_is_linear(piece: str) -> None:
    started = time.perf_counter()
    mask(piece * (400_000 // len(piece)))
    assert time.perf_counter() - started < 5


@given(st.text(), st.integers(1, 50), st.integers(10, 120))
def test_an_excerpt_fits_and_is_printable(raw: str, column: int, width: int) -> None:
    text, caret = excerpt(raw, column, width)
    assert display_width(text) <= width
    assert escape(text) == text
    assert caret is not None
    assert 0 <= caret <= len(text)


@pytest.mark.parametrize(
    ("raw", "column", "width", "text", "under"),
    [
        pytest.param("short", 3, 80, "short", "o", id="short"),
        pytest.param("short", 6, 80, "short", "", id="behind-the-end"),
        pytest.param("x" * 50 + "Y" + "z" * 50, 51, 20, "...xxxxxxxYzzzzzz...", "Y", id="both-sides-cut"),
        pytest.param("abcdefghijklmnop", 1, 10, "abcdefg...", "a", id="end-cut"),
        pytest.param("abcdefghijklmnop", 16, 10, "...jklmnop", "p", id="start-cut"),
        pytest.param("中" * 20, 1, 10, "中中中...", "中", id="wide-letters"),
        pytest.param("a\x1b\x1bXb", 4, 80, r"a\x1b\x1bXb", "X", id="caret-moves-with-escapes"),
        pytest.param("john@example.com X", 18, 80, "jo*** X", "X", id="caret-moves-with-masks"),
        pytest.param("to john@example.com X", 10, 80, "to jo*** X", "j", id="caret-inside-a-secret"),
        pytest.param("x" * 3000 + "Y", 3001, 12, "...xxxxxxxxY", "Y", id="far-right"),
    ],
)
def test_excerpt(raw: str, column: int, width: int, text: str, under: str) -> None:
    found, caret = excerpt(raw, column, width)
    assert found == text
    assert caret is not None
    assert found[caret : caret + 1] == under


@pytest.mark.parametrize("width", range(12, 80, 3))
@pytest.mark.parametrize("column", [1, 12, 30, 60])
def test_a_cut_never_shows_a_secret(column: int, width: int) -> None:
    secret = "sk-AbCdEfGhIjKlMnOpQrStUvWx0123456789"
    text, _ = excerpt(f"some text {secret} some text that goes on", column, width)
    assert not any(secret[n : n + 5] in text for n in range(len(secret) - 4))


def test_without_a_caret_the_start_is_shown() -> None:
    assert clip("abcdefghij", None, 8) == ("abcde...", None)
    assert excerpt("y" * 5000, None, 10) == ("yyyyyyy...", None)
