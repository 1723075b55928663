from __future__ import annotations

import pytest

from dataaudit.formats.measures import casing, sentences, words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("billing", 1),
        ("One. Two! Three?", 3),
        ("It costs 3.50 a day. Fine.", 2),
        ("Dr. Smith met J. Doe at 5 p.m. yesterday.", 1),
        ("Wait... what?!", 2),
        ("今天很好。我们走吧！", 2),
        ("यह अच्छा है। चलो।", 2),
        ("هل أنت هنا؟ نعم.", 2),
        ("สวัสดีครับ\nลาก่อน", 2),
        ('He said "no." Then he left.', 2),
        ("No mark at the end\nsecond line", 2),
    ],
    ids=repr,
)
def test_sentences(text: str, count: int) -> None:
    assert sentences(text) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("one two  three", 3),
        ("今天天气", 2),
        ("สวัสดี", 3),
        ("GPT 很好用", 3),
        ("l'été à Paris", 3),
        ("привет мир", 2),
    ],
    ids=repr,
)
def test_words(text: str, count: int) -> None:
    assert words(text) == count


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("card arrival", "lower"), ("BILLING", "upper"), ("Card Arrival", "title"), ("Card arrival", "sentence"),
        ("Billing", "sentence"), ("cARD", "mixed"), ("card Arrival", "mixed"), ("非常好", "none"), ("42", "none"),
        ("", "none"), ("Привет Мир", "title"), ("école", "lower"), ("A", "upper"),
    ],
    ids=repr,
)  # fmt: skip
def test_casing(text: str, case: str) -> None:
    assert casing(text) == case
