"""What an estimate leaves open, and what it takes for granted, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.scoring.cost_prices import package
from dataaudit.scoring.cost_rules import economics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from dataaudit.project import Project
from dataaudit.scoring.cost_values import BreakEven, Offer, Tokens

SERVING = "serving: "
"""How a note of an offer starts that says how the tuned model is paid for."""
CONVERTED = "takes these rows only after conversion"
"""The note of an offer whose provider does not read the shape of the data."""


def missing(
    made: Sequence[Offer], compared: Sequence[BreakEven], project: Project, tokens: Sequence[Tokens]
) -> Iterator[str]:
    """What is not known, and what would tell it."""
    nothing = bool(tokens) and not any(count.total for count in tokens)
    if nothing:
        yield (
            "the tokens of the training examples: give data with rows to train on (--split train=PATH), or --examples "
            "and --tokens-per-example"
        )
    yield from _of_project(project)
    if nothing:
        return
    yield from _of_prices([offer for offer in made if offer.status in ("open", "closing")], project)
    if project.project_cost is None and compared:
        yield "the cost of the project (--project-cost); a range of a guide stands in for it"


def _of_project(project: Project) -> Iterator[str]:
    if project.calls_per_day is None:
        yield "calls a day (--calls-per-day): no bill for calls, no break-even, no payback"
        return
    if project.prompt_tokens is None and project.cost_per_call_prompted is None:
        yield "the tokens of the prompt of today (--prompt-tokens), or --cost-per-call-prompted"
    if project.tuned_prompt_tokens is None and project.cost_per_call_tuned is None:
        saved = economics("shorter_prompt")
        share = f"{saved['low']:.0%} to {saved['high']:.0%}"
        yield (
            "the tokens of the prompt after tuning (--tuned-prompt-tokens), or --cost-per-call-tuned; by a guide "
            f"{share} fewer than today"
        )
    by_tokens = project.cost_per_call_prompted is None or project.cost_per_call_tuned is None
    if project.answer_tokens is None and by_tokens:
        yield "the tokens of an answer (--answer-tokens): answers count as nothing in the bills"


def _of_prices(made: Sequence[Offer], project: Project) -> Iterator[str]:
    if names := _labels(made, lambda offer: offer.training.high is None):
        yield f"the price of the training run, which paybacks leave out: {names}"
    if names := _labels(made, lambda offer: offer.hosting_per_month.high is None):
        yield f"the price of hosting the tuned model: {names}"
    if project.calls_per_day is None:
        return
    tuned = _labels(made, lambda offer: offer.inference_per_call is None)
    if tuned and project.tuned_prompt_tokens is not None:
        yield f"the price of a call of the tuned model (--cost-per-call-tuned): {tuned}"
    prompted = _labels(made, lambda offer: offer.prompted_per_call is None)
    if prompted and project.prompt_tokens is not None:
        yield f"the model that is prompted today (--base-model): {prompted}"


def _labels(made: Sequence[Offer], lacks: Callable[[Offer], bool]) -> str:
    """Providers with the models that lack something; a provider of which all do stands alone."""
    by_provider: dict[str, list[str]] = {}
    for offer in made:
        if lacks(offer):
            models = by_provider.setdefault(offer.provider, [])
            if offer.model not in models:
                models.append(offer.model)
    every = {name: {offer.model for offer in made if offer.provider == name} for name in by_provider}
    return "; ".join(
        name if set(models) == every[name] else f"{name} ({', '.join(models)})"
        for name, models in sorted(by_provider.items())
    )


def assumptions(made: Sequence[Offer], project: Project, cost: Mapping[str, Any]) -> Iterator[str]:
    """What was taken for granted, each with its source."""
    calendar, epochs = economics("calendar"), economics("epochs")
    yield f"A month has {calendar['days_a_month']} days of {calendar['hours_a_day']} hours ({calendar['source']})."
    made = [offer for offer in made if offer.status in ("open", "closing")]
    yield from _doubtful(project)
    if names := _labels(made, lambda offer: CONVERTED in offer.notes):
        yield f"The rows are converted first; as they are, they are not taken by: {names}."
    if names := _labels(made, lambda offer: offer.epochs.assumed and offer.training.high is not None):
        yield (
            f"{epochs['assumed']} epochs ({epochs['source']}), marked *, where a provider's default "
            f"was not found: {names}."
        )
    hosted = [(offer.provider, offer.hosting_per_month.because) for offer in made if offer.hosting_per_month.high]
    yield from (f"Hosting, {provider}: {because}." for provider, because in dict.fromkeys(hosted))
    if project.calls_per_day is None:
        return
    if any(offer.prompted_per_call is not None for offer in made) and project.cost_per_call_prompted is None:
        model = "the base model of each row" if project.base_model is None else project.base_model
        yield f"Prompted today: {model}, priced by {package()} as of {economics('inference')['as_of']}."
    if project.cost_per_call_tuned is None:
        served = [(offer.provider, note) for offer in made if offer.inference_per_call for note in offer.notes]
        for provider, note in dict.fromkeys(served):
            if note.startswith(SERVING):
                yield f"Calls of the tuned model, {provider}: {note.removeprefix(SERVING)}."
    if not cost["given"]:
        yield (
            f"The project costs {cost['low']:,.0f} to {cost['high']:,.0f} USD ({cost['source']}): payback is worked "
            "out with both."
        )
    around = economics("infrastructure")
    yield (
        f"Not counted: infrastructure of your own around the model, {around['low']}-{around['high']} {around['unit']} "
        f"({around['source']}), retraining, and the work of running it."
    )


def _doubtful(project: Project) -> Iterator[str]:
    """What the user says that may be a slip."""
    epochs = economics("epochs")
    if project.epochs is not None and project.epochs > epochs["most"]:
        yield (
            f"--epochs {project.epochs:,} may be refused: {epochs['most_source']} allows at most {epochs['most']}, and "
            "no provider is known to allow more."
        )
    today, tuned = project.prompt_tokens, project.tuned_prompt_tokens
    if today is not None and tuned is not None and tuned > today:
        yield (
            f"The prompt after tuning ({tuned:,.10g} tokens) is longer than that of today ({today:,.10g}); tuning "
            "usually shortens it: look whether --prompt-tokens and --tuned-prompt-tokens are swapped."
        )
