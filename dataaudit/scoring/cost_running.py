"""What running a model costs a month, and from which volume and after how many months tuning pays. Plain arithmetic.

Prompted and tuned calls are compared a month; what is fixed (hosting, storage) is paid at any volume.
"""

from __future__ import annotations

from typing import NamedTuple

from dataaudit.scoring.cost_rules import economics
from dataaudit.scoring.cost_values import Balance, Cost

NEVER = "never at this volume"


class Calls(NamedTuple):
    """USD of one prompted call, of one tuned call, and of a month's hosting; low and high of the last two."""

    prompted: float
    tuned: tuple[float, float]
    fixed: tuple[float, float]


class Spent(NamedTuple):
    """USD spent once before anything is saved: project and training, low and high."""

    low: float
    high: float


def days_a_month() -> float:
    """Days of a month of calls: 30 by convention."""
    days: float = economics("calendar")["days_a_month"]
    return days


def monthly(per_hour: float) -> float:
    """USD a month of what is paid for every hour: price x 24 x 30."""
    calendar = economics("calendar")
    return per_hour * float(calendar["hours_a_day"]) * float(calendar["days_a_month"])


def call_cost(prompt_tokens: float, answer_tokens: float, input_price: float, output_price: float) -> float:
    """USD of one call: tokens x price per million, of the prompt and of the answer."""
    return (prompt_tokens * input_price + answer_tokens * output_price) / 1_000_000


def bill(per_call: float, calls_per_day: float) -> float:
    """USD a month of calls: price x calls a day x 30."""
    return per_call * calls_per_day * days_a_month()


def break_even(prompted: float, tuned: float, fixed: float) -> float | None:
    """Calls a day at which what a tuned call saves pays for the hosting; None where it never does."""
    saved = (prompted - tuned) * days_a_month()
    most = float(economics("never")["calls_a_day"])
    return None if saved <= 0 or fixed > most * saved else fixed / saved


def payback_months(spent: float, saving_per_month: float) -> float | None:
    """Months until the saving has paid for what was spent once; None where nothing is saved, or next to nothing."""
    longest = float(economics("never")["months"])
    return None if saving_per_month <= 0 or spent > longest * saving_per_month else spent / saving_per_month


def balance(calls: Calls, calls_per_day: float, spent: Spent) -> Balance:
    """Prompting against tuning at one volume."""
    prompted = bill(calls.prompted, calls_per_day)
    low, high = (bill(tuned, calls_per_day) + fixed for tuned, fixed in zip(calls.tuned, calls.fixed, strict=True))
    quick, slow = payback_months(spent.low, prompted - low), payback_months(spent.high, prompted - high)
    return Balance(
        calls_per_day=_round(calls_per_day),
        prompted_per_month=_round(prompted),
        tuned_low=_round(low),
        tuned_high=_round(high),
        saving_low=_round(prompted - high),
        saving_high=_round(prompted - low),
        payback_low=None if quick is None else _round(quick),
        payback_high=None if slow is None else _round(slow),
        payback=_words(quick, slow),
    )


def volumes(calls_per_day: float) -> list[float]:
    """The volumes that are tried: a tenth of the given one to ten times as much."""
    return [round(factor * calls_per_day, 6) for factor in economics("sensitivity")["factors"]]


def per_month(per_call: Cost | None, calls_per_day: float | None) -> Cost | None:
    """A month of calls; None where price or volume is not known."""
    if per_call is None or calls_per_day is None or per_call.low is None:
        return None
    high = None if per_call.high is None else _round(bill(per_call.high, calls_per_day))
    because = f"{calls_per_day:,.10g} calls a day x {days_a_month():g} days x {per_call.because}"
    return Cost(low=_round(bill(per_call.low, calls_per_day)), high=high, because=because)


def _round(value: float) -> float:
    return round(value, 6)


def _words(quick: float | None, slow: float | None) -> str:
    if quick is None:
        return NEVER
    if slow is None:
        return f"{_months(quick)} at best, or {NEVER}"
    if _months(quick) == _months(slow):
        return _months(quick)
    return f"{_months(quick).removesuffix(' months')} to {_months(slow)}"


def _months(months: float) -> str:
    return f"{months:,.1f} months"
