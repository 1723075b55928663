"""Judges traits: which rows break what the rules ask of every row, and what each provider asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dataaudit.catalogue import trait_matches
from dataaudit.checks.evidence import Evidence
from dataaudit.suppression import KEY_TRAIT, SILENCES
from dataaudit.suppression.words import names_rule

if TYPE_CHECKING:
    from dataaudit.catalogue import Catalogue, Demand, Provider, Rule, Trait
    from dataaudit.text.columns import Rows

EVERY_ROW = "in every row or in none"


@dataclass(frozen=True, slots=True)
class Breach:
    """A demand of a provider that is broken.

    rows: the rows that break it, in order (empty when the file as a whole does). source: index of that file.
    trait: one trait that matched, or the pattern that is missing.
    """

    rule: str
    demand: Demand
    trait: str
    message: str
    rows: Rows
    source: int | None = None
    line: int | None = None


def fault(catalogue: Catalogue, trait: str) -> tuple[Rule, Trait] | None:
    """The rule and entry by which a trait is a fault with no provider named; None where it is none."""
    found = catalogue.of_trait(trait)
    if trait.startswith(SILENCES) and names_rule(trait, catalogue):
        return None
    if found is None or found[1].severity == "off" or any(trait_matches(name, trait) for name in found[1].besides):
        return None
    return found


def says(catalogue: Catalogue, trait: str, note: str = "") -> str:
    """The message of a trait, by its rule."""
    found = catalogue.of_trait(trait)
    detail = trait.partition(":")[2]
    if found is None:
        return f"{trait.replace(':', ' ')} {note}".rstrip()
    return found[1].says.replace("{detail}", detail).replace("{note}", note).rstrip(" :;,")


def breaches(evidence: Evidence, provider: Provider) -> Iterator[Breach]:
    """What of the data breaks a provider's demands on rows and files; limits apart.

    A provider that does not read the shape of the data at all has nothing to say about its roles and fields.
    """
    refused = list(_files(evidence, provider))
    yield from refused
    if any(breach.rule == "SCH008" for breach in refused):
        return
    traits = list(evidence.outlines.index())
    for demand in provider.demands:
        if demand.forbid is not None:
            yield from _forbidden(evidence, demand, traits)
        else:
            yield from _missing(evidence, demand)


def _files(evidence: Evidence, provider: Provider) -> Iterator[Breach]:
    """Files of a shape or with an ending that the provider does not take."""
    from dataaudit.catalogue.provider import Demand

    names = [shape.name for shape in provider.shapes]
    none = np.empty(0, np.intp)
    for index, (source, layout) in enumerate(zip(evidence.sources, evidence.layouts, strict=True)):
        first = provider.shapes[0] if provider.shapes else None
        origin = first.source if first else provider.status.source
        if layout.shape not in names and bool((evidence.table["source"] == index).any()):
            demand = Demand(forbid=f"shape:{layout.shape}", severity=provider.other_shape, source=origin)
            takes = f"it takes {', '.join(names)}" if names else "it takes no training files"
            message = f"records of shape {layout.shape} are not read: {takes}"
            yield Breach("SCH008", demand, f"shape:{layout.shape}", message, none, index)
        ending = source.path.lower()
        if (
            provider.extensions
            and source.kind != "rows"
            and source.path != "-"
            and not ending.endswith(provider.extensions)
        ):
            demand = Demand(forbid="extension:*", severity="hard", source=origin)
            message = f"the file name must end in {' or '.join(provider.extensions)}"
            yield Breach("SCH022", demand, "extension", message, none, index)


def _within(evidence: Evidence, demand: Demand) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    mask = evidence.counted & evidence.readable
    where, unless = demand.where, demand.unless
    if where is not None:
        mask = mask & evidence.rows_with(lambda trait: trait_matches(where, trait))
    if unless is not None:
        mask = mask & ~evidence.rows_with(lambda trait: trait_matches(unless, trait))
    return mask


def _forbidden(evidence: Evidence, demand: Demand, traits: list[str]) -> Iterator[Breach]:
    matched = [trait for trait in traits if demand.matches(trait)]
    # The reserved key has words of its own, apart from those of other fields.
    by_rule: dict[tuple[str, bool], list[str]] = {}
    for trait in matched:
        by_rule.setdefault((_rule_of(evidence, demand, trait), trait == KEY_TRAIT), []).append(trait)
    for (rule, _), names in by_rule.items():
        mask = evidence.rows_with(frozenset(names).__contains__)
        within = _within(evidence, demand)
        if demand.where is not None or demand.unless is not None:
            mask &= within
        if demand.every and not (mask | ~within).all():
            continue
        rows = np.flatnonzero(mask)
        if len(rows):
            shown = words(evidence.catalogue, demand, names)
            yield Breach(rule, demand, names[0], shown, rows)
    for fact in evidence.facts:
        if demand.matches(fact.note.trait) and _meant(evidence, fact.source, demand):
            rule = _rule_of(evidence, demand, fact.note.trait)
            message = demand.says or says(evidence.catalogue, fact.note.trait, fact.note.detail)
            yield Breach(rule, demand, fact.note.trait, message, np.empty(0, np.intp), fact.source, fact.line)


def _meant(evidence: Evidence, source: int, demand: Demand) -> bool:
    """Whether a demand is about a file as a whole, by the traits that it is limited to."""
    traits = [fact.note.trait for fact in evidence.facts if fact.source == source]
    where, unless = demand.where, demand.unless
    return (where is None or any(trait_matches(where, trait) for trait in traits)) and not (
        unless is not None and any(trait_matches(unless, trait) for trait in traits)
    )


def _missing(evidence: Evidence, demand: Demand) -> Iterator[Breach]:
    within = _within(evidence, demand)
    has = evidence.rows_with(demand.matches)
    lacking = within & ~has
    if demand.uniform is not None and not (within & has).any():
        return
    if demand.uniform is not None and (within & has).sum() < lacking.sum():
        lacking, some = within & has, True
    else:
        some = False
    rows = np.flatnonzero(lacking)
    if len(rows):
        plain = demand.pattern.replace(":", " ")
        message = demand.says or (f"{plain} must be {EVERY_ROW}" if demand.uniform else f"{plain} is missing")
        if demand.uniform is not None:
            message += ": this row has it, most have not" if some else ": this row lacks it"
        yield Breach(_rule_of(evidence, demand, demand.pattern), demand, demand.pattern, message, rows)


def words(catalogue: Catalogue, demand: Demand, traits: Sequence[str]) -> str:
    """What is said of rows whose traits break a demand: its own words, or those of the rule."""
    if demand.says and traits[0] != KEY_TRAIT:
        details = ", ".join(repr(trait.partition(":")[2]) for trait in traits[:3])
        return demand.says.replace("{detail}", details)
    first = says(catalogue, traits[0])
    others = [trait.partition(":")[2] or trait for trait in traits[1:4]]
    return first if not others else f"{first} (and {', '.join(others)})"


def _rule_of(evidence: Evidence, demand: Demand, trait: str) -> str:
    if demand.rule is not None and trait != KEY_TRAIT:
        return demand.rule
    found = evidence.catalogue.of_trait(trait)
    return found[0].code if found is not None else "SCH010"
