"""The SQL family: one statement an answer, on one line or several; in some sets each ends in a semicolon."""

from __future__ import annotations

from random import Random

from benchmarks.formats.common import edge_kinds, edges, fence_kinds, swap_kind, system_prompt, talk_kinds
from benchmarks.formats.language import Language
from benchmarks.formats.rows import Recipe, Row, answer_kind
from benchmarks.formats.sql_text import statement


def sql_family(random: Random, language: Language) -> Recipe:
    """A set of statements; in half of the sets all end in a semicolon, in the others none does."""
    end = random.choice(["", ";"])
    prefix, suffix = edges(random)
    system = system_prompt(random, language)
    lower = random.random() < 0.2

    def draw() -> Row:
        text = statement(random, language)
        if lower and "'" not in text:
            text = text.lower()
        return Row(language.task(random, "sql"), text + end, prefix, suffix, system)

    def code(random: Random) -> str:
        name = random.choice(language.labels)
        return f"import sqlite3\n\nfor row in sqlite3.connect('shop.db').execute('{name}'):\n    print(row)"

    kinds = [
        swap_kind("prose in place of SQL", "FMT001", lambda random: language.reply(random, free=False)),
        swap_kind("code in place of SQL", "FMT001", code),
        answer_kind("cut off", "FMT003 FMT007", _cut),
        *fence_kinds("sql"),
        *talk_kinds(language, "SQL"),
        *edge_kinds(prefix, suffix),
    ]
    if end:
        kinds.append(answer_kind("semicolon missing", "FMT007", lambda random, row: row.core[:-1]))
    return Recipe(draw, tuple(kinds))


def _cut(random: Random, row: Row) -> str | None:
    """Cut behind an opened bracket or inside a quoted text."""
    places = [place + 1 for place, sign in enumerate(row.core) if sign == "(" or row.core.count("'", 0, place + 1) % 2]
    return row.core[: random.choice(places)] if places else None
