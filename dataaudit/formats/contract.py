"""Writes learned formats as a contract: a TOML file that a person can correct, and JSON Schemas beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dataaudit.formats.groups import GroupKey, fallback
from dataaudit.formats.json_schema import DIALECT, schema_of
from dataaudit.formats.quote import plain
from dataaudit.formats.toml_text import toml_value
from dataaudit.formats.words import sentence

if TYPE_CHECKING:
    from dataaudit.formats.formats import Formats, ResolvedFormat
    from dataaudit.formats.votes import Aspect

VERSION = 1
KEYS = {
    "kind": "kind", "fence": "fence", "before": "before", "after": "after", "prefix": "prefix", "suffix": "suffix",
    "leading": "leading_space", "trailing": "trailing_space", "case": "letter_case", "end": "final_mark",
    "lines": "lines",
}  # fmt: skip
"""Aspects whose value is a plain word or text, and their keys in the file."""

_HEAD = """\
# What the answers look like, learned from {rows:,} rows. Correct it, commit it, and have it enforced:
#     dataaudit check PATH --format-contract FILE
# Of the groups that fit a row the one with the most conditions holds; a key that is left out is not looked at.
version = {version}
"""


def contract_of(formats: Formats, stem: str) -> tuple[str, dict[str, dict[str, Any]]]:
    """The text of the TOML file, and the schemas by the name of their file, which stands beside it."""
    schemas: dict[str, dict[str, Any]] = {}
    parts = [_HEAD.format(rows=formats.groups[0].rows, version=VERSION)]
    for resolved in _needed(formats):
        parts.append("\n".join(_group(resolved, stem, schemas)) + "\n")
    return "\n".join(parts), schemas


def _needed(formats: Formats) -> Iterator[ResolvedFormat]:
    """The formats, without those that the groups with fewer conditions give as well."""
    kept: dict[tuple[int, int, int], int] = {}
    chains = formats.grouping.formats
    for chain in sorted(chains, key=lambda chain: (sum(map(bool, chain)), chain)):
        resolved = formats.resolved[chains[chain]]
        if any(chain) and formats.resolved[fallback(chain, kept)].aspects == resolved.aspects:
            continue
        kept[chain] = chains[chain]
        yield resolved


def _group(resolved: ResolvedFormat, stem: str, schemas: dict[str, dict[str, Any]]) -> Iterator[str]:
    aspects = resolved.aspects
    yield "[[group]]"
    yield f"# {sentence(resolved.keys[-1], aspects, None, None)}"
    yield f"rows = {toml_value(_conditions(resolved.keys))}"
    for name, key in KEYS.items():
        if name in aspects:
            yield _line(key, False if aspects[name].value is None else aspects[name].value, aspects[name])
    if "labels" in aspects:
        labels = aspects["labels"].value
        yield f"labels = {toml_value(labels.values)}"
        yield f"other_labels = {toml_value(not labels.certain)}  # whether labels that are not in the list may occur"
    if "names" in aspects:
        names = aspects["names"].value
        yield "# Names (of elements, keys, columns, headings or fields) in the answer"
        yield f"names = {toml_value(names.required)}"
        yield f"optional_names = {toml_value(names.optional)}"
        yield f"other_names = {toml_value(not names.closed)}"
        yield f"names_in_order = {toml_value(names.ordered)}"
    styles = {name.partition(":")[2]: vote.value for name, vote in aspects.items() if name.startswith("style:")}
    if styles:
        yield f"style = {toml_value(styles)}"
    if "length" in aspects:
        band = aspects["length"].value
        yield f"min_characters = {int(band.low)}"
        yield f"usual_characters = {round(band.usual)}"
        yield f"max_characters = {int(band.high) + 1}"
    if "tree" in aspects:
        file = f"{stem}-{len(schemas) + 1}.schema.json" if schemas else f"{stem}.schema.json"
        title = sentence(resolved.keys[-1], aspects, None, None)
        schemas[file] = {"$schema": DIALECT, "title": title, **schema_of(aspects["tree"].value)}
        yield f"schema = {toml_value(file)}"
    elif "schema" in aspects:
        schema = aspects["schema"].value
        schemas[schema.name] = dict(schema.content)
        yield f"schema = {toml_value(schema.name)}"


def _conditions(keys: tuple[GroupKey, ...]) -> str | dict[str, str]:
    conditions: dict[str, str] = {}
    for key in keys:
        if key.what == "context":
            conditions["context"] = plain(key.name, 60)
            conditions["fingerprint"] = f"{key.fingerprint:016x}"
        elif key.what != "all":
            conditions[key.what] = key.name
    return conditions or "all"


def _line(key: str, value: Any, aspect: Aspect) -> str:
    learned = f"  # {aspect.share:.1%} of {aspect.rows:,}" if aspect.rows else ""
    return f"{key} = {toml_value(value)}{learned}"
