"""The one call behind every door: data in, Report out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from dataaudit._version import __version__
from dataaudit.catalogue import Catalogue, Given, load_catalogue
from dataaudit.catalogue import given as given_of
from dataaudit.checks.evidence import Evidence, FileFact
from dataaudit.checks.label_balance import Labels
from dataaudit.checks.memory import Memory
from dataaudit.checks.profiles import choose_profiles
from dataaudit.checks.reserved import sets_asked_for
from dataaudit.checks.task import choose_task
from dataaudit.checks.unchecked import unchecked
from dataaudit.config import Settings, selected
from dataaudit.engine.cache import opened_cache
from dataaudit.engine.excerpts import with_excerpts
from dataaudit.engine.fetch import Fetcher
from dataaudit.engine.judge import findings, tallies
from dataaudit.engine.plan import Plan, make_plan
from dataaudit.engine.pool import Pool, started_pool
from dataaudit.engine.run import run
from dataaudit.engine.silence import Silencer, has_row_keys
from dataaudit.engine.statistics import statistics
from dataaudit.errors import UsageError
from dataaudit.loaders import Data, sources_of
from dataaudit.loaders.sniff import look
from dataaudit.model import FileSummary, Report, Tool, Unchecked
from dataaudit.scoring.grading import grade
from dataaudit.scoring.verdicts import verdicts
from dataaudit.shapes.base import Columns
from dataaudit.suppression import Baseline, Suppressions, suppressions_of

if TYPE_CHECKING:
    from dataaudit.catalogue import Provider
    from dataaudit.checks.base import Tally
    from dataaudit.engine.cache.files import FileCache
    from dataaudit.loaders.paths import LeftOut
    from dataaudit.tokens.sampling import TokenPlan

Progress = Callable[[int, int], None]


class Examination(NamedTuple):
    """What an audit knows before it is put into words: for reports, and for what works on the rows themselves."""

    plan: Plan
    evidence: Evidence
    tallies: list[Tally]
    settings: Settings
    suppressions: Suppressions


def audit(
    source: Data,
    *,
    settings: Settings | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    groups: bool = False,
    known: Baseline | None = None,
    cache: Path | None = None,
    left_out: LeftOut | None = None,
    **overrides: Any,
) -> Report:
    """Audit files, folders and globs by path, a DataFrame, or rows (dicts).

    settings: see `Settings`; `overrides` are single fields of it, such as `providers=["together"]`. No settings file is
    read: that is `load_settings`. workers: processes for large files; 0 for one a processor. With more than one, a
    script must be guarded by `if __name__ == "__main__":`. progress: called with (bytes read, bytes in all).
    groups: read duplicates and conflicts again for `Report.groups`, and find the category of each finding; the HTML
    report needs it.
    known: findings that are silent, besides those of `settings.baseline`; see `dataaudit.baselines`. cache: a folder
    that remembers what files hold, so that a file that did not change costs its hash; the report is the same.
    left_out: called with (path, reason) of each file and folder that is left out, see `loaders.open_sources`.

    Raises:
        UsageError: settings or columns that cannot be followed. SourceError: an input that cannot be read.
        RuleError: a user's rule file is broken.
    """
    settings = (settings or Settings()).changed(**overrides)
    how: dict[str, Any] = {"workers": workers, "progress": progress, "known": known, "cache": cache}
    with examined(source, settings, left_out=left_out, **how) as examination:
        report = report_of(examination)
        return _with_groups(report, examination.evidence) if groups else report


@contextmanager
def examined(
    source: Data,
    settings: Settings,
    *,
    workers: int = 1,
    progress: Progress | None = None,
    known: Baseline | None = None,
    cache: Path | None = None,
    contents: Mapping[str, str] | None = None,
    left_out: LeftOut | None = None,
) -> Iterator[Examination]:
    """Measure and judge data; inside the block the texts of rows can be read again. Raises as `audit` does.

    contents: for the path of a file, as the report names it, another file whose content is taken for its own.
    """
    catalogue = load_catalogue(*settings.rules)
    wanted = selected(settings, catalogue.rules)
    given = given_of(catalogue, settings.severity, settings.thresholds)
    silencing = suppressions_of(settings, catalogue, known)
    with TemporaryDirectory(prefix="dataaudit-") as spool:
        sources, loaders = sources_of(source, settings, Path(spool), left_out)
        if contents:
            sources = [look(s.path, contents[s.path], s.split) if s.path in contents else s for s in sources]
        for believing in (True, False):
            with (
                opened_cache(cache, sources, believing=believing) as remembered,
                started_pool(sources, workers, None if remembered is None else remembered.unknown_bytes) as pool,
            ):

                def examine(remembered: FileCache | None = remembered, pool: Pool | None = pool) -> Examination:
                    plan = make_plan(
                        sources,
                        given,
                        wanted,
                        folders=[str(folder) for folder in settings.rules],
                        columns=columns_of(settings),
                        shape=settings.shape,
                        contract=settings.format_contract,
                        loaders=loaders,
                        labels=settings.labels or (),
                        cache=remembered,
                    )
                    return _judged(plan, catalogue, settings, given, pool, progress, silencing, remembered)

                examination = examine() if remembered is None else remembered.trusted(examine)
                if examination is not None:
                    yield examination
                    return


def columns_of(settings: Settings) -> Columns:
    """The columns that the user named."""
    if settings.prompt_column is not None and settings.text_column is not None:
        raise UsageError("--prompt-column and --text-column name the same part", hint="give one of them")
    return Columns(
        prompt=settings.prompt_column or settings.text_column,
        completion=settings.completion_column,
        system=settings.system_column,
        label=settings.label_column,
        id=settings.id_column,
    )


def _judged(
    plan: Plan,
    catalogue: Catalogue,
    settings: Settings,
    given: Given,
    pool: Pool | None,
    progress: Progress | None,
    silencing: Suppressions,
    cache: FileCache | None,
) -> Examination:
    shape = _main_shape(plan)
    providers, named = choose_profiles(catalogue, settings.providers, shape)
    task, because = choose_task(catalogue, settings.task, plan.label_sources)
    plan = replace(plan, reserved=sets_asked_for(list(providers.values())), tokens=_tokens(plan, settings, providers))
    measured, checks, hashes = run(plan, pool, progress, cache)
    labels = next((state for state in measured.states if isinstance(state, Labels)), Labels())
    evidence = Evidence(
        sources=plan.sources,
        layouts=plan.layouts,
        label_sources=plan.label_sources,
        hashes=hashes,
        table=measured.table,
        outlines=measured.outlines,
        facts=[FileFact(i, line, note) for i, s in enumerate(plan.sources) for line, note in s.file_notes]
        + measured.facts,
        providers=providers,
        named=named,
        task=task,
        task_because=because,
        declared_labels=settings.labels,
        given=given,
        keep=settings.max_findings,
        label_names=labels.names(),
        unjudged=dict(plan.unjudged),
        texts=Fetcher(plan, measured.table, measured.starts, pool),
        memory=Memory() if cache is None else cache.memory(plan),
    )
    if silencing or has_row_keys(evidence):
        # What is silent is only known finding by finding: all are needed for the first that are not.
        evidence.keep = sys.maxsize
    return Examination(plan, evidence, tallies(measured, checks, evidence, plan.wanted), settings, silencing)


def report_of(examination: Examination) -> Report:
    """What an examination found, in words; inside the block of `examined` only."""
    plan, evidence, tallied, settings, _ = examination
    silencer = Silencer(examination.suppressions, evidence)
    found, counts = findings(tallied, evidence, silencer, settings.max_findings)
    said = verdicts(evidence)
    return Report(
        tool=Tool(version=__version__),
        files=tuple(_summary(evidence, index) for index in range(len(plan.sources))),
        findings=tuple(with_excerpts(found, evidence, plan.loaders)),
        counts=counts,
        statistics=statistics(evidence),
        verdicts=tuple(said),
        readiness=grade(evidence, tallied, said, plan.wanted, settings),
        unchecked=(unjudged := tuple(unchecked(evidence, plan.wanted.union(plan.unjudged)))),
        suppressed=silencer.suppressed(),
        unused=silencer.unused(_judged_rules(examination, unjudged), settings.max_findings),
    )


def _judged_rules(examination: Examination, unjudged: Sequence[Unchecked]) -> frozenset[str]:
    """Codes of the rules of which a finding would have been seen."""
    plan, evidence, *_ = examination
    on = {code for code in plan.wanted if evidence.severity(code) is not None}
    return frozenset(on.difference(entry.rule for entry in unjudged))


def _with_groups(report: Report, evidence: Evidence) -> Report:
    from dataaudit.engine.categories import with_categories
    from dataaudit.engine.groups import groups

    found = with_categories(report.findings, evidence)
    return report.replaced(findings=tuple(found), groups=groups(evidence, found))


def _tokens(plan: Plan, settings: Settings, providers: Mapping[str, Provider]) -> TokenPlan | None:
    if settings.tokens == "off":
        return None
    from dataaudit.tokens.sampling import plan_tokens
    from dataaudit.tokens.tokenizers import encodings_for

    encodings = encodings_for([profile.id for profile in providers.values()])
    return plan_tokens(settings.tokens, [(source.split, source.size) for source in plan.sources], encodings)


def _main_shape(plan: Plan) -> str | None:
    """The shape of the largest part of the training files."""
    sizes: dict[str, int] = {}
    for source, layout in zip(plan.sources, plan.layouts, strict=True):
        if source.split == plan.sources[0].split or source.split == "train":
            sizes[layout.shape] = sizes.get(layout.shape, 0) + (source.size or 1)
    return max(sizes, key=lambda shape: (sizes[shape], shape), default=None)


def _summary(evidence: Evidence, index: int) -> FileSummary:
    source, layout, label_source = (
        evidence.sources[index],
        evidence.layouts[index],
        evidence.label_sources[index],
    )
    first, last = np.searchsorted(evidence.table["source"], np.array([index, index + 1], np.int32)).tolist()
    notes = [*source.guessed, *layout.guessed]
    if label_source is not None:
        notes.append(f"labels: {label_source}")
    return FileSummary(
        path=source.path,
        rows=int(evidence.counted[first:last].sum()),
        bytes=source.size,
        sha256=evidence.hashes[index],
        shape=layout.shape,
        split=source.split,
        notes=tuple(notes),
    )
