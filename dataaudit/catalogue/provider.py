"""The shape of provider files: what a provider accepts, asks and charges. Data only: nothing here judges."""

from __future__ import annotations

import dataclasses
import datetime
from functools import cached_property
from typing import Annotated, Any, Literal

from dataaudit.catalogue.models import Source, trait_matches
from dataaudit.values import Text, Value, Words

Strength = Literal["hard", "soft", "advice"]


class Demand(Value):
    """What a provider asks of rows, in traits.

    forbid: no row may have a matching trait; require: every row must have one; uniform: all rows or none.
    `where` limits the demand to rows that have that trait, `unless` to those without it. With `every`, a forbid is
    broken only when all rows have the trait. In a file `forbid` may be a list: it is read as one demand for each trait.
    `{detail}` in `says` is the part of the trait after the colon.
    """

    forbid: str | None = None
    require: str | None = None
    uniform: str | None = None
    besides: tuple[str, ...] = ()
    where: str | None = None
    unless: str | None = None
    every: bool = False
    severity: Strength
    says: str | None = None
    rule: str | None = None
    source: Text
    date: datetime.date | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if sum(verb is not None for verb in (self.forbid, self.require, self.uniform)) != 1:
            raise ValueError("a demand has exactly one of forbid, require, uniform")

    @cached_property
    def pattern(self) -> str:
        """The trait or trait pattern that the demand is about."""
        return self.forbid or self.require or self.uniform or ""

    def matches(self, trait: str) -> bool:
        """Whether `trait` is one that the demand is about."""
        return trait_matches(self.pattern, trait) and not any(trait_matches(name, trait) for name in self.besides)


class Limit(Value):
    """A number that the data of one split must stay above or below; several sources may give several values.

    models: the base models it is about, empty for all. With no model named by the user, the most generous
    of the limits with models holds. above: it holds only for a split with more examples than this.
    """

    name: Literal[
        "min_examples",
        "max_examples",
        "min_validation_examples",
        "max_validation_examples",
        "max_validation_share",
        "max_total_examples",
        "recommended_examples",
        "recommended_max_examples",
        "max_file_bytes",
        "max_validation_file_bytes",
        "max_example_tokens",
        "max_example_chars",
        "max_turns",
        "min_turns",
        "validation_required",
        "min_example_chars",
        "max_turn_tokens",
        "max_turn_chars",
        "max_media_examples",
        "max_image_bytes",
        "max_video_bytes",
        "max_trained_tokens",
        "min_labels",
        "min_examples_per_label",
        "min_file_bytes",
    ]
    value: float | int
    severity: Strength
    source: Text
    date: datetime.date | None = None
    note: str | None = None
    models: tuple[str, ...] = ()
    above: int | None = None


class Price(Value):
    """One price in USD.

    kind: what it is charged for, where costs are worked out from it; without one it is only shown. least: the least
    price of a job. tuning: the way of training that it is for; None: every way. group: the row of a comparison that it
    belongs to, a model or a class of models; else the first of `models`; with neither, every row. Prices of one kind,
    tuning and group are one charge, told by several sources: together they are its range. older: only old sources know
    of the charge, so that it counts in the high figure alone. ended: since then the model is not to be had.
    """

    what: Text
    value: float
    unit: Text
    kind: Literal["training", "input", "cached-input", "output", "hosting", "storage", "least"] | None = None
    tuning: Literal["lora", "full"] | None = None
    models: tuple[str, ...] = ()
    group: str | None = None
    older: bool = False
    ended: datetime.date | None = None
    source: Text
    date: datetime.date | None = None
    note: str | None = None

    @property
    def row(self) -> str | None:
        """The model or class of models that the price is for; None: all."""
        return self.group or (self.models[0] if self.models else None)


