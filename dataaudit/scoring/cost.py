"""What a project costs: training, hosting and calls of all providers side by side, and when tuning pays.

Pure functions over a report, the provider files and what the user says of the project. What is not known is named under
`missing`, never guessed. Formulas: docs/costs.md.
"""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any

from dataaudit.checks.profiles import ALL, choose_profiles
from dataaudit.errors import UsageError
from dataaudit.scoring.cost_compare import break_evens, is_local, offers
from dataaudit.scoring.cost_missing import assumptions, missing
from dataaudit.scoring.cost_rules import economics
from dataaudit.scoring.cost_running import Spent
from dataaudit.scoring.cost_tokens import Counter
from dataaudit.scoring.cost_values import Estimate, Offer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dataaudit.catalogue import Catalogue, Provider
    from dataaudit.model import Report
    from dataaudit.project import Project

# Beyond it sums of money leave the numbers that a machine holds exactly; nothing real comes near.
_LARGEST = 1e12


def estimate_report(
    report: Report | None, catalogue: Catalogue, project: Project, providers: Sequence[str] = ()
) -> Estimate:
    """The costs of training on the data of a report and of running the model.

    report: audited with tokens "sample" or "exact"; None where `project` names examples and tokens_per_example.
    providers: names of providers or of their files, or "all"; none: all, each with the method that reads the data.

    Raises:
        UsageError: an unknown provider or base model, or numbers that cannot be real.
    """
    _refuse_unreal(project)
    shape = _shape(report)
    chosen, _ = choose_profiles(catalogue, [name.lower() for name in providers] or [ALL], shape, available=True)
    profiles = list(chosen.values())
    counter = Counter(report, project)
    made = offers(profiles, project, counter, shape)
    cost = _project_cost(project)
    compared = []
    if project.calls_per_day is not None:
        compared = break_evens(made, project.calls_per_day, partial(_spent, cost))
    local = economics("local")
    return Estimate(
        tokens=counter.used,
        offers=tuple(made),
        local=tuple(profile.id for profile in profiles if is_local(profile)),
        local_note=(
            f"no price by the token; {local['models']} on {local['examples']:,} examples takes "
            f"{local['minutes'][0]}-{local['minutes'][1]} minutes, full fine-tuning {local['full_hours'][0]}-"
            f"{local['full_hours'][1]} hours ({local['source']}); what an hour of your machine costs is yours to say"
        ),
        project=cost,
        break_even=tuple(compared),
        missing=tuple(missing(made, compared, project, counter.used)),
        assumptions=tuple(assumptions(made, project, cost)),
        sources=_sources(made, profiles),
    )


def _refuse_unreal(project: Project) -> None:
    for name, value in vars(project).items():
        flag = "--" + name.replace("_", "-")
        if isinstance(value, float) and not math.isfinite(value):
            raise UsageError(f"{flag} is {value}", hint="give a finite number")
        if isinstance(value, (int, float)) and value > _LARGEST:
            raise UsageError(f"{flag} is {float(min(value, 1e300)):.3g}", hint=f"give at most {_LARGEST:,.0f}")
    if project.epochs == 0:
        raise UsageError("--epochs is 0, so that nothing would be trained", hint="give 1 or more, or leave it out")


def _shape(report: Report | None) -> str | None:
    """The record shape that most rows have."""
    rows: dict[str, int] = {}
    for file in report.files if report is not None else ():
        rows[file.shape] = rows.get(file.shape, 0) + file.rows
    return max(sorted(rows), key=lambda shape: rows[shape]) if rows else None


def _project_cost(project: Project) -> dict[str, Any]:
    if project.project_cost is not None:
        return {"low": project.project_cost, "high": project.project_cost, "given": True, "source": "as given"}
    figure = economics("project")
    return {"low": figure["low"], "high": figure["high"], "given": False, "source": figure["source"]}


def _spent(cost: Mapping[str, Any], offer: Offer) -> Spent:
    """Project and training. A run whose price is not known counts with what is known of it."""
    low = offer.training.low or 0
    return Spent(cost["low"] + low, cost["high"] + (low if offer.training.high is None else offer.training.high))


def _sources(made: Sequence[Offer], profiles: Sequence[Provider]) -> dict[str, str]:
    """Title and date of every source that an offer is from, by its code."""
    used = {(offer.profile, name) for offer in made for name in offer.sources}
    found: dict[str, str] = {}
    for profile in profiles:
        for name, source in profile.sources.items():
            if (profile.id, name) in used:
                words = f"{source.title}, {source.date}"
                # One code may stand for two sources in files of a user's own; both are kept.
                found[name if found.get(name, words) == words else f"{profile.id} {name}"] = words
    return dict(sorted(found.items()))
