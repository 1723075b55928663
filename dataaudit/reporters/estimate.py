"""Costs of all providers as text, JSON and CSV. Knows nothing of how they are worked out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Literal

from dataaudit.reporters.estimate_csv import estimate_csv
from dataaudit.reporters.layout import View, plural, table, wrap
from dataaudit.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataaudit.scoring.cost_values import Balance, BreakEven, Cost, Estimate, Offer

_FLAG = re.compile(r"--[a-z-]+[a-z]")
_BRIEF = 5
_UNKNOWN = "?"
_SHOWN = ("open", "closing")
_USUAL = "sft"
_CENTS_BELOW = 100
_HALF_A_CENT = 0.005


def render_estimate(estimate: Estimate, form: Literal["full", "json", "csv"], view: View) -> str:
    """The estimate in one of its forms; ends with a line end."""
    if form == "json":
        return json.dumps(estimate.as_json(), indent=2, ensure_ascii=True) + "\n"
    return estimate_csv(estimate) if form == "csv" else estimate_text(estimate, view)


def estimate_text(estimate: Estimate, view: View) -> str:
    """Training, hosting and calls of each provider; from which volume tuning pays; what was assumed, and by whom."""
    if estimate.tokens and not any(count.total for count in estimate.tokens):
        return "".join(line + "\n" for line in _nothing(estimate, view))
    sections = [
        _heading(estimate, view),
        _offers(estimate, view),
        _apart(estimate, view),
        _break_even(estimate, view),
        _sensitivity(estimate, view),
        _disagreeing(estimate, view),
        _listed("Not known", estimate.missing, view),
        _listed("Taken for granted", estimate.assumptions, view),
        _titled("Sources of prices", table([*_sources(estimate)], view.width, "  "), view),
    ]
    return "\n".join("".join(line + "\n" for line in section) for section in sections if section)


def estimate_brief(estimate: Estimate, view: View) -> list[str]:
    """The cheapest offer of each provider, what tuning saves, and what is not known: the part of a larger page."""
    cheapest: dict[str, Offer] = {}
    for offer in estimate.offers:
        if offer.status in _SHOWN and offer.training.high is not None:
            cheapest.setdefault(offer.provider, offer)
    head = ("", "training", "hosting a month", "")
    rows = [
        (escape(offer.label), _money(offer.training), _money(offer.hosting_per_month), _mark(offer))
        for offer in cheapest.values()
    ]
    lines = table([head, *rows[:_BRIEF]], view.width, "  ", right=(1, 2)) if rows else []
    best = estimate.best
    if best is not None:
        now = best.now
        verb = "saves most" if now.saving_low > 0 else "comes nearest to saving"
        words = f"At {now.calls_per_day:,.10g} calls a day {best.label} {verb}: {_against(now)[1]} USD a month"
        back = "does not pay back" if now.payback_low is None else f"pays back in {now.payback}"
        lines += wrap(escape(f"{words}; the project {back}."), view.width, "  ")
    flags = dict.fromkeys(flag for sentence in estimate.missing for flag in _FLAG.findall(sentence))
    return lines + (wrap(f"Not known: {', '.join(flags)}", view.width, "  ", "    ") if flags else [])


def _mark(offer: Offer) -> str:
    return "closing" if offer.status == "closing" else ""


def _nothing(estimate: Estimate, view: View) -> list[str]:
    """Without tokens a table of prices would be one of question marks."""
    why = dict.fromkeys(count.because for count in estimate.tokens if count.because)
    lines = [view.paint("Nothing to train on", "bold")]
    lines += [line for words in why for line in wrap(f"{escape(words)}.", view.width, "  ")]
    return [*lines, "", *_listed("Not known", estimate.missing, view)]


def _heading(estimate: Estimate, view: View) -> list[str]:
    if not estimate.tokens:
        return [view.paint("Costs of training: nobody here charges for tokens", "bold")]
    # Those of models that are gone would only widen the range.
    shown = {offer.tokenizer for offer in estimate.offers if offer.status in _SHOWN}
    counts = [count for count in estimate.tokens if count.tokenizer in shown] or [*estimate.tokens]
    low, high = min(count.low for count in counts), max(count.high for count in counts)
    size = plural(low, "token") if low == high else f"{low:,} to {high:,} tokens by the tokenizer of the model"
    title = f"Costs of training on {plural(counts[0].examples, 'example')}, {size}"
    first = next((count for count in counts if count.exact), counts[0])
    how = f"{first.tokenizer or 'Tokens'}: {first.total:,}, {first.because}."
    return [view.paint(line, "bold") for line in wrap(title, view.width)] + wrap(escape(how), view.width, "  ")


def _offers(estimate: Estimate, view: View) -> list[str]:
    calls = any(offer.inference_per_month is not None for offer in estimate.offers)
    head = ("provider", "model", "epochs", "training", "hosting", *(["calls"] if calls else []), "")
    lines: list[str] = []
    for state, title in (("open", "Open"), ("closing", "Closing")):
        found = [offer for offer in estimate.offers if offer.status == state]
        if not found:
            continue
        notes = {f"{offer.provider} {offer.status_note}": None for offer in found} if state == "closing" else {}
        lines += [*([""] if lines else []), view.paint(title, "bold")]
        lines += table([head, *(_row(offer, calls) for offer in found)], view.width, "  ", right=(2, 3, 4, 5))
        for note in notes:
            lines += wrap(escape(note), view.width, "  ", "    ")
    if lines:
        monthly = "hosting and calls of the tuned model" if calls else "hosting"
        legend = (
            f"USD; training once, {monthly} a month, sorted by the first month where all of it is known. A range is "
            "what sources or tokens leave open; ? not known; + or more; * assumed."
        )
        lines += ["", *wrap(legend, view.width, "  ")]
    return lines


def _row(offer: Offer, calls: bool) -> tuple[str, ...]:
    epochs = _between(f"{offer.epochs.low}", f"{offer.epochs.high}") + ("*" if offer.epochs.assumed else "")
    method = None if offer.method == _USUAL else offer.method
    model = ", ".join(filter(None, (offer.model, offer.tuning, method)))
    cells = (offer.provider, model, epochs, _money(offer.training), _money(offer.hosting_per_month))
    return (*map(escape, cells), *([_money(offer.inference_per_month)] if calls else []), "")


def _apart(estimate: Estimate, view: View) -> list[str]:
    """What has no row: trainers for a machine of one's own, and what is no longer to be had."""
    lines: list[str] = []
    if estimate.local:
        words = f"{', '.join(estimate.local)}: {estimate.local_note}."
        lines += [view.paint("On a machine of your own", "bold"), *wrap(escape(words), view.width, "  ")]
    gone: dict[str, list[str]] = {}
    for offer in estimate.offers:
        if offer.status in ("retired", "none"):
            gone.setdefault(f"{offer.provider}: {offer.status_note}", []).append(offer.model)
    if gone:
        lines += [*([""] if lines else []), view.paint("Not to be had", "bold")]
        for words, models in gone.items():
            lines += wrap(escape(f"{words} ({', '.join(models)})"), view.width, "  ", "    ")
    return lines


