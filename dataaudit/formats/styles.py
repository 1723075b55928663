"""Finer properties of answers that are not JSON: names (elements, keys, headings, columns) and styles of writing."""

from __future__ import annotations

from functools import cache
from typing import Any

from dataaudit.formats.form import Form

NAMED_KINDS = {
    "xml": "element",
    "html": "element",
    "yaml": "key",
    "table": "column",
    "markdown": "heading",
    "prose": "field",
}
STYLED_KINDS = {
    "code": ("language",),
    "list": ("marker",),
    "number": ("number",),
    "table": ("delimiter", "columns"),
    "sql": ("verb",),
}
_CURRENCIES = frozenset("$€£¥₹₽₩¢%")
_SIGNS = _CURRENCIES | frozenset("+-−")
_LONGEST_NAME = 40
_MOST_NAMES = 60
_PATTERNS = {
    "xml": r"<([A-Za-z_\x{80}-\x{10FFFF}][\w.:\x{80}-\x{10FFFF}-]*)",
    "html": r"<([a-zA-Z][a-zA-Z0-9-]*)",
    "yaml": r"(?m)^([A-Za-z_\x{80}-\x{10FFFF}][\w .\x{80}-\x{10FFFF}-]{0,39}):(?:\s|$)",
    "markdown": r"(?m)^(#{1,6} [^\n]{1,80})$",
    "prose": r"(?m)^([A-Za-z\x{80}-\x{10FFFF}][\w \x{80}-\x{2FFF}\x{3040}-\x{FEFF}-]{0,29}[:：])",
}


@cache
def _pattern(kind: str) -> Any:
    import re2

    return re2.compile(_PATTERNS[kind])


def names_of(form: Form, prefix: str = "") -> tuple[str, ...]:
    """The names in an answer, in order, each once, without those that a common prefix holds; empty for other kinds."""
    if form.kind == "table":
        return tuple(cell[:_LONGEST_NAME] for cell in _cells(form.body)[:_MOST_NAMES])
    if form.kind not in _PATTERNS:
        return ()
    if form.kind == "prose" and ":" not in form.body and "：" not in form.body:
        return ()
    text = form.body if form.body.isascii() else form.body.encode("utf-8", "replace").decode("utf-8")
    found = (match.group(1).strip() for match in _pattern(form.kind).finditer(text))
    names: dict[str, None] = {}
    for name in found:
        if name not in prefix:
            names[name] = None
        if len(names) >= _MOST_NAMES:
            break
    return tuple(names)


def style_of(form: Form, style: str) -> str | None:
    """One style of an answer of the kind that has it; None where it cannot be seen."""
    body = form.body
    if style == "language":
        return form.language
    if style == "marker":
        return _marker(body)
    if style == "number":
        return _number(body)
    if style == "delimiter":
        return _delimiter(body)
    if style == "columns":
        return str(len(_cells(body)))
    return body.split(None, 1)[0].upper()[:20] if body.strip() else None


def _marker(body: str) -> str | None:
    first = body.lstrip()[:6]
    digits = first.lstrip("0123456789")
    if len(digits) < len(first):
        return f"1{digits[:1]}"
    return first[:1] or None


def _number(body: str) -> str:
    """Such as "whole", "decimal", "decimal %", "$ whole with thousands separators"."""
    text = body.strip()
    core = "".join(char for char in text if char not in _SIGNS).strip()
    signs = "".join(sorted({char for char in text if char in _CURRENCIES}))
    digits = core.replace(",", "").replace(".", "").replace(" ", "").replace("'", "")
    if not digits.isdigit():
        style = "other"
    elif core.isdigit():
        style = "whole"
    elif _grouped(core):
        style = "with thousands separators"
    else:
        style = "decimal"
    return f"{style} {signs}" if signs else style


def _grouped(core: str) -> bool:
    """Whether separators stand before groups of three digits, of two kinds or more than one of them."""
    for separator in ",.' ":
        parts = core.split(separator)
        if len(parts) > 1 and separator in ",' " and all(len(part.split(".")[0]) == 3 for part in parts[1:]):
            return True
        if len(parts) > 2:
            return True
    return False


def _delimiter(body: str) -> str:
    line = body.split("\n", 1)[0]
    return max("|\t;,", key=lambda char: (line.count(char), char == "|"))


def _cells(body: str) -> list[str]:
    line = body.strip().split("\n", 1)[0][:2000]
    delimiter = _delimiter(line)
    return [cell.strip() for cell in line.strip("|").split(delimiter)]
