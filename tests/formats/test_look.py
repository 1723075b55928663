from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.formats.form import Form
from dataaudit.formats.look import look
from tests.formats.samples import SAMPLES

CASES = [(kind, answer) for kind, answers in SAMPLES.items() for answer in answers]


@pytest.mark.parametrize(("kind", "answer"), CASES, ids=[f"{kind}-{answer[:30]!r}" for kind, answer in CASES])
def test_kind(kind: str, answer: str) -> None:
    assert look(answer).kind == kind


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ('{"a": [1, 2', "cut off"),
        ('{"a": "unfinished', "cut off"),
        ("{'a': 1}", "Python literal, not JSON"),
        ('{"a": None}', "Python literal, not JSON"),
        ('{"a": 1,}', "trailing comma"),
        ("{a: 1}", "unquoted key"),
        ('{"a": 1 // one\n}', "comment"),
        ('{"a": 1}\n{"a": 2}', "several JSON values"),
        ('{"a": 1} {"a": 2}', "several JSON values"),
        ('"{\\"a\\": 1}"', "JSON inside a string"),
        ('{"a": 1 "b": 2}', "missing comma"),
        ('{"a": NaN}', "NaN or Infinity, not JSON"),
        ('{"a": 1, "a": 2}', "duplicate key"),
        ('{"a": 1}}', "closing bracket too many"),
        ('{"a": "b\nc"}', "line break inside a string"),
        ('{"a" 1}', "missing colon"),
        ("{“a”: 1}", "curly quotes"),
        ('{{"a": 1}}', "doubled braces"),
        ("<a><b>1</b>", "cut off"),
        ("<a><b>1</a>", "tag not closed"),
        ("<answer>42", "tag not closed"),
        ("<div><p>x</p", "cut off"),
        ("name,age\nAnn,3\nBo,4\nCy", "a row with another number of fields"),
        ("| a | b |\n|---|---|\n| 1 |", "a row with another number of fields"),
        ("SELECT a FROM t WHERE", "cut off"),
        ("SELECT (a FROM t", "cut off"),
        ("SELECT a FROM t WHERE b = 'x", "cut off"),
        ("def f(a):\n    return g(a,", "cut off"),
        ("def f(a):", "cut off"),
        ("```python\nprint(1)", "fence not closed"),
        ('```json\n{"a": 1}', "fence not closed"),
        ("SELECT name FROM t WHERE note = 'it''s'", None),
        ('{"a": 1}', None),
        ("<ul><li>a<li>b</ul>", None),
        ("def f(a):\n    return a", None),
    ],
    ids=repr,
)
def test_fault(answer: str, fault: str | None) -> None:
    assert look(answer).fault == fault


def test_words_and_fence_around_json_are_told_apart() -> None:
    form = look('Voici le JSON :\n\n```json\n{"ville": "Orléans"}\n```\n\nDites-moi si cela convient.')
    assert form == Form(
        "json",
        '{"ville": "Orléans"}',
        "json",
        "Voici le JSON :",
        "Dites-moi si cela convient.",
        value={"ville": "Orléans"},
    )


def test_words_around_bare_json() -> None:
    form = look('Answer: {"label": "x"}\nThat is all.')
    assert (form.kind, form.body, form.before, form.after) == ("json", '{"label": "x"}', "Answer:", "That is all.")
    assert form.value == {"label": "x"}


def test_a_duplicate_key_leaves_the_last_value() -> None:
    assert look('{"a": 1, "a": 2}').value == {"a": 2}


@pytest.mark.parametrize("around", ["{}", "Sure:\n\n{}\n\nDone.", "```xml\n{}\n```"], ids=["bare", "words", "fence"])
def test_markup_body(around: str) -> None:
    form = look(around.replace("{}", "<r><id>7</id></r>"))
    assert (form.kind, form.body, form.fault) == ("xml", "<r><id>7</id></r>", None)


def test_reasoning_stands_before_the_answer() -> None:
    form = look('<think>They want JSON.</think>\n\n{"a": 1}')
    assert (form.kind, form.before, form.value) == ("json", "<think>They want JSON.</think>", {"a": 1})
    assert look("<think>And so on").fault == "cut off"


@pytest.mark.parametrize(
    ("answer", "language"),
    [
        ("```py\nprint(1)\n```", "python"),
        ("```C++\nint x = 1;\n```", "cpp"),
        ("```elixir\nIO.puts 1\n```", "elixir"),
        ("function f(a) {\n  return a === 1;\n}", "javascript"),
        ("import java.util.List;\npublic class A {\n}", "java"),
        ("#include <iostream>\nint main() { std::cout << 1; }", "cpp"),
        ("<?php\necho $x;\n?>", "php"),
        ("def hi\n  puts 'x'\nend", "ruby"),
        ("h1 {\n  font-size: 2em;\n}", "css"),
        ("#!/bin/bash\necho $HOME", "bash"),
        ('package main\n\nfunc main() {\n\tfmt.Println("x")\n}', "go"),
        ('fn main() {\n    println!("x");\n}', "rust"),
    ],
    ids=lambda value: value if len(value) < 12 else None,
)
def test_language(answer: str, language: str) -> None:
    form = look(answer)
    assert (form.kind, form.language) == ("code", language)


MANY = 1_000_000
HOSTILE = {
    "brackets": "[" * MANY,
    "keys": '{"a":' * (MANY // 5),
    "deep": "[" * 100_000 + "]" * 100_000,
    "backticks": "`" * MANY,
    "fences": "```\n" * (MANY // 4),
    "tildes": "~~~ " * (MANY // 4),
    "less-than": "<" * MANY,
    "open tags": "<a>" * (MANY // 3),
    "half tags": '<a "' * (MANY // 4),
    "comments": "<!--" * (MANY // 4),
    "pairs": "a: \n" * (MANY // 4),
    "quotes": '"' * MANY,
    "sql quotes": "SELECT a FROM t WHERE b = '" + "\\'" * (MANY // 2),
    "sql comment": "/*" * (MANY // 2),
    "stars": "**a" * (MANY // 3),
    "lines": "a\n" * (MANY // 2),
    "blanks": "a" + " " * MANY + "a",
    "fields": "a,b\n" * (MANY // 4),
    "bars": "|" * MANY,
    "digits": "1," * (MANY // 2),
    "big number": "[1" + "0" * MANY + "]",
    "minus": "x = " + "-" * 19_000 + "1\nprint(x)\n",
    "calls": "def f():\n  return " + "(" * 19_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_linear_time(name: str) -> None:
    look("warm up: {")
    start = time.process_time()
    look(HOSTILE[name])
    assert time.process_time() - start < 1.5  # 0.5 s on an idle machine


@pytest.mark.parametrize(
    "answer",
    ["\ud800", '{"a": "\ud800"}', '{"a": "\\ud800"}', "\x00", '{"a": \x00}', "<\x00>", "\u2028", '{"a": 1e999}'],
    ids=ascii,
)
def test_odd_characters_raise_nothing(answer: str) -> None:
    assert look(answer).kind


@given(st.text(alphabet="{}[]<>\"'`~:,|#-*/\\= \n\tabSELCT1.()é中", max_size=80))
def test_any_text_has_a_form(answer: str) -> None:
    form = look(answer)
    assert (form.kind == "empty") == (not answer.strip())
    assert form.body in answer or form.kind == "json"
