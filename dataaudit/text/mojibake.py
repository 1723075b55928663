"""Mojibake: text that was decoded with the wrong encoding, and its mending where that is certain.

Certain means: the bytes that the characters of a whole line stand for are valid UTF-8, which chance does not produce,
or are quotation marks and dashes of Windows-1252 read as controls; ftfy calls the line bad, and good afterwards. That
is what `ftfy.fix_encoding` does, without its guesses: no lost byte is put back, no line is mended in part.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any, Final

from dataaudit._resources import rule_data

_ENDS: Final = re.compile("([\n\x1e])")
"""What parts lines, kept: a line end, or what stands between the turns where a question is several."""
_BEYOND_ASCII: Final = re.compile("[^\x00-\x7f]")
_RUNS: Final = re.compile("[^\x00-\x7f]+")
_CONTROLS: Final = re.compile("[\x80-\x9f]")
_NEXT_LINE: Final = "\x85"
_ODD: Final = {"Cc", "Cn", "Co", "Cs"}
_EXAMPLE: Final = 30
_BLANKS: Final = " \n\t\x1e"


def mended(text: str) -> str | None:
    """The text as it was meant; None where nothing is certain. What is returned has nothing more to mend.

    Time is linear in the length of the text. Lines longer than `longest_line` of rules/mojibake.toml stay as they are.
    """
    if text.isascii():
        return None
    lines = _ENDS.split(text) if "\n" in text or "\x1e" in text else [text]
    better = [line if line.isascii() else _line(line) for line in lines]
    return "".join(better) if better != lines else None


def first_change(text: str, better: str) -> tuple[str, str]:
    """The first words that differ between a text and its mending, cut to a length that fits a message."""
    pairs = zip(text, better, strict=False)
    place = next((i for i, (one, other) in enumerate(pairs) if one != other), min(len(text), len(better)))
    start = max(place - _EXAMPLE // 2, max(text.rfind(blank, 0, place) for blank in _BLANKS) + 1)
    return _word(text, start, place), _word(better, start, place)


def _word(text: str, start: int, place: int) -> str:
    ends = [end for blank in _BLANKS if (end := text.find(blank, place, start + _EXAMPLE)) >= 0]
    return text[start : min(ends, default=start + _EXAMPLE)]


def _line(line: str) -> str:
    if not _may_be_mojibake(line) or len(line) > _rules()["longest_line"]["value"]:
        return line
    better = line
    while (meant := _decoded(better)) is not None:
        better = meant
    # What can be read otherwise still, or is bad, was mended half way.
    return line if better == line or _is_bad(better) or _readings(better) or not _written(better, line) else better


def _may_be_mojibake(line: str) -> bool:
    """Whether all that is beyond ASCII starts as UTF-8 does in some encoding, or there are controls.

    Nearly every line of good text ends at the first look: most letters of most languages never start UTF-8, or stand
    between two of ASCII.
    """
    first = _BEYOND_ASCII.search(line)
    if first is None:
        return False
    place = first.start()
    leads, following = _alphabets()
    if line[place] in leads and line[place + 1 : place + 2] in following:
        runs = map(re.Match.group, _RUNS.finditer(line, place))
        if all(run[0] in leads and run[1:2] in following for run in runs):
            return True
    return line[place] <= "\xff" and not line.isprintable() and _CONTROLS.search(line, place) is not None


def _decoded(line: str) -> str | None:
    """The line decoded rightly, once; None where it is good as it is, or can be read in no way or in several.

    The readings are asked for before ftfy's test for bad text, which takes twenty times as long.
    """
    readings = _readings(line)
    if not readings:
        return _from_controls(line)
    if any(
        readings.get(one, meant) != meant for one, other in _rules()["alike"]["pairs"] if (meant := readings.get(other))
    ):
        return None
    return next(iter(readings.values())) if _is_bad(line) else None


def _from_controls(line: str) -> str | None:
    """The line with Windows-1252 in place of controls; an end of line of mainframes is one that is meant."""
    if all(character == _NEXT_LINE for character in _CONTROLS.findall(line)):
        return None
    try:
        return line.encode("latin-1").decode("cp1252")
    except UnicodeError:
        return None


def _is_bad(line: str) -> bool:
    """Whether ftfy takes the line for mojibake."""
    from ftfy.badness import is_bad

    # It looks at what stands before: the blank makes a line by itself equal to one behind the name of a speaker.
    return is_bad(" " + line)


def _readings(line: str) -> dict[str, str]:
    """What the line says where its characters, in a single-byte encoding, are the bytes of UTF-8, by encoding.

    The encodings, and which wins, are those of ftfy.
    """
    from ftfy.chardata import CHARMAP_ENCODINGS, possible_encoding

    found = {}
    for encoding in CHARMAP_ENCODINGS:
        if possible_encoding(line, encoding):
            raw = line.encode(encoding)
            try:
                found[encoding] = raw.decode("utf-8-variants" if b"\xed" in raw or b"\xc0" in raw else "utf-8")
            except UnicodeDecodeError:
                continue
    return found


def _written(better: str, line: str) -> bool:
    """Whether every character that came in is one that people write: assigned, and no control."""
    return all(unicodedata.category(character) not in _ODD for character in set(better) - set(line))


@cache
def _alphabets() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that the first byte of UTF-8 can be in any encoding, and those that a following one can be."""
    from ftfy import bad_codecs as _registered  # noqa: F401  the sloppy encodings
    from ftfy.chardata import CHARMAP_ENCODINGS

    def read(first: int, last: int) -> frozenset[str]:
        raw = bytes(range(first, last + 1))
        return frozenset("".join(raw.decode(encoding, "ignore") for encoding in CHARMAP_ENCODINGS))

    return read(0xC0, 0xF4), read(0x80, 0xBF)


@cache
def _rules() -> dict[str, Any]:
    return rule_data("mojibake.toml")
