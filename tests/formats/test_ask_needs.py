"""The words that patterns of asks.toml need: a pattern is not even tried on a text that lacks them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from dataaudit._resources import rule_data
from dataaudit.formats.ask_rules import AskPattern, ask_rules

PATTERNS = [entry for behind in ask_rules().behind for entry in behind]


def implied(parsed: Iterable[tuple[Any, Any]], words: list[str]) -> bool:
    """Whether whatever a parsed pattern matches holds one of the words."""
    text = ""
    for kind, value in parsed:
        text = text + chr(value).casefold() if kind is ops.LITERAL else ""
        if any(word in text for word in words):
            return True
        if kind is ops.IN and all(of is ops.LITERAL and chr(sign).casefold() in words for of, sign in value):
            return True
        if kind is ops.SUBPATTERN and implied(value[3], words):
            return True
        if kind is ops.BRANCH and all(implied(branch, words) for branch in value[1]):
            return True
        if kind in (ops.MAX_REPEAT, ops.MIN_REPEAT) and value[0] > 0 and implied(value[2], words):
            return True
    return False


@pytest.mark.parametrize("entry", PATTERNS, ids=[f"{entry.gate}-{n}" for n, entry in enumerate(PATTERNS)])
def test_every_match_holds_the_words_that_its_pattern_needs(entry: AskPattern) -> None:
    # Python's parser knows no classes of letters: a control character stands for them.
    text = re.sub(r"\\p(?:\{\w+\}|[A-Z])", r"\\x01", entry.pattern.pattern).replace(r"\z", r"\Z")
    parsed = parser.parse(re.sub(r"\(\?-?i:", "(?:", text))
    assert [words for words in entry.needs if not implied(parsed, words)] == []


def test_needed_words_are_case_folded() -> None:
    lists = [words for entry in rule_data("asks.toml")["ask"] for words in entry.get("needs", [])]
    assert lists
    assert all(words and word == word.casefold() for words in lists for word in words)


def test_a_pattern_is_not_tried_on_a_text_that_lacks_its_words() -> None:
    entry = next(entry for entry in PATTERNS if entry.gate == "sentences" and entry.bound == "most")
    assert not entry.possible("answer in two friendly sentences.")
    assert entry.possible("use at most two sentences.")
