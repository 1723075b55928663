"""Learned formats without what only judging needs, so that a row more or less in the sample leaves them as they are.

Answers are measured against this form. Where it is equal, so is what was measured, and the cache may be used.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dataaudit.formats.closed import Closed
from dataaudit.formats.formats import Formats, ResolvedFormat
from dataaudit.formats.groups import grouping_of
from dataaudit.formats.lengths import Band
from dataaudit.formats.names import Names
from dataaudit.formats.tree import Node
from dataaudit.formats.votes import Aspect

# Steps a tenfold: the next one is a quarter more (the series R10 of preferred numbers, ISO 3). Bands are far wider.
_STEPS = 10


def in_order(formats: Formats) -> Formats:
    """The same formats, groups and formats numbered by what they are, not by how frequent they are in the sample."""
    order = [0, *sorted(range(1, len(formats.groups)), key=lambda number: formats.groups[number].key)]
    number_of = {old: new for new, old in enumerate(order)}
    old_chains = {tuple(number_of[number] for number in chain): old for chain, old in formats.grouping.formats.items()}
    chains = sorted(old_chains)
    formats_of = {(one, two, three): new for new, (one, two, three) in enumerate(chains)}
    return Formats(
        tuple(formats.groups[old] for old in order),
        grouping_of([formats.groups[old].key for old in order], formats_of),
        tuple(_renumbered(formats.resolved[old_chains[chain]], number_of) for chain in chains),
        formats.enforced,
    )


def _renumbered(resolved: ResolvedFormat, number_of: Mapping[int, int]) -> ResolvedFormat:
    return replace(resolved, origin={name: number_of[number] for name, number in resolved.origin.items()})


def essence(formats: Formats) -> Formats:
    """What answers are held against: no shares and counts, lengths in steps, values in the order of the alphabet.

    What a contract lays down holds as it is.
    """
    if formats.enforced:
        return formats
    resolved = [
        replace(one, aspects={name: _bare(aspect) for name, aspect in sorted(one.aspects.items())}, origin={})
        for one in formats.resolved
    ]
    return Formats((), formats.grouping, tuple(resolved), formats.enforced)


def _bare(aspect: Aspect) -> Aspect:
    return Aspect(aspect.name, _value(aspect.value), 1.0, 0)


def _value(value: Any) -> Any:
    if isinstance(value, Band):
        low, usual, high = map(_preferred, value[:3])
        return Band(low, usual, high, value.tight)
    if isinstance(value, Closed):
        return _closed(value)
    if isinstance(value, Names):
        return _names(value)
    return _node(value) if isinstance(value, Node) else value


def _preferred(number: float) -> float:
    """The nearest of the numbers 1, 1.25, 1.6, 2, 2.5, ... and their tenfolds; as it is where it has no logarithm."""
    if not 0 < number < math.inf:
        return number
    return float(f"{10 ** (round(_STEPS * math.log10(number)) / _STEPS):.2g}")


def _closed(closed: Closed) -> Closed:
    return Closed(tuple(sorted(closed.values)), closed.certain)


def _names(names: Names) -> Names:
    return names._replace(rows=0, shares=dict.fromkeys(names.shares, 1.0))


def _node(node: Node) -> Node:
    names = None if node.names is None else _names(node.names)
    return node._replace(
        rows=0,
        type_share=1.0 if node.type_share else 0.0,
        closed=None if node.closed is None else _closed(node.closed),
        names=names,
        # Of the orders that need no second look the usual ones: which others the sample held is chance.
        orders=frozenset() if names is None else frozenset((names.required, tuple(names.shares))),
        children=None if node.children is None else {key: _node(child) for key, child in node.children.items()},
        items=None if node.items is None else _node(node.items),
        variants=None,
    )
