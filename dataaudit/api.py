"""The one call behind every door: data in, Report out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from fnmatch import fnmatch
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple, Union

from dataaudit._version import __version__
from dataaudit.catalogue import Catalogue, Given, load_catalogue
from dataaudit.catalogue import given as given_of
from dataaudit.checks.evidence import Evidence, FileFact
from dataaudit.checks.label_balance import Labels
from dataaudit.checks.profiles import choose_profiles
from dataaudit.checks.reserved import sets_asked_for
from dataaudit.checks.task import choose_task
from dataaudit.checks.unchecked import unchecked
from dataaudit.config import Settings, selected
from dataaudit.engine.excerpts import with_excerpts
from dataaudit.engine.fetch import Fetcher
from dataaudit.engine.judge import findings, tallies
from dataaudit.engine.plan import Plan, make_plan
from dataaudit.engine.pool import Pool, started_pool
from dataaudit.engine.run import run
from dataaudit.engine.statistics import statistics
from dataaudit.errors import SourceError, UsageError
from dataaudit.loaders import Loader, Source, memory_source, open_sources
from dataaudit.model import FileSummary, Report, Tool
from dataaudit.scoring.grading import grade
from dataaudit.scoring.verdicts import verdicts
from dataaudit.shapes.base import Columns

if TYPE_CHECKING:
    import pandas as pd

    from dataaudit.catalogue import Provider
    from dataaudit.checks.base import Tally
    from dataaudit.tokens.sampling import TokenPlan

Rows = Iterable[Mapping[str, Any]]
Data = Union[str, "PathLike[str]", Sequence[Union[str, "PathLike[str]"]], "pd.DataFrame", Rows]
Progress = Callable[[int, int], None]


class Examination(NamedTuple):
    """What an audit knows before it is put into words: for reports, and for what works on the rows themselves."""

    plan: Plan
    evidence: Evidence
    tallies: list[Tally]
    settings: Settings


def audit(
    source: Data,
    *,
    settings: Settings | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    **overrides: Any,
) -> Report:
    """Audit files, folders and globs by path, a DataFrame, or rows (dicts).

    settings: see `Settings`; `overrides` are single fields of it, such as `providers=["together"]`. No settings file is
    read: that is `load_settings`. workers: processes for large files; 0 for one a processor. With more than one, a
    script must be guarded by `if __name__ == "__main__":`. progress: called with (bytes read, bytes in all).

    Raises:
        UsageError: settings or columns that cannot be followed. SourceError: an input that cannot be read.
        RuleError: a user's rule file is broken.
    """
    settings = (settings or Settings()).changed(**overrides)
    with examined(source, settings, workers=workers, progress=progress) as examination:
        return _report(examination)


@contextmanager
def examined(
    source: Data, settings: Settings, *, workers: int = 1, progress: Progress | None = None
) -> Iterator[Examination]:
    """Measure and judge data; inside the block the texts of rows can be read again. Raises as `audit` does."""
    catalogue = load_catalogue(*settings.rules)
    wanted = selected(settings.select, settings.ignore, {code: rule.name for code, rule in catalogue.rules.items()})
    given = given_of(catalogue, settings.severity, settings.thresholds)
    with TemporaryDirectory(prefix="dataaudit-") as spool:
        sources, loaders = _sources(source, settings, Path(spool))
        with started_pool(sources, workers) as pool:
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
            )
            yield _judged(plan, catalogue, settings, given, pool, progress)


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


def _sources(data: Data, settings: Settings, spool: Path) -> tuple[list[Source], dict[int, Loader]]:
    if isinstance(data, (str, PathLike)):
        data = [data]
    anything: object = data
    if isinstance(anything, (bytes, bytearray)) or not hasattr(anything, "__iter__"):
        raise UsageError(f"no data: {type(anything).__name__}", hint="give paths, a DataFrame, or rows (dicts)")
    if isinstance(data, Mapping):
        raise UsageError("one row was given", hint="give a list of rows, or use Auditor.check(row)")
    if isinstance(data, (list, tuple)) and data and all(isinstance(item, (str, PathLike)) for item in data):
        paths = [str(item) for item in data]
        stdin = sys.stdin.buffer if "-" in paths else None
        found = open_sources(paths, splits=settings.splits, stdin=stdin, spool=spool)
        named = {_absolute(path) for path in paths}
        kept = [
            source
            for source in found
            if _absolute(source.path) in named or not _excluded(source.path, settings.exclude)
        ]
        if not kept:
            raise SourceError("all files are excluded", path=paths[0], hint="see `exclude` in the settings")
        return kept, {}
    source, loader = memory_source(data, "<rows>", spool=spool)
    return [source], {0: loader}


def _absolute(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100  Path.absolute keeps ".."


def _excluded(path: str, patterns: Sequence[str]) -> bool:
    """A pattern with a slash is matched with the absolute path and the folders above, another with each part of it."""
    place = Path(_absolute(path))
    for pattern in (pattern.rstrip("/") for pattern in patterns):
        if "/" not in pattern:
            if any(fnmatch(part, pattern) for part in Path(path).parts):
                return True
            continue
        # "**/" stands for no folder too.
        for form in (pattern, pattern.replace("**/", "")):
            if any(fnmatch(str(part), _absolute(form)) for part in (place, *place.parents)):
                return True
    return False


def _judged(
    plan: Plan, catalogue: Catalogue, settings: Settings, given: Given, pool: Pool | None, progress: Progress | None
) -> Examination:
    shape = _main_shape(plan)
    providers, named = choose_profiles(catalogue, settings.providers, shape)
    task, because = choose_task(catalogue, settings.task, plan.label_sources)
    plan = replace(plan, reserved=sets_asked_for(list(providers.values())), tokens=_tokens(plan, settings, providers))
    measured, checks, hashes = run(plan, pool, progress)
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
    )
    return Examination(plan, evidence, tallies(measured, checks, evidence, plan.wanted), settings)


def _report(examination: Examination) -> Report:
    plan, evidence, tallied, settings = examination
    found, counts = findings(tallied, evidence)
    said = verdicts(evidence)
    return Report(
        tool=Tool(version=__version__),
        files=tuple(_summary(evidence, index) for index in range(len(plan.sources))),
        findings=tuple(with_excerpts(found, evidence, plan.loaders)),
        counts=counts,
        statistics=statistics(evidence),
        verdicts=tuple(said),
        readiness=grade(evidence, tallied, said, plan.wanted, settings),
        unchecked=tuple(unchecked(evidence, plan.wanted.union(plan.unjudged))),
    )


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
    rows = evidence.counted & (evidence.table["source"] == index)
    notes = [*source.guessed, *layout.guessed]
    if label_source is not None:
        notes.append(f"labels: {label_source}")
    return FileSummary(
        path=source.path,
        rows=int(rows.sum()),
        bytes=source.size,
        sha256=evidence.hashes[index],
        shape=layout.shape,
        split=source.split,
        notes=tuple(notes),
    )
