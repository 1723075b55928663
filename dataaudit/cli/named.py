"""Names in the settings that are no rules: providers, task, shape, splits, numbers of the grade, figures.

They are held against what there is before the data are read, so that a wrong one is told with its file and line, or its
flag.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dataaudit.config.globs import NOT
from dataaudit.config.places import placed
from dataaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dataaudit.catalogue import Catalogue
    from dataaudit.config import Loaded

    # Keys that lead to a name, the name if it is a value, and what raises where it is wrong.
    _Check = tuple[tuple[str, ...], str | None, Callable[[], object]]

KEYS = {"providers", "task", "shape", "splits", "scoring", "figures", "exclude"}


def check_names(loaded: Loaded, catalogue: Catalogue) -> None:
    """Raises SettingsError or UsageError for the first name that there is not."""
    for keys, value, check in _checks(loaded, catalogue):
        if keys[0] in loaded.origins:
            try:
                check()
            except UsageError as error:
                raise placed(error, keys, loaded.origins[keys[0]], value) from error


def _checks(loaded: Loaded, catalogue: Catalogue) -> Iterator[_Check]:
    """All names, one by one."""
    from dataaudit.checks.profiles import choose_profiles
    from dataaudit.checks.task import choose_task
    from dataaudit.loaders.paths import split_named
    from dataaudit.scoring.figures import check_figures
    from dataaudit.shapes.registry import check_name

    settings = loaded.settings
    for provider in settings.providers:
        yield ("providers",), provider, partial(choose_profiles, catalogue, [provider], None)
    if (task := settings.task) is not None:
        yield ("task",), task, partial(choose_task, catalogue, task, ())
    if (shape := settings.shape) is not None:
        yield ("shape",), shape, partial(check_name, shape)
    for split in settings.splits.values():
        yield ("splits",), split, partial(split_named, split)
    for name, bounds in settings.figures.items():
        yield ("figures", name), None, partial(check_figures, {name: bounds}, catalogue.tasks.values())
    for glob in settings.exclude:
        yield ("exclude",), None, partial(_refuse_negated, glob)
    yield from _scoring(loaded)


def _refuse_negated(glob: str) -> None:
    if glob.startswith(NOT):
        raise UsageError(f"{glob!r} would take files back in, which exclude cannot", hint="name what to leave out")


def _scoring(loaded: Loaded) -> Iterator[_Check]:
    """Each table and number by itself, for its name; then all together, for what they come to."""
    from dataaudit.scoring.scheme import check_name, scheme

    own = loaded.settings.scoring
    for table, numbers in own.items():
        yield ("scoring", table), None, partial(check_name, table)
        for name in numbers:
            yield ("scoring", table, name), None, partial(check_name, table, name)
    for table in own:
        yield ("scoring", table), None, partial(scheme, {table: own[table]})
