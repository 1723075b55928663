"""SQL: tells statements from sentences that start with a verb of SQL, and broken ones from whole ones."""

from __future__ import annotations

import re

from dataaudit.formats.lazy import lazy
from dataaudit.formats.vocabulary import Vocabulary

_NAME = r"""(?:["`\[]?[\w$#@]+["`\]]?(?:\.["`\[]?[\w$#@*]+["`\]]?){0,3})"""
_STATEMENT = lazy(
    r"(?:--[^\n]{0,300}\n\s*|/\*[^*]{0,300}\*/\s*){0,5}\(*\s*(?:"
    r"(?P<select>SELECT)\s"
    rf"|INSERT\s+(?:OR\s+\w+\s+)?(?:IGNORE\s+)?INTO\s+{_NAME}\s*(?:\(|VALUES|SELECT|SET|DEFAULT|$)"
    rf"|REPLACE\s+INTO\s+{_NAME}\s*(?:\(|VALUES|SELECT)"
    rf"|UPDATE\s+{_NAME}(?:\s+(?:AS\s+)?\w+)?\s+SET\s+{_NAME}\s*="
    rf"|(?P<delete>DELETE\s+FROM\s+{_NAME}\s*(?:;|WHERE\b|USING\b|$))"
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
_FIRST = lazy(r"(?:SELECT|INSERT|REPLACE|UPDATE|DELETE|CREATE|WITH|ALTER|DROP|TRUNCATE|MERGE)\b", re.IGNORECASE)
_COLUMNS = lazy(
    r"""(?:(?:DISTINCT|ALL|TOP\s+\d+)\s+){0,2}(?:\*|["`\[]|\d|'|\(|:|@|CASE\b|\w+\s*\(|[\w$.]+\s*(?:,|$|FROM\b|AS\b|[-+*/|<>=]))""",
    re.IGNORECASE,
)
_FROM = lazy(rf"\bFROM\s+(?:\(|{_NAME}\s*(?P<next>\S*))", re.IGNORECASE)
_AFTER_TABLE = lazy(
    r"$|[;,()]|(?:WHERE|AS|JOIN|INNER|LEFT|RIGHT|FULL|CROSS|NATURAL|ORDER|GROUP|LIMIT|HAVING|UNION|EXCEPT|INTERSECT|OFFSET|FETCH|ON|FOR)\b"
    r"|[A-Za-z]\w{0,2}$|\w+\d$",
    re.IGNORECASE,
)
_LITERAL = lazy(
    r"'(?:[^'\\]|''|\\.)*+(?P<single>'?)|\"(?:[^\"\\]|\"\"|\\.)*+(?P<double>\"?)|`[^`]*+(?P<back>`?)|--[^\n]*+|/\*[^*]*+(?:\*/)?",
    re.DOTALL,
)
_LAST_WORD = lazy(r"(\w+)\s*$")
_NOT_CLOSED = "\x00"
_SCANNED = 2000


def starts_sql(text: str) -> bool:
    """Whether the text starts with a statement of SQL: its verb, and what must follow it."""
    match = _STATEMENT.match(text[:_SCANNED])
    if match is None:
        return False
    return match["select"] is None or _is_select(text[match.end() : _SCANNED], match["select"].isupper())


def could_be_sql(text: str) -> bool:
    """Whether the first word of the text is a verb of SQL: a cheap look before the full one."""
    return _FIRST.match(text) is not None


def _is_select(rest: str, upper: bool) -> bool:
    """Whether what follows SELECT are columns and tables: "Select all that apply from the list" has neither."""
    source = _FROM.search(rest)
    columns = _COLUMNS.match(rest.lstrip()) is not None
    if source is None:
        return columns and upper and (len(rest.split()) <= 12 or "(" in rest)
    if not columns and not upper:
        return False
    following = source["next"]
    return following is None or _AFTER_TABLE.match(following) is not None or (upper and " FROM " in rest)


def _without(literal: re.Match[str]) -> str:
    """A literal as a mere 0, a comment as a blank; a mark for a literal that is never closed."""
    if literal[0][0] in "-/":
        return " "
    return " 0 " if literal["single"] or literal["double"] or literal["back"] else _NOT_CLOSED


def sql_fault(text: str, words: Vocabulary) -> str | None:
    """Why a statement is broken, or None."""
    bare = _LITERAL.sub(_without, text)
    if _NOT_CLOSED in bare:
        return "cut off"
    opened, closed = bare.count("("), bare.count(")")
    if opened > closed:
        return "cut off"
    if closed > opened:
        return "closing bracket too many"
    bare = bare.rstrip()
    last = _LAST_WORD.search(bare[-60:])
    if bare.endswith((",", "=", "<", ">", ".")) or (last and last[1].lower() in words.sql_unfinished):
        return "cut off"
    return None
