"""Kinds of answers as they are compared: which kinds a set of answers has, and which others are out of place there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dataaudit.formats.form import Form
from dataaudit.formats.limits import Limits
from dataaudit.formats.votes import Aspect

TEXT_KINDS = frozenset({"prose", "line", "list", "markdown", "number", "label", "empty"})
_HABITS = frozenset({"list", "markdown", "code"})
_QUOTED = frozenset({"code", "sql"})
_SQL = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "CREATE", "DROP", "ALTER"})
_STATEMENTS = _SQL | {"FROM", "DEF", "CLASS", "IMPORT", "FUNCTION", "CONST", "VAR", "PUBLIC", "INT", "VOID"}
_PLAIN = frozenset({"prose", "line"})
STRUCTURED = ("json", "xml", "html", "yaml", "table", "code")
"""Beginnings of the kinds that have an inside and an outside: what stands around them is no affix of a text."""
WORDS = {
    "json object": "one JSON object",
    "json array": "one JSON array",
    "json": "one JSON value",
    "xml": "XML",
    "html": "HTML",
    "yaml": "YAML",
    "table": "a table",
    "markdown": "Markdown",
    "code": "code",
    "sql": "SQL",
    "number": "a number",
    "list": "a list",
    "line": "one short line",
    "prose": "prose",
    "label": "a label",
    "empty": "nothing",
}


def kind_of(form: Form) -> str:
    """The kind of an answer, JSON told apart by what stands outermost.

    A report with a piece of fenced code in it is Markdown, code with a word about it is code.
    """
    if form.kind != "json":
        words = len(form.before) + len(form.after)
        if form.fence is not None and form.kind in _QUOTED and (form.before[:1] == "#" or words > len(form.body)):
            return "markdown"
        return form.kind
    if form.value is None and form.fault is not None:
        return "json object" if form.body[:1] == "{" else "json array" if form.body[:1] == "[" else "json"
    value = form.value
    return "json object" if isinstance(value, dict) else "json array" if isinstance(value, list) else "json"


def settled_kind(kinds: Sequence[str], limits: Limits) -> Aspect | None:
    """The kind of a group's answers if nearly all are of it.

    Kinds of writing flow into one another, so they need a larger share than JSON. Prose (with short lines) must be
    nearly all that is not made for a machine: sets with lists here and code there are mixed, and have no kind.
    """
    counts = Counter(kinds)
    total = len(kinds)
    kind = min(counts, key=lambda name: (-counts[name], name))
    share = counts[kind] / total
    if kind not in _PLAIN:
        least = limits.plain_share if kind in _HABITS else limits.min_share
        return Aspect("kind", kind, share, total) if share >= least else None
    text = sum(count for name, count in counts.items() if name in TEXT_KINDS)
    if text < limits.plain_share * total:
        return None
    if counts["line"] >= limits.plain_share * text:
        return Aspect("kind", "line", share, total)
    plain = sum(counts[name] for name in _PLAIN)
    return Aspect("kind", "prose", plain / total, total) if plain >= limits.plain_share * text else None


def out_of_place(kinds: Sequence[str], limits: Limits) -> tuple[str, ...]:
    """The kinds of text that hardly an answer has: all but prose where that is nearly all, else the only other one."""
    counts = Counter(kind for kind in kinds if kind in TEXT_KINDS)
    others = {kind for kind in counts if kind not in ("prose", "line")}
    total = sum(counts.values())
    if sum(counts[kind] for kind in others) < (1 - limits.sure_share) * total:
        return tuple(sorted(TEXT_KINDS - _PLAIN)) + _lines(counts, total, limits)
    if len(others) == 1 and counts["prose"] >= limits.single_share * total:
        return tuple(sorted(TEXT_KINDS - _PLAIN))
    return ()


def _lines(counts: Counter[str], total: int, limits: Limits) -> tuple[str, ...]:
    return ("line",) if counts["prose"] >= limits.single_share * total else ()


def fits(kind: str, expected: str) -> bool:
    """Whether an answer of a kind is in place among answers of the expected one."""
    return kind == expected or (kind in _PLAIN and expected in _PLAIN)


def fence_of(form: Form) -> str | None:
    """The fence around the whole answer; that of a piece of code inside a report is not told."""
    return form.fence if kind_of(form) != "markdown" or form.kind == "markdown" else None


def is_statement(text: str, sql: bool = False) -> bool:
    """Whether a text begins with a word that statements of SQL, or of code as well, begin with."""
    words = text[:16].split(None, 1)
    return bool(words) and words[0].upper() in (_SQL if sql else _STATEMENTS)


def is_unsure(form: Form) -> bool:
    """Whether an answer was taken for code without fence or known language: formulas look like that."""
    return form.kind == "code" and form.language is None and form.fence is None
