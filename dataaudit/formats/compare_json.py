"""Holds a parsed JSON value against the structure that the others share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dataaudit.formats.closed import ALIKE, SPELLED
from dataaudit.formats.deviation import Deviation
from dataaudit.formats.limits import Limits
from dataaudit.formats.names import Drift
from dataaudit.formats.quote import plain, quoted
from dataaudit.formats.tree import Node, type_of

_FIELD = "completion"
_MOST = 20
_ITEMS_SEEN = 200


class ValueComparer:
    """Finds what of a JSON value is not as in the others."""

    def __init__(self, node: Node, limits: Limits) -> None:
        self._node = node
        self._limits = limits
        self._values = {id(part): frozenset(part.closed.values) for _, part in node.walk() if part.closed is not None}

    def deviations(self, value: Any) -> Iterator[Deviation]:
        """At most a few; in the order of the value."""
        found = self._of(self._node, value, "")
        for _, deviation in zip(range(_MOST), found, strict=False):
            yield deviation

    def _of(self, node: Node, value: Any, path: str) -> Iterator[Deviation]:
        kind = type_of(value)
        if node.type_share and kind not in node.types:
            yield _type_deviation(node, value, kind, path)
            return
        if kind == "text":
            yield from self._text(node, value, path)
        elif kind == "object":
            yield from self._object(node, value, path)
        elif kind == "list" and node.items is not None:
            for item in value[:_ITEMS_SEEN]:
                yield from self._of(node.items, item, f"{path}[]")

    def _object(self, node: Node, value: dict[str, Any], path: str) -> Iterator[Deviation]:
        if node.names is not None and tuple(value) not in node.orders:
            for drift in node.names.drift(tuple(value), self._limits):
                yield drift_deviation(drift, "key", path)
        children = node.children
        if not children:
            return
        for key, item in value.items():
            child = children.get(key)
            if child is not None:
                yield from self._of(child, item, f"{path}.{key}" if path else key)

    def _text(self, node: Node, value: str, path: str) -> Iterator[Deviation]:
        known = self._values.get(id(node))
        if known is not None and value in known:
            return
        if not value.strip():
            if not node.empty:
                where = plain(path, 60) or "the value"
                yield Deviation(
                    "FMT005", f"empty:{where}", "empty", f"{where} is empty, never so in the others", _FIELD
                )
            return
        if node.closed is None or (len(value) > self._limits.longest_value and not node.closed.certain):
            return
        wrong = node.closed.wrong(value, self._limits)
        if wrong is None:
            return
        what, meant = wrong
        where = plain(path, 60) or "the value"
        if what in (SPELLED, ALIKE) and meant is not None:
            message = f"{where} is {quoted(value)}, which should likely be {quoted(meant)}"
            yield Deviation("FMT005", f"enum:{where}", f"{quoted(value)} for {quoted(meant)}", message, _FIELD)
        else:
            most = len(node.closed.values)
            others = f"none of the {most} values" if most != 1 else "not the value"
            message = f"{where} is {quoted(value)}, {others} of the others"
            yield Deviation("FMT005", f"enum:{where}", f"unknown {quoted(value)}", message, _FIELD)


def _type_deviation(node: Node, value: Any, kind: str, path: str) -> Deviation:
    where = plain(path, 60) or "the value"
    shown = f" {quoted(value)}" if isinstance(value, str) else ""
    usual = " or ".join(node.types[:3])
    return Deviation(
        "FMT005", f"type:{where}", f"{kind} for {usual}", f"{where} is {kind}{shown}, in the others {usual}", _FIELD
    )


def drift_deviation(drift: Drift, noun: str, path: str = "") -> Deviation:
    """The words for a name that is missing, too much, misspelt or out of order."""
    inside = f" in {plain(path, 60)}" if path else ""
    name, meant = quoted(drift.name), quoted(drift.meant)
    aspect = f"{noun}s:{plain(path, 60)}" if path else f"{noun}s"
    if drift.what == "missing":
        return Deviation("FMT004", aspect, f"missing {name}", f"the {noun} {name} is missing{inside}", _FIELD)
    if drift.what == "extra":
        return Deviation("FMT004", aspect, f"extra {name}", f"the {noun} {name}{inside} is in no other answer", _FIELD)
    if drift.what == "order":
        return Deviation("FMT004", f"order:{aspect}", "order", f"the {noun}s{inside} stand in another order", _FIELD)
    words = "looks like a misspelling of" if drift.what == "misspelt" else "stands in the place of"
    return Deviation("FMT004", aspect, f"{name} for {meant}", f"the {noun} {name}{inside} {words} {meant}", _FIELD)
