"""Names that answers have in common (keys of an object, elements, headings): learned, and what differs from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from dataaudit.formats.closed import folded
from dataaudit.formats.limits import Limits
from dataaudit.formats.votes import by_chance

Order = tuple[str, ...]


class Drift(NamedTuple):
    """One name that is not as in the others. meant: of a misspelt or replaced name the one expected."""

    what: Literal["missing", "extra", "misspelt", "replaced", "order"]
    name: str
    meant: str = ""


class Names(NamedTuple):
    """What names an answer has.

    required, optional: in their usual order. closed: there are no other names. ordered: the order is kept.
    shares: of each known name the share of rows that have it. rows: of the sample.
    """

    required: Order
    optional: Order
    closed: bool
    ordered: bool
    rows: int
    shares: Mapping[str, float]

    def drift(self, names: Sequence[str], limits: Limits) -> Iterator[Drift]:
        """How the names of one answer differ."""
        here = set(names)
        missing = [name for name in self.required if name not in here]
        extra = [name for name in dict.fromkeys(names) if name not in self.shares]
        for name in list(missing):
            near = _near(name, extra, limits)
            if near is not None:
                missing.remove(name)
                extra.remove(near)
                yield Drift("misspelt", near, name)
        if self.closed and len(missing) == len(extra) == 1:
            yield Drift("replaced", extra.pop(), missing.pop())
        yield from (Drift("missing", name) for name in missing)
        if self.closed:
            yield from (Drift("extra", name) for name in extra)
        if self.ordered and not missing and not extra and not self.in_order(names):
            yield Drift("order", "")

    def in_order(self, names: Sequence[str]) -> bool:
        """Whether those names that are known stand in the usual order."""
        rank = {name: place for place, name in enumerate(self.shares)}
        places = [rank[name] for name in names if name in rank]
        return places == sorted(places)


def learn_names(orders: Mapping[Order, int], limits: Limits) -> Names | None:
    """Names behind counted sequences of names; None where no name is in most rows."""
    rows = sum(orders.values())
    if rows < limits.min_rows:
        return None
    counts: dict[str, int] = {}
    places: dict[str, int] = {}
    for order, count in orders.items():
        for place, name in enumerate(dict.fromkeys(order)):
            counts[name] = counts.get(name, 0) + count
            places[name] = places.get(name, 0) + place * count
    least = max(limits.optional_share * rows, 2)
    known = sorted(
        (name for name in counts if counts[name] >= least), key=lambda name: (places[name] / counts[name], name)
    )
    required = tuple(name for name in known if counts[name] >= limits.min_share * rows)
    if not required or len(known) > limits.max_keys:
        return None
    optional = tuple(name for name in known if counts[name] < limits.min_share * rows)
    shares = {name: counts[name] / rows for name in known}
    draft = Names(required, optional, True, True, rows, shares)
    within = sum(count for order, count in orders.items() if shares.keys() >= set(order))
    kept = sum(count for order, count in orders.items() if draft.in_order(order))
    ordered = kept >= limits.min_share * rows
    # In few rows an optional key may show up once or not at all by accident.
    unseen = by_chance(rows, rows - within, limits.optional_share)
    closed = within >= limits.min_share * rows and unseen < limits.doubt
    return Names(required, optional, closed, ordered and len(known) > 1, rows, shares)


def _near(name: str, others: Sequence[str], limits: Limits) -> str | None:
    form = folded(name)
    for other in others:
        if folded(other) == form:
            return other
    if not others or len(name) > limits.longest_value:
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    short = [other for other in others if len(other) <= limits.longest_value]
    found = process.extractOne(
        name, short, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=limits.key_similarity
    )
    return short[found[2]] if found is not None else None
