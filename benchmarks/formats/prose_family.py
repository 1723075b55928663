"""The prose family: support replies and summaries, some with a word before them or a stop mark behind."""

from __future__ import annotations

import json
from random import Random

from benchmarks.formats.common import (
    edge_kinds,
    edges,
    length_kinds,
    placeholder_kind,
    swap_kind,
    system_prompt,
)
from benchmarks.formats.language import Language
from benchmarks.formats.rows import Kind, Recipe, Row, answer_kind


def prose_family(random: Random, language: Language) -> Recipe:
    """A set of support replies of 1 to 8 sentences, or of summaries whose every sentence has its full stop."""
    summaries = random.random() < 0.5
    prefix, suffix = edges(random)
    if summaries and not prefix and random.random() < 0.4:
        prefix = f"{language.words['summary']}: "
    system = system_prompt(random, language)

    def draw() -> Row:
        if summaries:
            return Row(language.task(random, "summary"), language.summary(random), prefix, suffix, system)
        if random.random() < 0.01:
            return _template_row(random, language, prefix, suffix, system)
        return Row(language.question(random), language.reply(random, free=True), prefix, suffix, system)

    def longer(random: Random, size: int) -> str:
        text = ""
        while len(text) < size:
            text += (language.gap if text else "") + language.prose(random, 12, language.facts)
        return text

    kinds = [*_kinds(language), *length_kinds(language, draw, longer)[: 1 + summaries], *edge_kinds(prefix, suffix)]
    if summaries:
        # Among replies, "Yes!" is an answer like any other.
        kinds.append(
            swap_kind("label in place of prose", "FMT001 FMT010", lambda random: random.choice(language.labels))
        )
        kinds.append(answer_kind("full stop missing", "FMT007", lambda random, row: row.core[:-1]))
    return Recipe(draw, tuple(kinds))


def _template_row(random: Random, language: Language, prefix: str, suffix: str, system: str | None) -> Row:
    """A clean row that looks unfilled: the prompt asks to keep the placeholder."""
    mark = random.choice(language.placeholders)
    return Row(
        f"{language.question(random)} ({mark})", f"{mark}, {language.reply(random, free=False)}", prefix, suffix, system
    )


def _kinds(language: Language) -> list[Kind]:
    def as_list(random: Random) -> str:
        mark = random.choice(["- ", "* ", "1. "])
        lines = [language.fill(random, random.choice(language.headings)) for _ in range(random.randint(4, 8))]
        return "\n".join(mark.replace("1", str(place + 1)) + line for place, line in enumerate(lines))

    def as_json(random: Random) -> str:
        return json.dumps({"answer": language.reply(random, free=False), "ok": True}, ensure_ascii=False)

    def as_code(random: Random) -> str:
        return "def reply(order):\n    if order is None:\n        return []\n    return [item.name for item in order]"

    kinds = [
        placeholder_kind(language),
        swap_kind("JSON in place of prose", "FMT001", as_json),
        swap_kind("list in place of prose", "FMT001", as_list),
        swap_kind("code in place of prose", "FMT001", as_code),
    ]
    if language.gap:
        kinds.append(answer_kind("all upper case", "FMT007", lambda random, row: row.core.upper()))
    return kinds
