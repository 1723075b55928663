"""SCH: faults of form. Rows are judged by their traits, once for each set of traits, by rules and providers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dataaudit.checks.base import Check, Hit, Tally
from dataaudit.checks.batch import Batch
from dataaudit.checks.demands import Breach, breaches, fault, says
from dataaudit.checks.evidence import Evidence
from dataaudit.model import Severity
from dataaudit.shapes.base import Note
from dataaudit.text.columns import repeats

if TYPE_CHECKING:
    from dataaudit.text.columns import Rows

_STRENGTH = {"hard": Severity.ERROR, "soft": Severity.WARNING, "advice": Severity.INFO}
_NOTES_KEPT = 1000
_TRAITS_KEPT = 2000
SAME_ID = "the id of this row is already that of line {line}{where}"


@dataclass(slots=True)
class Notes:
    """The first notes of each trait, as (source, line) -> note."""

    first: dict[str, dict[tuple[int, int], Note]] = field(default_factory=dict)


class _Item(NamedTuple):
    """Rows that break one demand: of a rule, whose words depend on the row, or of a provider."""

    rows: Rows
    severity: Severity
    traits: frozenset[str]
    message: str
    provider: str | None


class SchemaCheck(Check[Notes]):
    """All rules about traits (whatever their family), and doubled ids."""

    codes = tuple(f"SCH{number:03}" for number in (*range(1, 20), *range(21, 27)))

    def start(self) -> Notes:
        return Notes()

    def add(self, state: Notes, batch: Batch) -> Notes:
        for index, note in batch.notes:
            if note.trait not in state.first and len(state.first) >= _TRAITS_KEPT:
                continue
            kept = state.first.setdefault(note.trait, {})
            if len(kept) < _NOTES_KEPT:
                kept.setdefault((batch.source, batch.lines[index]), note)
        return state

    def merge(self, first: Notes, second: Notes) -> Notes:
        for trait, notes in second.first.items():
            if trait not in first.first and len(first.first) >= _TRAITS_KEPT:
                continue
            both = {**notes, **first.first.get(trait, {})}
            first.first[trait] = {place: both[place] for place in sorted(both)[:_NOTES_KEPT]}
        return first

    def judge(self, state: Notes, evidence: Evidence) -> Iterator[Tally]:
        items: dict[str, list[_Item]] = {}
        for code, item in _faults(evidence):
            items.setdefault(code, []).append(item)
        facts = _file_hits(evidence)
        for name in sorted(evidence.named):
            for breach in breaches(evidence, evidence.providers[name]):
                severity = evidence.severity(breach.rule, _STRENGTH[breach.demand.severity])
                if severity is not None and breach.source is None:
                    item = _Item(breach.rows, severity, frozenset((breach.trait,)), breach.message, name)
                    items.setdefault(breach.rule, []).append(item)
                elif severity is not None:
                    facts.setdefault(breach.rule, []).append(_breach_hit(breach, severity, name))
        for code in sorted({*items, *facts}):
            count, hits = _row_hits(evidence, state, items.get(code, []))
            merged = _merge_file_hits(facts.get(code, []))
            yield Tally(code, count + len(merged), [*hits, *merged])
        yield from _doubled_ids(evidence)


def _faults(evidence: Evidence) -> Iterator[tuple[str, _Item]]:
    """The rows of each entry of a rule: one look at the sets of traits for all traits that it is about."""
    entries: dict[tuple[str, str], tuple[Severity, list[str]]] = {}
    for trait in evidence.outlines.index():
        found = fault(evidence.catalogue, trait)
        severity = evidence.severity(found[0].code, Severity(found[1].severity)) if found else None
        if found is not None and severity is not None:
            entries.setdefault((found[0].code, found[1].name), (severity, []))[1].append(trait)
    for (code, _), (severity, traits) in entries.items():
        known = frozenset(traits)
        rows = np.flatnonzero(evidence.rows_with(known.__contains__))
        yield code, _Item(rows, severity, known, "", None)


def _row_hits(evidence: Evidence, state: Notes, items: list[_Item]) -> tuple[int, list[Hit]]:
    """One hit a row, of its worst severity, whatever number of traits and providers are behind it."""
    if not items:
        return 0, []
    rank = np.full(len(evidence.table), -1, dtype=np.int8)
    for item in items:
        rank[item.rows] = np.maximum(rank[item.rows], item.severity.rank)
    hits = []
    for severity in Severity:
        rows = np.flatnonzero(rank == severity.rank)[: evidence.keep]
        members = [(item, frozenset(np.intersect1d(rows, item.rows).tolist())) for item in items]
        for row in rows.tolist():
            hits.append(_row_hit(evidence, state, row, severity, [item for item, own in members if row in own]))
    return int((rank >= 0).sum()), hits


def _row_hit(evidence: Evidence, state: Notes, row: int, severity: Severity, items: list[_Item]) -> Hit:
    place = int(evidence.table["source"][row]), int(evidence.table["line"][row])
    own = evidence.traits_of(row)
    broken = [trait for item in items for trait in own if trait in item.traits]
    notes = {trait: note for trait in broken if (note := state.first.get(trait, {}).get(place)) is not None}
    by_rule = [
        says(evidence.catalogue, trait, notes[trait].detail if trait in notes else "")
        for item in items
        if item.provider is None
        for trait in own
        if trait in item.traits
    ]
    # What a provider says of the same fault stands in its verdict; here its name is enough.
    words = dict.fromkeys(by_rule or [item.message for item in items])
    best = next(iter(notes.values()), None)
    providers = tuple(dict.fromkeys(item.provider for item in items if item.provider is not None))
    field_ = best.field if best is not None and best.field else _field_of(evidence, broken[0] if broken else "")
    named = f" ({', '.join(providers)})" if providers else ""
    return Hit(
        "; ".join(words) + named,
        severity,
        row,
        column=best.column if best else None,
        field=field_,
        providers=providers,
    )


def _field_of(evidence: Evidence, trait: str) -> str | None:
    found = evidence.catalogue.of_trait(trait)
    return found[1].field if found else None


def _file_hits(evidence: Evidence) -> dict[str, list[Hit]]:
    hits: dict[str, list[Hit]] = {}
    for fact in evidence.facts:
        found = fault(evidence.catalogue, fact.note.trait)
        severity = evidence.severity(found[0].code, Severity(found[1].severity)) if found else None
        if found and severity is not None:
            message = says(evidence.catalogue, fact.note.trait, fact.note.detail)
            hit = Hit(message, severity, None, fact.source, fact.line, fact.note.column, content=fact.note.trait)
            hits.setdefault(found[0].code, []).append(hit)
    return hits


def _breach_hit(breach: Breach, severity: Severity, provider: str) -> Hit:
    message = f"{breach.message} ({provider})"
    return Hit(message, severity, None, breach.source, breach.line, content=breach.trait, providers=(provider,))


def _merge_file_hits(hits: list[Hit]) -> list[Hit]:
    merged: dict[tuple[object, ...], Hit] = {}
    for hit in hits:
        key = (hit.source, hit.line, hit.content)
        other = merged.get(key)
        if other is None:
            merged[key] = hit
            continue
        worse = max(other, hit, key=lambda one: one.severity.rank)
        message = other.message if hit.message in other.message else f"{other.message}; {hit.message}"
        merged[key] = worse._replace(message=message, providers=(*other.providers, *hit.providers))
    return list(merged.values())


def _doubled_ids(evidence: Evidence) -> Iterator[Tally]:
    severity = evidence.severity("SCH021")
    if severity is None or not evidence.table["id"].any():
        return
    count, hits = 0, []
    for rows in evidence.splits.values():
        named = rows[evidence.table["id"][rows] != 0]
        surplus, first = repeats(evidence.table["id"][named])
        count += len(surplus)
        for row, original in zip(named[surplus][: evidence.keep].tolist(), named[first].tolist(), strict=False):
            path, line = evidence.place(original)
            where = "" if path == evidence.place(row)[0] else f" of {path}"
            message = SAME_ID.format(line=line, where=where)
            hits.append(Hit(message, severity, row, field="id", related=((original, None),)))
    if count:
        yield Tally("SCH021", count, hits)
