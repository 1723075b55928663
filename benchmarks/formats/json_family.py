"""The JSON family: one object or array an answer, bare or fenced, on one line or indented."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random
from typing import Any

from benchmarks.formats.common import (
    edge_kinds,
    edges,
    fence_kinds,
    placeholder_kind,
    swap_kind,
    system_prompt,
    talk_kinds,
    unfence_kinds,
)
from benchmarks.formats.json_kinds import json_kinds
from benchmarks.formats.json_values import DESIGNS, entities
from benchmarks.formats.language import Language
from benchmarks.formats.rows import Kind, Recipe, Row


def json_family(random: Random, language: Language) -> Recipe:
    """A set of JSON answers of one design."""
    design = random.choice(DESIGNS)
    schema = design(random, language)
    fenced = random.random() < 0.35
    style: dict[str, Any] = random.choice([{}, {"indent": 2}, {"separators": (",", ":")}])
    prefix, suffix = edges(random) if not fenced else ("", "")
    # An array, a fence or a stop mark is not what "only a JSON object" asks for.
    bare = design is not entities and not fenced and not suffix.strip()
    ask = random.choice(language.asks["json"]) if bare and random.random() < 0.7 else ""
    system = system_prompt(random, language, ask)

    def write(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, **style)

    def draw() -> Row:
        value = schema.draw(random)
        text = write(value)
        core = f"```json\n{text}\n```" if fenced else text
        prompt = language.task(random, "json")
        return Row(prompt, core, prefix, suffix, system, value=value)

    kinds: list[Kind] = [
        swap_kind("prose in place of JSON", "FMT001 FMT009", lambda random: language.reply(random, free=False)),
        placeholder_kind(language),
    ]
    if fenced:
        kinds += [*unfence_kinds(), *talk_kinds(language, "JSON")]
        kinds += [_within_fence(kind) for kind in json_kinds(language, schema, write)]
    else:
        kinds += [*fence_kinds("json"), *talk_kinds(language, "JSON"), *json_kinds(language, schema, write)]
        kinds += edge_kinds(prefix, suffix)
    return Recipe(draw, tuple(kinds))


def _within_fence(kind: Kind) -> Kind:
    """The spoilt value in the fence that all others have."""

    def spoil(random: Random, row: Row) -> Row | None:
        spoilt = kind.spoil(random, row)
        if spoilt is None:
            return None
        body = spoilt.core.removeprefix("```json\n").removesuffix("```").rstrip("\n")
        core = f"```json\n{body}\n```"
        return None if core == row.core else replace(row, core=core)

    return Kind(kind.name, kind.rules, spoil)
