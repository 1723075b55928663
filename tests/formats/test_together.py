"""Looking at many rows together never hides what looking at one of them finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataaudit.formats.asks import find_asks, none_asks
from dataaudit.formats.placeholders import find_placeholder, none_unfilled

QUESTIONS = [
    "Answer with one of: yes, no", "In one word: what is it?", "Réponds en anglais, s'il te plaît.", "用一句话回答",
    "Reply in JSON only.", "What time is it?", "Oslo?\x1eassistant: It is\x1euser: In 5 words?", "", "x" * 9000,
]  # fmt: skip
ANSWERS = [
    "Dear {{name}},",
    "[TODO]",
    "<insert date>",
    "Lorem ipsum dolor",
    "Done.",
    "TODO: write",
    "在此‹插入›",
    "XXXX",
    "",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(QUESTIONS), max_size=6), st.sampled_from(["", "Answer in JSON only.", "Be kind."]))
def test_asks(questions: list[str], context: str) -> None:
    if none_asks([context] * len(questions), questions):
        assert not any(find_asks(context, question) for question in questions)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(ANSWERS) | st.none() | st.text(max_size=30), max_size=6))
def test_placeholders(answers: list[str | None]) -> None:
    if none_unfilled(answers):
        assert not any(find_placeholder(answer, "", "") for answer in answers if answer is not None)


@pytest.mark.parametrize("question", QUESTIONS[:5])
def test_a_row_that_asks_is_seen_among_others(question: str) -> None:
    assert find_asks("", question)
    assert not none_asks([""] * 3, ["What time is it?", question, "And where?"])


def test_rows_of_nothing_special_are_passed_over() -> None:
    assert none_asks(["Be kind."] * 2, ["What time is it?", "Where is my parcel from Lisbon?"])
    assert none_unfilled(["It is nine.", None, "At the post office."])
