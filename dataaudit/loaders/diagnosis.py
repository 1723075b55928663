"""What is wrong with a JSON text that the strict parser refused. Slow, tolerant, and never recursive.

Reads one value with a stack of its own, so that nesting cannot exhaust the C stack, and goes on where the meaning is
beyond doubt (duplicate keys, trailing commas, NaN, raw control characters). Every step moves forward: linear time.
"""

from __future__ import annotations

import re
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]  # not in typeshed
from math import inf, isinf, nan
from typing import Any, Final

from dataaudit.loaders.base import UNREAD
from dataaudit.shapes.base import Note

INTEGER_MINIMUM: Final = -(2**63)
INTEGER_MAXIMUM: Final = 2**64 - 1

# The limit of jiter; what is deeper is refused there too.
_DEPTH: Final = 200
# int() refuses longer texts (CPython, sys.int_info.default_max_str_digits).
_DIGITS: Final = 4300

# Names in messages: deeper paths and longer keys help nobody.
_PATH_DEPTH: Final = 12
_KEY_LENGTH: Final = 60

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WORD: Final = re.compile(r"-?[A-Za-z_]+")
_CONTROL: Final = re.compile(r"[\x00-\x1f]")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_WORDS: Final[dict[str, Any]] = {"true": True, "false": False, "null": None}
_NOT_NUMBERS: Final = {"NaN": nan, "-NaN": nan, "Infinity": inf, "-Infinity": -inf}
_PYTHON_WORDS: Final = frozenset({"True", "False", "None"})
_REFUSAL: Final = re.compile(r"(.*) at line [0-9]+ column ([0-9]+)", re.DOTALL)


def diagnose(raw: bytes, refusal: str) -> tuple[Any, tuple[Note, ...]]:
    """The value of a JSON text or UNREAD, with at least one note (none if `refusal` is empty and nothing is odd).

    `refusal` is the message of jiter, used in the rare case that nothing else explains it.
    """
    notes: list[Note] = []
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        column = len(raw[: error.start].decode()) + 1
        notes.append(Note("invalid-utf8", detail=f"byte 0x{raw[error.start]:02x}", column=column))
        text = raw.decode(errors="replace")
    reader = _Reader(text)
    try:
        value = reader.read()
    except _Fault as fault:
        value = UNREAD
        reader.note(fault.trait, fault.detail, fault.position)
    notes.extend(reader.summary())
    if not notes and refusal:
        found = _REFUSAL.fullmatch(refusal)
        place = len(raw[: int(found[2]) - 1].decode(errors="replace")) + 1 if found else None
        notes.append(Note("invalid-json", detail=found[1] if found else refusal, column=place))
        value = UNREAD
    return value, tuple(notes)


