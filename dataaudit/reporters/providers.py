"""Provider profiles as text or JSON: what `dataaudit providers` shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dataaudit.reporters.json import values_json
from dataaudit.reporters.layout import View, table, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataaudit.catalogue import Provider

_VERBS = (("forbid", "no row has"), ("require", "every row has"), ("uniform", "all rows have, or none:"))


def providers_json(providers: Provider | Iterable[Provider]) -> str:
    """One profile as an object, several as a list of them; keys as in the provider files."""
    return values_json(providers)


def providers_table(providers: Iterable[Provider], view: View) -> str:
    """Two lines a profile: id, method, status and least number of examples; the name and the shapes it reads."""
    listed = list(providers)
    head = ("id", "method", "status", "least examples")
    lines = table([head, *map(_row, listed)], view.width, right=(3,))
    shown = [view.paint(lines[0], "bold")]
    for line, provider in zip(lines[1:], listed, strict=True):
        shapes = ", ".join(shape.name for shape in provider.shapes) or "takes no data"
        shown += [line, *wrap(f"{provider.name}: {shapes}", view.width, "    ")]
    return "".join(line + "\n" for line in shown)


def _row(provider: Provider) -> tuple[str, ...]:
    least = next((f"{limit.value:g}" for limit in provider.limits if limit.name == "min_examples"), "-")
    return provider.id, provider.method, provider.status.state, least


def provider_text(provider: Provider, view: View) -> str:
    """All of one profile; the words in brackets name the sources at its end."""
    status = provider.status
    until = f" until {status.until}" if status.until else ""
    head = view.paint(f"{provider.id}: {provider.name}, {provider.method}", "bold")
    lines = [head, *wrap(provider.summary, view.width)]
    said = f": {status.note}" if status.note else ""
    lines += wrap(f"Status: {status.state}{until}{said} {_origin(provider, status)}", view.width, "", "  ")
    shapes = [(entry.name, _noted(provider, entry)) for entry in provider.shapes]
    lines += _section("Shapes", shapes, view)
    if provider.extensions:
        lines += wrap(f"file names end in {', '.join(provider.extensions)}", view.width, "  ")
    lines += wrap(f"another shape is a {provider.other_shape} reason", view.width, "  ")
    lines += _section("Demands", [(d.severity, _demand(provider, d)) for d in provider.demands], view)
    limits = [(entry.severity, entry.name, f"{entry.value:,}", _noted(provider, entry)) for entry in provider.limits]
    lines += _section("Limits", limits, view, right=(2,))
    prices = [(p.what, f"{p.value:,.10g} {p.unit}", _noted(provider, p)) for p in provider.prices]
    lines += _section("Prices", prices, view)
    if provider.notes:
        lines += ["", view.paint("Notes", "bold")]
        lines += [line for text in provider.notes for line in wrap(text, view.width, "  - ")]
    named = [
        (name, f"{source.title}, {source.date}{f', {source.url}' if source.url else ''}")
        for name, source in provider.sources.items()
    ]
    lines += _section("Sources", named, view)
    return "".join(line + "\n" for line in lines)


def _section(title: str, rows: list[Any], view: View, right: tuple[int, ...] = ()) -> list[str]:
    return ["", view.paint(title, "bold"), *table(rows, view.width, "  ", right)] if rows else []


def _demand(provider: Provider, demand: Any) -> str:
    verb = next(words for name, words in _VERBS if getattr(demand, name) is not None)
    besides = f" besides {', '.join(demand.besides)}" if demand.besides else ""
    where = f" where {demand.where}" if demand.where else ""
    where += f" unless {demand.unless}" if demand.unless else ""
    rule = f" [{demand.rule}]" if demand.rule else ""
    says = f"{demand.says.replace('{detail}', '...')}: " if demand.says else ""
    return f"{says}{verb} {demand.pattern}{besides}{where}{rule}; {_noted(provider, demand)}"


def _noted(provider: Provider, entry: Any) -> str:
    models = f"{', '.join(entry.models)} " if getattr(entry, "models", ()) else ""
    note = f"{entry.note} " if entry.note else ""
    return f"{models}{note}{_origin(provider, entry)}"


def _origin(provider: Provider, entry: Any) -> str:
    return f"({entry.source}, {provider.dated(entry)})"
