"""From what the user names to sources: files, folders, globs, standard input; and the split each belongs to."""

from __future__ import annotations

import glob
import os
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, Final

from dataaudit.errors import AllExcluded, SourceError, UsageError
from dataaudit.loaders.base import Source
from dataaudit.loaders.choice import FileChoice
from dataaudit.loaders.names import file_names
from dataaudit.loaders.sniff import extension_of, holds_records, look
from dataaudit.loaders.walk import expand, nothing_in
from dataaudit.shapes.base import Note

_WORD: Final = re.compile(r"[a-z]+")
_TRAIN: Final = "train"
_EVERY_FILE: Final = FileChoice()


def open_sources(
    paths: Sequence[str],
    *,
    splits: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
    spool: Path,
    choice: FileChoice = _EVERY_FILE,
) -> list[Source]:
    """The sources that the paths name, in order, each file once.

    A folder gives the data files in it and below (sorted, hidden ones left out); `-` is standard input, copied to
    `spool`. splits: file, folder or glob to the name of its split; it adds no files. choice: which of the files of
    folders and globs are wanted.

    What a folder or glob gives is taken with more care than a file named by itself: JSON that is no list of records
    is left out, and a file that cannot be read is a source without rows and with the note `unreadable-file`.

    Raises:
        SourceError: nothing is there, or a file named by itself is of a kind that is not read; AllExcluded: `choice`
            leaves out every file.
        UsageError: `splits` has a name that is none.
    """
    given = _given_splits(splits or {})
    expanded = [expand(path, choice) for path in dict.fromkeys(paths)]
    named = {_key(entry.path) for entry in expanded if entry.named}
    sources: dict[str, Source | None] = {}
    for entry in expanded:
        for file in entry.files:
            key = _key(file)
            if key not in sources:
                split = _given_split(given, key) or split_of(file)
                sources[key] = _open(file, stdin, spool, split) if key in named else _found(file, spool, split)
        if not entry.named and all(sources[_key(file)] is None for file in entry.files):
            raise nothing_in(entry.path, entry.left_out)
    found = [source for source in sources.values() if source is not None]
    if not found:
        raise AllExcluded("all files are excluded", path=paths[0], hint="see `exclude` in the settings")
    return found


def split_of(path: str) -> str:
    """The split that a file's name says (its stem first, then its folder), else train."""
    names = file_names()
    place = Path(path)
    if _is_device(path):
        # Of /dev/stdin the folder says nothing.
        return _TRAIN
    stem = place.name.lower()
    for suffix in (*names.compressions, *names.extensions):
        stem = stem.removesuffix(suffix)
    for name in (stem, place.parent.name.lower()):
        words = _WORD.findall(name)
        words += [f"{first}-{second}" for first, second in pairwise(words)]
        found = [names.splits[word] for word in words if word in names.splits]
        if found:
            # "eval_train" or "train_test": the more specific word is the one that is not train.
            return next((split for split in found if split != _TRAIN), _TRAIN)
    return _TRAIN


def split_named(word: str) -> str:
    """The split that a user's word for it means: train, validation or test.

    Raises:
        UsageError: the word is none of those in rules/files.toml.
    """
    known = file_names().splits
    split = known.get(word.strip().lower().replace("_", "-"))
    if split is None:
        raise UsageError(f"unknown split {word!r}", hint=f"splits are {', '.join(dict.fromkeys(known.values()))}")
    return split


def _given_splits(splits: Mapping[str, str]) -> dict[str, str]:
    """Split by key of a file, folder or glob; a file named by itself goes before a glob that it matches."""
    given = {_key(path): split_named(name) for path, name in splits.items()}
    for path in splits:
        if glob.has_magic(path):
            for file in glob.glob(path, recursive=True):  # noqa: PTH207  Path.glob takes no absolute patterns
                given.setdefault(_key(file), given[_key(path)])
    return given


def _given_split(given: Mapping[str, str], key: str) -> str | None:
    """The split of a file or of the nearest folder above it."""
    if not given:
        return None
    return next((given[str(place)] for place in (key, *Path(key).parents) if str(place) in given), None)


def _key(path: str) -> str:
    return path if path == "-" else os.path.abspath(path)  # noqa: PTH100  Path.absolute keeps ".."


def _found(file: str, spool: Path, split: str) -> Source | None:
    """The source of a file that a folder or glob gave; None if it is JSON of another purpose than data."""
    try:
        source = _open(file, None, spool, split)
    except SourceError as error:
        reason = f"{error.what}; {error.hint}" if error.hint else error.what
        note = Note("unreadable-file", detail=reason)
        return Source(file, os.devnull, "lines", split, file_notes=((None, note),))
    return None if extension_of(file) == ".json" and not holds_records(source) else source


def _open(file: str, stdin: BinaryIO | None, spool: Path, split: str) -> Source:
    return look(file, _location(file, stdin, spool), split)


def _location(path: str, stdin: BinaryIO | None, spool: Path) -> str:
    """Where the bytes lie: what can be read only once (standard input, a pipe) is copied."""
    if path == "-":
        if stdin is None:
            raise UsageError("there is no standard input to read", path="-")
        return _spooled(stdin, spool)
    place = Path(path)
    if (place.is_file() and not _is_device(path)) or (place.is_symlink() and not place.exists()):
        return path
    try:
        with place.open("rb") as pipe:
            return _spooled(pipe, spool)
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", path=path) from None


def _is_device(path: str) -> bool:
    """Whether a path is one such as /dev/stdin or /dev/fd/63, which means another file to another process."""
    return path.startswith(("/dev/", "/proc/"))


def _spooled(stdin: BinaryIO, spool: Path) -> str:
    with tempfile.NamedTemporaryFile(dir=spool, prefix="stdin-", delete=False) as copy:
        shutil.copyfileobj(stdin, copy, 1 << 20)
    return copy.name
