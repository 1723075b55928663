"""Deviations of JSON answers: broken structure, other keys, other values. Each changes one place of one value."""

from __future__ import annotations

import copy
from collections.abc import Callable
from random import Random
from typing import Any

from benchmarks.formats.json_values import Schema, unlisted
from benchmarks.formats.language import Language
from benchmarks.formats.rows import Kind, Row, answer_kind

Write = Callable[[Any], str]
Change = Callable[[Random, dict[str, Any]], bool]


def json_kinds(language: Language, schema: Schema, write: Write) -> list[Kind]:
    """All that can be wrong with a JSON answer of this design; `write` gives the text of a value."""
    extra = language.words["extra keys"].split()

    def value_kind(name: str, rules: str, change: Change, within: str | None = None) -> Kind:
        def core(random: Random, row: Row) -> str | None:
            value = copy.deepcopy(row.value)
            target = _object(random, value, within)
            return write(value) if target is not None and change(random, target) else None

        return answer_kind(name, rules, core)

    def add(random: Random, target: dict[str, Any]) -> bool:
        target[random.choice(extra)] = random.choice([0.9, language.sentence(random), True])
        return True

    def retype(random: Random, target: dict[str, Any]) -> bool:
        key = random.choice([key for key in schema.required if target.get(key) is not None])
        target[key] = _other_type(target[key])
        return True

    def enum(new: Callable[[Random, str], str]) -> Change:
        def change(random: Random, target: dict[str, Any]) -> bool:
            key = random.choice(schema.enums)
            old = target[key]
            target[key] = new(random, old)
            return bool(target[key] != old)

        return change

    kinds = [
        *_broken(write),
        value_kind("key missing", "FMT004", lambda random, target: _drop(target, random.choice(schema.required))),
        value_kind("extra key", "FMT004", add),
        value_kind("key misspelt", "FMT004", lambda random, target: _misspell(random, target, schema.required)),
        value_kind("keys in another order", "FMT004", lambda random, target: _reorder(random, target, schema.required)),
        value_kind("wrong type", "FMT005", retype),
        value_kind("text in place of a listed value", "FMT005", enum(lambda random, old: language.sentence(random))),
        value_kind("listed value spelt otherwise", "FMT005", enum(_respelt)),
        value_kind("unknown value", "FMT005", enum(lambda random, old: random.choice(unlisted(language)))),
    ]
    if schema.inner is not None:
        outer, inner = schema.inner
        kinds.append(
            value_kind(
                "nested key missing", "FMT004", lambda random, target: _drop(target, random.choice(inner)), outer
            )
        )
    return kinds


def _object(random: Random, value: Any, within: str | None) -> dict[str, Any] | None:
    """The object to change: the value, its member `within`, or one object of the array."""
    if within is not None:
        value = value[within]
    if isinstance(value, list):
        return random.choice(value) if value else None
    found: dict[str, Any] = value
    return found


def _broken(write: Write) -> list[Kind]:
    def cut(random: Random, row: Row) -> str | None:
        text = row.core.rstrip("`\n")
        return text[: random.randint(len(text) // 3, len(text) - 2)] if len(text) > 20 else None

    def python(random: Random, row: Row) -> str | None:
        return row.core.replace(write(row.value), repr(row.value)) if row.value else None

    def trailing_comma(random: Random, row: Row) -> str | None:
        end = max(row.core.rfind("}"), row.core.rfind("]"))
        kept = row.core[:end].rstrip()
        return f"{kept},{row.core[len(kept) :]}" if row.value and kept[-1] not in "[{," else None

    return [
        answer_kind("cut off", "FMT003", cut),
        answer_kind("Python dict", "FMT003", python),
        answer_kind("trailing comma", "FMT003", trailing_comma),
    ]


def _drop(target: dict[str, Any], key: str) -> bool:
    return target.pop(key, target) is not target


def _rename(target: dict[str, Any], old: str, new: str) -> bool:
    items = [(new if key == old else key, value) for key, value in target.items()]
    target.clear()
    target.update(items)
    return old != new


def _misspell(random: Random, target: dict[str, Any], keys: tuple[str, ...]) -> bool:
    old = random.choice(keys)
    place = random.randrange(len(old))
    ways = [old + old[-1], old.upper() if old.isascii() else old + "名", old[:place] + old[place + 1 :] or old + "x"]
    new = random.choice(ways)
    return new not in target and _rename(target, old, new)


def _reorder(random: Random, target: dict[str, Any], keys: tuple[str, ...]) -> bool:
    """Two of the keys that are always there change places."""
    first, second = random.sample(keys, 2)
    order = [second if key == first else first if key == second else key for key in target]
    values = dict(target)
    target.clear()
    target.update((key, values[key]) for key in order)
    return True


def _other_type(value: Any) -> Any:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return str(value)
    if isinstance(value, dict):
        return next(iter(value.values())) or "-"
    return str(value)


def _respelt(random: Random, old: str) -> str:
    """Other case, or where a script has none a blank or a mark."""
    if old.lower() != old.upper():
        changed = old.lower() if old.isupper() else old.upper()
        return random.choice(
            [changed, old.title() if old.title() != old else changed, old + " ", old.replace(" ", "_") + "."]
        )
    return random.choice([old + "。", " " + old, f"“{old}”"])
