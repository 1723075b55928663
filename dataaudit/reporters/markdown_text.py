"""Pieces of Markdown that hold any text as it is: code, tables, folds. Knows nothing of reports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dataaudit.reporters.channels import cut, limit
from dataaudit.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHANNEL = "markdown"
_TICKS = re.compile("`+")
# What Markdown reads as markup inside a line; a backslash makes it a plain character (CommonMark 0.31, 2.4).
_MARKUP = re.compile(r"[\\`*_\[\]<>~&#]")


def code(text: str) -> str:
    """A span of code with the text, which stays as it is; nothing for a blank one."""
    text = " ".join(escape(text).split())
    if not text:
        return ""
    fence = "`" * (_longest(text) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def plain(text: str) -> str:
    """Words of rules (not of data), with nothing that Markdown reads as markup."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(escape(text).split()))


def block(lines: Sequence[str]) -> str:
    """A fenced block with the lines, of which none can end it."""
    text = "\n".join(" ".join(escape(line).split()) for line in lines)
    fence = "`" * max(3, _longest(text) + 1)
    return f"{fence}text\n{text}\n{fence}"


def folded(title: str, body: str) -> str:
    """Something that is opened with a click."""
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """A table as one part, or nothing; the cells are Markdown already. `right`: columns of numbers.

    A bar in a cell becomes a character reference: a backslash before it could itself have one before it.
    """
    if not rows:
        return []
    most = limit(_CHANNEL, "rows")
    marks = ["--:" if column in right else "---" for column in range(len(head))]
    safe = [[cell.replace("|", "&#124;") for cell in cells] for cells in rows[:most]]
    lines = [f"| {' | '.join(cells)} |" for cells in (head, marks, *safe)]
    more = [f"and {len(rows) - most:,} more"] if len(rows) > most else []
    return ["\n".join(lines), *more]


def cell(text: str) -> str:
    """A text of rules as the cell of a table."""
    return plain(cut(text, limit(_CHANNEL, "cell")))


def _longest(text: str) -> int:
    """The length of the longest run of backticks."""
    return max((len(run) for run in _TICKS.findall(text)), default=0)
