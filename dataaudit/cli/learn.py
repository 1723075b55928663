"""`dataaudit learn`: says what the answers of a set look like, and writes it as a contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from dataaudit.cli import command
from dataaudit.cli.options import base_settings, columns_and_shape, settings_file
from dataaudit.errors import UsageError

_EXAMPLES = (
    "dataaudit learn train.jsonl --dry-run        # say it, write nothing",
    "dataaudit check new.jsonl --format-contract format-contract.toml",
)


@click.command("learn", cls=command.Command, short_help="Learn what answers look like.", examples=_EXAMPLES)
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@click.option(
    "--output-file",
    cls=command.Unnamed,
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("format-contract.toml"),
    show_default=True,
    metavar="FILE",
    help="Where the contract goes; schemas go beside it.",
)
@click.option("--force", cls=command.Unnamed, is_flag=True, help="Replace files that are there.")
@click.option("--dry-run", is_flag=True, help="Say what was learned, write nothing.")
@columns_and_shape
@settings_file
def learn(paths: tuple[str, ...], output_file: Path, force: bool, dry_run: bool, **flags: Any) -> int:
    """Learn the format of the answers of PATHS and write it down.

    A TOML file and JSON Schemas that a person can correct and commit; `dataaudit check --format-contract FILE` enforces
    them from then on.
    """
    from dataaudit.answers import learn as learn_format
    from dataaudit.cli.output import write

    learned = learn_format(paths, settings=base_settings(paths, flags))
    for figure in learned.figures:
        write(f"{figure['format']}\n")
    if not dry_run:
        for file in _written(learned.formats, output_file, force):
            click.echo(f"written: {file}", err=True)
    return 0


def _written(formats: Any, output_file: Path, force: bool) -> list[Path]:
    """Write the contract, schemas first: a contract never names a file that is not there yet."""
    from dataaudit._files import write_file

    toml, schemas = formats.to_contract(output_file.stem)
    texts = {output_file.with_name(name): json.dumps(schema, indent=2) + "\n" for name, schema in schemas.items()}
    texts[output_file] = toml
    there = [str(file) for file in texts if file.exists()]
    if there and not force:
        raise UsageError("exists already", path=there[0], hint="--force replaces it, --output-file names another")
    for file, text in texts.items():
        write_file(file, text)
    return list(texts)
