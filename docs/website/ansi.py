"""Terminal output with colours as a picture (SVG): text stays text, so that it can be read, searched and compared.

Knows the codes that select graphic rendition (SGR, ECMA-48 8.3.117) as far as the reports use them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from dataaudit.text.safe import display_width

if TYPE_CHECKING:
    from collections.abc import Iterator

_SGR = re.compile(r"\x1b\[([\d;]*)m")
_COLORS = {"31": "red", "32": "green", "33": "yellow", "34": "blue", "35": "magenta", "36": "cyan"}
# Pixels of a cell of 14 px monospace type, and the room around the text.
_CELL, _LINE, _PAD, _BAR = 8.4, 19, 16, 34
_STYLE = """
    rect.window { fill: #10222b; } rect.bar { fill: #1b333e; }
    text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #d7e2e6;
           white-space: pre; }
    .title { fill: #8fa6b0; } .bold { font-weight: 700; fill: #fff; } .dim { fill: #8fa6b0; }
    .red { fill: #ff7b72; } .green { fill: #6fd08c; } .yellow { fill: #f2c14e; } .blue { fill: #79b8ff; }
    .magenta { fill: #d2a8ff; } .cyan { fill: #5fd1c5; }
"""


@dataclass(frozen=True)
class Run:
    """Text of one style, and the cell that it starts in."""

    text: str
    style: str
    start: int


def runs(line: str) -> Iterator[Run]:
    """The pieces of a line of output, from left to right."""
    styles: list[str] = []
    column = at = 0
    for code in (*_SGR.finditer(line), None):
        text = line[at : code.start() if code else len(line)]
        if text:
            yield Run(text, " ".join(styles), column)
            column += display_width(text)
        if code:
            at = code.end()
            styles = _after(styles, code[1])


def _after(styles: list[str], codes: str) -> list[str]:
    """The styles that hold after the codes of one escape sequence."""
    for code in codes.split(";"):
        if code in ("", "0"):
            styles = []
        elif code == "1":
            styles = [*styles, "bold"]
        elif code == "2":
            styles = [*styles, "dim"]
        elif code in _COLORS:
            styles = [style for style in styles if style not in _COLORS.values()] + [_COLORS[code]]
        else:
            raise ValueError(f"no style for the code {code!r}")
    return styles


def svg(output: str, title: str, columns: int = 80) -> str:
    """A window that shows the output of a command.

    Raises:
        ValueError: the output has a code that changes something else than the style of text.
    """
    lines = output.rstrip("\n").split("\n")
    width = round(columns * _CELL + 2 * _PAD)
    height = _BAR + len(lines) * _LINE + 2 * _PAD
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">',
        f"  <title>{escape(title)}</title>\n  <style>{_STYLE}  </style>",
        f'  <rect class="window" width="{width}" height="{height}" rx="8"/>',
        f'  <rect class="bar" width="{width}" height="{_BAR}" rx="8"/>',
        f'  <text class="title" x="{_PAD}" y="22">{escape(title)}</text>',
    ]
    for number, line in enumerate(lines):
        if "\x1b" in _SGR.sub("", line):
            raise ValueError(f"line {number + 1} moves the cursor or the like: {line!r}")
        parts += [_text(run, _BAR + _PAD + number * _LINE + 14) for run in runs(line) if run.text.strip()]
    return "\n".join([*parts, "</svg>", ""])


def _text(run: Run, y: int) -> str:
    """A piece of text, stretched to its cells whatever font the reader has."""
    body = run.text.lstrip(" ")
    x = _PAD + (run.start + len(run.text) - len(body)) * _CELL
    body = body.rstrip(" ")
    style = f' class="{run.style}"' if run.style else ""
    length = f"{display_width(body) * _CELL:g}"
    return (
        f'  <text x="{x:g}" y="{y}" textLength="{length}" lengthAdjust="spacingAndGlyphs"{style}>{escape(body)}</text>'
    )
