"""The normal form of a text: equal for texts that differ in case, white space, punctuation or Unicode form only.

Symbols that carry meaning on their own (arithmetic, currency, `#`, `@`, emoji) are kept, so that "3 + 4" and "3 * 4"
stay apart, and so are the combining marks of every script. A text of nothing but punctuation is its own form.

This is the definition. Columns of texts are done by normal.c, where it was compiled.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from dataaudit.text.compiled import NormalForms

# Three bytes stand for signs that only the text around them tells from punctuation: a minus, the "not" of "!=", and the
# point inside a number.
_SYMBOLS = b"+*/=<>^%$&|~#@\x01\x02\x04"
_MINUS = re.compile(r"(^|[\s\x00(=+*/<>^])-(?= ?[0-9])")
_POINT = re.compile(r"\.(?<=[0-9]\.)(?=[0-9])")  # what is searched stands first: that is fast
_MINUS_BYTES = re.compile(_MINUS.pattern.encode())
_POINT_BYTES = re.compile(_POINT.pattern.encode())
# While a text is worked on, a symbol is a byte above ASCII: whether there is any is then known at once.
_HIGH = bytes(0x80 + place for place in range(len(_SYMBOLS)))
_AROUND_HIGH = re.compile(b" ?([\x80-\xbf]) ?")
_AROUND_SYMBOLS = re.compile(b" ?([" + re.escape(_SYMBOLS) + b"]) ?")
_TO_SYMBOLS = bytes.maketrans(_HIGH, _SYMBOLS)


def _ascii_form(code: int) -> int:
    char = chr(code)
    if code in _SYMBOLS:
        return _HIGH[_SYMBOLS.index(code)]
    if "A" <= char <= "Z":
        return code + 32
    return code if code < 128 and char.isalnum() else 32


_ASCII = bytes(map(_ascii_form, range(256)))


class _Forms(dict[int, str | None]):
    """What str.translate does with a character, worked out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        if code < 128:
            form: str | None = char.lower() if char.isalnum() or code in _SYMBOLS else " "
        else:
            plain = char if _is_apart(char) else unicodedata.normalize("NFKC", char)
            kinds = [(one, unicodedata.category(one)) for one in plain]
            form = "".join("" if k == "Cf" else " " if k[0] in "PZC" or k == "Sk" else one for one, k in kinds)
        self[code] = form
        return form


def _is_apart(char: str) -> bool:
    """Whether a compatibility form means something of its own: 10⁵ is not 105."""
    return unicodedata.decomposition(char).startswith(("<super>", "<sub>", "<circle>", "<fraction>"))


_FORMS = _Forms()


def normalize(text: str) -> bytes:
    """The normal form as UTF-8. Two texts are equal after normalising exactly if these bytes are equal."""
    if not text.isascii():
        return _normalize_any(text)
    form = _signed(text.encode()).translate(_ASCII)
    while b"  " in form:
        form = form.replace(b"  ", b" ")
    if not form.isascii():
        form = _AROUND_HIGH.sub(rb"\1", form).translate(_TO_SYMBOLS)
    return form.strip(b" ") or text.strip().encode()


def normalize_column(texts: Sequence[str]) -> list[bytes]:
    """The normal form of each text: what `normalize` gives, and far faster for many."""
    return _COMPILED(texts)


def normal_forms(questions: Sequence[str], answers: Sequence[str | None]) -> tuple[list[bytes], list[bytes]]:
    """The normal forms of two columns of equal length; of None the empty one."""
    texts: list[str] = [*questions, *[answer or "" for answer in answers]]
    forms = normalize_column(texts)
    return forms[: len(questions)], forms[len(questions) :]


def _signed(text: bytes) -> bytes:
    if b"-" in text:
        text = _MINUS_BYTES.sub(b"\\1\x01", text)
    if b"!" in text:
        text = text.replace(b"!=", b"\x02=")
    return _POINT_BYTES.sub(b"\x04", text) if b"." in text else text


def _normalize_any(text: str) -> bytes:
    signed = _MINUS.sub("\\1\x01", text) if "-" in text else text
    signed = signed.replace("!=", "\x02=") if "!" in signed else signed
    signed = _POINT.sub("\x04", signed) if "." in signed else signed
    form = _AROUND_SYMBOLS.sub(rb"\1", " ".join(_folded(signed).split()).encode("utf-8", "surrogatepass"))
    return form or text.strip().encode("utf-8", "surrogatepass")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).translate(_FORMS).casefold())


_COMPILED = NormalForms(normalize, _folded)