class _Fault(Exception):
    def __init__(self, trait: str, detail: str, position: int) -> None:
        super().__init__(detail)
        self.trait, self.detail, self.position = trait, detail, position


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.stack: list[Any] = []
        self.keys: list[str | None] = []
        self.found: dict[str, tuple[Note, int]] = {}

    def note(self, trait: str, detail: str, position: int) -> None:
        """Keep the first note of each trait and count the others."""
        first, count = self.found.get(trait, (None, 0))
        if first is None:
            first = Note(trait, self.path(), detail, position + 1)
        self.found[trait] = first, count + 1

    def summary(self) -> list[Note]:
        return [
            note if count == 1 else note._replace(detail=f"{note.detail} and {count - 1} more")
            for note, count in self.found.values()
        ]

    def path(self) -> str | None:
        if len(self.stack) > _PATH_DEPTH:
            return None
        path = ""
        for container, key in zip(self.stack[1:], self.keys[1:], strict=True):
            if isinstance(container, list):
                path += f"[{max(len(container) - 1, 0)}]"
            elif key is not None:
                path += f".{_clipped(key)}" if path else _clipped(key)
        return path or None

    def peek(self) -> str:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def read(self) -> Any:
        if self.text.startswith("\ufeff"):
            self.note("byte-order-mark", "", 0)
            self.at = 1
        root: list[Any] = []
        self.stack, self.keys = [root], [None]
        while True:
            self.value(self.peek())
            if self.after_value():
                break
        self.rest()
        return root[0]

    def value(self, char: str) -> None:
        """Read values until one is complete (an empty container or a scalar)."""
        while char in ("{", "["):
            if len(self.stack) > _DEPTH:
                raise _Fault("too-deep", f"more than {_DEPTH} levels", self.at)
            container: Any = {} if char == "{" else []
            self.put(container)
            self.stack.append(container)
            self.keys.append(None)
            self.at += 1
            char = self.peek()
            if char == _closer(container):
                return
            if isinstance(container, dict):
                self.key(char)
                char = self.peek()
        self.put(self.scalar(char))

    def after_value(self) -> bool:
        """Close what ends here; True when the outermost value is complete, False when another value follows."""
        while len(self.stack) > 1:
            container = self.stack[-1]
            char = self.peek()
            if char == ",":
                comma = self.at
                self.at += 1
                char = self.peek()
                if char != _closer(container):
                    if isinstance(container, dict):
                        self.key(char)
                    return False
                self.note("invalid-json", f"trailing comma before {char}", comma)
            if char != _closer(container):
                raise self.unexpected(char, f"a comma or {_closer(container)}")
            self.at += 1
            self.stack.pop()
            self.keys.pop()
        return True

    def put(self, value: Any) -> None:
        container = self.stack[-1]
        if isinstance(container, list):
            container.append(value)
        else:
            key = self.keys[-1]
            if key in container and not isinstance(value, dict | list):
                self.again(key, container[key], value)
            container[key] = value

    def again(self, key: str | None, before: Any, value: Any) -> None:
        """Say of the first repeated key that nothing is lost with one of its values."""
        note, count = self.found.get("duplicate-key", (None, 0))
        if note is not None and count == 1 and type(before) is type(value) and before == value:
            self.found["duplicate-key"] = note._replace(detail=f"{note.detail}, with the same value"), count

    def key(self, char: str) -> None:
        start = self.at
        if char != '"':
            raise self.unexpected(char, "a key in double quotes")
        name = self.string()
        if name in self.stack[-1]:
            self.note("duplicate-key", f'"{_clipped(name)}"', start)
        if self.peek() != ":":
            raise self.unexpected(self.peek(), "a colon")
        self.at += 1
        self.keys[-1] = name

    def string(self) -> str:
        start = self.at
        text: str
        try:
            text, self.at = scanstring(self.text, start + 1, False)
        except JSONDecodeError as error:
            if error.msg.startswith("Unterminated"):
                raise _Fault("invalid-json", "cut off inside a string", start) from None
            raise _Fault("invalid-json", "wrong escape in a string", min(error.pos, len(self.text) - 1)) from None
        control = _CONTROL.search(self.text, start, self.at)
        if control:
            what = f"control character U+{ord(control[0]):04X} written raw in a string"
            self.note("invalid-json", what, control.start())
        if "\x00" in text:
            self.note("nul-character", "NUL in a string", start)
        if _SURROGATE.search(text):
            self.note("lone-surrogate", "half a surrogate pair in a string", start)
        return text

    def scalar(self, char: str) -> Any:
        if char == '"':
            return self.string()
        number = _NUMBER.match(self.text, self.at)
        if number:
            return self.number(number)
        word = _WORD.match(self.text, self.at)
        if word and word[0] in _WORDS:
            self.at = word.end()
            return _WORDS[word[0]]
        if word and word[0] in _NOT_NUMBERS:
            self.note("not-a-number", word[0], self.at)
            self.at = word.end()
            return _NOT_NUMBERS[word[0]]
        if word and word[0] in _PYTHON_WORDS:
            raise _Fault("invalid-json", f"{word[0]} is Python, not JSON", self.at)
        raise self.unexpected(char, "a value")

    def number(self, found: re.Match[str]) -> int | float:
        start, self.at = self.at, found.end()
        if found[1] is None and found[2] is None and len(found[0]) <= _DIGITS:
            whole = int(found[0])
            if not INTEGER_MINIMUM <= whole <= INTEGER_MAXIMUM:
                self.note("huge-number", "an integer outside 64 bits", start)
            return whole
        real = float(found[0])
        if isinf(real):
            self.note("huge-number", "larger than any double", start)
        return real

    def rest(self) -> None:
        """What follows the outermost value."""
        char = self.peek()
        if char == ",":
            self.note("invalid-json", "a comma after the value, as between the elements of an array", self.at)
            self.at += 1
            char = self.peek()
        if char and char in '{["':
            raise _Fault("several-values", "another value follows the first", self.at)
        if char:
            raise _Fault("invalid-json", f"unexpected {_shown(char)} after the value", self.at)

    def unexpected(self, char: str, expected: str) -> _Fault:
        if not char:
            return _Fault("invalid-json", f"cut off: {expected} is missing", len(self.text))
        if char == "'":
            return _Fault("invalid-json", "single quotes: a Python dict, not JSON", self.at)
        if char == "\x00":
            self.note("nul-character", "NUL outside a string", self.at)
        return _Fault("invalid-json", f"expected {expected}, found {_shown(char)}", self.at)


def _closer(container: Any) -> str:
    return "]" if isinstance(container, list) else "}"


def _clipped(key: str) -> str:
    return key if len(key) <= _KEY_LENGTH else key[:_KEY_LENGTH] + "..."


def _shown(char: str) -> str:
    return f'"{char}"' if char.isprintable() and char != "\ufffd" else f"U+{ord(char):04X}"
