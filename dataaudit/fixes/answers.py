"""Fixers of answers: white space at the edges, fences and words around JSON, and the spelling of labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.checks.labels import read_labels
from dataaudit.fixes.json_text import rewritten, scan
from dataaudit.formats.look import look

if TYPE_CHECKING:
    from dataaudit.fixes.context import Context
    from dataaudit.fixes.rows import Row
    from dataaudit.formats.formats import ResolvedFormat

EDGES = ("leading", "trailing")
_WRAPPED = ("fence", "before", "after")


def edges(row: Row, context: Context) -> bool:
    """FMT007: gives the answer the white space at its edges that the others have, where it has no meaning.

    Certain is the end of an answer of one line; the start and longer answers are only touched where `context.unsafe`.
    """
    found, form = context.answer(row), context.format(row)
    if found is None or form is None:
        return False
    path, answer = found
    body = answer.strip()
    aspects = {one.aspect for one in form.comparer.deviations(answer) if one.rule == "FMT007"}
    if aspects.isdisjoint(EDGES) or not body or _means_space(answer, body):
        return False
    if not context.unsafe and (len(body.splitlines()) > 1 or "leading" in aspects):
        return False
    reading = context.reading(row)
    better = _with_edges(answer, body, form)
    if answer[:1] != better[:1] and reading is not None and reading.question[-1:].isalnum():
        return False  # the prompt may end inside a word
    if not (_plain(better, body) and _plain(answer, body)):
        return False
    return row.put(path, better)


def _means_space(answer: str, body: str) -> bool:
    """Whether white space says something in the answer: code, indented lines, tables."""
    indented = any(line[:1] in "\t " and line.strip() for line in answer.splitlines()[1:])
    return indented or "\t" in body or look(answer).kind == "code"


def _plain(answer: str, body: str) -> bool:
    """Whether the edges are line ends and single blanks: more of them indent, or break a line in Markdown."""
    start = len(answer) - len(answer.lstrip())
    edges_ = answer[:start], answer[start + len(body) :]
    return all(set(edge) <= {" ", "\n", "\r"} and "  " not in edge for edge in edges_)


def _with_edges(answer: str, body: str, form: ResolvedFormat) -> str:
    """The body between the usual white space; where none is usual, between that of the answer."""
    start = len(answer) - len(answer.lstrip())
    own = answer[:start], answer[start + len(answer.strip()) :]
    usual = [form.aspects[name].value if name in form.aspects else None for name in EDGES]
    leading, trailing = (one if one is not None else here for one, here in zip(usual, own, strict=True))
    return f"{leading}{body}{trailing}"


def bare_json(row: Row, context: Context) -> bool:
    """FMT002: leaves of an answer the JSON alone, where that is whole and stands alone in the others."""
    found, form = context.answer(row), context.format(row)
    if found is None or form is None:
        return False
    path, answer = found
    wrapped = {one.aspect for one in form.comparer.deviations(answer) if one.rule == "FMT002"}
    usual = {name: form.aspects[name].value for name in _WRAPPED if name in form.aspects}
    looks = look(answer)
    if (
        not wrapped
        or looks.kind != "json"
        or looks.fault is not None
        or any(usual.values())
        or usual.get("fence") == ""
    ):
        return False
    better = _with_edges(answer, looks.body, form)
    if any(one.rule == "FMT002" for one in form.comparer.deviations(better)):
        return False
    return row.put(path, better)


def label(row: Row, context: Context) -> bool:
    """LAB003: writes the label that is meant where the label stands: a column, a field of the answer, the answer."""
    source, reading = context.labels, context.reading(row)
    if source is None or reading is None:
        return False
    [written] = read_labels(source, [reading.label], [reading.answer], len(reading.answer or ""))
    meant = context.meant.get(written or "")
    if meant is None or written is None:
        return False
    if source.kind == "column":
        path = source.field or "label"
        return dict(row.texts).get(path) == written and row.put(path, meant)
    found = context.answer(row)
    if found is None:
        return False
    path, answer = found
    return row.put(path, meant if source.kind == "answer" else _with_field(answer, source.field or "", meant))


def _with_field(answer: str, field: str, value: str) -> str:
    """A JSON answer with another text in one field."""
    leaf = next((leaf for leaf in reversed(scan(answer).leaves) if leaf.path == field), None)
    if leaf is None:
        return answer
    literal = rewritten(answer[leaf.start : leaf.stop], value, ascii_only=answer.isascii() and "\\u" in answer)
    return answer[: leaf.start] + literal + answer[leaf.stop :]
