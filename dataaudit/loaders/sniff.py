"""What a file is: by its content first, by its name second. Looks at the beginning only; judges nothing.

Raises SourceError for kinds that dataaudit does not read, with what to do instead.
"""

from __future__ import annotations

import codecs
import os
from dataclasses import replace
from pathlib import Path
from typing import Final

from dataaudit.errors import SourceError
from dataaudit.loaders.base import Source
from dataaudit.loaders.names import file_names
from dataaudit.loaders.sniff_delimited import delimited_notes, find_dialect
from dataaudit.loaders.sniff_json import as_json, is_list_of_records
from dataaudit.loaders.streams import head
from dataaudit.shapes.base import Note

_HEAD: Final = 256 << 10
_REPORT: Final = 16 << 10
_POINTER: Final = b"version https://git-lfs.github.com/spec/"
_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EXPORT: Final = "export it as JSONL or CSV"
_FOREIGN: Final = (
    (b"\xd0\xcf\x11\xe0", "an old Office file", _EXPORT),
    (b"%PDF", "a PDF", "extract the examples to JSONL or CSV"),
    (b"SQLite format 3\x00", "an SQLite database", _EXPORT),
    (b"ARROW1", "an Arrow or Feather file", "write it as Parquet, JSONL or CSV"),
    (b"BZh", "bzip2 data", "unpack it, or pack it with gzip"),
    (b"\xfd7zXZ", "xz data", "unpack it, or pack it with gzip"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it"),
    (b"\x93NUMPY", "a NumPy array", _EXPORT),
    (b"\x89HDF", "an HDF5 file", _EXPORT),
)


def look(path: str, location: str, split: str) -> Source:
    """The source that a file is.

    Raises:
        SourceError: it cannot be opened, or is of a kind that is not read.
    """
    extension = extension_of(path)
    try:
        size = Path(location).stat().st_size
        with Path(location).open("rb") as file:
            raw = file.read(4096)
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}", path=path) from None
    notes = _name_notes(path, extension)
    source = Source(path, location, "delimited" if extension in file_names().delimited else "lines", split, size)
    if not raw:
        return replace(source, file_notes=(*notes, (None, Note("empty-file"))))
    if raw.startswith(_POINTER):
        notes.append((1, Note("git-lfs-pointer", detail="run `git lfs pull` to get the file")))
        return replace(source, location=os.devnull, file_notes=tuple(notes))
    if raw.startswith(b"PAR1"):
        return replace(source, kind="parquet", file_notes=tuple(notes))
    if raw.startswith(b"\x1f\x8b"):
        source = replace(source, compression="gzip")
    elif raw.startswith(b"\x28\xb5\x2f\xfd"):
        source = replace(source, compression="zstd")
    if source.compression:
        notes.append((None, Note(f"compressed:{source.compression}")))
        raw = head(source, 4096)
    _refuse_foreign(path, extension, raw)
    encoding = _encoding(raw)
    if encoding != "utf-8":
        notes.append((None, Note("utf-16", detail=encoding)))
        source = replace(source, encoding=encoding)
    if raw.startswith(codecs.BOM_UTF8):
        notes.append((1, Note("byte-order-mark")))
    return _named_rightly(_by_content(replace(source, file_notes=tuple(notes)), extension), extension)


def holds_records(source: Source) -> bool:
    """Whether JSON that `look` saw is data: a list of objects, objects on lines, or a pointer to what may be."""
    if any(note.trait == "git-lfs-pointer" for _, note in source.file_notes):
        return True
    return source.wrapper is not None or is_list_of_records(head(source, _HEAD).removeprefix(codecs.BOM_UTF8))


def is_report(source: Source) -> bool:
    """Whether a file that `look` saw is no data but a report that dataaudit wrote."""
    names, begin = file_names(), head(source, _REPORT)
    if not begin:
        return names.report_names.search(Path(source.path).name.lower()) is not None
    return names.reports.match(begin) is not None


def _named_rightly(source: Source, extension: str) -> Source:
    """The source, with a note where the name promises JSON Lines and the content is one document."""
    if extension in file_names().lines - {".json"} and any(n.trait == "json-array" for _, n in source.file_notes):
        return replace(source, file_notes=(*source.file_notes, (1, Note("not-json-lines"))))
    return source


