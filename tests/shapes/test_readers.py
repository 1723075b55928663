"""Readers: both paths agree, rows of another shape are told apart from broken ones, and nothing raises."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.errors import UsageError
from dataaudit.shapes import SHAPE_NAMES, reader_for
from dataaudit.shapes.base import Columns, Layout
from dataaudit.shapes.readers import Thorough
from dataaudit.shapes.registry import claimant, default_shape
from tests.shapes.rows import JSON, ROWS, odd_rows

FAST = [
    Layout("prompt-completion"),
    Layout("prompt-completion", Columns("prompt", "completion")),
    Layout("prompt-completion", Columns("prompt", "completion", label="label", id="id", system="text")),
    Layout("prompt-response", Columns("prompt", "response", label="label")),
    Layout("pairs", Columns("prompt", "text")),
    Layout("labeled-text", Columns("text", label="label")),
    Layout("labeled-text", Columns("text", label="label", id="id")),
    Layout("alpaca", Columns("instruction", "output")),
    Layout("alpaca", Columns("instruction", "response")),
    Layout("alpaca"),
    Layout("text"),
    Layout("prompt-only", Columns("prompt", id="id")),
]
WORDS = st.sampled_from(["", " ", "\n", "a", "b", "some words", "\x1c", "\u3000", "\x00"])
FLAT = st.dictionaries(
    st.sampled_from(
        ["prompt", "completion", "response", "text", "label", "instruction", "input", "output", "id", "system"]
    ),
    WORDS | st.sampled_from([None, 1, True, 2.5]) | JSON,
    max_size=7,
)


@pytest.mark.parametrize("layout", FAST, ids=str)
@given(rows=st.lists(FLAT | odd_rows(), min_size=1, max_size=6))
def test_fast_path_agrees_with_the_thorough_one(layout: Layout, rows: list[dict[str, Any]]) -> None:
    fast, thorough = reader_for(layout), Thorough(layout)
    for row in rows + rows:
        assert fast(row) == thorough(row)


@pytest.mark.parametrize("name", [*ROWS, "openai-chat", "sharegpt", "preference", "gemini", "unknown"])
@given(value=odd_rows() | JSON)
def test_a_reader_never_raises(name: str, value: Any) -> None:
    reading = reader_for(Layout(name))(value)
    assert isinstance(reading.question, str)
    assert reading.answer is None or isinstance(reading.answer, str)
    assert reading.label is None or isinstance(reading.label, str)
    assert all(isinstance(trait, str) for trait in reading.traits)


@pytest.mark.parametrize(
    ("layout", "row", "context", "question", "answer", "label"),
    [
        (Layout("prompt-completion"), ROWS["prompt-completion"], "", "Capital of Peru?", "Lima", None),
        (Layout("alpaca"), ROWS["alpaca"], "Be brief", None, "le chien", None),
        (
            Layout("labeled-text", Columns("text", label="label")),
            ROWS["labeled-text"],
            "",
            "My card is lost",
            "lost_card",
            "lost_card",
        ),
        (Layout("text"), ROWS["text"], "", "Rain fell on the harbour.", None, None),
        (Layout("prompt-only"), ROWS["prompt-only"], "", "Tell me a story", None, None),
        (Layout("prodigy"), ROWS["prodigy"], "", "Fix typo in README\nDOCS", "reject", None),
        (Layout("doccano", Columns(label="label")), ROWS["doccano"], "", "Bad service", "negative", "negative"),
        (Layout("label-studio"), ROWS["label-studio"], "", "Great shoes", "positive", "positive"),
        (Layout("label-studio-min"), ROWS["label-studio-min"], "", "Late again", "negative", "negative"),
        (Layout("argilla"), ROWS["argilla"], "", "Good film", "positive", "positive"),
        (Layout("segments"), ROWS["segments"], "", "Q: 1 + 1? A: ", "2", None),
        (Layout("nemo-embedding"), ROWS["nemo-embedding"], "", "heat pump", "It moves heat.", None),
    ],
    ids=lambda value: value.shape if isinstance(value, Layout) else "",
)
def test_parts(
    layout: Layout, row: dict[str, Any], context: str, question: str | None, answer: str | None, label: str | None
) -> None:
    reading = reader_for(layout)(row)
    assert (reading.context, reading.answer, reading.label) == (context, answer, label)
    assert question is None or reading.question == question
    assert f"shape:{layout.shape}" in reading.traits


PAIR = Layout("prompt-completion", Columns("prompt", "completion"))
LABELED = Layout("prompt-completion", Columns("prompt", "completion", label="category"))


@pytest.mark.parametrize(
    ("layout", "row", "wanted", "unwanted"),
    [
        (PAIR, {"prompt": "a", "completion": ""}, ["empty-answer"], ["empty-prompt", "blank-answer"]),
        (PAIR, {"prompt": "a", "completion": " \t"}, ["blank-answer"], ["empty-answer"]),
        (
            PAIR,
            {"Prompt": "a", "completion": "b"},
            ["missing-field:prompt", "field-case:prompt"],
            ["other-shape", "unknown-shape", "field:Prompt", "field-case:completion"],
        ),
        (PAIR, {"prompt": "a", "COMPLETION": "b"}, ["field-case:completion"], ["other-shape", "no-assistant-turn"]),
        (PAIR, {"prompt": "a", "completion": "b", "Prompt": "c"}, ["field:Prompt"], ["field-case:prompt"]),
        (
            Layout("openai-chat"),
            {"Messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]},
            ["missing-field:messages", "field-case:messages", "ends-with:assistant"],
            ["unknown-shape"],
        ),
        (
            Layout("openai-chat"),
            {"messages": [{"Role": "user", "Content": "a"}, {"role": "assistant", "content": "b"}]},
            ["missing-field:role", "field-case:role", "field-case:content"],
            ["other-shape"],
        ),
        (PAIR, {"prompt": "", "completion": "b"}, ["empty-prompt"], ["empty-answer"]),
        (PAIR, {"prompt": "a", "completion": None}, ["null-answer"], ["other-shape", "unknown-shape"]),
        (PAIR, {"prompt": None, "completion": "b"}, ["wrong-type:prompt"], ["other-shape"]),
        (PAIR, {"prompt": "a", "completion": 4}, ["wrong-type:completion"], ["other-shape"]),
        (PAIR, {"prompt": "a"}, ["missing-field:completion"], ["other-shape", "unknown-shape", "no-assistant-turn"]),
        (PAIR, {"x": 1}, ["unknown-shape", "missing-field:prompt"], ["other-shape"]),
        (PAIR, {"prompt": "a", "completion": "b", "note": 1}, ["field:note"], ["unknown-shape"]),
        (PAIR, ROWS["alpaca"], ["other-shape", "shape:alpaca"], ["missing-field:prompt"]),
        (
            PAIR,
            {"messages": [{"role": "user", "content": "a"}]},
            ["other-shape", "shape:openai-chat"],
            ["unknown-shape"],
        ),
        (PAIR, ROWS["text"], ["other-shape", "shape:text"], []),
        (LABELED, {"prompt": "a", "completion": "b", "category": " "}, ["label-missing"], ["empty-answer"]),
        (LABELED, {"prompt": "a", "completion": "b"}, ["label-missing"], []),
        (LABELED, {"prompt": "a", "completion": "b", "category": "c"}, ["field:category"], ["label-missing"]),
        (Layout("labeled-text"), {"text": "a", "label": ""}, ["label-missing"], ["empty-answer", "no-assistant-turn"]),
        (Layout("prodigy"), {**ROWS["prodigy"], "answer": "ignore"}, ["not-for-training"], []),
        (Layout("argilla"), {**ROWS["argilla"], "status": "discarded"}, ["not-for-training"], []),
        (
            Layout("label-studio"),
            {"data": {"text": "a"}, "annotations": [{"result": [], "was_cancelled": True}]},
            ["not-for-training"],
            ["label-missing"],
        ),
        (Layout("label-studio"), ROWS["label-studio"], [], ["not-for-training", "label-missing", "field:annotations"]),
        (Layout("doccano", Columns(label="label")), {"text": "a", "label": []}, ["label-missing"], []),
        (Layout("doccano"), {"text": "a", "label": []}, [], ["label-missing"]),
        (Layout("label-studio-min"), ROWS["label-studio-min"], [], ["field:text", "field:sentiment", "label-missing"]),
        (Layout("image-caption"), ROWS["image-caption"], ["has:image"], ["media-in-answer"]),
        (Layout("openai-chat"), ROWS["prompt-completion"], ["other-shape", "shape:prompt-completion"], []),
        (Layout("unknown"), {"x": 1}, ["unknown-shape"], []),
    ],
)
def test_traits(layout: Layout, row: dict[str, Any], wanted: list[str], unwanted: list[str]) -> None:
    reading = reader_for(layout)(row)
    assert set(wanted) <= set(reading.traits)
    assert not set(unwanted) & set(reading.traits)


@pytest.mark.parametrize(
    ("row", "trait", "words"),
    [
        ({"Prompt": "a", "completion": "b"}, "missing-field:prompt", "'Prompt'"),
        ({"prompt": "a", "answer": "b"}, "missing-field:completion", "'answer'"),
    ],
)
def test_a_missing_field_that_has_another_name_is_hinted(row: dict[str, Any], trait: str, words: str) -> None:
    notes = {note.trait: note for note in reader_for(PAIR)(row).notes}
    assert words in notes[trait].detail


def test_conflicting_verdicts_in_prodigy_share_their_question() -> None:
    read = reader_for(Layout("prodigy"))
    accept, reject = read({**ROWS["prodigy"], "answer": "accept"}), read(ROWS["prodigy"])
    assert accept.question == reject.question
    assert accept.answer != reject.answer


def test_a_memo_of_kinds_is_bounded() -> None:
    from dataaudit.shapes.fast_pairs import MOST_KINDS, _Memo

    memo = _Memo(Thorough(PAIR))
    for index in range(MOST_KINDS + 10):
        memo.learn(index, {"prompt": "a", "completion": "b"})
    assert len(memo.kinds) == 10


def test_an_unknown_shape_is_refused() -> None:
    with pytest.raises(UsageError, match="did you mean alpaca"):
        reader_for(Layout("alpacca"))


@given(row=odd_rows())
def test_the_claimant_is_the_first_shape_that_claims(row: dict[str, Any]) -> None:
    first = next((name for name in SHAPE_NAMES if default_shape(name).claims(row)), None)
    shape = claimant(row)
    assert (None if shape is None else shape.name) == first


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"prompt": "a", "response": "b"}, "; rename response to completion"),
        ({"instruction": "a", "output": "b"}, "prompt-completion"),
        ({"prompt": "a", "response": 4, "messages": []}, "prompt-completion"),
    ],
    ids=["one-name", "two-names", "no-text"],
)
def test_advice_for_a_row_of_another_shape(row: dict[str, Any], words: str) -> None:
    notes = [note for note in reader_for(PAIR)(row).notes if note.trait == "other-shape"]
    assert all(note.detail.endswith(words) for note in notes)
    assert len(notes) == 1


@pytest.mark.parametrize("shape", ["pair", "chat"])
@pytest.mark.parametrize(
    ("answer", "wanted"),
    [("\u200b", "blank-answer"), (" \u2060\ufeff\u00ad\n", "blank-answer"), ("\u200c\u200da", None), ("é", None)],
    ids=["space", "several", "letter", "accent"],
)
def test_an_answer_that_cannot_be_seen(shape: str, answer: str, wanted: str | None) -> None:
    chat = {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": answer}]}
    row = {"prompt": "a", "completion": answer} if shape == "pair" else chat
    read = reader_for(PAIR if shape == "pair" else Layout("openai-chat"))
    for _ in range(2):
        found = [trait for trait in read(row).traits if trait in ("blank-answer", "empty-answer")]
        assert found == ([] if wanted is None else [wanted])
