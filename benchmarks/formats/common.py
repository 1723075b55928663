"""Deviations that make sense in many families: fences, talk around the answer, placeholders, edges, lengths, casing."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import replace
from random import Random

from benchmarks.formats.language import Language
from benchmarks.formats.rows import Kind, Row, answer_kind

STOP_MARKS = (" END", "!!!", "\n###", " ###", "\n\n---", " <STOP>")


def edges(random: Random) -> tuple[str, str]:
    """A prefix and a suffix that all answers of a set share: mostly none."""
    if random.random() < 0.6:
        return "", ""
    return random.choice([("", random.choice(STOP_MARKS)), (" ", random.choice(["", "\n", " END"])), ("", "\n")])


def edge_kinds(prefix: str, suffix: str) -> list[Kind]:
    """Loss, change or addition of what stands at the edges of every answer."""
    kinds: list[Kind] = []

    def kind(name: str, change: Callable[[Random, Row], Row]) -> None:
        kinds.append(Kind(name, frozenset({"FMT007"}), change))

    if prefix.strip():
        kind("prefix missing", lambda random, row: replace(row, prefix=""))
    elif prefix:
        kind("leading blank missing", lambda random, row: replace(row, prefix=""))
    else:
        kind("leading blank", lambda random, row: replace(row, prefix=random.choice([" ", "\n", "  "])))
    if suffix.strip():
        kind("stop mark missing", lambda random, row: replace(row, suffix=""))
        kind("stop mark changed", lambda random, row: replace(row, suffix=_other_mark(random, suffix)))
    elif suffix:
        kind("trailing newline missing", lambda random, row: replace(row, suffix=""))
    else:
        kind("trailing newline", lambda random, row: replace(row, suffix=random.choice(["\n", " ", "\n\n"])))
    return kinds


def _other_mark(random: Random, suffix: str) -> str:
    return random.choice([mark for mark in STOP_MARKS if mark.strip() != suffix.strip()])


def fence_kinds(info: str) -> list[Kind]:
    """A fence around an answer that is bare elsewhere."""
    return [
        answer_kind("fenced", "FMT002", lambda random, row: f"```{info}\n{row.core}\n```"),
        answer_kind("fenced without a language", "FMT002", lambda random, row: f"```\n{row.core}\n```"),
    ]


def unfence_kinds() -> list[Kind]:
    """Loss of the fence, or of its end, in a set where every answer is fenced."""
    return [
        answer_kind("fence missing", "FMT001 FMT002 FMT007", lambda random, row: row.core.split("\n", 1)[1][:-4]),
        answer_kind("fence not closed", "FMT003", lambda random, row: row.core[:-4]),
    ]


def talk_kinds(language: Language, form: str) -> list[Kind]:
    """Talk before or after an answer that is only data or code; `form` is its name, such as "JSON"."""

    def preface(random: Random, row: Row) -> str:
        said = random.choice(language.prefaces).replace("{form}", form)
        return said + random.choice(["\n", "\n\n", " "]) + row.core

    def afterword(random: Random, row: Row) -> str:
        return row.core + random.choice(["\n", "\n\n"]) + random.choice(language.afterwords)

    return [answer_kind("prefaced", "FMT002", preface), answer_kind("afterword", "FMT002", afterword)]


def placeholder_kind(language: Language) -> Kind:
    """A word of the answer left as a placeholder."""

    def spoil(random: Random, row: Row) -> str | None:
        for slot in random.sample(["person", "date", "product", "place", "company", "thing"], 6):
            words = [word for word in language.slots.get(slot, ()) if word in row.core]
            if words:
                return row.core.replace(random.choice(words), random.choice(language.placeholders), 1)
        return None

    return answer_kind("placeholder", "FMT008", spoil)


def swap_kind(name: str, rules: str, other: Callable[[Random], str]) -> Kind:
    """Another sort of answer altogether."""
    return answer_kind(name, rules, lambda random, row: other(random))


def length_kinds(
    language: Language, recipe_draw: Callable[[], Row], longer: Callable[[Random, int], str]
) -> list[Kind]:
    """An answer of ten times the usual length, and one that is a mere stump.

    longer: an answer of at least so many characters, in the form of the set.
    """
    usual = round(statistics.median(len(recipe_draw().core) for _ in range(99)))
    most = 4 if language.name == "Chinese" else 8
    return [
        answer_kind("ten times longer", "FMT010", lambda random, row: longer(random, 10 * usual)),
        answer_kind("stump", "FMT010", lambda random, row: row.core[: random.randint(2, most)].strip() or None),
    ]


def until(size: int, more: Callable[[], str], joint: str) -> str:
    """Pieces joined until there are so many characters."""
    parts = [more()]
    total = len(parts[0])
    while total < size:
        parts.append(more())
        total += len(parts[-1]) + len(joint)
    return joint.join(parts)


def system_prompt(random: Random, language: Language, ask: str = "") -> str | None:
    """None for half of the sets; else one for the whole set, with what is asked of the answers at its end."""
    if random.random() < 0.5:
        return None
    said = language.fill(random, random.choice(language.asks["system"]))
    return f"{said}{language.gap}{ask}" if ask else said


def only(category: str, kind: Kind) -> Kind:
    """The kind for the rows of one category."""
    return replace(kind, name=f"{kind.name} (one category)", among=lambda row: row.category == category)
