"""What a cost estimate is made of: values only, nothing here computes but the sum of two ranges.

All money is USD. A range is what sources that disagree, or tokens that were estimated, leave open.
"""

from __future__ import annotations

from typing import Any, Literal

from dataaudit.values import Value


class Cost(Value):
    """From `low` to `high` USD. high None: no upper figure is known, so it is at least `low`; both None: nothing is."""

    low: float | None
    high: float | None
    because: str = ""

    @property
    def known(self) -> bool:
        """Whether both ends are known."""
        return self.low is not None and self.high is not None


class Tokens(Value):
    """The tokens of one pass over the training examples. exact: counted, or given; else an estimate of low to high.

    validation: those of the validation examples, where there are any. tokenizer: None where none is known.
    """

    examples: int
    total: int
    low: int
    high: int
    exact: bool
    tokenizer: str | None
    because: str
    validation: int = 0


class Passes(Value):
    """How often the examples are gone over. assumed: the provider's own default was not found."""

    low: int
    high: int
    assumed: bool
    because: str


class Offer(Value):
    """One provider and model, side by side with others.

    provider: the group, such as openai; profile: its file. tuning: lora, full, or None. tokens: of one pass, by the
    tokenizer of the model; rate: USD per million of them; training: the run; hosting_per_month: hosting and storage;
    inference_per_month: of the tuned model, None without a volume; prompted_per_month: what prompting costs now;
    total_first_month: training, hosting and, where they are given, calls.
    price_date: the oldest of its prices.
    """

    provider: str
    profile: str
    method: str
    model: str
    tuning: Literal["lora", "full"] | None
    status: Literal["open", "closing", "retired", "none"]
    status_note: str
    tokens: int
    tokenizer: str | None
    rate: Cost
    training: Cost
    epochs: Passes
    hosting_per_month: Cost
    inference_per_call: Cost | None
    inference_per_month: Cost | None
    prompted_per_call: Cost | None
    prompted_per_month: Cost | None
    total_first_month: Cost
    price_source: str
    price_date: str | None
    sources: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def label(self) -> str:
        """Provider, model and tuning, for people."""
        return ", ".join(filter(None, (f"{self.provider} {self.model}", self.tuning)))


class Balance(Value):
    """Prompting against the tuned model at one volume.

    saving_low, saving_high: USD a month, below zero where tuning costs more. payback_low, payback_high: months in which
    the saving pays for project and training; None: never at this volume (not within ten years).
    """

    calls_per_day: float
    prompted_per_month: float
    tuned_low: float
    tuned_high: float
    saving_low: float
    saving_high: float
    payback_low: float | None
    payback_high: float | None
    payback: str


class BreakEven(Value):
    """From which volume the tuned model of one offer is the cheaper one.

    calls_low, calls_high: calls a day at which the saving pays the hosting; None: at no volume. now: the balance at the
    volume of the project. sensitivity: the same over smaller and larger volumes.
    """

    provider: str
    profile: str
    model: str
    tuning: Literal["lora", "full"] | None
    status: str
    calls_low: float | None
    calls_high: float | None
    because: str
    now: Balance
    sensitivity: tuple[Balance, ...]

    @property
    def label(self) -> str:
        """Provider, model and tuning, for people."""
        return ", ".join(filter(None, (f"{self.provider} {self.model}", self.tuning)))


class Estimate(Value):
    """Costs of all providers, and what is still to be said so that more can be worked out.

    tokens: those of each tokenizer; None where nothing is to be trained on. offers: open ones first, by cost of the
    first month. local: trainers for a machine of one's own. project: its cost, whether given, and who says so.
    """

    tokens: tuple[Tokens, ...]
    offers: tuple[Offer, ...]
    local: tuple[str, ...]
    local_note: str
    project: dict[str, Any]
    break_even: tuple[BreakEven, ...]
    missing: tuple[str, ...]
    assumptions: tuple[str, ...]
    sources: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        """The estimate as it stands in `Report.estimate`: offers are `providers`; the best volumes `sensitivity`."""
        data = super().as_json()
        best = self.best
        return {
            "currency": "USD",
            "tokens": data["tokens"],
            "providers": data["offers"],
            "self_hosted": {"trainers": data["local"], "note": data["local_note"]},
            "project": data["project"],
            "break_even": data["break_even"],
            "sensitivity": [] if best is None else best.as_json()["sensitivity"],
            "missing": data["missing"],
            "assumptions": data["assumptions"],
            "sources": data["sources"],
        }

    @property
    def best(self) -> BreakEven | None:
        """The offer that saves most at the volume of the project, open ones before closing ones."""
        ranked = sorted(self.break_even, key=lambda entry: (entry.status != "open", -entry.now.saving_low))
        return ranked[0] if ranked else None


def total(*costs: Cost | None) -> Cost:
    """The sum of what is known; the high end is known only if all of them are."""
    parts = [cost for cost in costs if cost is not None]
    lows = [cost.low for cost in parts if cost.low is not None]
    highs = [cost.high for cost in parts if cost.high is not None]
    return Cost(
        low=round(sum(lows), 6) if lows else None,
        high=round(sum(highs), 6) if parts and len(highs) == len(parts) else None,
        because="training + hosting + inference",
    )
