"""Pieces of the data as they are shown in messages: short, in quotes, without control characters."""

from __future__ import annotations

from dataaudit.text.safe import clip, escape, mask

_WIDTH = 40
_LOOKED_AT = 400


def quoted(text: str, width: int = _WIDTH) -> str:
    """The text in double quotes, masked, escaped and cut to `width` columns."""
    return f'"{plain(text, width)}"'


def plain(text: str, width: int = _WIDTH) -> str:
    """The same without the quotes; line ends and tabs show as escapes."""
    piece = text[:_LOOKED_AT].replace("\n", "\\n").replace("\t", "\\t")
    return clip(mask(escape(piece)), None, width)[0]
