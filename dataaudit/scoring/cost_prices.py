"""Prices of one provider and model, from its file, and of base models, from the package genai-prices.

Sources that disagree are a range. The package is asked offline: only the data that ships with it is read.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from dataaudit.errors import UsageError, close_match
from dataaudit.scoring.cost_rules import economics
from dataaudit.scoring.cost_running import call_cost, monthly
from dataaudit.scoring.cost_values import Cost

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dataaudit.catalogue.provider import Price, Provider

UNNAMED = "any model"
_TOKENS, _HOUR, _MONTH = "USD per 1M tokens", "USD per hour", "USD per month"
UNKNOWN = Cost(low=None, high=None, because="not found")


class Row(NamedTuple):
    """A model, or class of models, of one provider, trained in one way (lora, full, None where there is only one)."""

    model: str
    tuning: Any


def rows(profile: Provider) -> list[Row]:
    """What a provider trains: what its training prices name, and the other models of its `billing`."""
    training = [price for price in profile.prices if price.kind == "training"]
    named = [price.row for price in training if price.row is not None]
    extra = profile.billing.models if profile.billing is not None else ()
    found: list[Row] = []
    for model in dict.fromkeys((*named, *extra)):
        ways = dict.fromkeys(price.tuning for price in training if price.row == model and price.tuning is not None)
        found += [Row(model, way) for way in (*ways,)] or [Row(model, None)]
    return found or [Row(UNNAMED, None)]


def prices_of(profile: Provider, row: Row, kind: str) -> list[Price]:
    """The prices of one kind that hold for a row: its own ones, else those of all rows."""
    fitting = [p for p in profile.prices if p.kind == kind and p.tuning in (None, row.tuning)]
    return [p for p in fitting if p.row == row.model] or [p for p in fitting if p.row is None]


def rate(profile: Provider, row: Row, kind: str) -> Cost:
    """USD per million tokens, as a range over what the sources say; unknown where none says it by the token."""
    found = [price for price in prices_of(profile, row, kind) if price.unit == _TOKENS]
    return _range(found, [price.value for price in found])


def least(profile: Provider, row: Row) -> Cost:
    """The least price of a job; 0 where none is named. What only old sources name counts in the high end alone."""
    found = prices_of(profile, row, "least")
    if not found:
        return Cost(low=0, high=0, because="none is named")
    sure = [price.value for price in found if not price.older]
    return Cost(low=min(sure, default=0), high=max(price.value for price in found), because=_cited(found))


def hosting(profile: Provider, row: Row) -> Cost:
    """USD a month for keeping the tuned model ready, with its storage."""
    costs = [_hosting(profile, row), _range(stored := prices_of(profile, row, "storage"), [p.value for p in stored])]
    known = [cost for cost in costs if cost.low is not None]
    high = None if costs[0].high is None else sum(cost.high or 0 for cost in costs)
    because = "; ".join(cost.because for cost in costs if cost is costs[0] or cost.low is not None)
    return Cost(low=sum(cost.low or 0 for cost in known) if known else None, high=high, because=because)


def _hosting(profile: Provider, row: Row) -> Cost:
    found = prices_of(profile, row, "hosting")
    if found:
        return _range(found, [monthly(price.value) if price.unit == _HOUR else price.value for price in found])
    serving = profile.billing.serving if profile.billing is not None else "unknown"
    if serving in ("tokens", "base"):
        return Cost(low=0, high=0, because="no hosting fee: calls are paid by the token")
    note = profile.billing.serving_note if profile.billing is not None else None
    return Cost(low=None, high=None, because=f"the price of hosting was not found{f' ({note})' if note else ''}")


def tuned_call(profile: Provider, row: Row, prompt_tokens: float, answer_tokens: float) -> Cost:
    """USD of one call of the tuned model; unknown where no price is known."""
    billing = profile.billing
    if billing is None or billing.serving not in ("tokens", "base"):
        return UNKNOWN
    if billing.serving == "base":
        return base_call(profile, row, prompt_tokens, answer_tokens, billing.serving_note or "")
    put, got = rate(profile, row, "input"), rate(profile, row, "output")
    if put.low is None or put.high is None or got.low is None or got.high is None:
        return UNKNOWN
    return Cost(
        low=call_cost(prompt_tokens, answer_tokens, put.low, got.low),
        high=call_cost(prompt_tokens, answer_tokens, put.high, got.high),
        because=f"{prompt_tokens:,.10g} + {answer_tokens:,.10g} tokens at {_per(put)} + {_per(got)} USD per 1M",
    )


def base_call(profile: Provider, row: Row, prompt_tokens: float, answer_tokens: float, note: str = "") -> Cost:
    """USD of one call of the base model of a row; unknown where the package has no price of it."""
    billing = profile.billing
    if billing is None or billing.price_provider is None:
        return UNKNOWN
    name = billing.prices_as.get(row.model, row.model)
    cost = _asked(name, billing.price_provider, prompt_tokens, answer_tokens)
    return UNKNOWN if cost is None else cost.replaced(because="; ".join(filter(None, (cost.because, note))))


def named_call(model: str, prompt_tokens: float, answer_tokens: float) -> Cost:
    """USD of one call of a model that the user names: `gpt-4o`, or with its provider `azure/gpt-4o`.

    Raises:
        UsageError: the package has no price of it.
    """
    provider, slash, name = model.partition("/")
    cost = _asked(model, None, prompt_tokens, answer_tokens)
    if cost is None and slash:
        cost = _asked(name, provider, prompt_tokens, answer_tokens)
    if cost is None:
        near = close_match(model.lower(), [entry.id for known in _snapshot().providers for entry in known.models])
        hint = f"did you mean {near}?" if near else "--cost-per-call-prompted gives the price of a call by hand"
        raise UsageError(f"{package()} has no price of the base model {model!r}", hint=hint)
    return cost


@cache
def package() -> str:
    """Name and version of the package that inference prices of base models are from."""
    from importlib.metadata import version

    name: str = economics("inference")["package"]
    return f"{name} {version(name)}"


@cache
def _snapshot() -> Any:
    from genai_prices.data import providers
    from genai_prices.data_snapshot import DataSnapshot

    # Its own, so that neither the network nor an updater that runs in this process changes a price.
    return DataSnapshot(providers=providers, from_auto_update=False)


def _asked(model: str, provider: str | None, prompt_tokens: float, answer_tokens: float) -> Cost | None:
    from genai_prices import Usage

    usage = Usage(input_tokens=round(prompt_tokens), output_tokens=round(answer_tokens))
    try:
        found = _snapshot().calc(usage, model, provider, None, _as_of())
    except LookupError:
        return None
    price = float(found.total_price)
    because = f"{prompt_tokens:,.10g} + {answer_tokens:,.10g} tokens of {found.provider.id} {found.model.id}"
    return Cost(low=price, high=price, because=f"{because} ({package()})")


def _as_of() -> Any:
    import datetime

    day = str(economics("inference")["as_of"])
    return datetime.datetime.fromisoformat(day).replace(tzinfo=datetime.UTC)


def _range(found: Iterable[Price], values: list[float]) -> Cost:
    if not values:
        return UNKNOWN
    return Cost(low=min(values), high=max(values), because=_cited(found))


def _cited(found: Iterable[Price]) -> str:
    return "; ".join(dict.fromkeys(words(price) for price in found))


def words(price: Price) -> str:
    """A price with its source and what is to be said of it."""
    note = f"; {price.note}" if price.note else ""
    return f"{price.value:,.10g} {price.unit} ({price.source}{note})"


def _per(cost: Cost) -> str:
    return f"{cost.low:,.10g}" if cost.low == cost.high else f"{cost.low:,.10g}-{cost.high:,.10g}"


def used(profile: Provider, row: Row) -> Iterator[Price]:
    """Every price that an offer of this row rests on."""
    for kind in ("training", "least", "hosting", "storage", "input", "output"):
        yield from prices_of(profile, row, kind)