def _name_notes(path: str, extension: str) -> list[tuple[int | None, Note]]:
    notes: list[tuple[int | None, Note]] = [(None, Note(f"extension:{extension}"))] if extension else []
    if path != "-" and not file_names().plain_name.fullmatch(Path(path).name):
        notes.append((None, Note("file-name-form")))
    return notes


def extension_of(path: str) -> str:
    """The extension in lower case with its dot, that of a compression left out; empty if there is none."""
    name = Path(path).name.lower()
    for suffix in file_names().compressions:
        name = name.removesuffix(suffix)
    return Path(name).suffix


def _by_content(source: Source, extension: str) -> Source:
    names = file_names()
    text = head(source, _HEAD + 1)
    complete = len(text) <= _HEAD
    text = text[:_HEAD].removeprefix(codecs.BOM_UTF8)
    if complete and not text.strip():
        source = replace(source, file_notes=(*source.file_notes, (None, Note("empty-file"))))
    found = as_json(text, complete, strict=extension not in names.lines)
    if found:
        notes = source.file_notes
        if found.note:
            notes = (*notes, (1, Note(found.note)))
        words = [f'took the list "{found.wrapper}" for the records'] if found.wrapper else []
        if extension in names.delimited:
            words.append(f"the name ends in {extension}, the content is JSON")
        return replace(source, kind=found.kind, file_notes=notes, wrapper=found.wrapper, guessed=tuple(words))
    if extension in names.lines:
        return source
    dialect = find_dialect(text, complete, extension)
    if extension not in names.delimited and (dialect is None or not dialect.header or len(dialect.names) < 2):
        raise _unknown(source.path, extension, text)
    if dialect is None:
        return source
    dialect = replace(dialect, encoding=source.encoding)
    more, guessed = delimited_notes(dialect, text, extension)
    named = replace(dialect, names=unique(dialect.names))
    return replace(source, kind="delimited", dialect=named, file_notes=(*source.file_notes, *more), guessed=guessed)


def unique(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names that can be told apart: blank ones get their number, repeated ones a number behind."""
    used: set[str] = set()
    result: list[str] = []
    for number, name in enumerate(names, 1):
        base = candidate = name or f"column_{number}"
        count = 2
        while candidate in used:
            candidate = f"{base}_{count}"
            count += 1
        used.add(candidate)
        result.append(candidate)
    return tuple(result)


def _encoding(raw: bytes) -> str:
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return name
    sample = raw[:200]
    zeros = [sample[place::4].count(0) * 4 for place in range(4)]
    if min(zeros[2:]) * 10 > len(sample) * 9 and zeros[0] * 10 < len(sample):
        return "utf-32-le"
    if min(zeros[:2]) * 10 > len(sample) * 9 and zeros[3] * 10 < len(sample):
        return "utf-32-be"
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if even + odd > len(sample) // 3:
        if odd * 3 > len(sample) and even * 10 < len(sample):
            return "utf-16-le"
        if even * 3 > len(sample) and odd * 10 < len(sample):
            return "utf-16-be"
    return "utf-8"


def _refuse_foreign(path: str, extension: str, raw: bytes) -> None:
    if raw.startswith(b"PK\x03\x04"):
        sheet = extension in (".xlsx", ".xlsm") or b"xl/" in raw
        what, hint = ("an Excel workbook", "save it as CSV (UTF-8)") if sheet else ("a zip archive", "unpack it")
        raise SourceError(f"{what} is not read", path=path, hint=hint)
    for magic, what, hint in _FOREIGN:
        if raw.startswith(magic):
            raise SourceError(f"{what} is not read", path=path, hint=hint)


def _unknown(path: str, extension: str, text: bytes) -> SourceError:
    sample = text[:4096]
    lines = [line for line in sample.splitlines() if line.strip()]
    hint = "give JSONL, CSV, TSV, JSON or Parquet"
    if sum(byte < 32 and byte not in b"\t\n\r\f" for byte in sample) * 20 > len(sample):
        return SourceError("binary data of unknown kind", path=path, hint=hint)
    if lines and lines[0].startswith(b"__label__"):
        return SourceError("a fastText file is not read", path=path, hint=_EXPORT)
    tagged = sum(len(line.split()) in (2, 4) and line.split()[-1][:2] in (b"O", b"B-", b"I-") for line in lines)
    if extension in (".conll", ".iob", ".bio") or tagged * 2 > len(lines):
        return SourceError("a CoNLL file is not read", path=path, hint=_EXPORT)
    return SourceError("neither JSON Lines nor a table that can be recognised", path=path, hint=hint)
