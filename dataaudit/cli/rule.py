"""`dataaudit rule`: explains rules from their files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dataaudit.cli import command
from dataaudit.cli.kinds import Word

_EXAMPLES = (
    "dataaudit rule DUP001",
    "dataaudit rule --all --output-format json",
)


@click.command("rule", cls=command.Command, short_help="Explain a rule.", examples=_EXAMPLES)
@click.argument("rule", type=Word("single-rules"), required=False, metavar="CODE|NAME")
@click.option("--all", "every", is_flag=True, help="List all rules.")
@click.option(
    "--rules",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="DIR",
    help="A folder with rules of yours.",
)
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def rule(rule: str | None, every: bool, rules: tuple[Path, ...], output_format: str) -> None:
    """Explain one rule: what it demands, why, at which thresholds, with examples and sources."""
    if every == (rule is not None):
        raise click.UsageError("name one rule, or give --all")

    from dataaudit.catalogue import load_catalogue
    from dataaudit.cli.output import colored, write
    from dataaudit.reporters import View
    from dataaudit.reporters.rules import rule_text, rules_json, rules_table

    catalogue = load_catalogue(*rules)
    view = View(color=colored(sys.stdout))
    if rule is not None:
        found = catalogue.rule(rule)
        write(rules_json(found) if output_format == "json" else rule_text(found, view))
    else:
        listed = list(catalogue.rules.values())
        write(rules_json(listed) if output_format == "json" else rules_table(listed, view))
