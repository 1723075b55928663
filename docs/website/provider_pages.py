"""A page for each provider and training method, and their index, from the provider files alone."""

from __future__ import annotations

import itertools
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from dataaudit.catalogue import Demand, load_catalogue
from dataaudit.values import fields_of
from docs.website.markdown import badges, code, fence, link, literal, prose, table
from docs.website.rule_pages import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dataaudit.catalogue import Provider

_VERBS = (("forbid", "no row has"), ("require", "every row has"), ("uniform", "all rows have, or none"))
_MEANING = {"hard": "refused", "soft": "taken, but rows are dropped or cut", "advice": "works, but is advised against"}
_KIND = {"open": "stable", "closing": "warning", "retired": "error", "none": "plain"}


@cache
def providers() -> dict[str, Provider]:
    """The built-in provider files by id."""
    return load_catalogue().providers


def all_pages() -> Iterator[tuple[str, Callable[[], str]]]:
    """The path of every page about providers, and the call that makes it."""
    yield "providers/index.md", providers_index
    for provider in providers().values():
        yield f"providers/{provider.id}.md", partial(provider_page, provider)


def providers_index() -> str:
    """The page that lists all providers and methods."""
    names = {provider.provider for provider in providers().values()}
    parts = [
        "# Providers",
        f"What {len(names)} providers and trainers accept, in {len(providers())} "
        "training methods. Every value names its source and the date it was read; where sources disagree, "
        "[both are told](../providers-conflicts.md).",
        "`dataaudit check --provider NAME` gives the verdict of one, `--provider all` of every one. A bare name such "
        "as `openai` means the usual method, marked with *.",
    ]
    rows = []
    for _, members in itertools.groupby(sorted(providers().values(), key=_order), key=lambda entry: entry.provider):
        rows += [_row(entry) for entry in members]
    parts.append(table(("profile", "method", "takes data", "least examples", "reads"), rows))
    return "\n\n".join(parts) + "\n"


def _order(provider: Provider) -> tuple[str, bool, str]:
    return provider.provider, not provider.default, provider.id


def _row(provider: Provider) -> tuple[str, ...]:
    least = next((f"{limit.value:,}" for limit in provider.limits if limit.name == "min_examples"), "")
    shapes = ", ".join(entry.name for entry in provider.shapes) or "nothing"
    star = " *" if provider.default else ""
    name = f"[{provider.name}]({provider.id}.md){star.replace('*', '&#42;')}"
    return name, provider.method, provider.status.state, least, literal(shapes)


def provider_page(provider: Provider) -> str:
    """All that is known of one profile."""
    status = provider.status
    until = f" until {status.until}" if status.until else ""
    parts = [
        f"---\ntitle: {provider.name}\n---",
        f"# {provider.name}",
        badges((f"{status.state}{until}", _KIND[status.state]), (provider.method, "plain"), (provider.id, "plain")),
        prose(provider.summary),
        f"Status: **{status.state}{until}**{_said(status.note)} {_origin(provider, status)}",
        fence(
            f"$ dataaudit check train.jsonl --provider {provider.id}\n$ dataaudit providers {provider.id}", "console"
        ),
        *_shapes(provider),
        *_demands(provider),
        *_limits(provider),
        *_prices(provider),
        *_conflicts(provider),
        *_notes(provider),
        *_sources(provider),
    ]
    return "\n\n".join(parts) + "\n"


def _said(note: str) -> str:
    return f": {prose(note)}" if note else ""


def _shapes(provider: Provider) -> Iterator[str]:
    if provider.shapes:
        rows = [(code(e.name), prose(e.note or ""), _origin(provider, e)) for e in provider.shapes]
        yield "## What it reads\n\n" + table(("shape of a row", "note", "source"), rows)
    if provider.extensions:
        yield f"Names of files end in {', '.join(map(code, provider.extensions))}."
    if provider.shapes:
        yield f"Rows of another shape: {_MEANING[provider.other_shape]}."


