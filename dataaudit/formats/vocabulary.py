"""The words and limits by which answers are told apart, from rules/formats.toml. Not for judging them."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from dataaudit._resources import rule_data


class Language(NamedTuple):
    """Literal marks of a programming language; a line end at the start of a mark stands for the start of a line."""

    name: str
    strong: tuple[str, ...]
    weak: tuple[str, ...]


class CutRules(NamedTuple):
    """How code that was cut off is told, by language.

    languages: those that are read at all; single_quoted: with strings in single quotes; regex_literals: with patterns
    between slashes; comments: what starts a comment to the end of the line, where it is not //; unsure: signs of text
    that brackets cannot be counted in.
    """

    languages: frozenset[str]
    single_quoted: frozenset[str]
    regex_literals: frozenset[str]
    comments: dict[str, tuple[str, ...]]
    unsure: dict[str, tuple[str, ...]]


class Vocabulary(NamedTuple):
    """Limits in characters, words, lines or shares as said in the file; words in lower case."""

    looked_at: int
    line_words: int
    line_characters: int
    line_characters_unspaced: int
    words_before: int
    words_after: int
    words_around_code: float
    text_outside_elements: float
    parsed_code: int
    code_lines: float
    prose_lines: float
    lines_a_sign: int
    code_line_characters: int
    judged_lines: int
    table_rows: float
    field_words: int
    sql_plain_words: int
    sql_short_alias: int
    sql_line: int
    reasoning: tuple[str, ...]
    currencies: tuple[str, ...]
    abbreviations: tuple[str, ...]
    html: frozenset[str]
    html_void: frozenset[str]
    html_optional_end: frozenset[str]
    html_raw: frozenset[str]
    speakers: frozenset[str]
    sql_unfinished: frozenset[str]
    sql_keywords: frozenset[str]
    sql_blocks: frozenset[str]
    sql_no_table: frozenset[str]
    commands: frozenset[str]
    sure_commands: frozenset[str]
    cut_rules: CutRules
    languages: tuple[Language, ...]
    fences: dict[str, tuple[str, str | None]]
    """Kind and language by info string; kind "text" for those that say nothing of what is inside."""


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that ships with dataaudit."""
    data = rule_data("formats.toml")
    code = data["code"]
    languages = [Language(n, tuple(m["strong"]), tuple(m["weak"])) for n, m in code["languages"].items()]
    return Vocabulary(
        **{name: entry["value"] for name, entry in data["limits"].items()},
        reasoning=tuple(data["reasoning"]["tags"]),
        currencies=tuple(data["numbers"]["currencies"]),
        abbreviations=tuple(data["sentences"]["abbreviations"]),
        html=frozenset(data["html"]["tags"]),
        html_void=frozenset(data["html"]["void"]),
        html_optional_end=frozenset(data["html"]["optional_end"]),
        html_raw=frozenset(data["html"]["raw"]),
        speakers=frozenset(data["yaml"]["speakers"]),
        sql_unfinished=frozenset(data["sql"]["unfinished"]),
        sql_keywords=frozenset(data["sql"]["keywords"]),
        sql_blocks=frozenset(data["sql"]["blocks"]),
        sql_no_table=frozenset(data["sql"]["no_table"]),
        commands=frozenset(code["commands"]) | frozenset(code["sure_commands"]),
        sure_commands=frozenset(code["sure_commands"]),
        cut_rules=_cut_rules(code["cut"]),
        languages=tuple(languages),
        fences=_fences(data["fences"], {entry.name: entry.name for entry in languages} | code["aliases"]),
    )


def _cut_rules(data: dict[str, Any]) -> CutRules:
    return CutRules(
        frozenset(data["languages"]),
        frozenset(data["single_quoted"]),
        frozenset(data["regex_literals"]),
        {name: tuple(marks) for name, marks in data["comments"].items()},
        {name: tuple(signs) for name, signs in data["unsure"].items()},
    )


def _fences(data: dict[str, object], languages: dict[str, str]) -> dict[str, tuple[str, str | None]]:
    found: dict[str, tuple[str, str | None]] = {info: ("code", name) for info, name in languages.items()}
    for kind, infos in data.items():
        if isinstance(infos, dict):
            found |= {info: (markup, None) for info, markup in infos.items()}
        elif isinstance(infos, list):
            found |= dict.fromkeys(infos, (kind, None))
    return found
