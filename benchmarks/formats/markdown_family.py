"""The Markdown family: reports of a title, sections, paragraphs, lists, tables and code."""

from __future__ import annotations

import re
from random import Random

from benchmarks.formats.common import edge_kinds, edges, length_kinds, placeholder_kind, swap_kind, system_prompt
from benchmarks.formats.language import Language, length
from benchmarks.formats.rows import Recipe, Row, answer_kind
from benchmarks.formats.sql_text import statement


def section(random: Random, language: Language) -> str:
    """A heading and one to three blocks under it."""
    blocks = [f"{'#' * random.choice([2, 2, 2, 3])} {language.fill(random, random.choice(language.headings))}"]
    blocks += [_block(random, language) for _ in range(length(random, 1.4, 0.4, 1, 3))]
    return "\n\n".join(blocks)


def _block(random: Random, language: Language) -> str:
    draw = random.random()
    if draw < 0.45:
        text = language.prose(random, length(random, 1.8, 0.5, 1, 5), language.facts)
        words = [word for word in language.slots["product"] if word in text]
        return text.replace(words[0], f"**{words[0]}**", 1) if words and random.random() < 0.4 else text
    if draw < 0.85:
        mark = random.choice(["- ", "- ", "* ", "1. ", "- [ ] "])
        lines = [language.sentence(random) for _ in range(random.randint(1, 6))]
        return "\n".join(mark.replace("1", str(place + 1)) + line for place, line in enumerate(lines))
    if draw < 0.93:
        rows = [
            f"| {random.choice(language.slots['product'])} | {random.randint(1, 900)} |"
            for _ in range(random.randint(1, 5))
        ]
        return "\n".join([f"| {language.words['product']} | n |", "|---|---:|", *rows])
    if draw < 0.97:
        return f"```sql\n{statement(random, language)};\n```"
    return language.fill(random, "[{company}]({url})")


def report(random: Random, language: Language, sections: int | None = None) -> str:
    """A title, now and then an introduction, and one to six sections."""
    parts = [f"# {language.fill(random, random.choice(language.titles))}"]
    if random.random() < 0.4:
        parts.append(language.summary(random))
    parts += [section(random, language) for _ in range(sections or length(random, 2.4, 0.5, 1, 6))]
    return "\n\n".join(parts)


def markdown_family(random: Random, language: Language) -> Recipe:
    """A set of reports."""
    prefix, suffix = edges(random)
    system = system_prompt(random, language)

    def draw() -> Row:
        return Row(language.task(random, "markdown"), report(random, language), prefix, suffix, system)

    def longer(random: Random, size: int) -> str:
        text = report(random, language)
        while len(text) < size:
            text += "\n\n" + section(random, language)
        return text

    kinds = [
        swap_kind("prose in place of Markdown", "FMT001", lambda random: language.prose(random, 5, language.facts)),
        answer_kind("HTML in place of Markdown", "FMT001", lambda random, row: _html(row.core)),
        answer_kind("fence not closed", "FMT003", _unclosed),
        answer_kind(
            "fenced", "FMT002", lambda random, row: f"```markdown\n{row.core}\n```" if "```" not in row.core else None
        ),
        placeholder_kind(language),
        length_kinds(language, draw, longer)[0],
        *edge_kinds(prefix, suffix),
    ]
    return Recipe(draw, tuple(kinds))


def _unclosed(random: Random, row: Row) -> str | None:
    end = row.core.rfind("\n```")
    return row.core[:end] + row.core[end + 4 :] if end >= 0 else None


def _html(text: str) -> str:
    lines = []
    for line in text.splitlines():
        heading = re.match(r"(#+) (.*)", line)
        if heading:
            lines.append(f"<h{len(heading[1])}>{heading[2]}</h{len(heading[1])}>")
        elif line.strip():
            lines.append(f"<p>{line}</p>")
    return "\n".join(lines)
