"""Helpers of the loader tests: write a file, read it whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dataaudit.loaders import Loader, Source, Unit, loader_for, open_sources

LIMIT = 1 << 26


@dataclass
class Everything:
    """All columns of all blocks of a source."""

    source: Source
    lines: list[int] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    raws: list[bytes] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    notes: dict[int, list[str]] = field(default_factory=dict)
    details: dict[int, list[str]] = field(default_factory=dict)
    file_traits: list[str] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)


def write(folder: Path, name: str, content: bytes) -> str:
    """Write a file and give its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return str(path)


def read_all(source: Source, loader: Loader | None = None, *, limit: int = LIMIT) -> Everything:
    """Read every unit; notes are kept by line, traits of the file without its extension."""
    reader = loader or loader_for(source, max_row_bytes=limit)
    whole = Everything(source)
    traits = [note.trait for _, note in source.file_notes]
    whole.units = reader.units(source, 0)
    for unit in whole.units:
        for block in reader.read(source, unit):
            columns = (block.lines, block.offsets, block.raws, block.values)
            assert len({len(column) for column in columns}) == 1
            for index, notes in block.notes.items():
                whole.notes[block.lines[index]] = [note.trait for note in notes]
                whole.details[block.lines[index]] = [note.detail for note in notes]
            whole.lines += block.lines
            whole.offsets += block.offsets
            whole.raws += block.raws
            whole.values += block.values
            traits += [note.trait for _, note in block.file_notes]
    whole.file_traits = [trait for trait in traits if not trait.startswith("extension:")]
    return whole


def read(folder: Path, name: str, content: bytes, *, limit: int = LIMIT) -> Everything:
    """Write, open and read a file."""
    (source,) = open_sources([write(folder, name, content)], spool=folder)
    return read_all(source, limit=limit)
