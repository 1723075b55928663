"""Mojibake: text that was decoded with the wrong encoding, and its mending where that is certain.

Certain means: the bytes that the characters of a whole line stand for are valid UTF-8, which chance does not produce,
or are quotation marks and dashes of Windows-1252 read as controls; ftfy calls the line bad, and good afterwards. That
is what `ftfy.fix_encoding` does, without its guesses. Where a line has good letters too, the same is asked of each of
its words. A word is certain where letters stand around the bytes, or where they are two letters or more; what stands
alone may be what the text speaks of. No lost byte is put back.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from dataaudit._resources import rule_data

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDS: Final = re.compile("([\n\x1e])")
"""What parts lines, kept: a line end, or what stands between the turns where a question is several."""
_BEYOND_ASCII: Final = re.compile("[^\x00-\x7f]")
_RUNS: Final = re.compile("[^\x00-\x7f]+")
_CONTROLS: Final = re.compile("[\x80-\x9f]")
_SEQUENCE: Final = re.compile("[Â-ß][\x80-\xbf]|[à-ï][\x80-\xbf]{2}")
"""UTF-8 read as Latin-1: in a line with it, controls are bytes of letters."""
_NEXT_LINE: Final = "\x85"
_ODD: Final = {"Cc", "Cn", "Co", "Cs"}
_EXAMPLE: Final = 30
_BLANKS: Final = " \n\t\x1e"
_LETTER: Final = re.compile("[A-Za-z]")
_WORD: Final = re.compile(r"\w+(?:’\w+)*")
_ENOUGH: Final = 3
_SIGNS: Final = "“”„‘‚«»‹›…–—\xa0¿¡"
"""Good signs around words that are bytes of UTF-8 in some encoding."""
_BETWEEN_SIGNS: Final = re.compile(f"[^{_SIGNS}]+")
_LOST_BLANK: Final = re.compile("(?<=[a-z])Ã(?![^ .,;:!?)])|(?<![^ ('])Ã(?=  )")
"""An à whose second byte, a no-break space, became a plain one."""


def mended(text: str, doubtful: bool = False) -> str | None:
    """The text as it was meant; None where nothing is certain. What is returned has nothing more to mend.

    doubtful: as it was likely meant, with what looks garbled but is not certain. Time is linear in the length of the
    text. Lines longer than `longest_line` of rules/mojibake.toml stay as they are.
    """
    if text.isascii():
        return None
    lines = _ENDS.split(text) if "\n" in text or "\x1e" in text else [text]
    better = [line if line.isascii() else _line(line, doubtful) for line in lines]
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


def _line(line: str, doubtful: bool) -> str:
    if len(line) > _rules()["longest_line"]["value"]:
        return line
    better = _whole(line)
    # A line that can be read throughout, but in several ways or as good as it is, is no line with one garbled part.
    if better == line and (doubtful or not _readings(line)):
        better = _in_part(line, doubtful)
    return _LOST_BLANK.sub("à", better) if doubtful and "Ã" in better else better


def _whole(line: str) -> str:
    """A line or a word that is garbled throughout, as it was meant; others as they are."""
    if not _may_be_mojibake(line):
        return line
    better = line
    while (meant := _decoded(better)) is not None:
        better = meant
    if len(_BEYOND_ASCII.findall(better)) < _ENOUGH and all(run[0] in _SIGNS for run in _RUNS.findall(line)):
        return line  # a quotation mark before a letter, as in ”är
    # What can be read otherwise still, or is bad, was mended half way.
    return line if better == line or _is_bad(better) or _readings(better) or not _written(better, line) else better


def _in_part(line: str, doubtful: bool) -> str:
    """The line with its garbled words as they were meant."""
    pieces: list[str] = []
    done = 0
    shown: _Shown | None = None
    for begin, stretch in _suspects(line):
        of_stretch = _known if len(stretch) <= _EXAMPLE else _garbled
        for offset, word, meant in of_stretch(stretch, doubtful):
            start = begin + offset
            certain = _is_certain(word, meant) and not _is_cut(line, start, start + len(word))
            shown = shown or _Shown(frozenset(line), frozenset(_WORD.findall(line)))
            if (certain or doubtful) and not shown.holds(meant, certain):
                pieces += line[done:start], meant
                done = start + len(word)
    return "".join([*pieces, line[done:]])


def _suspects(line: str) -> Iterator[tuple[int, str]]:
    """(place, stretch) of the stretches without blanks that have what every garbled word has."""
    pair, members, stretch = _patterns()
    end = 0
    while (hit := pair.search(line, end)) is not None:
        start = hit.start()
        while start > end and line[start - 1] in members:
            start -= 1
        end = hit.end() if (rest := stretch.match(line, hit.end())) is None else rest.end()
        yield start, line[start:end]


def _is_certain(word: str, meant: str) -> bool:
    return _LETTER.search(word) is not None or len(_BEYOND_ASCII.findall(meant)) > 1


def _is_cut(line: str, start: int, end: int) -> bool:
    """Whether a letter stands beside a word: what is garbled may be longer, or shorter. A lost letter is one too."""
    return "\ufffd" in line or any(
        beside.lower() != beside.upper() for beside in (line[max(0, start - 1) : start], line[end : end + 1])
    )


class _Shown(NamedTuple):
    """What a line holds: one that has a garbled word and what it means speaks of mojibake."""

    characters: frozenset[str]
    words: frozenset[str]

    def holds(self, meant: str, certain: bool) -> bool:
        """Whether a word of a mending stands in the line; of one that is no word, a character."""
        known = self.words if certain else self.characters
        return any(form in known for form in (_WORD.findall(meant) if certain else meant) if not form.isascii())


def _garbled(stretch: str, doubtful: bool) -> list[tuple[int, str, str]]:
    """(place, word, what was meant) of what is garbled in a stretch without blanks."""
    return _garbled_words(stretch) or (_lossy(stretch) if doubtful else [])


_known = lru_cache(maxsize=10_000)(_garbled)
"""For words: the same few of a language are asked for again and again."""


def _garbled_words(stretch: str) -> list[tuple[int, str, str]]:
    """All of the stretch, but for good signs around it; else what stands between good signs."""
    bare = stretch.strip(_SIGNS)
    for start, word in ((0, stretch), (stretch.find(bare), bare)):
        if (meant := _whole(word)) != word:
            return [(start, word, meant)]
    parts = [(part.start(), part[0], _whole(part[0])) for part in _BETWEEN_SIGNS.finditer(bare)]
    first = stretch.find(bare)
    return [(first + start, word, meant) for start, word, meant in parts if meant != word]


def _lossy(stretch: str) -> list[tuple[int, str, str]]:
    """A stretch that lost bytes, with U+FFFD for each letter lost; two or more, and most, are left."""
    from ftfy.chardata import CHARMAP_ENCODINGS, possible_encoding

    if not _is_bad(stretch):
        return []
    for encoding in CHARMAP_ENCODINGS:
        if possible_encoding(stretch, encoding):
            meant = stretch.encode(encoding).decode("utf-8", "replace")
            lost = meant.count("\ufffd")
            if len(_BEYOND_ASCII.findall(meant)) - lost > max(1, lost) and _written(meant, stretch):
                return [(0, stretch, meant)]
    return []


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
    if all(character == _NEXT_LINE for character in _CONTROLS.findall(line)) or _SEQUENCE.search(line) is not None:
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
def _patterns() -> tuple[re.Pattern[str], frozenset[str], re.Pattern[str]]:
    """(What every garbled word has: a first byte and a following one, or a control; its characters; a run of them)."""
    leads, following = ("".join(map(re.escape, sorted(alphabet))) for alphabet in _alphabets())
    members = frozenset(map(chr, [*range(0x21, 0x7F), *range(0x80, 0xA0)])).union(*_alphabets())
    run = "".join(map(re.escape, sorted(members)))
    return re.compile(f"[{leads}][{following}]|[\x80-\x84\x86-\x9f]"), members, re.compile(f"[{run}]+")


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