def _demands(provider: Provider) -> Iterator[str]:
    if not provider.demands:
        return
    groups = (list(group) for _, group in itertools.groupby(provider.demands, key=_but_for_trait))
    rows = [(group[0].severity, _asked(group), _rule(group[0]), _origin(provider, group[0])) for group in groups]
    yield "## What it demands\n\n" + table(("", "demand", "rule", "source"), rows)
    used = {demand.severity for demand in provider.demands}
    yield "; ".join(f"*{name}*: {words}" for name, words in _MEANING.items() if name in used) + "."


def _but_for_trait(demand: Demand) -> tuple[object, ...]:
    """What is equal in the demands that one entry of the file stands for."""
    values = (getattr(demand, entry.name) for entry in fields_of(Demand) if entry.name != "forbid")
    return (demand.forbid is None, *values)


def _asked(demands: list[Demand]) -> str:
    demand = demands[0]
    verb = next(words for name, words in _VERBS if getattr(demand, name) is not None)
    besides = f" besides {', '.join(map(code, demand.besides))}" if demand.besides else ""
    where = f" where {code(demand.where)}" if demand.where else ""
    where += f" unless {code(demand.unless)}" if demand.unless else ""
    says = f"**{prose(demand.says.replace('{detail}', '...'))}**<br>" if demand.says else ""
    note = f"<br>*{prose(demand.note)}*" if demand.note else ""
    return f"{says}{verb} {' or '.join(code(entry.pattern) for entry in demands)}{besides}{where}{note}"


def _rule(demand: Demand) -> str:
    found = demand.rule or next((rule.code for rule in rules().values() if _is_about(rule, demand)), "")
    return f"[{found}](../rules/{found}.md)" if found in rules() else literal(found)


def _is_about(rule: Any, demand: Demand) -> bool:
    return any(
        demand.pattern in (trait.name, trait.name.rstrip("*")) or trait.name == demand.pattern.rstrip("*")
        for trait in rule.traits
    )


def _limits(provider: Provider) -> Iterator[str]:
    if provider.limits:
        rows = [
            (
                code(e.name),
                f"{e.value:,}",
                e.severity,
                _noted(e, f"above {e.above:,} examples" if e.above else ""),
                _origin(provider, e),
            )
            for e in provider.limits
        ]
        yield "## Limits\n\n" + table(("limit", "value", "", "note", "source"), rows)


def _prices(provider: Provider) -> Iterator[str]:
    if provider.prices:
        rows = [
            (
                prose(e.what),
                f"{e.value:,.10g}",
                literal(e.unit),
                _noted(e, f"until {e.ended}" if e.ended else ""),
                _origin(provider, e),
            )
            for e in provider.prices
        ]
        yield "## Prices\n\n" + table(("for", "price", "unit", "models and notes", "source"), rows)
        yield "[`dataaudit estimate`](../costs.md) works out what they come to for your data."


def _noted(entry: Any, extra: str) -> str:
    words = [", ".join(map(code, entry.models)), prose(entry.note or ""), extra]
    return "; ".join(word for word in words if word)


def _conflicts(provider: Provider) -> Iterator[str]:
    if provider.conflicts:
        rows = [
            (
                prose(e.about),
                f"{prose(e.strict)} ({_marks(e.strict_source)})",
                f"{prose(e.lax)} ({_marks(e.lax_source)})",
                f"{e.decides}{f': {prose(e.because)}' if e.because else ''}",
            )
            for e in provider.conflicts
        ]
        yield "## Where sources disagree\n\n" + table(("about", "strict", "lax", "followed"), rows)


def _notes(provider: Provider) -> Iterator[str]:
    if provider.notes:
        yield "## Notes\n\n" + "\n".join(f"- {prose(note)}" for note in provider.notes)


def _sources(provider: Provider) -> Iterator[str]:
    rows = [
        f'- <span id="source-{name}"></span>**{literal(name)}** {link(entry.title, entry.url)}, {entry.date}'
        for name, entry in provider.sources.items()
    ]
    yield "## Sources\n\n" + "\n".join(rows)


def _origin(provider: Provider, entry: Any) -> str:
    return f'<span class="origin">{_marks(entry.source)}, {provider.dated(entry)}</span>'


def _marks(source: str) -> str:
    return " ".join(f'<a href="#source-{name}">{literal(name)}</a>' for name in source.split())
