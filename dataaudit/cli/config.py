"""`dataaudit config`: the settings that count for data, and where each comes from; the schema of settings files."""

from __future__ import annotations

import glob
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dataaudit.cli import command
from dataaudit.cli.auditing import chosen, judged_by, sources_of
from dataaudit.cli.options import exit_options, rule_options, settings_file
from dataaudit.errors import SourceError
from dataaudit.text.safe import display_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataaudit.config import Loaded, Origin
    from dataaudit.reporters import View

_DEFAULT = "default"
_EXAMPLES = (
    "dataaudit config                             # what counts in this folder",
    "dataaudit config data/train.jsonl --select DUP",
    "dataaudit config --schema > dataaudit.schema.json",
)


@click.command("config", cls=command.Command, short_help="Show the settings.", examples=_EXAMPLES)
@click.argument("paths", nargs=-1, metavar="[PATHS]...", type=click.Path())
@click.option("--schema", is_flag=True, help="Print the JSON Schema of settings files, for editors.")
@click.option("--changed", is_flag=True, help="Leave out the keys that have their default.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@judged_by
@rule_options
@exit_options
@settings_file
def config(**flags: Any) -> None:
    """Show every setting that `check` would run with on PATHS, and where it comes from: file, flag or variable.

    Takes the flags of `check` that change settings. Of PATHS no data is read.
    """
    from dataaudit.cli.output import colored, width_of, write
    from dataaudit.reporters import View

    if flags["schema"]:
        from dataaudit.catalogue import load_catalogue
        from dataaudit.cli.schema import schema_text

        write(schema_text(load_catalogue(*flags["rules"])))
        return
    sources = sources_of(flags)
    for path in flags["paths"]:
        _refuse_missing(path)
    loaded, _ = chosen(sources, flags)
    if flags["output_format"] == "json":
        write(_json(loaded, changed=flags["changed"]))
    else:
        view = View(color=colored(sys.stdout), width=width_of(sys.stdout))
        write(_text(loaded, view, changed=flags["changed"]))


def _refuse_missing(path: str) -> None:
    if path != "-" and not glob.has_magic(path) and not Path(path).exists():
        raise SourceError("no such file", path=path)


def _json(loaded: Loaded, *, changed: bool) -> str:
    values = loaded.settings.as_json()
    settings = {
        key: {"value": values[key], "from": [str(origin) for origin in origins] or [_DEFAULT]}
        for key, origins in _keys(loaded, changed=changed)
    }
    file = None if loaded.file is None else str(loaded.file)
    shown = {"file": file, "files": [str(file) for file in loaded.files], "settings": settings}
    return json.dumps(shown, indent=2) + "\n"


def _text(loaded: Loaded, view: View, *, changed: bool) -> str:
    values = loaded.settings.as_json()
    lines = [f"# {line}" for line in _heading(loaded)]
    for key, origins in _keys(loaded, changed=changed):
        source = ", ".join(_place(origin) for origin in origins) or _DEFAULT
        first, *rest = _assignment(key, _said(values[key]), view.width)
        comment = view.paint(f"# {source}", "dim" if not origins else "bold")
        room = display_width(first) + len(source) + 4 <= view.width and not rest
        lines += [f"{first}  {comment}"] if room else [comment, first, *rest]
    return "".join(f"{line}\n" for line in lines)


def _assignment(key: str, value: Any, width: int) -> list[str]:
    """A key and its value as TOML; what is too long for a line has a line for each entry."""
    from dataaudit.formats.toml_text import toml_key, toml_value

    if value is None:
        return [f"# {key} is not set"]
    line = f"{key} = {toml_value(value)}"
    if display_width(line) <= width or not value or not isinstance(value, dict | list):
        return [line]
    if isinstance(value, list):
        return [f"{key} = [", *(f"    {toml_value(entry)}," for entry in value), "]"]
    below = (_assignment(f"{key}.{toml_key(name)}", item, width) for name, item in value.items())
    return [line for lines in below for line in lines]


def _said(value: Any) -> Any:
    """A value as a settings file has it: of the project, only what is said."""
    return {key: item for key, item in value.items() if item is not None} if isinstance(value, dict) else value


def _heading(loaded: Loaded) -> list[str]:
    if loaded.file is None:
        return ["no settings file"]
    *extended, own = loaded.files
    return [f"settings file: {_place(own)}", *(f"which extends: {_place(file)}" for file in extended[::-1])]


def _keys(loaded: Loaded, *, changed: bool) -> Iterator[tuple[str, tuple[Origin, ...]]]:
    from dataaudit.config.keys import MEANINGS

    for key in MEANINGS:
        origins = loaded.origins.get(key, ())
        if origins or not changed:
            yield key, origins


def _place(origin: Origin) -> str:
    """A file as seen from here if it lies below, else whole; a flag as it is."""
    from dataaudit.cli.output import printable

    if isinstance(origin, Path):
        try:
            below = os.path.relpath(origin)
        except ValueError:
            below = str(origin)
        return printable(str(origin) if below.startswith("..") else below)
    return printable(origin)
