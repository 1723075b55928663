"""The normal form of a text: equal for texts that differ in case, white space, punctuation or Unicode form only.

Symbols that carry meaning on their own (arithmetic, currency, `#`, `@`, emoji) are kept, so that "3 + 4" and "3 * 4" stay
apart, and so are the combining marks of every script.
"""

from __future__ import annotations

import unicodedata

_MEANINGFUL = "+*/=<>^%$&|~#@"


def _ascii_form(code: int) -> int:
    char = chr(code)
    if "A" <= char <= "Z":
        return code + 32
    return code if (code < 128 and char.isalnum()) or char in _MEANINGFUL else 32


_ASCII = bytes(_ascii_form(code) for code in range(256))


class _Forms(dict[int, str | None]):
    """What str.translate does with a character, worked out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        if code < 128:
            form: str | None = chr(_ASCII[code])
        else:
            category = unicodedata.category(char)
            form = None if category == "Cf" else " " if category[0] in "PZC" or category == "Sk" else char
        self[code] = form
        return form


_FORMS = _Forms()


def normalize(text: str) -> bytes:
    """The normal form as UTF-8. Two texts are equal after normalising exactly if these bytes are equal."""
    if text.isascii():
        form = text.encode().translate(_ASCII)
        while b"  " in form:
            form = form.replace(b"  ", b" ")
        return form.strip(b" ")
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).translate(_FORMS)
    return " ".join(folded.split()).encode("utf-8", "surrogatepass")
