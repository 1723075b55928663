"""Groups of rows that repeat or contradict each other, with their texts, for reports that show them side by side.

Only groups with a finding in the report, so what is suppressed is not shown. Texts are masked, escaped and cut: how
much is shown is said by rules/html.toml.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dataaudit._resources import rule_data
from dataaudit.model import Finding, Group, GroupRow
from dataaudit.text.columns import counted
from dataaudit.text.safe import escape, mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from dataaudit.checks.evidence import Evidence, RowText
    from dataaudit.text.columns import Rows

_TURNS = "\x1e"
_GAP = "..."
# A secret that crosses the cut is still whole when it is masked.
_BEYOND = 1024


class Limits(NamedTuple):
    """How much is shown, see rules/html.toml."""

    groups: int
    group_rows: int
    group_text: int
    group_characters: int


class Members(NamedTuple):
    """Which rows repeat which: `first[i]` is the row to keep of the group that `rows[i]` belongs to."""

    rows: Rows
    first: Rows

    def sizes(self) -> NDArray[np.intp]:
        """Rows of each group, in the order of their first rows."""
        return counted(self.first)[1] + 1


def members(evidence: Evidence) -> dict[str, Members]:
    """The groups of each rule that tells rows to be surplus or contradicted."""
    found = {
        "DUP001": Members(*evidence.exact_surplus),
        "DUP002": Members(*evidence.normal_surplus),
        "DUP003": Members(*evidence.conflicts),
    }
    for rule, rows in evidence.flagged.items():
        if rule in evidence.groups:
            found[rule] = Members(rows, evidence.groups[rule][rows])
    return {rule: group for rule, group in found.items() if len(group.rows)}


def groups(evidence: Evidence, found: Iterable[Finding]) -> tuple[Group, ...]:
    """The groups that findings are about: by rule, the largest first; in each the row to keep, then the others."""
    limits = _limits()
    listed: dict[str, list[Finding]] = {}
    for finding in found:
        if finding.path is not None and finding.line is not None:
            listed.setdefault(finding.rule, []).append(finding)
    result: list[Group] = []
    room = limits.group_characters
    for rule, together in members(evidence).items():
        if rule in listed:
            chosen = _chosen(together, _rows(evidence, listed[rule]), limits)
            made, room = _made(rule, chosen, evidence, limits, room)
            result += made
    return tuple(result)


@cache
def _limits() -> Limits:
    data = rule_data("html.toml")["limits"]
    return Limits(**{name: int(data[name]["value"]) for name in Limits._fields})


def _rows(evidence: Evidence, found: Sequence[Finding]) -> Rows:
    numbers = {source.path: number for number, source in enumerate(evidence.sources)}
    places = [(numbers[finding.path or ""], finding.line or 0) for finding in found if finding.path in numbers]
    return np.array([evidence.row_at(*place) for place in places], dtype=np.intp)


def _chosen(together: Members, listed: Rows, limits: Limits) -> list[tuple[int, Rows]]:
    """(size, first rows of the group) of the groups that listed rows are in, the largest first."""
    wanted = counted(together.first[np.isin(together.rows, listed)])[0]
    order = np.lexsort((together.rows, together.first))
    rows, first = together.rows[order], together.first[order]
    starts = np.flatnonzero(np.append(True, first[1:] != first[:-1]))
    found = []
    for begin, end in pairwise([*starts.tolist(), len(first)]):
        if (place := np.searchsorted(wanted, first[begin])) < len(wanted) and wanted[place] == first[begin]:
            others = rows[begin : min(end, begin + limits.group_rows - 1)]
            found.append((end - begin + 1, np.append(first[begin], others)))
    found.sort(key=lambda group: (-group[0], int(group[1][0])))
    return found[: limits.groups]


def _made(
    rule: str, chosen: Sequence[tuple[int, Rows]], evidence: Evidence, limits: Limits, room: int
) -> tuple[list[Group], int]:
    """The groups with their texts as far as there is room, and the room that is left, in characters."""
    made: list[Group] = []
    if not chosen:
        return made, room
    every = counted(np.concatenate([rows for _, rows in chosen]))[0]
    texts = dict(zip(every.tolist(), evidence.texts(every), strict=True))
    for total, rows in chosen:
        shown = tuple(_row(evidence, row, texts[row], limits.group_text) for row in rows.tolist())
        room -= sum(len(row.prompt) + len(row.answer or "") for row in shown)
        if room < 0:
            break
        made.append(Group(rule=rule, total=total, rows=shown))
    return made, room


def _row(evidence: Evidence, row: int, text: RowText, most: int) -> GroupRow:
    path, line = evidence.place(row)
    answer = None if text.answer is None else readable(text.answer, most)
    return GroupRow(path=path, line=line, prompt=readable(text.question, most), answer=answer)


def readable(text: str, most: int) -> str:
    """At most `most` characters of a text, masked and escaped; line ends and tabs stay as they are."""
    beginning = text[: most + _BEYOND].replace(_TURNS, "\n").replace("\r\n", "\n")
    lines = mask(beginning).split("\n")
    safe = "\n".join("\t".join(escape(cell) for cell in line.split("\t")) for line in lines)
    if len(safe) <= most and len(text) <= most + _BEYOND:
        return safe
    return safe[:most] + _GAP