class Epochs(Value):
    """How often a provider goes over the data where the user does not say: low to high times.

    below: it holds for fewer examples than this. least_seen, most_seen: bounds of examples x epochs: where they are
    passed, the epochs become least_seen // examples (but at most `most`), or most_seen // examples (but at least 1).
    """

    low: int
    high: int
    below: int | None = None
    least_seen: int | None = None
    most_seen: int | None = None
    most: int | None = None
    source: Text
    date: datetime.date | None = None
    note: str | None = None


class Billing(Value):
    """How a provider charges for training and for the tuned model.

    by: tokens trained, hours of the job, or nothing but the machine (self-hosted). models: rows of a comparison besides
    those that training prices name. padded: without packing, examples count with the longest length. validation: free,
    or charged with every evaluation; unknown where no source tells. serving: how the tuned model is paid for: by its
    own token prices, as its base model, on a machine of its own (dedicated), by the hour of reserved throughput.
    price_provider, prices_as: under which names the package of inference prices knows the provider and the base models.
    """

    by: Literal["tokens", "hours", "machine"]
    models: tuple[str, ...] = ()
    epochs: tuple[Epochs, ...] = ()
    padded: bool = False
    validation: Literal["free", "evaluated", "unknown"] = "unknown"
    serving: Literal["tokens", "base", "dedicated", "throughput", "machine", "unknown"] = "unknown"
    serving_note: str | None = None
    price_provider: str | None = None
    prices_as: dict[str, str] = dataclasses.field(default_factory=dict)
    source: Text
    date: datetime.date | None = None
    note: str | None = None


class AcceptedShape(Value):
    """A record shape that the provider reads; severity says what happens to another one."""

    name: Text
    source: Text
    date: datetime.date | None = None
    note: str | None = None


class Conflict(Value):
    """Two sources that disagree; `decides` says which the verdict follows, the other explains."""

    about: Text
    strict: Text
    strict_source: Text
    lax: Text
    lax_source: Text
    decides: Literal["strict", "lax"] = "strict"
    because: str | None = None

    @property
    def source(self) -> str:
        """The names of both sources."""
        return f"{self.strict_source} {self.lax_source}"


class Status(Value):
    """Whether the provider still takes training data."""

    state: Literal["open", "closing", "retired", "none"]
    until: datetime.date | None = None
    note: str = ""
    source: Text
    date: datetime.date | None = None


class Provider(Value):
    """What one provider accepts, checks and charges for one training method."""

    id: Annotated[str, Words(r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    provider: Annotated[str, Words(r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Text
    method: Text
    summary: Text
    default: bool = False
    status: Status
    shapes: tuple[AcceptedShape, ...] = ()
    other_shape: Strength = "hard"
    extensions: tuple[str, ...] = ()
    demands: tuple[Demand, ...] = ()
    limits: tuple[Limit, ...] = ()
    prices: tuple[Price, ...] = ()
    billing: Billing | None = None
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()
    sources: dict[str, Source]

    @classmethod
    def prepared(cls, data: Any) -> Any:
        """One demand for each trait of a list under `forbid`."""
        demands = data.get("demands")
        if not isinstance(demands, (list, tuple)):
            return data
        spread: list[Any] = []
        for demand in demands:
            traits = demand.get("forbid") if isinstance(demand, dict) else None
            spread += [{**demand, "forbid": trait} for trait in traits] if isinstance(traits, list) else [demand]
        return {**data, "demands": spread}

    def __post_init__(self) -> None:
        entries: list[Any] = [
            self.status,
            *self.shapes,
            *self.demands,
            *self.limits,
            *self.prices,
            *self.conflicts,
        ]
        if self.billing is not None:
            entries += [self.billing, *self.billing.epochs]
        for entry in entries:
            for name in entry.source.split():
                if name not in self.sources:
                    raise ValueError(f"source {name!r} is not listed under [sources]")

    def dated(self, entry: Demand | Limit | AcceptedShape | Price | Status | Epochs | Billing) -> str:
        """The date of an entry: its own, else that of its first source."""
        return (entry.date or self.sources[entry.source.split()[0]].date).isoformat()
