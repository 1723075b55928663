"""Classes of scripts that tokenizers treat alike, told from the bytes of a text in UTF-8. Not for telling languages."""

from __future__ import annotations

from dataaudit.tokens.tokenizers import limit

SCRIPTS = ("latin", "cyrillic", "east-asian", "other")
"""Latin letters, with or without accents, code and figures; Cyrillic and Greek; Chinese, Japanese and Korean;
Armenian, Hebrew, Arabic, the scripts of India, Thai and all else."""
_LEADS = {b"l": range(0xC3, 0xCB), b"c": range(0xCD, 0xD4), b"o": range(0xD4, 0xE2), b"e": range(0xE3, 0xEE)}
_TABLE = bytes(next((letter[0] for letter, leads in _LEADS.items() if byte in leads), byte) for byte in range(256))
_DELETED = bytes(byte for byte in range(256) if not any(byte in leads for leads in _LEADS.values()))
_VIETNAMESE = (b"\xe1\xba", b"\xe1\xbb")
"""Latin letters with two marks, which begin with a byte of the class `o`."""


def script_of(text: bytes, characters: int) -> int:
    """The class of a text, as an index of `SCRIPTS`: that of most of its letters beyond ASCII, if they are many."""
    if len(text) < characters * limit("latin_below"):
        return 0
    leads = text.translate(_TABLE, _DELETED)
    marked = sum(text.count(lead) for lead in _VIETNAMESE)
    counts = (leads.count(b"l") + marked, leads.count(b"c"), leads.count(b"e"), leads.count(b"o") - marked)
    return counts.index(max(counts))
