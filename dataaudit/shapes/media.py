"""Images, video and audio of a row: where they come from, of what type they are, and how many there are.

Facts only, from what is written; no file is opened and no address is followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dataaudit.shapes.base import Example, Json, Note, Record, Turn
from dataaudit.shapes.roles import words

_MOST = 64
_SUBTYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,31}")
_HEAD = 100
"""Characters of an address that can hold its scheme and, in a data address, its media type."""
_LONGEST = 2000
_DEEPEST = 6


def origin(item: Json) -> tuple[str, ...]:
    """`media-uri:` and `media-type:` of one file, written as an address or as an object; nothing for a bare mark."""
    names = words().media
    address, written, inline = "", "", False
    waiting: list[Json] = [item]
    for value in waiting:
        if isinstance(value, str):
            address = address or value
        elif isinstance(value, (bytes, bytearray)):
            inline = True
        elif isinstance(value, dict) and len(waiting) <= _DEEPEST:
            for key, inner in value.items():
                if key in names.address and inner is not None:
                    waiting.append(inner)
                elif key in names.type and isinstance(inner, str):
                    written = written or inner
                elif key in names.inline and inner is not None:
                    inline = True
    if inline:
        return "media-uri:data", f"media-type:{_subtype(address, written)}"
    if not address:
        return ()
    return f"media-uri:{_scheme(address)}", f"media-type:{_subtype(address, written)}"


def has_media(traits: Iterable[str]) -> bool:
    """Whether a row with these traits shows files, so that its texts are not all it says."""
    return any(trait.startswith("media-uri:") for trait in traits)


def media_of(record: Json) -> Iterator[str]:
    """What a record names or holds as files, in its order: addresses, and data written in the row."""
    names = words().media
    apart = names.address | names.inline | set(names.listed)
    waiting: list[tuple[Json, bool]] = [(record, False)]
    while waiting:
        value, is_file = waiting.pop()
        if isinstance(value, dict):
            waiting += [(inner, is_file or key in apart) for key, inner in reversed(value.items())]
        elif isinstance(value, (list, tuple)):
            waiting += [(inner, is_file) for inner in reversed(value)]
        elif is_file:
            yield str(value)


def _scheme(address: str) -> str:
    return words().media.schemes.get(address[:_HEAD].partition(":")[0].lower(), "other")


def _subtype(address: str, written: str) -> str:
    if not written and address[:5].lower() == "data:":
        written = address[5:_HEAD].partition(",")[0].partition(";")[0] or "unknown"
    if written:
        found = written.rpartition("/")[2].lower()
        return found if _SUBTYPE.fullmatch(found) else "unknown"
    ending = address[:_LONGEST].partition("?")[0].partition("#")[0].rpartition(".")[2].lower()
    return ending if ending in words().media.endings else "unknown"


def note_kinds(part: Record, known: tuple[str, ...], at: str, notes: list[Note]) -> None:
    """Note a part that does not hold exactly one of the known kinds of data; null counts as absent."""
    kinds = [key for key in known if part.get(key) is not None]
    if len(kinds) != 1:
        detail = f"several kinds: {', '.join(kinds)}" if kinds else "no known kind"
        notes.append(Note("part-invalid", at, detail))


def turn_media(turn: Turn) -> Iterator[str]:
    """What media a turn holds, and where it should perhaps not."""
    for medium in turn.media:
        yield f"has:{medium}"
    yield from turn.hints.get("media", ())
    if turn.weight is not None and turn.weight != 0:
        yield "weight-on-media"


def listed_files(record: Record) -> dict[str, list[Json]]:
    """The files that fields beside the messages list, by the name of the field; a single address is a list of one."""
    found: dict[str, list[Json]] = {}
    for name in words().media.listed if record else ():
        value = record.get(name)
        if isinstance(value, (list, str)):
            found[name] = value if isinstance(value, list) else [value]
    return found


def row_media(example: Example) -> Iterator[str]:
    """Traits of the media of a whole row: counts, and the files listed beside the messages."""
    files = listed_files(example.extra)
    kinds = words().media.listed
    turns = [turn for turn in (*example.turns, *(example.rejected or ())) if turn.media]
    if not turns and not any(files.values()):
        return
    for name, items in files.items():
        if items:
            yield f"has:{kinds[name].medium}"
        for item in items:
            yield from origin(item)
    for medium, trait in (("image", "images"), ("video", "videos")):
        most = max((turn.media.count(medium) for turn in turns), default=0)
        held = sum(turn.media.count(medium) for turn in turns)
        listed = sum(len(items) for name, items in files.items() if kinds[name].medium == medium)
        if total := max(held, listed):
            yield f"{trait}:{_number(total)}"
        if most and medium == "image":
            yield f"turn-images:{_number(most)}"


def mark_notes(example: Example) -> Iterator[Note]:
    """Whether the text has as many marks (`<image>`), or bare parts, as files are listed beside it.

    The system text is left out, as LLaMA-Factory counts.
    """
    turns = [turn for turn in example.turns if turn.role != "system"]
    for name, items in listed_files(example.extra).items():
        medium, mark = words().media.listed[name]
        marks = sum((turn.text or "").count(mark) + turn.media.count(medium) for turn in turns)
        if marks != len(items):
            yield Note("media-placeholder-mismatch", name, f"{marks} x {mark} in the text, {len(items)} listed")


def _number(count: int) -> str:
    return str(count) if count <= _MOST else f"over-{_MOST}"