def _break_even(estimate: Estimate, view: View) -> list[str]:
    if not estimate.break_even:
        return []
    ranked = sorted(estimate.break_even, key=lambda entry: (-entry.now.saving_low, entry.label))
    rows: list[tuple[str, ...]] = [("", "prompted", "saving", "pays from", "payback")]
    for state in _SHOWN:
        found = [entry for entry in ranked if entry.status == state]
        rows += [("closing:", *[""] * 4)] if found and state == "closing" else []
        rows += [(escape(entry.label), *_against(entry.now), _from(entry), _payback(entry.now)) for entry in found]
    calls = f"{estimate.break_even[0].now.calls_per_day:,.10g}"
    legend = (
        f"USD a month at {calls} calls a day, hosting included. Pays from: calls a day at which the saving pays the "
        "hosting. Payback: months until the saving has paid for project and training. Never: not within ten years, "
        "never at this volume."
    )
    lines = [*table(rows, view.width, "  ", right=(1, 2, 3)), "", *wrap(legend, view.width, "  ")]
    return _titled("Prompting or tuning", lines, view)


def _sensitivity(estimate: Estimate, view: View) -> list[str]:
    best = estimate.best
    if best is None:
        return []
    head = ("calls a day", "prompted", "tuned", "saving", "payback")
    rows = [(f"{at.calls_per_day:,.10g}", _usd(at.prompted_per_month), _tuned(at), _against(at)[1], _payback(at))
            for at in best.sensitivity]  # fmt: skip
    title = f"With more or fewer calls: {escape(best.label)}"
    return _titled(title, table([head, *rows], view.width, "  ", right=(0, 1, 2, 3)), view)


def _disagreeing(estimate: Estimate, view: View) -> list[str]:
    rows = [
        (escape(offer.label), escape(offer.rate.because))
        for offer in estimate.offers
        if offer.status in _SHOWN and offer.rate.low != offer.rate.high
    ]
    return _titled("Sources that disagree on the price of training", table(rows, view.width, "  "), view)


def _listed(title: str, sentences: Iterable[str], view: View) -> list[str]:
    return _titled(title, [line for text in sentences for line in wrap(escape(text), view.width, "  - ")], view)


def _titled(title: str, lines: list[str], view: View) -> list[str]:
    return [view.paint(title, "bold"), *lines] if lines else []


def _sources(estimate: Estimate) -> Iterable[tuple[str, str]]:
    users: dict[str, list[str]] = {}
    for offer in estimate.offers:
        for name in offer.sources:
            if offer.provider not in users.setdefault(name, []):
                users[name].append(offer.provider)
    for name, words in estimate.sources.items():
        yield escape(name), escape(f"{words} ({', '.join(users.get(name.split()[-1], []))})")


def _money(cost: Cost | None) -> str:
    if cost is None or cost.low is None:
        return _UNKNOWN
    return f"{_usd(cost.low)}+" if cost.high is None else _between(_usd(cost.low), _usd(cost.high))


def _usd(value: float) -> str:
    if 0 < abs(value) < _HALF_A_CENT:
        return "<0.01"
    return f"{value:,.2f}" if abs(value) < _CENTS_BELOW else f"{value:,.0f}"


def _between(low: str, high: str) -> str:
    return low if low == high else f"{low}-{high}"


def _against(at: Balance) -> tuple[str, str]:
    low, high = _usd(at.saving_low), _usd(at.saving_high)
    return _usd(at.prompted_per_month), low if low == high else f"{low} to {high}"


def _tuned(at: Balance) -> str:
    return _between(_usd(at.tuned_low), _usd(at.tuned_high))


def _from(entry: BreakEven) -> str:
    if entry.calls_low is None:
        return "never"
    low = f"{entry.calls_low:,.0f}"
    return f"{low} or never" if entry.calls_high is None else _between(low, f"{entry.calls_high:,.0f}")


def _payback(at: Balance) -> str:
    if at.payback_low is None:
        return "never"
    low = f"{at.payback_low:,.1f}"
    return f"{low} or never" if at.payback_high is None else _between(low, f"{at.payback_high:,.1f}")
