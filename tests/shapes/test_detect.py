"""Which shape and which columns a file has: by majority, by name, by the look of the values, or by what was asked."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.errors import AmbiguousColumns, UsageError
from dataaudit.shapes import SHAPE_NAMES, reader_for
from dataaudit.shapes.base import Columns, Layout
from dataaudit.shapes.detect import detect
from tests.shapes.rows import JSON, ROWS, odd_rows


def found(rows: list[Any], **given: str) -> Layout:
    """The layout of rows, with columns given as a user would."""
    return detect(rows, columns=Columns(**given), path="set.csv")


def table(*names: str, rows: int = 20) -> list[dict[str, Any]]:
    """Rows of texts that are all different; columns named `label...` hold two values only."""
    return [
        {
            name: ("spam", "ham")[n % 2] if name.startswith("label") else f"{name} number {n} of the set"
            for name in names
        }
        for n in range(rows)
    ]


@pytest.mark.parametrize("name", ROWS)
def test_own_rows_give_their_shape(name: str) -> None:
    assert found([ROWS[name]] * 3).shape == name


@pytest.mark.parametrize(
    ("names", "shape", "columns"),
    [
        (("prompt", "completion"), "prompt-completion", Columns("prompt", "completion")),
        (("prompt", "completion", "category"), "prompt-completion", Columns("prompt", "completion", label="category")),
        (
            ("id", "system", "prompt", "completion"),
            "prompt-completion",
            Columns("prompt", "completion", "system", id="id"),
        ),
        (("prompt", "completion", "query_id"), "prompt-completion", Columns("prompt", "completion")),
        (("prompt", "response"), "prompt-response", Columns("prompt", "response")),
        (("question", "answer"), "pairs", Columns("question", "answer")),
        (("question", "query"), "pairs", Columns("question", "query")),
        (("answer", "question", "source"), "pairs", Columns("question", "answer")),
        (("Prompt", "Completion"), "prompt-completion", Columns("prompt", "completion")),
        (("prompt", "Response"), "prompt-response", Columns("prompt", "response")),
        (("Instruction", "Output"), "alpaca", Columns("instruction", "output")),
        (("Text", "Label"), "labeled-text", Columns("Text", label="Label")),
        (("User", "Assistant"), "pairs", Columns("User", "Assistant")),
        (("user question", "bot-answer"), "pairs", Columns("user question", "bot-answer")),
        (("userQuestion", "modelAnswer"), "pairs", Columns("userQuestion", "modelAnswer")),
        (("text", "summary"), "pairs", Columns("text", "summary")),
        (("prompt", "answer"), "pairs", Columns("prompt", "answer")),
        (("text", "intent"), "labeled-text", Columns("text", label="intent")),
        (("text", "category"), "labeled-text", Columns("text", label="category")),
        (("label", "foo", "text"), "labeled-text", Columns("text", label="label")),
        (("sentence", "label"), "labeled-text", Columns("sentence", label="label")),
        (("text", "title"), "text", Columns("text")),
        (("content",), "text", Columns("content")),
        (("question",), "prompt-only", Columns("question")),
        (("instruction", "input", "output"), "alpaca", Columns("instruction", "output")),
        (("instruction", "input", "response"), "alpaca", Columns("instruction", "response")),
        (("instruction", "input", "response", "output"), "alpaca", Columns("instruction", "output")),
        (
            ("instruction", "context", "response", "category"),
            "pairs",
            Columns("instruction", "response", label="category"),
        ),
        (("column1", "column2"), "pairs", Columns("column1", "column2")),
        (("foo", "bar"), "pairs", Columns("foo", "bar")),
        (("column2", "labels_of_column"), "labeled-text", Columns("column2", label="labels_of_column")),
    ],
    ids=str,
)
def test_columns_by_name(names: tuple[str, ...], shape: str, columns: Columns) -> None:
    layout = found(table(*names))
    assert (layout.shape, layout.columns) == (shape, columns)


def test_a_file_without_header_whose_first_column_is_the_label() -> None:
    rows = [{"column1": ("ham", "spam")[n % 2], "column2": f"message {n} with many more words"} for n in range(30)]
    layout = found(rows)
    assert (layout.shape, layout.columns) == ("labeled-text", Columns("column2", label="column1"))
    assert layout.guessed == ("text = column 'column2' (the longer text), label = column 'column1' (few short values)",)


@pytest.mark.parametrize(
    ("name", "shape", "columns"),
    [
        ("completion", "prompt-completion", Columns("prompt", "completion")),
        ("response", "prompt-response", Columns("prompt", "response")),
        ("output", "unknown", Columns()),
        ("answer", "unknown", Columns()),
        ("chosen", "unknown", Columns()),
    ],
)
def test_answers_alone_are_no_plain_text(name: str, shape: str, columns: Columns) -> None:
    layout = found(table(name))
    assert (layout.shape, layout.columns) == (shape, columns)
    assert "there is no prompt beside it" in layout.guessed[0]


def test_a_demanded_reinforcement_file_needs_no_grader_keys() -> None:
    rows = [{"messages": [{"role": "user", "content": "6 times 7?"}]}]
    assert found(rows).shape == "openai-chat"
    reading = reader_for(detect(rows, columns=Columns(), shape="openai-rft", path="a"))(rows[0])
    assert (reading.question, reading.answer, reading.notes) == ("6 times 7?", None, ())
    assert not {"other-shape", "no-assistant-turn", "empty-reference"} & set(reading.traits)
    unasked = reader_for(Layout("openai-rft"))(rows[0])
    assert "other-shape" in unasked.traits


def test_prompts_in_the_form_of_messages() -> None:
    rows = [{"prompt": [{"role": "system", "content": "s"}, {"role": "user", "content": "u"}]}] * 3
    layout = found(rows)
    assert (layout.shape, layout.columns.prompt) == ("prompt-only", "prompt")
    reading = reader_for(layout)(rows[0])
    assert (reading.context, reading.question, reading.answer, reading.notes) == ("s", "u", None, ())


def test_what_was_guessed_is_told() -> None:
    layout = found(table("question", "answer", "note"))
    assert layout.guessed == (
        "prompt = column 'question' (name), completion = column 'answer' (name)",
        "columns not read: 'note'",
    )
    assert found(table("prompt", "completion")).guessed == ()


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("instruction", "question", "answer"), "'instruction', 'question' could each be the prompt"),
        (("question", "response", "answer"), "--completion-column"),
        (("text1", "text2", "paraphrase"), "--prompt-column"),
        (("sentence", "review", "label"), "--text-column"),
        (("column1", "column2", "column3"), "--prompt-column"),
    ],
)
def test_equally_good_columns_are_asked_for(names: tuple[str, ...], words: str) -> None:
    with pytest.raises(AmbiguousColumns, match=words):
        found(table(*names))


def test_given_columns_win() -> None:
    rows = table("question", "response", "answer", "label_a")
    layout = found(rows, completion="answer")
    assert (layout.shape, layout.columns.prompt, layout.columns.completion) == ("pairs", "question", "answer")
    assert found(rows, prompt="answer", label="label_a").shape == "labeled-text"
    assert found(table("prompt", "completion"), prompt="completion", completion="prompt").shape == "pairs"
    given = found(table("instruction", "input", "response", "output"), completion="response")
    assert (given.shape, given.columns) == ("alpaca", Columns("instruction", "response"))


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (Columns(prompt="promt"), "did you mean 'prompt'"),
        (Columns(prompt="prompt", completion="prompt"), "cannot be both"),
        (Columns(label="zzz"), "columns: 'prompt', 'completion'"),
    ],
)
def test_impossible_columns_are_refused(columns: Columns, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        detect(table("prompt", "completion"), columns=columns, path="a.csv")


def test_a_demanded_shape() -> None:
    rows = table("prompt", "completion")
    assert detect(rows, columns=Columns(), shape="text", path="a").shape == "text"
    assert detect(rows, columns=Columns(), shape="pairs", path="a").columns == Columns("prompt", "completion")
    with pytest.raises(UsageError, match="did you mean openai-chat"):
        detect(rows, columns=Columns(), shape="openai-chats", path="a")


@pytest.mark.parametrize("rows", [[], [1, "a", None], [{}], [{"x": {"y": 1}}], [{"id": "a", "function": []}]], ids=str)
def test_nothing_usable(rows: list[Any]) -> None:
    layout = found(rows)
    assert layout.shape == "unknown"
    assert layout.guessed


def test_the_majority_decides_and_ties_do_not_depend_on_the_order() -> None:
    pair, chat = ROWS["prompt-completion"], {"messages": [{"role": "user", "content": "a"}]}
    assert found([chat, pair, pair]).shape == "prompt-completion"
    rows = [pair, chat] * 5
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        assert found(rows).shape == "openai-chat"


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ([{"text": "a b", "label": [[0, 1, "X"]]}, {"text": "c", "label": []}], Columns()),
        ([{"text": "a b", "label": ["X"]}, {"text": "c", "label": []}], Columns(label="label")),
        ([{"text": "a", "annotations": [{"label": 15, "user": 1}]}], Columns(label="annotations")),
        ([{"text": "a", "annotations": [{"text": "b", "user": 1}]}], Columns()),
        ([{"my_text": "a", "my_label": [[0, 1, "X"]]}], Columns(prompt="my_text", completion="my_label")),
        ([{"my_text": "a", "my_label": ["X"]}], Columns(prompt="my_text", label="my_label")),
    ],
    ids=str,
)
def test_doccano_classes_and_spans(rows: list[dict[str, Any]], columns: Columns) -> None:
    assert found(rows) == Layout("doccano", columns, found(rows).guessed)


@given(rows=st.lists(odd_rows() | JSON, max_size=8))
def test_any_rows_give_a_layout_or_a_question(rows: list[Any]) -> None:
    try:
        layout = found(rows)
    except AmbiguousColumns as error:
        with pytest.raises(AmbiguousColumns, match=re.escape(error.what)):
            found(rows)
        return
    assert layout.shape in {*SHAPE_NAMES, "unknown"}
    assert layout == found(rows)


def tickets(**more: str) -> list[dict[str, str]]:
    """Rows of a help desk: numbered texts, and a category of two values."""
    return [
        {"ticket_id": f"T{n}", "customer_message": f"Where is order {n}, sent last week?", "category": "ab"[n % 2]}
        | {name: f"{text} {n}, with many more words behind it" for name, text in more.items()}
        for n in range(10)
    ]


def test_an_answer_by_a_word_of_its_name_makes_a_pair_of_labeled_rows() -> None:
    layout = detect(tickets(agent_reply="It is on its way"), columns=Columns(), path="t.csv")
    assert layout.shape == "pairs"
    assert layout.columns == Columns("customer_message", "agent_reply", label="category", id="ticket_id")


def test_labeled_rows_without_an_answer_stay_labeled_text() -> None:
    layout = detect(tickets(remark="Seen"), columns=Columns(), path="t.csv")
    assert layout.shape == "labeled-text"
    assert layout.columns == Columns("customer_message", label="category", id="ticket_id")


@pytest.mark.parametrize(
    ("name", "values"), [("user_id", range(10)), ("ticket_id", [*range(9), 0]), ("valid", range(10))]
)
def test_what_does_not_name_a_row_is_no_id(name: str, values: Any) -> None:
    rows = [{"prompt": f"p {n}", "completion": f"c {n}", name: str(value)} for n, value in enumerate(values)]
    assert detect(rows, columns=Columns(), path="t.csv").columns.id is None
