"""`dataaudit init`: looks at the data and writes a settings file that says what it found."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dataaudit.cli import command
from dataaudit.cli.effective import common_folder
from dataaudit.errors import SettingsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dataaudit.cli.starter import Found

_NAME = "dataaudit.toml"
_PYPROJECT = "pyproject.toml"
_TABLE = "tool.dataaudit"
_EXAMPLES = (
    "dataaudit init                               # for the data of this folder",
    "dataaudit init data/ --dry-run               # print it, write nothing",
)


@click.command("init", cls=command.Command, short_help="Write a settings file.", examples=_EXAMPLES)
@click.argument("paths", nargs=-1, metavar="[PATHS]...", type=click.Path())
@click.option(
    "--output-file",
    cls=command.Unnamed,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where it goes. [default: dataaudit.toml, here or beside the data]",
)
@click.option("--force", cls=command.Unnamed, is_flag=True, help="Replace a file that is there.")
@click.option("--dry-run", is_flag=True, help="Print it, write nothing.")
@click.option("--no-progress", is_flag=True, help="Draw no progress bar.")
def init(paths: tuple[str, ...], output_file: Path | None, force: bool, dry_run: bool, no_progress: bool) -> None:
    """Look at the data files of PATHS and write settings for them: shape, columns, splits, with comments.

    What is written is what was found, so that later files are held to it. No settings file is read. To a pyproject.toml
    the table [tool.dataaudit] is added, and all else stays.
    """
    from dataaudit._files import write_file
    from dataaudit.cli.output import say, write
    from dataaudit.cli.starter import starter_text

    sources = list(paths) or ["."]
    if "-" in sources:
        raise UsageError("settings are for files, not for standard input", hint="name a file or a folder")
    file = output_file or _place(sources)
    shared = file.name == _PYPROJECT
    if not dry_run:
        _refuse(file, force=force or shared)
    before = _others(file) if shared and file.exists() else b""
    text = starter_text(_found(sources, wanted=not no_progress), file.absolute().parent, _TABLE if shared else "")
    if dry_run:
        write(text)
        return
    write_file(file, before + text.encode("utf-8"))
    say(f"written: {file}")


def _others(file: Path) -> bytes:
    """What stands in a pyproject.toml, to the byte, with a blank line at its end.

    Raises:
        UsageError: it cannot be read. SettingsError: it is no TOML, or has the table already.
    """
    from dataaudit.config.files import parsed

    try:
        content = file.read_bytes()
        data = parsed(content.decode("utf-8-sig").replace("\r\n", "\n"), file)
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror or error}", path=str(file)) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"not valid TOML: {error}", path=str(file)) from error
    if "dataaudit" in data.get("tool", {}):
        hint = "edit it there, or take it out first; --dry-run prints the new one"
        raise SettingsError(f"has a table [{_TABLE}] already", path=str(file), hint=hint)
    before = content + (b"" if not content else b"\n" if content.endswith(b"\n") else b"\n\n")
    # A table in braces cannot be added to.
    parsed(f"{before.decode('utf-8-sig')}[{_TABLE}]\n".replace("\r\n", "\n"), file)
    return before


def _found(sources: list[str], *, wanted: bool) -> Found:
    """What the data are; of the rules only one is kept, for the sake of which labels are counted."""
    from dataaudit.api import examined
    from dataaudit.cli.progress import Progress
    from dataaudit.cli.starter import found_in
    from dataaudit.config import Settings

    settings = Settings().only("LAB009")
    with Progress(wanted=wanted) as progress, examined(sources, settings, workers=0, progress=progress) as examination:
        return found_in(examination)


def _place(sources: Sequence[str]) -> Path:
    """The working folder if the data lies in it, so that the file counts for them; else the folder of the data."""
    folder, here = common_folder(sources), Path.cwd()
    return Path(_NAME) if folder.is_relative_to(here) else Path(os.path.relpath(folder / _NAME))


def _refuse(file: Path, **given: Any) -> None:
    if file.exists() and not given["force"]:
        raise UsageError("exists already", path=str(file), hint="--force replaces it, --dry-run prints the new one")
    if not file.absolute().parent.is_dir():
        raise UsageError("--output-file: there is no such folder", path=str(file.parent))
