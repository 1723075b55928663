"""SQL: tells statements from sentences that start with a verb of SQL. Not for where they end, or whether they are whole."""

from __future__ import annotations

import re

from dataaudit.formats.lazy import lazy
from dataaudit.formats.sql_parts import bare_sql, end_of_sql, is_sentence
from dataaudit.formats.vocabulary import Vocabulary

_PART = r"""(?:[\w$#@]+|"[^"\n]{1,80}"|`[^`\n]{1,80}`|\[[^\]\n]{1,80}\])"""
_NAME = rf"(?:{_PART}(?:\.{_PART}){{0,3}})"
_STATEMENT = lazy(
    r"(?:--[^\n]{0,300}\n\s*|/\*[^*]{0,300}\*/\s*){0,5}"
    r"(?:(?:BEGIN|START\s+TRANSACTION|USE\s+\w+|SET\s+[^;\n]{1,100})\s*;\s*){0,3}(?:EXPLAIN\s+(?:ANALYZE\s+)?)?\(*\s*(?:"
    r"(?P<select>SELECT)\s"
    rf"|INSERT\s+(?:OR\s+\w+\s+)?(?:IGNORE\s+)?INTO\s+{_NAME}\s*(?:\(|VALUES|SELECT|SET|DEFAULT|$)"
    rf"|REPLACE\s+INTO\s+{_NAME}\s*(?:\(|VALUES|SELECT)"
    rf"|UPDATE\s+{_NAME}(?:\s+(?:AS\s+)?\w+)?\s+SET\s+{_NAME}\s*="
    rf"|DELETE\s+FROM\s+(?:ONLY\s+)?{_NAME}(?:\s+(?:AS\s+)?(?!WHERE|USING)\w+)?\s*(?:;|WHERE\b|USING\b|$)"
    rf"|CREATE\s+(?:OR\s+REPLACE\s+)?(?:GLOBAL\s+|LOCAL\s+)?(?:TEMP\s+|TEMPORARY\s+|UNIQUE\s+|MATERIALIZED\s+)?"
    rf"(?:TABLE|VIEW|INDEX|DATABASE|SCHEMA|TRIGGER|PROCEDURE|FUNCTION|SEQUENCE|USER|ROLE)\s+(?:IF\s+NOT\s+EXISTS\s+)?"
    rf"{_NAME}\s*(?:\(|AS\b|ON\b|;|$|BEFORE\b|AFTER\b|USING\b|LIKE\b|RETURNS\b)"
    rf"|WITH\s+(?:RECURSIVE\s+)?{_NAME}\s*(?:\([^()]{{0,400}}\)\s*)?AS\s*(?:NOT\s+|MATERIALIZED\s+){{0,2}}"
    rf"\(\s*(?:SELECT|VALUES|INSERT|UPDATE|DELETE|WITH)\b"
    rf"|ALTER\s+(?:TABLE|VIEW|INDEX|DATABASE|USER)\s+{_NAME}\s+(?:ADD|DROP|ALTER|RENAME|MODIFY|CHANGE|SET|OWNER)\b"
    rf"|DROP\s+(?:TABLE|VIEW|INDEX|DATABASE|SCHEMA|TRIGGER)\s+(?:IF\s+EXISTS\s+)?{_NAME}\s*(?:;|$|CASCADE|ON\b)"
    rf"|TRUNCATE\s+TABLE\s+{_NAME}\s*(?:;|$)"
    rf"|MERGE\s+INTO\s+{_NAME}\s"
    r")",
    re.IGNORECASE,
)
_FIRST = lazy(
    r"\(*\s*(?:SELECT|INSERT|REPLACE|UPDATE|DELETE|CREATE|WITH|ALTER|DROP|TRUNCATE|MERGE|BEGIN|START|USE|SET|EXPLAIN)\b|--|/\*", re.IGNORECASE
)
_BRACKET_OR_FROM = lazy(r"[()]|\bFROM\b", re.IGNORECASE)
_TABLE = lazy(rf"\s*(?:\(|(?P<table>{_NAME})\s*(?P<alias>(?:AS\s+)?{_NAME})?\s*(?P<next>\S?))", re.IGNORECASE)
_VALUE = lazy(r"\s*(?:\d[\d.]*|[@:]\w+|[\w.]+\s*\(|CASE\b|\*)", re.IGNORECASE)
_CALL = lazy(r"\w\(")
_SIGN = lazy(r"[*(,=;_`0-9]|\w\.\w")
_SENTENCE_MARKS = frozenset(".!?:…，。！？：")
_SCANNED = 4000


def starts_sql(text: str, words: Vocabulary) -> bool:
    """Whether the text starts with a statement of SQL: its verb, and what must follow it."""
    match = _STATEMENT.match(text[:_SCANNED])
    if match is None:
        return False
    if match["select"] is None:
        return True
    rest = text[match.end() : _SCANNED]
    return _is_select(bare_sql(rest[: end_of_sql(rest, words)]), match["select"].isupper(), words)


def could_be_sql(text: str) -> bool:
    """Whether the text starts with a verb of SQL or a comment: a cheap look before the full one."""
    return _FIRST.match(text) is not None


def _is_select(rest: str, upper: bool, words: Vocabulary) -> bool:
    """Whether what follows SELECT are columns and tables: "Select all that apply from the list" has neither."""
    depth, source = 0, None
    for match in _BRACKET_OR_FROM.finditer(rest):
        if match[0] in "()":
            depth += 1 if match[0] == "(" else -1
        elif depth == 0:
            source = match
            break
    columns = rest[: source.start()] if source else rest
    if not columns.strip() or is_sentence(columns.strip(), words):
        return False
    if source is None:
        return upper or _VALUE.match(columns) is not None or _CALL.search(columns) is not None
    if upper and source[0].isupper():
        return True
    signs = _SIGN.search(rest) is not None
    return (signs or len(columns.split()) == 1) and _is_table(rest[source.end() :], words, signs)


def _is_table(rest: str, words: Vocabulary, signs: bool) -> bool:
    """Whether a table, with an alias or none, stands at the start, and nothing after it that is a sentence."""
    if not rest.strip():
        return True
    found = _TABLE.match(rest)
    if found is None:
        return False
    if found["table"] is None:
        return True
    if found["table"].lower() in words.sql_no_table:
        return False
    alias = (found["alias"] or "").lower()
    if alias in words.sql_keywords or alias.startswith("as "):
        return True
    following = found["next"]
    if following.isalnum():
        return _next_word(rest, found.start("next")) in words.sql_keywords
    return following not in _SENTENCE_MARKS and (signs or len(alias) <= words.sql_short_alias)


def _next_word(text: str, start: int) -> str:
    return text[start : start + 40].split(None, 1)[0].lower() if text[start : start + 40].strip() else ""
