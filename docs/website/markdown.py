"""Texts of the catalogue as Markdown that shows them letter by letter: nothing in them is markup.

For the pages that are generated when the site is built. What a rule's example holds is hostile on purpose: invisible
characters are shown as escapes, as in every report.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dataaudit.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Punctuation that Markdown or HTML may read as markup; a dash or a number with a dot only where a line starts.
_MARKUP = re.compile(r"[!-+<-@\[-`{-~]|^-|(?<=^\d)\.|(?<=^\d\d)\.")
_SPACE = re.compile(r"\s+")
_SPAN = re.compile(r"`([^`]+)`")


def literal(text: str) -> str:
    """The text on one line, in which no character is markup."""
    return _MARKUP.sub(lambda match: f"&#{ord(match.group())};", escape(_SPACE.sub(" ", text)))


def code(text: object) -> str:
    """A piece of code inside a line; it may stand in a table."""
    return f"<code>{literal(str(text))}</code>"


def prose(text: str) -> str:
    """One paragraph, in which only `pieces of code` are markup."""
    pieces = _SPAN.split(text)
    return "".join(code(piece) if odd % 2 else literal(piece) for odd, piece in enumerate(pieces))


def paragraphs(text: str) -> str:
    """Several paragraphs, parted by blank lines."""
    return "\n\n".join(prose(part) for part in text.strip().split("\n\n"))


def link(title: str, url: str | None) -> str:
    """A link to a page of the web, or the bare title; only addresses of pages become links."""
    if url is None or not url.startswith(("https://", "http://")):
        return prose(title)
    return f'<a href="{literal(url)}" rel="noopener">{prose(title)}</a>'


def fence(text: str, language: str = "text", title: str = "", marked: Iterable[int] = ()) -> str:
    """A fenced block, with the numbers of its lines where some of them are marked."""
    lines = [escape(line) for line in text.rstrip("\n").split("\n")]
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    ticks = "`" * max(3, longest + 1)
    info = [language]
    if title:
        info.append(f'title="{escape(title).replace(chr(34), "")}"')
    if numbers := [str(number) for number in marked if 1 <= number <= len(lines)]:
        info.append(f'linenums="1" hl_lines="{" ".join(numbers)}"')
    return "\n".join([ticks + " ".join(info), *lines, ticks])


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already, without `|` and line ends."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def badges(*pairs: tuple[str, str]) -> str:
    """A row of small labels: the words, and the kind that decides the colour."""
    spans = " ".join(f'<span class="badge badge-{kind}">{literal(words)}</span>' for words, kind in pairs)
    return f'<p class="badges">{spans}</p>'
