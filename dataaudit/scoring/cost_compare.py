"""Puts providers side by side: one offer for each model, sorted, and from which volume each of them pays."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dataaudit.checks.profiles import reads
from dataaudit.scoring import cost_prices, cost_running
from dataaudit.scoring.cost_missing import CONVERTED, SERVING
from dataaudit.scoring.cost_prices import Row
from dataaudit.scoring.cost_training import billed_tokens, passes, training_cost
from dataaudit.scoring.cost_values import BreakEven, Cost, Offer, Tokens, total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dataaudit.catalogue.provider import Provider
    from dataaudit.project import Project
    from dataaudit.scoring.cost_running import Spent

_STATES = ("open", "closing", "retired", "none")


class Calls(NamedTuple):
    """What one call costs: prompted today, and tuned; None where it cannot be worked out."""

    prompted: Cost | None
    tuned: Cost | None


def offers(
    profiles: Iterable[Provider], project: Project, counted: Callable[[str, str], Tokens], shape: str | None = None
) -> list[Offer]:
    """An offer for each model of each hosted provider: open ones first, then closing and closed ones, by cost.

    counted: gives the tokens of the training examples for a provider file and one of its models. shape: of the rows,
    where there are any.
    """
    named = _named_call(project)
    made = [
        _offer(profile, row, project, counted(profile.id, row.model), named, shape)
        for profile in profiles
        if not is_local(profile)
        for row in cost_prices.rows(profile)
    ]
    return sorted(made, key=_order)


def is_local(profile: Provider) -> bool:
    """Whether the trainer runs on a machine of one's own, so that nobody charges for tokens."""
    return profile.billing is not None and profile.billing.by == "machine"


def break_evens(made: Iterable[Offer], calls_per_day: float, spent_on: Callable[[Offer], Spent]) -> list[BreakEven]:
    """From which volume each offer pays that can still be had and whose prices are known."""
    return [
        _break_even(offer, calls, calls_per_day, spent_on(offer))
        for offer in made
        if offer.status in ("open", "closing") and (calls := _calls(offer)) is not None
    ]


def _order(offer: Offer) -> tuple[int, bool, bool, float, float, bool, str]:
    # Where the first month is not known as a whole, what is known of training tells offers apart. Equal ones of a
    # provider stay as its prices stand, small models first: by name 17-69B would stand before <= 16B.
    known = offer.total_first_month.known
    cost = offer.total_first_month if known else offer.training
    return (
        _STATES.index(offer.status),
        not known,
        not cost.known,
        cost.high or 0,
        cost.low or 0,
        not offer.hosting_per_month.known,
        offer.profile,
    )


def _named_call(project: Project) -> Cost | None:
    """A prompted call that is the same for all providers: at the user's own price, or with the model that he names."""
    if project.cost_per_call_prompted is not None:
        price = project.cost_per_call_prompted
        return Cost(low=price, high=price, because=f"{price:,.10g} USD a call, as given")
    if project.base_model is None:
        return None
    # Asked in any case, so that a wrong name is told before there is a volume.
    call = cost_prices.named_call(project.base_model, project.prompt_tokens or 0, project.answer_tokens or 0)
    return None if project.prompt_tokens is None else call


def _calls_of(profile: Provider, row: Row, project: Project, named: Cost | None) -> Calls:
    answer = project.answer_tokens or 0
    prompted, tuned = named, None
    if prompted is None and project.prompt_tokens is not None:
        prompted = _if_known(cost_prices.base_call(profile, row, project.prompt_tokens, answer))
    if project.cost_per_call_tuned is not None:
        price = project.cost_per_call_tuned
        tuned = Cost(low=price, high=price, because=f"{price:,.10g} USD a call, as given")
    elif project.tuned_prompt_tokens is not None:
        tuned = _if_known(cost_prices.tuned_call(profile, row, project.tuned_prompt_tokens, answer))
    return Calls(prompted, tuned)


def _if_known(cost: Cost) -> Cost | None:
    return cost if cost.low is not None else None


