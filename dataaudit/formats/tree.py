"""The structure that JSON answers share: keys, types and closed sets of values by path; learned, never judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from dataaudit.formats.closed import Closed, learn_closed
from dataaudit.formats.limits import Limits
from dataaudit.formats.names import Names, Order, learn_names
from dataaudit.formats.votes import by_chance

_ORDERS_KEPT = 2000
_VALUES_KEPT = 4000
_ITEMS_SEEN = 20
_TYPES = {
    str: "text",
    bool: "true or false",
    int: "number",
    float: "number",
    type(None): "null",
    dict: "object",
    list: "list",
}


def type_of(value: Any) -> str:
    """The JSON type of a parsed value, in the words of messages."""
    return _TYPES.get(type(value), "number")


class Node(NamedTuple):
    """What is known of the values at one path.

    rows: values seen. types: those that are part of the format. type_share: of the first, 0 where not settled.
    empty: whether empty text is part of the format. orders: sequences of keys that need no second look.
    """

    rows: int
    types: tuple[str, ...]
    type_share: float
    empty: bool
    closed: Closed | None = None
    names: Names | None = None
    orders: frozenset[Order] = frozenset()
    children: Mapping[str, Node] | None = None
    items: Node | None = None
    variants: Mapping[str, float] | None = None

    def walk(self, path: str = "") -> Iterator[tuple[str, Node]]:
        """All paths below, this one first; `a.b` for keys, `a[]` for the items of a list."""
        yield path, self
        for key, child in (self.children or {}).items():
            yield from child.walk(f"{path}.{key}" if path else key)
        if self.items is not None:
            yield from self.items.walk(f"{path}[]")


class Seen:
    """Collects the values at one path."""

    __slots__ = ("children", "empty", "items", "orders", "rows", "texts", "types")

    def __init__(self) -> None:
        self.rows = 0
        self.types: Counter[str] = Counter()
        self.texts: Counter[str] = Counter()
        self.empty = 0
        self.orders: Counter[Order] = Counter()
        self.children: dict[str, Seen] = {}
        self.items: Seen | None = None

    def add(self, value: Any, limits: Limits, depth: int = 0) -> None:
        """Take in one parsed value; what lies deeper than `limits.max_depth` is not looked at."""
        self.rows += 1
        self.types[type_of(value)] += 1
        if isinstance(value, str):
            self._add_text(value, limits)
        elif depth >= limits.max_depth:
            return
        elif isinstance(value, dict):
            self._add_object(value, limits, depth)
        elif isinstance(value, list) and value:
            if self.items is None:
                self.items = Seen()
            for item in value[:_ITEMS_SEEN]:
                self.items.add(item, limits, depth + 1)

    def _add_text(self, value: str, limits: Limits) -> None:
        if not value.strip():
            self.empty += 1
        elif len(value) > limits.longest_value:
            self.texts["\n"] += 1
        elif value in self.texts or len(self.texts) < _VALUES_KEPT:
            self.texts[value] += 1

    def _add_object(self, value: dict[str, Any], limits: Limits, depth: int) -> None:
        order = tuple(value)[: int(limits.max_keys)]
        if order in self.orders or len(self.orders) < _ORDERS_KEPT:
            self.orders[order] += 1
        for key in order:
            child = self.children.get(key)
            if child is None:
                if len(self.children) >= _VALUES_KEPT:
                    continue
                child = self.children[key] = Seen()
            child.add(value[key], limits, depth + 1)

    def node(self, limits: Limits) -> Node:
        """What was seen, as a format."""
        shares = {name: count / self.rows for name, count in self.types.items()}
        types = sorted(
            (name for name in shares if shares[name] >= limits.optional_share and self.types[name] > 1),
            key=lambda name: (-shares[name], name),
        )
        enough = self.rows >= limits.min_rows
        settled = enough and sum(shares[name] for name in types) >= limits.min_share
        texts = self.types["text"]
        names = learn_names(self.orders, limits) if self.orders else None
        counts = {"null": (self.rows, self.types["null"]), "empty": (texts, self.empty)}

        def sure(variant: str) -> bool:
            """Whether a variant that a tenth of the rows may well have is this rare by no accident."""
            rows, count = counts[variant]
            rare = count < max(2, limits.optional_share * rows)
            return rare and by_chance(rows, count, limits.optional_share) < limits.doubt

        children = None
        if names is not None:
            children = {key: self.children[key].node(limits) for key in names.shares if key in self.children}
        return Node(
            rows=self.rows,
            types=tuple(types) if "null" in types or sure("null") else (*types, "null"),
            type_share=shares[types[0]] if settled and types else 0.0,
            empty=not sure("empty"),
            closed=learn_closed(self.texts, limits) if texts >= limits.min_share * self.rows else None,
            names=names,
            orders=_plain_orders(self.orders, names),
            children=children,
            items=self.items.node(limits) if self.items is not None else None,
            variants={**shares, "empty": self.empty / texts if texts else 0.0},
        )


def _plain_orders(orders: Mapping[Order, int], names: Names | None) -> frozenset[Order]:
    """Sequences of keys that are as they should be, so that most rows are settled by one look-up."""
    if names is None:
        return frozenset()
    fine = (
        order
        for order in orders
        if set(names.required) <= set(order)
        and (not names.closed or names.shares.keys() >= set(order))
        and (not names.ordered or names.in_order(order))
    )
    return frozenset(sorted(fine)[: _ORDERS_KEPT // 10])


def tighter(finer: Node, coarser: Node, limits: Limits) -> bool:
    """Whether a part of the rows demands keys that the whole does not, and that is no accident of few rows."""
    if finer.names is None:
        return False
    if coarser.names is None:
        return True
    shares = coarser.names.shares
    for key in finer.names.required:
        if key not in coarser.names.required:
            others = round((1 - finer.names.shares[key]) * finer.rows)
            if by_chance(finer.rows, others, 1 - shares.get(key, 0.0)) < limits.chance:
                return True
    return finer.names.closed and not coarser.names.closed


def widened(finer: Node, coarser: Node, limits: Limits) -> Node:
    """The finer node, with all that the coarser one knows and that is missing here by mere chance."""
    known = coarser.variants or {}

    def possible(variant: str) -> bool:
        share = known.get(variant, 0.0)
        return share > 0 and by_chance(finer.rows, 0, share) >= limits.chance and share >= limits.optional_share / 2

    more = tuple(name for name in coarser.types if name not in finer.types and possible(name))
    closed = finer.closed
    if closed is not None and coarser.closed is not None:
        extra = tuple(value for value in coarser.closed.values if value not in closed.values)
        closed = Closed(closed.values + extra, coarser.closed.certain)
    elif closed is not None:
        closed = Closed(closed.values, False)
    children = None
    if finer.children is not None:
        others = coarser.children or {}
        children = {
            key: widened(child, others[key], limits) if key in others else child
            for key, child in finer.children.items()
        }
    items = finer.items
    if items is not None and coarser.items is not None:
        items = widened(items, coarser.items, limits)
    return finer._replace(
        types=finer.types + more,
        empty=finer.empty or (coarser.empty and possible("empty")),
        closed=closed,
        children=children,
        items=items,
    )
