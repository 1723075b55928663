"""`dataaudit clean`: removes the cache."""

from __future__ import annotations

import os
from pathlib import Path

import click

from dataaudit.cli.command import Command

_EXAMPLES = ("dataaudit clean                              # the cache of this user",)


@click.command("clean", cls=Command, short_help="Remove the cache.", examples=_EXAMPLES)
@click.option("--cache-dir", type=click.Path(path_type=Path), metavar="DIR", help="Another folder than the usual one.")
def clean(cache_dir: Path | None) -> None:
    """Remove what is remembered of files between runs, and say how much it was. The data are not touched."""
    from dataaudit.cli.output import printable, write
    from dataaudit.engine.cache.folder import clean as removed
    from dataaudit.engine.cache.folder import usual_folder

    folder = cache_dir or usual_folder(os.environ)
    if folder is None:
        write("there is no cache\n")
        return
    found = removed(folder)
    entries = f"{found.entries:,} entr{'y' if found.entries == 1 else 'ies'}"
    write(f"removed {entries} ({found.bytes / 1e6:,.1f} MB) from {printable(str(folder))}\n")