def _offer(
    profile: Provider, row: Row, project: Project, tokens: Tokens, named: Cost | None, shape: str | None
) -> Offer:
    billing = profile.billing
    epochs = passes(billing.epochs if billing is not None else (), tokens.examples, project.epochs)
    padded = project.padded_tokens if billing is not None and billing.padded else None
    evaluated = billing is not None and billing.validation == "evaluated"
    billed = billed_tokens(tokens, epochs, padded, (project.evaluations or 0) if evaluated else 0)
    rate = cost_prices.rate(profile, row, "training")
    training = training_cost(billed, rate, cost_prices.least(profile, row))
    if not tokens.total:
        training = Cost(low=None, high=None, because="there is nothing to train on")
    elif billing is not None and billing.by == "hours":
        priced = "; ".join(cost_prices.words(price) for price in cost_prices.prices_of(profile, row, "training"))
        because = f"charged by the hour of a job, whose length is not known before: {priced or 'rate not found'}"
        training = Cost(low=None, high=None, because=because)
    calls = _calls_of(profile, row, project, named)
    fixed = cost_prices.hosting(profile, row)
    tuned = cost_running.per_month(calls.tuned, project.calls_per_day)
    prices = list(cost_prices.used(profile, row))
    used = dict.fromkeys(name for price in prices for name in price.source.split())
    ended = next((price.ended for price in prices if price.ended is not None), None)
    return Offer(
        provider=profile.provider,
        profile=profile.id,
        method=profile.method,
        model=row.model,
        tuning=row.tuning,
        status="retired" if ended is not None and profile.status.state != "none" else profile.status.state,
        status_note=f"off since {ended}" if ended is not None else _status(profile),
        tokens=tokens.total,
        tokenizer=tokens.tokenizer,
        rate=rate,
        training=training,
        epochs=epochs,
        hosting_per_month=fixed,
        inference_per_call=calls.tuned,
        inference_per_month=tuned,
        prompted_per_call=calls.prompted,
        prompted_per_month=cost_running.per_month(calls.prompted, project.calls_per_day),
        total_first_month=total(training, fixed, *_calls_counted(tuned, project)),
        price_source="; ".join(profile.sources[name].title for name in used),
        price_date=min((str(profile.dated(price)) for price in prices), default=None),
        sources=tuple(used),
        notes=tuple(_notes(profile, tokens, padded, shape)),
    )


def _calls_counted(tuned: Cost | None, project: Project) -> list[Cost]:
    """Calls are part of a total where their number and length are given, even if their price is not known."""
    given = project.tuned_prompt_tokens is not None or project.cost_per_call_tuned is not None
    return [tuned or cost_prices.UNKNOWN] if project.calls_per_day is not None and given else []


def _status(profile: Provider) -> str:
    status = profile.status
    return status.note or (f"{status.state} on {status.until}" if status.until is not None else status.state)


def _notes(profile: Provider, tokens: Tokens, padded: float | None, shape: str | None) -> Iterable[str]:
    if shape is not None and tokens.total and not reads(profile, shape):
        yield CONVERTED
    billing = profile.billing
    if billing is None:
        return
    if billing.note is not None:
        yield billing.note
    if billing.serving_note is not None:
        yield SERVING + billing.serving_note
    if billing.padded and padded is None:
        yield "with packing; without it each example is charged with the longest length (--padded-tokens)"
    if tokens.validation and billing.validation == "free":
        yield "validation tokens are not charged"
    elif tokens.validation and billing.validation == "evaluated":
        yield f"each evaluation charges {tokens.validation:,} validation tokens more (--evaluations)"


def _calls(offer: Offer) -> cost_running.Calls | None:
    """The prices that a comparison needs, or None where one of them is not known."""
    prompted, tuned, fixed = offer.prompted_per_call, offer.inference_per_call, offer.hosting_per_month
    if prompted is None or prompted.high is None or tuned is None or tuned.low is None or tuned.high is None:
        return None
    if fixed.low is None or fixed.high is None:
        return None
    return cost_running.Calls(prompted.high, (tuned.low, tuned.high), (fixed.low, fixed.high))


def _break_even(offer: Offer, calls: cost_running.Calls, calls_per_day: float, spent: Spent) -> BreakEven:
    least, most = (
        cost_running.break_even(calls.prompted, tuned, fixed)
        for tuned, fixed in zip(calls.tuned, calls.fixed, strict=True)
    )
    because = "hosting / (30 days x (prompted call - tuned call))"
    if least is None:
        because = "a tuned call costs no less than a prompted one"
    return BreakEven(
        provider=offer.provider,
        profile=offer.profile,
        model=offer.model,
        tuning=offer.tuning,
        status=offer.status,
        calls_low=None if least is None else round(least, 6),
        calls_high=None if most is None else round(most, 6),
        because=because,
        now=cost_running.balance(calls, calls_per_day, spent),
        sensitivity=tuple(cost_running.balance(calls, volume, spent) for volume in cost_running.volumes(calls_per_day)),
    )
