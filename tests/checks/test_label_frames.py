"""Places and tokens of prompts in which labels are looked for, in hostile texts too."""

from __future__ import annotations

import random
import time

import pytest

from dataaudit.checks.give_aways import length_tells, tokens
from dataaudit.checks.label_frames import Frame, LabelForms, framed
from dataaudit.checks.label_words import answer_names, plain


def test_lengths_are_tried_on_rows_that_they_were_not_learned_on() -> None:
    random_ = random.Random(4)
    sizes, labels = [random_.randint(1, 10**6) for _ in range(60)], [random_.randint(1, 2) for _ in range(60)]
    assert length_tells(sizes, labels, list(range(60)))[0] < 0.7


HOSTILE = [
    "\ud800 label: \udfff",
    "\x00" * 50,
    "label:" * 20_000,
    "(" * 50_000,
    "[a" * 20_000,
    "__" * 20_000,
    "́" * 9_000,
    "=",
]


@pytest.mark.parametrize(
    "text", HOSTILE, ids=["surrogates", "nul", "names", "open", "brackets", "lines", "marks", "sign"]
)
def test_hostile_prompts_are_read_in_linear_time(text: str) -> None:
    forms = LabelForms({1: "a", 2: "\ud800", 3: "", 4: "::", 5: "A"})
    start = time.perf_counter()
    for _ in range(20):
        framed(text, forms, answer_names())
        tokens(text)
    assert time.perf_counter() - start < 10


def test_labels_that_cannot_be_told_apart_are_not_looked_for() -> None:
    forms = LabelForms({1: "C", 2: "C++", 3: "play_music", 4: "Play", 5: "☺"})
    assert forms.keys == {"play music": 3, "play": 4}
    assert [forms.first(text) for text in ("play  music now", "PLAY it", "player", "c")] == [3, 4, None, None]


def test_a_place_with_two_labels_is_left_out() -> None:
    forms = LabelForms({1: "yes", 2: "no"})
    text = "Label: yes\nLabel: no\nOutput = no"
    assert framed(text, forms, answer_names()) == {Frame("named", "output"): 2, Frame("end"): 2}


@pytest.mark.parametrize(
    ("text", "form"),
    [("  Card-Arrival! ", "card arrival"), ("ÉTIQUETTE", "étiquette"), ("标签", "标签"), ("लेबल:", "लेबल"), ("--", "")],
)
def test_plain_form(text: str, form: str) -> None:
    assert plain(text) == form
