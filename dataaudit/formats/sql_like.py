"""SQL: tells statements from sentences that start with a verb of SQL. Not for where they end, or are whole."""

from __future__ import annotations

import re

from dataaudit.formats.lazy import lazy
from dataaudit.formats.sql_parts import bare_sql, end_of_sql, is_sentence
from dataaudit.formats.vocabulary import Vocabulary

# Statements are read without literals and comments; a quoted name is a mere 0 there.
_NAME = r"[^\s(),;=]+"
_REST = {
    "insert": lazy(
        rf"(?:\s+OR\s+\w+)?(?:\s+IGNORE)?\s+INTO\s+{_NAME}(?:\s+AS\s+\w+)?"
        r"\s*(?:\(|VALUES|SELECT|WITH|SET|DEFAULT|$)", re.I
    ),
    "replace": lazy(rf"\s+INTO\s+{_NAME}\s*(?:\(|VALUES|SELECT|SET)", re.I),
    "update": lazy(rf"\s+(?:ONLY\s+)?{_NAME}(?:\s+(?:AS\s+)?(?!SET\b)\w+)?\s+SET\s+(?:\(|{_NAME}\s*=)", re.I),
    "delete": lazy(
        rf"\s+FROM\s+(?:ONLY\s+)?{_NAME}(?:\s+(?:AS\s+)?(?!WHERE|USING)\w+)?\s*(?:;|WHERE\b|USING\b|$)",
        re.I,
    ),
    "create": lazy(
        r"(?:\s+OR\s+REPLACE)?(?:\s+(?:GLOBAL|LOCAL|TEMP|TEMPORARY|UNIQUE|MATERIALIZED|UNLOGGED|CLUSTERED|RECURSIVE)){0,2}"
        r"\s+(?:TABLE|VIEW|INDEX|DATABASE|SCHEMA|TRIGGER|PROCEDURE|FUNCTION|SEQUENCE|USER|ROLE|TYPE|EXTENSION)\s+"
        rf"(?:CONCURRENTLY\s+)?(?:IF\s+NOT\s+EXISTS\s+)?{_NAME}"
        r"\s*(?:\(|AS\b|ON\b|;|$|BEFORE\b|AFTER\b|INSTEAD\b|USING\b|LIKE\b|RETURNS\b|WITH\b|START\b|IDENTIFIED\b)", re.I
    ),
    "with": lazy(
        rf"\s+(?:RECURSIVE\s+)?{_NAME}\s*(?:\([^()]{{0,400}}\)\s*)?AS\s*(?:NOT\s+|MATERIALIZED\s+){{0,2}}"
        r"\(\s*(?:$|SELECT|VALUES|INSERT|UPDATE|DELETE|WITH)", re.I
    ),
    "alter": lazy(
        rf"\s+(?:TABLE|VIEW|INDEX|DATABASE|USER)\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?{_NAME}"
        r"\s+(?:ADD|DROP|ALTER|RENAME|MODIFY|CHANGE|SET|OWNER)\b", re.I
    ),
    "drop": lazy(
        rf"\s+(?:TABLE|VIEW|INDEX|DATABASE|SCHEMA|TRIGGER|FUNCTION|PROCEDURE)\s+(?:IF\s+EXISTS\s+)?{_NAME}"
        r"\s*(?:[;,]|$|CASCADE|RESTRICT|ON\b)", re.I
    ),
    "truncate": lazy(rf"\s+TABLE\s+{_NAME}\s*(?:;|$|CASCADE|RESTRICT)", re.I),
    "merge": lazy(rf"\s+INTO\s+{_NAME}\s", re.I),
}  # fmt: skip
_VERB = lazy(r"[\s(]*([A-Za-z]+)\b")
_FIRST = lazy(r"\(*\s*([A-Za-z]{3,8})\b|--|/\*")
_OPENING = lazy(
    r"(?:\s*(?:BEGIN|START\s+TRANSACTION|USE\s+\w+|SET\s+[^;\n]{1,100})\s*;){0,3}\s*(?:EXPLAIN(?:\s+ANALYZE)?\b)?", re.I
)
_OPENING_VERBS = ("begin", "start", "use", "set", "explain")
_BRACKET_OR_FROM = lazy(r"[()]|\bFROM\b", re.I)
_TABLE = lazy(rf"\s*(?:\(|(?P<table>{_NAME})\s*(?P<alias>(?:AS\s+)?{_NAME})?\s*(?P<next>\S?))", re.I)
_VALUE = lazy(r"\s*(?:\d[\d.]*|[@:]\w+|[\w.]+\s*\(|CASE\b|\*)", re.I)
_CALL = lazy(r"\w\(")
_SIGN = lazy(r"[*(,=;_`0-9]|\w\.\w")
_SENTENCE_MARKS = frozenset(".!?:…，。！？：")
_SCANNED = 4000


def starts_sql(text: str, words: Vocabulary) -> bool:
    """Whether the text starts with a statement of SQL: its verb, and what must follow it."""
    text = text[:_SCANNED]
    bare = bare_sql(text)
    opening = _OPENING.match(bare)
    match = _VERB.match(bare, opening.end() if opening else 0)
    if match is None:
        return False
    verb = match[1]
    if verb.lower() != "select":
        rest = _REST.get(verb.lower())
        return rest is not None and rest.match(bare, match.end()) is not None
    bare = bare_sql(text[: end_of_sql(text, words)])
    return _is_select(bare[match.end() :], verb.isupper(), words)


def could_be_sql(text: str) -> bool:
    """Whether the text starts with a verb of SQL or a comment: a cheap look before the full one."""
    match = _FIRST.match(text)
    if match is None:
        return False
    verb = (match[1] or "").lower()
    return not verb or verb == "select" or verb in _REST or verb in _OPENING_VERBS


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
