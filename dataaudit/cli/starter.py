"""The settings file that `init` writes: what was found in the data as keys, what could be set as comments."""

from __future__ import annotations

import glob
import os
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dataaudit.cli.output import printable
from dataaudit.config.keys import MEANINGS
from dataaudit.formats.toml_text import toml_key, toml_value
from dataaudit.reporters.layout import plural

if TYPE_CHECKING:
    from dataaudit.api import Examination
    from dataaudit.checks.evidence import LabelSource
    from dataaudit.shapes.base import Columns

_LABELS_SHOWN = 30
_FILES_LISTED = 50
_WIDTH = 78
_OPEN = ("open", "closing")


@dataclass(frozen=True)
class Found:
    """What the data are. files: path and split. shape, columns, labeled_by: of all files, None where they differ.

    providers: ids of providers that read the shape as it is. shapes: files by shape.
    """

    files: tuple[tuple[str, str], ...]
    rows: int
    bytes: int
    shapes: dict[str, int]
    shape: str | None
    columns: Columns | None
    labeled_by: LabelSource | None
    labels: tuple[str, ...]
    providers: tuple[str, ...]


def found_in(examination: Examination) -> Found:
    """What an examination saw."""
    from dataaudit.checks.profiles import reads
    from dataaudit.shapes import SHAPE_NAMES

    plan, evidence = examination.plan, examination.evidence
    layouts = {(layout.shape, layout.columns) for layout in plan.layouts}
    alike = len(layouts) == 1 and plan.layouts[0].shape in SHAPE_NAMES
    shape, columns = (plan.layouts[0].shape, plan.layouts[0].columns) if alike else (None, None)
    profiles = evidence.catalogue.providers.values()
    reading = {profile.provider for profile in profiles if reads(profile, shape) and profile.status.state in _OPEN}
    by = set(plan.label_sources)
    return Found(
        files=tuple((source.path, source.split) for source in plan.sources),
        rows=int(evidence.counted.sum()),
        bytes=plan.bytes,
        shapes=dict(Counter(layout.shape for layout in plan.layouts).most_common()),
        shape=shape,
        columns=columns,
        labeled_by=plan.label_sources[0] if len(by) == 1 else None,
        labels=tuple(sorted(set(evidence.label_names.values()))),
        providers=tuple(sorted(reading)),
    )


def starter_text(found: Found, folder: Path, table: str = "") -> str:
    """The file as TOML; paths are seen from `folder`, where it will lie. table: the one that all of it stands in."""
    splits = _splits(found, folder, table)
    parts = (_head(found), _shape(found), _providers(found), _labels(found), _rules(), _exit(), splits)
    text = "\n".join("".join(f"{line}\n" for line in part) for part in map(list, parts) if part)
    return f"[{table}]\n\n{text}" if table else text


def _head(found: Found) -> Iterator[str]:
    size = f"{plural(len(found.files), 'file')}, {plural(found.rows, 'row')}, {found.bytes / 1e6:,.1f} MB"
    yield from _comment(f"Settings of dataaudit, made by `dataaudit init` from {size}.")
    yield from _comment("`dataaudit config` shows all keys, and where each value comes from.")


def _shape(found: Found) -> Iterator[str]:
    if found.shape is None:
        shapes = ", ".join(f"{shape} ({plural(count, 'file')})" for shape, count in found.shapes.items())
        yield from _comment(f"The files have several shapes or columns: {shapes}. So each is looked at by itself.")
        yield _off("shape", "openai-chat")
        return
    yield from _comment(_said("shape"))
    yield _on("shape", found.shape)
    for key, column in _columns(found):
        yield _on(key, column)


def _columns(found: Found) -> Iterator[tuple[str, str]]:
    """The columns that play a part, by key of the settings."""
    columns = found.columns
    if columns is None:
        return
    for part in ("prompt", "completion", "system", "label", "id"):
        column = getattr(columns, part)
        if column is not None:
            yield f"{part}_column", column


def _providers(found: Found) -> Iterator[str]:
    yield from _comment(_said("providers"))
    if found.providers:
        yield from _comment(f"These read the shape as it is: {', '.join(found.providers)}.")
    yield _off("providers", list(found.providers[:1] or ["all"]))


def _labels(found: Found) -> Iterator[str]:
    by = found.labeled_by
    if by is None or not found.labels:
        yield from _comment(_said("labels"))
        yield _off("labels", ["question", "complaint"])
        return
    yield from _comment(
        f"Found {plural(len(found.labels), 'label')}, in: {printable(str(by))}. Where they are declared,"
    )
    yield from _comment("a row with another label is a finding.")
    if by.kind == "column" and by.field is not None and "label_column" not in dict(_columns(found)):
        yield _on("label_column", by.field)
    if len(found.labels) <= _LABELS_SHOWN:
        yield _off("labels", list(found.labels))


def _rules() -> Iterator[str]:
    yield from _comment("The rules: codes (DUP001), names (exact-duplicate), prefixes (DUP) or ALL.")
    yield _on("select", ["ALL"])
    yield _on("ignore", [])
    yield _off("per_file_ignores", {"drafts/*.jsonl": ["LAB"]})


def _exit() -> Iterator[str]:
    yield from _comment("What makes a run fail, with exit code 1.")
    yield _on("fail_on", "error")
    yield _off("max_warnings", 10)
    yield _off("fail_below", "C")


def _splits(found: Found, folder: Path, table: str) -> Iterator[str]:
    """Last, as a table ends where the next one begins."""
    yield from _comment(f"The splits: {_said('splits')}".replace("The splits: A", "The splits: a"))
    listed = len(found.files) <= _FILES_LISTED
    if not listed:
        counts = Counter(split for _, split in found.files)
        names = ", ".join(f"{plural(count, 'file')} of {split}" for split, count in counts.items())
        yield from _comment(f"The names of the files tell: {names}.")
    yield f"[{table}.splits]" if table else "[splits]"
    for path, split in found.files if listed else ():
        pattern = _pattern(_seen_from(folder, path))
        if pattern is None:
            yield from _comment(f"The name of a file cannot be written in TOML: {printable(path)}, {split}.")
        else:
            yield f"{toml_key(pattern)} = {toml_value(split)}"


def _pattern(path: str) -> str | None:
    """The key of a file by its name: as a glob of just that name; None where TOML has no such text."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return None
    return glob.escape(path)


def _seen_from(folder: Path, path: str) -> str:
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        # Another drive of Windows.
        return Path(path).absolute().as_posix()


def _said(key: str) -> str:
    meaning = MEANINGS[key]
    return f"{meaning[0].upper()}{meaning[1:]}."


def _comment(text: str) -> Iterator[str]:
    for line in textwrap.wrap(text, _WIDTH, break_on_hyphens=False):
        yield f"# {line}"


def _on(key: str, value: object) -> str:
    return f"{key} = {toml_value(value)}"


def _off(key: str, value: object) -> str:
    return f"# {_on(key, value)}"
