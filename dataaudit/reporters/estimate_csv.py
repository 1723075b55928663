"""Costs of all providers as CSV, one line for each provider and model, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataaudit.scoring.cost_values import BreakEven, Cost, Estimate, Offer

COLUMNS = (
    "provider", "profile", "method", "model", "tuning", "status", "status_note", "tokens", "epochs_low", "epochs_high",
    "training_low", "training_high", "hosting_per_month_low", "hosting_per_month_high", "inference_per_month_low",
    "inference_per_month_high", "total_first_month_low", "total_first_month_high", "prompted_per_month",
    "saving_per_month_low", "saving_per_month_high", "break_even_calls_per_day_low", "break_even_calls_per_day_high",
    "payback_months_low", "payback_months_high", "payback", "price_source", "price_date", "notes",
)  # fmt: skip
"""Money in USD. What is not known is an empty cell."""


def estimate_csv(estimate: Estimate) -> str:
    """The offers in their order, with the balance of those that could be compared."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    compared = {(entry.profile, entry.model, entry.tuning): entry for entry in estimate.break_even}
    for offer in estimate.offers:
        found = compared.get((offer.profile, offer.model, offer.tuning))
        writer.writerow([_cell(value) for value in (*_offer(offer), *_balance(offer, found), *_source(offer))])
    return text.getvalue()


def _offer(offer: Offer) -> tuple[object, ...]:
    return (
        offer.provider, offer.profile, offer.method, offer.model, offer.tuning, offer.status, offer.status_note,
        offer.tokens, offer.epochs.low, offer.epochs.high, *_ends(offer.training), *_ends(offer.hosting_per_month),
        *_ends(offer.inference_per_month), *_ends(offer.total_first_month),
    )  # fmt: skip


def _balance(offer: Offer, found: BreakEven | None) -> tuple[object, ...]:
    prompted = offer.prompted_per_month.low if offer.prompted_per_month is not None else None
    if found is None:
        return (prompted, *[None] * 7)
    now = found.now
    return (
        prompted, now.saving_low, now.saving_high, found.calls_low, found.calls_high, now.payback_low,
        now.payback_high, now.payback,
    )  # fmt: skip


def _source(offer: Offer) -> tuple[object, ...]:
    return (offer.price_source, offer.price_date, "; ".join(offer.notes))


def _ends(cost: Cost | None) -> tuple[object, object]:
    return (None, None) if cost is None else (cost.low, cost.high)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.10g}"
    # A spreadsheet must not take a text for a formula.
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") and not isinstance(value, int) else text
