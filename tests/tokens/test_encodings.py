"""Counts equal those that tiktoken gave, text by text, whatever the text holds."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.tokens.encodings import OPENAI, available, count

RECORDED: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "fixtures" / "tokens" / "tiktoken.json").read_text(encoding="utf-8")
)
TEXTS = [vector["text"] for vector in RECORDED["vectors"]]


@pytest.mark.parametrize("encoding", OPENAI)
def test_counts_are_those_of_tiktoken(encoding: str) -> None:
    assert len(TEXTS) > 60
    assert count(TEXTS, encoding) == [vector[encoding] for vector in RECORDED["vectors"]]


def test_special_tokens_are_ordinary_text() -> None:
    assert count(["<|endoftext|>"], "o200k_base")[0] > 1


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb", "\ud800\ud800 x \x00"], ids=ascii)
def test_lone_surrogates_count_as_question_marks(text: str) -> None:
    as_written = text.replace("\ud800", "?").replace("\udfff", "?")
    assert count(["plain", text, "Ω"], "o200k_base") == count(["plain", as_written, "Ω"], "o200k_base")


@given(st.lists(st.text(max_size=40), max_size=5))
def test_texts_are_counted_one_by_one(texts: list[str]) -> None:
    assert count(texts, "o200k_base") == [count([text], "o200k_base")[0] for text in texts]


@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, " " * 1_000_000, "ab1 " * 250_000, "日" * 300_000], ids=lambda t: t[:3]
)
def test_a_huge_text_takes_no_time(text: str) -> None:
    start = time.perf_counter()
    assert count([text], "o200k_base")[0] > 0
    assert time.perf_counter() - start < 5


def test_an_unknown_encoding_is_not_available() -> None:
    assert not available("nope")
    with pytest.raises(KeyError):
        count(["a"], "nope")


def test_mistral_counts_by_its_own_tokenizer() -> None:
    pytest.importorskip("mistral_common", reason="needs the extra mistral")
    assert count(["hello world", ""], "tekken_240911") == [2, 0]
