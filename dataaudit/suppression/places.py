"""Where the ignore file and the baseline lie. Reads neither."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dataaudit.errors import UsageError
from dataaudit.suppression.paths import NOT_FILES, root_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataaudit.config import Settings

IGNORE_FILE: Final = ".dataaudit-ignore"
BASELINE_FILE: Final = ".dataaudit-baseline.json"


def located(
    settings: Settings,
    sources: Sequence[str],
    *,
    settings_file: Path | None = None,
    isolated: bool = False,
    baseline: Path | None = None,
    no_baseline: bool = False,
) -> Settings:
    """The settings with the ignore file and the baseline that are in force for a run over `sources`.

    Named ones are taken (`baseline`: by --baseline); else that beside the settings file, else the nearest from the data
    up to the root of the repository. `isolated`: only named ones. `no_baseline`: no baseline at all.

    Raises:
        UsageError: a file is named that is not there.
    """
    ignore_file = settings.ignore_file
    known = None if no_baseline else baseline or settings.baseline
    for file, option in ((ignore_file, "ignore_file"), (known, "--baseline" if baseline else "baseline")):
        if file is not None and not file.is_file():
            hint = "`--add-ignore` makes it" if option == "ignore_file" else "`dataaudit baseline create` makes it"
            raise UsageError(f"{option}: no such file", path=str(file), hint=hint)
    if not isolated:
        ignore_file = ignore_file or _nearest(IGNORE_FILE, sources, settings_file)
        known = known or (None if no_baseline else _nearest(BASELINE_FILE, sources, settings_file))
    return settings.replaced(ignore_file=ignore_file, baseline=known)


def ignore_file_for(settings: Settings, sources: Sequence[str], settings_file: Path | None = None) -> Path:
    """The ignore file to add to: the one in force, else a new one in the best place (see `_new`)."""
    return (
        settings.ignore_file
        or _nearest(IGNORE_FILE, sources, settings_file)
        or _new(IGNORE_FILE, sources, settings_file)
    )


def baseline_file_for(settings: Settings, sources: Sequence[str], settings_file: Path | None = None) -> Path:
    """The baseline to write: the one in force, else a new one in the best place (see `_new`)."""
    return (
        settings.baseline
        or _nearest(BASELINE_FILE, sources, settings_file)
        or _new(BASELINE_FILE, sources, settings_file)
    )


def _nearest(name: str, sources: Sequence[str], settings_file: Path | None) -> Path | None:
    if settings_file is not None and (beside := settings_file.absolute().parent / name).is_file():
        return beside
    start = _common_folder(sources)
    root = root_of(start)
    for folder in (start, *start.parents):
        if (folder / name).is_file():
            return folder / name
        if folder == root:
            break
    return None


def _new(name: str, sources: Sequence[str], settings_file: Path | None) -> Path:
    """Beside the settings file, else at the root of the repository of the data, else in the working folder."""
    if settings_file is not None:
        return settings_file.absolute().parent / name
    return (root_of(_common_folder(sources)) or Path.cwd()) / name


def _common_folder(sources: Sequence[str]) -> Path:
    """The nearest folder that holds all sources; the working folder for standard input."""
    files = [os.path.abspath(source) for source in sources if source not in NOT_FILES]  # noqa: PTH100
    try:
        common = Path(os.path.commonpath(files)) if files else Path.cwd()
    except ValueError:
        # Two drives of Windows have nothing in common.
        return Path.cwd()
    while not common.is_dir() and common != common.parent:
        common = common.parent
    return common
