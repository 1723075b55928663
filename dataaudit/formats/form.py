"""What one answer looks like: the value that looking gives, and that learning and comparing take."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

Kind = Literal[
    "empty", "json", "xml", "html", "yaml", "table", "markdown", "code", "sql", "number", "list", "line", "prose"
]
"""table: CSV, TSV or a Markdown table alone. list: numbered or bulleted lines alone. line: one short line that is no
sentence (a label, a name). prose: sentences. markdown: prose with headings, lists, tables or fenced parts in it."""


class Form(NamedTuple):
    """One answer, taken apart.

    body: the structure itself, without fence and without the words before and after it; the stripped answer where
    there is no structure. fence: the info string of the fence around the body ("" for none given), or None.
    before, after: words outside the structure (stripped). fault: in a few words why a body of this kind does not parse
    ("cut off", "Python literal, not JSON", "trailing comma", "fence not closed", ...), or None.
    language: of code, in lower case ("python", "javascript", ...), or None. value: what JSON parses to.
    """

    kind: Kind
    body: str
    fence: str | None = None
    before: str = ""
    after: str = ""
    fault: str | None = None
    language: str | None = None
    value: Any = None
