"""Baselines made by auditing: of data as they are, or as they were at a git revision. Neither read nor written here."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from dataaudit.api import audit
from dataaudit.catalogue import given, load_catalogue
from dataaudit.checks.profiles import ALL
from dataaudit.config import glob_matches, selected
from dataaudit.errors import SourceError, UsageError
from dataaudit.loaders import open_sources
from dataaudit.loaders.choice import choice_of
from dataaudit.loaders.names import file_names
from dataaudit.loaders.sniff import extension_of
from dataaudit.suppression.baseline import Baseline
from dataaudit.suppression.paths import unseen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataaudit.api import Progress
    from dataaudit.config import Settings
    from dataaudit.loaders.choice import FileChoice
    from dataaudit.model import Report
    from dataaudit.suppression.revision import Old


def everything(settings: Settings) -> Settings:
    """The settings with no finding left out, for what must see each: a baseline, `add_ignores`."""
    return settings.replaced(max_findings=sys.maxsize)


def baseline_of(
    sources: Sequence[str], settings: Settings, file: Path, *, workers: int = 1, progress: Progress | None = None
) -> tuple[Baseline, Report]:
    """The baseline of data as they are, and the report that it is from. Raises as `audit` does.

    Findings that rows, the ignore file or globs silence are not in it. file: where it will lie, and paths start.
    """
    settings = everything(settings).replaced(baseline=None)
    report = audit(list(sources), settings=settings, workers=workers, progress=progress)
    return Baseline.of(report, file.absolute().parent, _named(settings)), report


class Pruned(NamedTuple):
    """What of a baseline is left. unjudged: how many findings of it are of rules that were not judged."""

    baseline: Baseline
    unjudged: int


def judging_as(known: Baseline, settings: Settings) -> Settings:
    """The settings with the providers of a baseline besides: what they demand is to be judged before it is dropped."""
    return settings.replaced(providers=tuple(dict.fromkeys((*settings.providers, *known.providers))))


def pruned(known: Baseline, present: Baseline, report: Report, settings: Settings) -> Pruned:
    """What of a baseline still occurs in a run over the same data; rules that were not judged keep their entries.

    settings: of that run, see `judging_as`.

    Raises:
        UsageError: a file that the baseline names is still there and was not in the run.
    """
    if known.file is not None:
        audited = [file.path for file in report.files]
        left_out = unseen(known.paths(), known.file.absolute().parent, audited)
        if left_out is not None:
            hint = "give prune the PATHS that create was given"
            raise UsageError(f"the baseline is about {left_out} too, which was not audited", hint=hint)
    catalogue = load_catalogue(*settings.rules)
    severities = given(catalogue, settings.severity, settings.thresholds).severities
    judged = {code for code in selected(settings, catalogue.rules) if severities.get(code) != "off"}
    judged -= {entry.rule for entry in report.unchecked}
    unjudged = sum(entry.times for entry in known.entries if entry.rule not in judged)
    return Pruned(known.pruned(present, judged), unjudged)


def _named(settings: Settings) -> tuple[str, ...]:
    """The providers that are named: of others there are verdicts and no findings."""
    return tuple(name for name in settings.providers if name != ALL)


def baseline_at(revision: str, sources: Sequence[str], settings: Settings, *, workers: int = 1) -> Baseline:
    """The findings of the data as they were at a git revision, for `audit(..., known=)`: what is left is new since.

    A file that was not there yet has only new findings. The work tree is not touched, and need not be clean.

    Raises:
        UsageError: no git, no repository, or no such revision; it says what to do. Else as `audit` does.
    """
    from dataaudit.suppression.revision import files_at

    extensions = file_names().extensions
    named = {os.path.join(os.path.realpath(Path(source).parent), Path(source).name) for source in sources}  # noqa: PTH118

    def wanted(path: str) -> bool:
        return path in named or (extension_of(path) in extensions and not glob_matches(path, settings.exclude))

    with files_at(revision, sources, wanted) as old:
        paths = [str(old.path(source)) for source in sources]
        then = _as_of(settings, old)
        paths = [path for path in dict.fromkeys(paths) if _has_data(path, choice_of(then))]
        if not paths:
            return Baseline(())
        report = audit(paths, settings=then, workers=workers)
        return Baseline.of(report, old.root, _named(settings))._replace(folder=old.repository.root)


def _as_of(settings: Settings, old: Old) -> Settings:
    """The settings for the old files. What silences findings now is left out: it silences the new ones anyway."""
    splits = {}
    for path, split in settings.splits.items():
        try:
            splits[str(old.path(path))] = split
        except ValueError:
            # Of a file outside of the repository.
            continue
    return everything(settings).replaced(
        splits=splits, exclude=(), per_file_ignores={}, ignore_file=None, baseline=None, respect_gitignore=False
    )


def _has_data(path: str, choice: FileChoice) -> bool:
    """Whether a path stood for data then: only the heads of files are read."""
    with TemporaryDirectory(prefix="dataaudit-") as spool:
        try:
            return bool(open_sources([path], spool=Path(spool), choice=choice))
        except SourceError:
            return False
