"""JSON, whole or broken: reads it, says what is wrong with it, and tells broken JSON from other text with brackets.

jiter reads and names the first place that it refuses; what stands there names the fault. No second parser.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from jiter import from_json

from dataaudit.formats.lazy import lazy

_CLOSING = {"{": "}", "[": "]"}
_PLACE = lazy(r" at line (\d+) column (\d+)$")
_QUOTES = "\"'“”‘’"
_PLAIN = r"(?:true|false|null|True|False|None|NaN|-?Infinity|undefined)\b"
_VALUE = rf"[{_QUOTES}\[{{\d.-]|{_PLAIN}"
_COMMENTS = r"(?:\s|//[^\n]{0,400}\n|/\*[^*]{0,400}\*/|\#[^\n]{0,400}\n)*"
_KEY_END = r"""\s*(?::|$|[\d"{\[])"""
_OBJECT = lazy(
    rf"\{{{{?{_COMMENTS}(?:\}}(?=\s*(?:$|\n))"
    rf'|"(?:[^"\\\n]|\\.){{0,200}}(?:"{_KEY_END}|$)'
    rf"|'(?:[^'\\\n]|\\.){{0,200}}(?:'{_KEY_END}|$)"
    rf"|[“‘][^”’\n]{{0,200}}[”’]{_KEY_END}"
    rf'|\\+"(?:[^"\\\n]){{0,200}}\\+"{_KEY_END}'
    rf"|[A-Za-z_$][\w$-]{{0,80}}\s*:\s*(?:{_VALUE}))"
)
_ARRAY = lazy(
    rf"\[{_COMMENTS}(?:\]"
    rf'|"(?:[^"\\\n]|\\.){{0,2000}}(?:"\s*(?:[,\]]|$)|$)'
    rf"|'(?:[^'\\\n]|\\.){{0,2000}}(?:'\s*(?:[,\]]|$)|$)"
    rf"|-?\d[\d.eE+-]{{0,40}}\s*(?:[,\]]|$)"
    rf"|{_PLAIN}\s*(?:[,\]]|$))"
)
_NESTED = lazy(rf"\[{_COMMENTS}(?=[\[{{])")
_NESTED_AT_MOST = 32
_WORD = lazy(r"[A-Za-z]+")


class Json(NamedTuple):
    """A JSON text that starts at the first character of what was read.

    end: index after it; value: what it parses to, None with a fault that leaves nothing to read; fault: as in Form.
    """

    end: int
    value: Any
    fault: str | None


def read_json(text: str) -> Json | None:
    """The object or array that `text` (from `{` or `[` on) starts with; None if that is no JSON, not even broken."""
    data = text.encode("utf-8", "replace")
    try:
        return Json(len(text), from_json(data, catch_duplicate_keys=True, allow_inf_nan=False), None)
    except ValueError as error:
        message = str(error)
    refused = _refused_at(message, text, data)
    if message.startswith("trailing characters"):
        return _read_first(text, refused)
    if not looks_like_json(text):
        return None
    if message.startswith("Detected duplicate key"):
        return _read_with_duplicates(text, data)
    fault = _fault(message, text, refused)
    return Json(len(text) if fault == "cut off" else _end(text), None, fault)


def looks_like_json(text: str) -> bool:
    """Whether a text that starts with a bracket goes on as an object or array of JSON, or of what is written for it."""
    place = 0
    for _ in range(_NESTED_AT_MOST):
        nested = _NESTED.match(text, place)
        if nested is None:
            return (_OBJECT if text.startswith("{", place) else _ARRAY).match(text, place) is not None
        place = nested.end()
    return True


def read_quoted(text: str) -> Json | None:
    """JSON that was written into a JSON string once more: the quotes of its keys are escaped."""
    try:
        inner = from_json(text.encode("utf-8", "replace"))
        if isinstance(inner, str) and inner.strip()[:1] in _CLOSING:
            return Json(len(text), from_json(inner.encode("utf-8", "replace")), "JSON inside a string")
    except ValueError:
        return None
    return None


def _refused_at(message: str, text: str, data: bytes) -> int:
    """The index in `text` of the place that jiter names by line and column of `data`."""
    place = _PLACE.search(message)
    if place is None:
        return len(text)
    start = 0
    for _ in range(int(place[1]) - 1):
        start = data.index(b"\n", start) + 1
    offset = start + max(0, int(place[2]) - 1)
    return offset if text.isascii() else len(data[:offset].decode("utf-8", "ignore"))


def _read_first(text: str, end: int) -> Json | None:
    """A value with more text after it: words, or more values (JSON lines)."""
    rest = text[end:].lstrip(" \t\r\n,")
    if rest[:1] in _CLOSING and rest and looks_like_json(rest):
        last = max(text.rfind("}"), text.rfind("]")) + 1
        return Json(last, None, "several JSON values")
    try:
        value = from_json(text[:end].encode("utf-8", "replace"), catch_duplicate_keys=True, allow_inf_nan=False)
    except ValueError:
        return _read_with_duplicates(text[:end], text[:end].encode("utf-8", "replace"))
    extra = text[end:].strip()
    if extra and not extra.strip("}]"):
        return Json(len(text), None, "closing bracket too many")
    if not isinstance(value, dict) and not any(isinstance(item, dict) for item in value) and not _ends_line(text, end):
        return None
    return Json(end, value, None)


def _ends_line(text: str, end: int) -> bool:
    """Whether nothing stands behind the array in its line: [1] before words is a reference, [Yes] a choice."""
    return not text[end : end + 200].partition("\n")[0].strip()


def _read_with_duplicates(text: str, data: bytes) -> Json:
    try:
        return Json(len(text), from_json(data), "duplicate key")
    except ValueError as error:
        refused = _refused_at(str(error), text, data)
        return Json(len(text), None, _fault(str(error), text, refused))


def _fault(message: str, text: str, place: int) -> str:
    """What is wrong, in a few words, by the message of jiter and by what stands where it stopped."""
    if text.startswith("{{"):
        return "doubled braces"
    if message.startswith("EOF") or _CLOSING[text[0]] not in text:
        return "cut off"
    for start, fault in _BY_MESSAGE:
        if message.startswith(start):
            return fault
    here = text[place : place + _SHOWN].lstrip()
    for signs, fault in _BY_SIGN:
        if here.startswith(signs):
            return fault
    word = _WORD.match(here)
    if word and word[0] in _BY_WORD:
        return _BY_WORD[word[0]]
    if message.startswith("expected `,`"):
        return "missing comma" if here[:1] in '"{[' or here[:1].isdigit() else "quote or comma missing"
    if word is None:
        return "malformed"
    return "unquoted key" if message.startswith("key must be") else "unquoted value"


_SHOWN = 20
_PYTHON = "Python literal, not JSON"
_NOT_A_NUMBER = "NaN or Infinity, not JSON"
_BY_WORD = (
    {"undefined": "JavaScript literal, not JSON"}
    | dict.fromkeys(("True", "False", "None"), _PYTHON)
    | dict.fromkeys(("NaN", "Infinity", "nan", "inf"), _NOT_A_NUMBER)
)
_BY_SIGN = (
    (("//", "/*", "#"), "comment"),
    (("'",), _PYTHON),
    (("-Infinity", "-inf", "-NaN"), _NOT_A_NUMBER),
    (("“", "”", "‘", "’"), "curly quotes"),
    (("\\",), "escaped quotes"),
    (("...", "…"), "left out with dots"),
)
_BY_MESSAGE = (
    ("trailing comma", "trailing comma"),
    ("expected `:`", "missing colon"),
    ("recursion limit", "nested too deep"),
    ("number out of range", "number too large"),
    ("control character", "line break inside a string"),
    ("invalid escape", "invalid escape"),
    ("unexpected end of hex escape", "half a surrogate pair"),
    ("lone leading surrogate", "half a surrogate pair"),
    ("invalid number", "malformed number"),
)


def _end(text: str) -> int:
    """Where a broken value ends: at its last closing bracket."""
    return text.rfind(_CLOSING[text[0]]) + 1 or len(text)
