"""`dataaudit providers`: shows provider profiles from their files."""

from __future__ import annotations

import sys

import click

from dataaudit.cli import command
from dataaudit.cli.kinds import Word
from dataaudit.errors import UsageError, close_match

_EXAMPLES = (
    "dataaudit providers                          # all of them",
    "dataaudit providers openai",
)


@click.command("providers", cls=command.Command, short_help="List providers.", examples=_EXAMPLES)
@click.argument("provider", type=Word("providers"), required=False, metavar="[ID]")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def providers(provider: str | None, output_format: str) -> None:
    """List the provider profiles, or show all demands, limits, prices and sources of one."""
    from dataaudit.catalogue import load_catalogue
    from dataaudit.cli.output import colored, write
    from dataaudit.reporters import View
    from dataaudit.reporters.providers import provider_text, providers_json, providers_table

    known = load_catalogue().providers
    view = View(color=colored(sys.stdout))
    if provider is None:
        listed = list(known.values())
        write(providers_json(listed) if output_format == "json" else providers_table(listed, view))
        return
    # The name of a provider alone stands for its usual method, as with `check --provider`.
    usual = {entry.provider: entry for entry in known.values() if entry.default}
    found = known.get(provider.lower()) or usual.get(provider.lower())
    if found is None:
        near = close_match(provider.lower(), [*known, *usual])
        raise UsageError(
            f"unknown provider {provider!r}",
            hint=f"did you mean {near}?" if near else "see `dataaudit providers`",
        )
    write(providers_json(found) if output_format == "json" else provider_text(found, view))
