"""Which rows are copies through and through: whole records are compared, not the texts alone that a rule compares.

Rows are read again from front to back; a digest of 16 bytes is kept of each, so memory does not grow with their size.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from dataaudit.fixes.apply import Content, Spans, row_of, split_end
from dataaudit.fixes.rows import JsonRow

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dataaudit.checks.evidence import Evidence
    from dataaudit.fixes.context import Context
    from dataaudit.fixes.rows import Row
    from dataaudit.text.columns import Rows

_SIZE: Final = 16
_NOTHING: Final = bytes(_SIZE)
# First rows of groups that are kept to name the fields in which a member differs, and names that are told of a file.
_KEPT: Final = 1_000
_NAMES: Final = 100


@dataclass
class Left:
    """Rows of one file that repeat another one and stay all the same.

    other: they differ in fields that the rule does not compare; `names` are those. apart: equal to a row of another
    file, and it is not said that both files are of one split.
    """

    other: int = 0
    apart: int = 0
    names: Counter[str] = field(default_factory=Counter)


class Files(NamedTuple):
    """told: for each source, whether its split is said, by the user or by its name. refused: those not rewritten."""

    told: Sequence[bool]
    refused: Collection[int]


class Copies(NamedTuple):
    """rows: those that are copies. twins: for each the earlier row, equal but for what may differ, that stays."""

    rows: Rows
    twins: Rows


def copies(
    evidence: Evidence,
    contexts: Sequence[Context],
    files: Files,
    code: str,
    found: tuple[Rows, Rows],
    left: dict[int, Left],
) -> Copies:
    """The rows of a rule that may go; what of the others stays is counted in `left`, by source.

    found: rows, and the first of the group of each. Rows of refused files are not compared: all are told of.
    """
    rows, firsts = found
    if not len(rows):
        return Copies(rows, rows)
    members, places = np.unique(np.concatenate([firsts, rows]), return_index=True)
    groups = np.concatenate([firsts, firsts])[places]
    labels, sources = evidence.table["label"][members], evidence.table["source"][members]
    refused = np.isin(sources, list(files.refused))
    digests = np.zeros((len(members), 2), dtype=np.uint64)
    digests[~refused], names = _digests(evidence, contexts, code, members[~refused], groups[~refused])
    known = digests.any(axis=1)
    apart = np.where(np.array(files.told)[sources], -1, sources)
    alike = _first_alike(members, (*digests.T, labels, groups))
    twins = _first_alike(members, (*digests.T, labels, groups, apart))
    goes = known & (twins != members)
    for place in np.flatnonzero(known & ~goes & (members != groups)).tolist():
        entry = left.setdefault(int(sources[place]), Left())
        if alike[place] != members[place]:
            entry.apart += 1
            continue
        entry.other += 1
        if len(entry.names) < _NAMES:
            entry.names.update(names.get(int(members[place]), ()))
    goes |= refused & (members != groups)
    return Copies(members[goes], twins[goes])


def _first_alike(members: Rows, keys: Sequence[NDArray[Any]]) -> Rows:
    """For each member the first one that has all the same keys."""
    order = np.lexsort((members, *keys))
    again = np.ones(len(order) - 1, dtype=np.bool_)
    for key in keys:
        again &= key[order[1:]] == key[order[:-1]]
    new = np.append(True, ~again)
    result = np.empty_like(members)
    result[order] = members[order[np.flatnonzero(new)[np.cumsum(new) - 1]]]
    return result


def _digests(
    evidence: Evidence, contexts: Sequence[Context], code: str, members: Rows, groups: Rows
) -> tuple[NDArray[np.uint64], dict[int, tuple[str, ...]]]:
    """(digest of each member, zeros for none; for members the fields in which they differ from their first)."""
    packed = bytearray()
    firsts: dict[int, Mapping[str, int]] = {}
    names: dict[int, tuple[str, ...]] = {}
    for place, (source, row) in enumerate(_read(evidence, members)):
        value = _value(row, contexts[source], code)
        packed += _NOTHING if value is None else _digest(value)
        group = int(groups[place])
        if value is None:
            continue
        if group == members[place]:
            if len(firsts) < _KEPT:
                firsts[group] = _fields(value)
        elif group in firsts:
            own, first = _fields(value), firsts[group]
            names[int(members[place])] = tuple(key for key in {*own, *first} if own.get(key) != first.get(key))
    return np.frombuffer(bytes(packed), dtype=np.uint64).reshape(-1, 2), names


def _read(evidence: Evidence, members: Rows) -> Iterator[tuple[int, Row]]:
    """(source, row) of each member, in ascending order."""
    owners = evidence.table["source"][members]
    for number in np.unique(owners).tolist():
        spans, content = Spans.of(evidence, number), Content(evidence.sources[number])
        for place in (members[owners == number] - spans.first).tolist():
            for _ in content.until(int(spans.starts[place])):
                pass
            stop = int(spans.starts[place + 1]) if place + 1 < len(spans.starts) else None
            yield number, row_of(evidence.sources[number], split_end(content.bytes_until(stop))[0])


def _value(row: Row, context: Context, code: str) -> list[list[Any]] | None:
    """The fields of a row as [name, value], by name, without its id and what the rule compares by itself.

    None where the row cannot be read to the letter, or holds nothing: then no other row is a copy of it.
    """
    hidden = frozenset() if code == "DUP001" else context.texts(row, systems=code == "DUP002")
    if isinstance(row, JsonRow):
        value = _exact(_without(row, hidden))
    else:
        value = [[name, cell] for name, cell in sorted(row.texts) if name not in hidden]
    if value is None:
        return None
    return [pair for pair in value if pair[0] != context.id_key] or None


def _without(row: JsonRow, hidden: frozenset[str]) -> str:
    """The row as text, with nothing in the texts at the hidden paths."""
    text, parts, place = row.text, [], 0
    for leaf in row.leaves if hidden else ():
        if leaf.path in hidden:
            parts.append(text[place : leaf.start])
            place = leaf.stop
    return '""'.join([*parts, text[place:]])


def _exact(text: str) -> list[list[Any]] | None:
    """The members of an object, in which numbers are kept as written, and keys that occur twice twice."""
    try:
        value = json.loads(
            text,
            object_pairs_hook=lambda pairs: {"object": [list(pair) for pair in sorted(pairs, key=itemgetter(0))]},
            parse_int=_number,
            parse_float=_number,
            parse_constant=_number,
        )
    except (ValueError, RecursionError):
        return None
    return value["object"] if isinstance(value, dict) and "object" in value else None


def _number(written: str) -> dict[str, str]:
    return {"number": written}


def _digest(value: Any) -> bytes:
    try:
        return blake2b(json.dumps(value).encode(), digest_size=_SIZE).digest()
    except RecursionError:
        return _NOTHING


def _fields(value: list[list[Any]]) -> dict[str, int]:
    """A hash for each name of a key, at any depth, of all that stands under it and not under a name of its own."""
    found: dict[str, int] = {}
    waiting: list[tuple[str, Any]] = [(name, inner) for name, inner in reversed(value)]
    while waiting:
        name, item = waiting.pop()
        if isinstance(item, list):
            waiting += [(name, inner) for inner in reversed(item)]
        elif isinstance(item, dict) and "object" in item:
            waiting += [(key, inner) for key, inner in reversed(item["object"])]
        else:
            found[name] = hash((found.get(name), repr(item)))
    return found
