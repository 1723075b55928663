"""The normal form of a text: equal for texts that differ in case, white space, punctuation or Unicode form only.

Symbols that carry meaning on their own (arithmetic, currency, `#`, `@`, emoji) are kept, so that "3 + 4" and "3 * 4"
stay apart, and so are the combining marks of every script. A text of nothing but punctuation is its own form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Three bytes stand for signs that only the text around them tells from punctuation: a minus, the "not" of "!=", and the
# point inside a number.
_SYMBOLS = b"+*/=<>^%$&|~#@\x01\x02\x04"
_MINUS = re.compile(r"(^|[\s\x00(=+*/<>^])-(?= ?[0-9])")
_POINT = re.compile(r"(?<=[0-9])\.(?=[0-9])")
_MINUS_BYTES = re.compile(_MINUS.pattern.encode())
# While a text is worked on, a symbol is a byte above ASCII: whether there is any is then known at once.
_HIGH = bytes(0x80 + place for place in range(len(_SYMBOLS)))
_AROUND_HIGH = re.compile(b" ?([\x80-\xbf]) ?")
_AROUND_SYMBOLS = re.compile(b" ?([" + re.escape(_SYMBOLS) + b"]) ?")
_DROPPED = 3
_AT_ONCE = 128  # some 50 kB of text: the arrays stay in the processor's cache
_TO_SYMBOLS = bytes.maketrans(_HIGH, _SYMBOLS)


def _ascii_form(code: int) -> int:
    char = chr(code)
    if code in _SYMBOLS:
        return _HIGH[_SYMBOLS.index(code)]
    if "A" <= char <= "Z":
        return code + 32
    return code if code < 128 and char.isalnum() else 32


_ASCII = bytes(map(_ascii_form, range(256)))
_ASCII_KEEPING_NUL = b"\x00" + _ASCII[1:]


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
    """The normal form of each text: what `normalize` gives, for many ASCII texts in one go."""
    if len(texts) > _AT_ONCE:
        parts = (texts[start : start + _AT_ONCE] for start in range(0, len(texts), _AT_ONCE))
        return [form for part in parts for form in normalize_column(part)]
    plain = [text for text in texts if text.isascii()]
    joined = "\x00".join(plain).encode()
    if not plain or joined.count(b"\x00") != len(plain) - 1:
        return [normalize(text) for text in texts]
    forms = iter(_collapsed(_signed(joined).translate(_ASCII_KEEPING_NUL)).split(b"\x00"))
    return [
        (next(forms).strip(b" ") or text.strip().encode()) if text.isascii() else _normalize_any(text) for text in texts
    ]


def normal_forms(questions: Sequence[str], answers: Sequence[str | None]) -> tuple[list[bytes], list[bytes]]:
    """The normal forms of two columns of equal length; of None the empty one."""
    texts: list[str] = [*questions, *[answer or "" for answer in answers]]
    forms = normalize_column(texts) if len(texts) > 2 else [normalize(text) for text in texts]
    return forms[: len(questions)], forms[len(questions) :]


def _signed(text: bytes) -> bytes:
    if b"-" in text:
        text = _MINUS_BYTES.sub(b"\\1\x01", text)
    if b"!" in text:
        text = text.replace(b"!=", b"\x02=")
    codes = np.frombuffer(text, dtype=np.uint8)
    points = np.flatnonzero(codes[1:-1] == 46) + 1
    inside = points[(codes[points - 1] - 48 < 10) & (codes[points + 1] - 48 < 10)]
    if not len(inside):
        return text
    marked = bytearray(text)
    for place in inside.tolist():
        marked[place] = 4
    return bytes(marked)


def _collapsed(forms: bytes) -> bytes:
    """Runs of blanks as one, and none beside a symbol. One blank may stay at the ends of a text."""
    codes = np.frombuffer(forms, dtype=np.uint8)
    blank = codes == 32
    repeated = blank[1:] & blank[:-1]
    if repeated.any():
        forms = _without(forms, np.append(False, repeated))
    if not forms.isascii():
        codes = np.frombuffer(forms, dtype=np.uint8)
        symbol = codes >= 0x80
        beside = np.append(symbol[1:], False) | np.append(False, symbol[:-1])
        forms = _without(forms, beside & (codes == 32)).translate(_TO_SYMBOLS)
    return forms


def _without(text: bytes, dropped: NDArray[np.bool_]) -> bytes:
    codes = np.frombuffer(bytearray(text), dtype=np.uint8)
    codes[dropped] = _DROPPED
    return codes.tobytes().translate(None, bytes([_DROPPED]))


def _normalize_any(text: str) -> bytes:
    signed = _MINUS.sub("\\1\x01", text) if "-" in text else text
    signed = signed.replace("!=", "\x02=") if "!" in signed else signed
    signed = _POINT.sub("\x04", signed) if "." in signed else signed
    folded = unicodedata.normalize("NFC", signed).translate(_FORMS).casefold()
    plain = " ".join(unicodedata.normalize("NFC", folded).split())
    form = _AROUND_SYMBOLS.sub(rb"\1", plain.encode("utf-8", "surrogatepass"))
    return form or text.strip().encode("utf-8", "surrogatepass")
