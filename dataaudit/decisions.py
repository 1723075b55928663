"""From a report to decisions: what is still to be labeled, what training costs, and whether to fine-tune at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dataaudit.catalogue import load_catalogue
from dataaudit.config import Settings

if TYPE_CHECKING:
    from dataaudit.loaders import Data
    from dataaudit.model import Report
    from dataaudit.project import Project
    from dataaudit.scoring.advice_model import Advice
    from dataaudit.scoring.cost_values import Estimate
    from dataaudit.scoring.effort import LabelingPlan


class Decisions(NamedTuple):
    """What follows from a report."""

    plan: LabelingPlan
    estimate: Estimate
    advice: Advice

    def added_to(self, report: Report) -> Report:
        """The report with the decisions in it, for JSON."""
        return report.replaced(plan=self.plan.as_json(), estimate=self.estimate.as_json(), advice=self.advice.as_json())


def plan(source: Data | Report, *, settings: Settings | None = None, **overrides: Any) -> LabelingPlan:
    """What is still to be written and reviewed in data, or in those of a report, in hours and USD.

    settings, overrides: as for `audit`.

    Raises:
        UsageError: an unknown task or figure. SourceError: an input that cannot be read.
    """
    from dataaudit.scoring.effort import labeling_plan

    settings = (settings or Settings()).changed(**overrides)
    return labeling_plan(_report(source, settings), load_catalogue(*settings.rules), settings)


def estimate(source: Data | Report | None = None, *, settings: Settings | None = None, **overrides: Any) -> Estimate:
    """What training on data and running the model costs, by provider.

    source: data, or a report that was audited with tokens "sample" or "exact"; None where the project of the settings
    names examples and tokens_per_example. `providers` of the settings limit the comparison; `project` has the volume.

    Raises:
        UsageError: an unknown provider or model, or numbers that cannot be real. SourceError: an input that cannot be
        read.
    """
    from dataaudit.scoring.cost import estimate_report

    settings = (settings or Settings()).changed(**overrides)
    # Of the rules one is kept, so that nothing but counting tokens takes time.
    tokens = "exact" if settings.tokens == "exact" else "sample"
    counting = settings.only("SCH001").changed(tokens=tokens)
    report = None if source is None else _report(source, counting)
    return estimate_report(report, load_catalogue(*settings.rules), settings.project, settings.providers)


def advise(project: Project | None = None, *, report: Report | None = None, **answers: Any) -> Advice:
    """Prompting, retrieval, fine-tuning or a mix, from what is known of a project.

    answers: fields of `Project`, over `project`. report: on the data, for what the project does not say.

    Raises:
        UsageError: an answer that does not exist, or of the wrong kind.
    """
    from dataaudit.scoring.advice import advise as advise_on
    from dataaudit.scoring.advice_answers import notes_from, project_from

    settings = Settings() if project is None else Settings(project=project)
    given = settings.changed(project=settings.project.as_json() | answers).project if answers else settings.project
    if report is None:
        return advise_on(given)
    return advise_on(project_from(report, given), notes=notes_from(report, given))


def decide(report: Report, settings: Settings) -> Decisions:
    """All three decisions on the data of a report. Its tokens must have been counted: "sample" or "exact"."""
    return Decisions(
        plan(report, settings=settings),
        estimate(report, settings=settings),
        advise(settings.project, report=report),
    )


def _report(source: Data | Report, settings: Settings) -> Report:
    from dataaudit.api import audit
    from dataaudit.model import Report

    return source if isinstance(source, Report) else audit(source, settings=settings)
