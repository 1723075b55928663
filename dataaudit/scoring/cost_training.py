"""What one training run costs: tokens x epochs x price, with each provider's own rule. Pure functions over values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.scoring.cost_rules import economics
from dataaudit.scoring.cost_values import Cost, Passes, Tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataaudit.catalogue.provider import Epochs

MILLION = 1_000_000
# The note of a rule for epochs that the provider recommends and does not apply by itself.
_ADVISED = "advised"


def passes(rules: Sequence[Epochs], examples: int, given: int | None = None) -> Passes:
    """How many epochs a provider trains by default on so many examples; `given` by the user stands over that."""
    if given is not None:
        return Passes(low=given, high=given, assumed=False, because="as given")
    for rule in rules:
        if rule.below is None or examples < rule.below:
            low, high = (_bounded(epochs, examples, rule) for epochs in (rule.low, rule.high))
            because = "; ".join(filter(None, (f"the provider's default ({rule.source})", rule.note)))
            if rule.note == _ADVISED:
                because = f"advised by the provider ({rule.source}), not a default"
            return Passes(low=low, high=high, assumed=False, because=because)
    figure = economics("epochs")
    because = f"assumed: the provider's default was not found; {figure['assumed']} is {figure['source']}"
    return Passes(low=figure["assumed"], high=figure["assumed"], assumed=True, because=because)


def _bounded(epochs: int, examples: int, rule: Epochs) -> int:
    """Epochs raised for few examples and lowered for many, as OpenAI's notebook does."""
    if not examples:
        return epochs
    if rule.least_seen is not None and epochs * examples < rule.least_seen:
        raised = rule.least_seen // examples
        return raised if rule.most is None else min(rule.most, raised)
    if rule.most_seen is not None and epochs * examples > rule.most_seen:
        return max(1, rule.most_seen // examples)
    return epochs


def billed_tokens(tokens: Tokens, epochs: Passes, padded_to: float | None, evaluations: int = 0) -> tuple[float, float]:
    """(low, high) tokens that are charged: of a pass x epochs, and of each evaluation.

    padded_to: where examples are trained without packing, each counts for that many tokens.
    """
    low, high = tokens.low, tokens.high
    if padded_to is not None:
        low = high = round(tokens.examples * padded_to)
    checked = evaluations * tokens.validation
    return low * epochs.low + checked, high * epochs.high + checked


def training_cost(billed: tuple[float, float], rate: Cost, least: Cost) -> Cost:
    """USD of a run: tokens x price per million, but not under the least price of a job.

    Without a rate the least price is all that is known, and there is no high figure.
    """
    if rate.low is None or rate.high is None:
        because = "the price of a token was not found"
        if least.low:
            because += f"; at least {least.low:,.2f} USD a job"
        return Cost(low=least.low or None, high=None, because=because)
    low, high = billed[0] * rate.low / MILLION, billed[1] * rate.high / MILLION
    because = f"{_span(*billed)} tokens x {rate.because}"
    if (least.high or 0) > 0:
        because += f", but at least {least.because}"
    low, high = max(low, least.low or 0), max(high, least.high or 0)
    return Cost(low=round(low, 6), high=round(high, 6), because=because)


def _span(low: float, high: float) -> str:
    return f"{low:,.0f}" if low == high else f"{low:,.0f}-{high:,.0f}"
