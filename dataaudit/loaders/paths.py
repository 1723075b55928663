"""From what the user names to sources: files, folders, globs, standard input; and the split each belongs to."""

from __future__ import annotations

import glob
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from dataaudit.errors import SourceError, UsageError, close_match
from dataaudit.loaders.base import Source
from dataaudit.loaders.names import file_names
from dataaudit.loaders.sniff import extension_of, look

_WORD: Final = re.compile(r"[a-z]+")


def open_sources(
    paths: Sequence[str], *, splits: Mapping[str, str] | None = None, stdin: BinaryIO | None = None, spool: Path
) -> list[Source]:
    """The sources that the paths name, in order, each file once. `splits` maps a path to its split.

    A folder gives the data files in it and below (sorted, hidden ones left out); `-` is standard input, copied to
    `spool`.

    Raises:
        SourceError: nothing is there, or it is of a kind that is not read.
        UsageError: a path of `splits` is not among the inputs.
    """
    given = {_key(path): split for path, split in (splits or {}).items()}
    sources: dict[str, Source] = {}
    used: set[str] = set()
    for path in dict.fromkeys((*paths, *(splits or {}))):
        for file in _expand(path):
            key = _key(file)
            if key in sources:
                continue
            named = next((name for name in (key, _key(path)) if name in given), None)
            used.add(named or "")
            split = given[named] if named else split_of(file)
            sources[key] = look(file, _location(file, stdin, spool), split)
    unused = sorted(set(given) - used)
    if unused:
        raise UsageError("a split is given for a path that names no input", path=unused[0])
    return list(sources.values())


def split_of(path: str) -> str:
    """The split that a file's name says (its stem first, then its folder), else train."""
    names = file_names()
    place = Path(path)
    stem = place.name.lower()
    for suffix in (*names.compressions, *names.extensions):
        stem = stem.removesuffix(suffix)
    for name in (stem, place.parent.name.lower()):
        found = [names.splits[word] for word in _WORD.findall(name) if word in names.splits]
        if found:
            # "eval_train" or "train_test": the more specific word is the one that is not train.
            return next((split for split in found if split != "train"), "train")
    return "train"


def _key(path: str) -> str:
    return path if path == "-" else os.path.normpath(path)


def _expand(path: str) -> Iterator[str]:
    if path == "-" or Path(path).is_file():
        yield path
        return
    if Path(path).is_dir():
        files = sorted(_data_files(path))
        if not files:
            looked_for = ", ".join(file_names().extensions)
            raise SourceError("no data files in this folder", path=path, hint=f"looked for {looked_for}")
        yield from files
        return
    if glob.has_magic(path):
        found = glob.glob(path, recursive=True)  # noqa: PTH207  Path.glob takes no absolute patterns
        matches = sorted(file for file in found if Path(file).is_file())
        if not matches:
            raise SourceError("no file matches", path=path)
        yield from matches
        return
    if Path(path).exists():
        # A pipe, such as the shell gives for <(command).
        yield path
        return
    if Path(path).is_symlink():
        raise SourceError("a link to a file that is not there", path=path, hint=f"it leads to {Path(path).readlink()}")
    raise SourceError("no such file", path=path, hint=_suggestion(path))


def _data_files(folder: str) -> Iterator[str]:
    extensions = file_names().extensions
    for place, folders, files in os.walk(folder, onerror=_unreadable_folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            file = Path(place, name)
            # A link that leads nowhere is kept, so that opening it says so; pipes would wait for ever.
            if not name.startswith(".") and extension_of(name) in extensions and (file.is_file() or file.is_symlink()):
                yield str(file)


def _unreadable_folder(error: OSError) -> None:
    raise SourceError(f"the folder cannot be read: {error.strerror}", path=str(error.filename))


def _suggestion(path: str) -> str | None:
    place = Path(path)
    try:
        names = sorted(entry.name for entry in place.parent.iterdir())
    except OSError:
        return f"the folder {place.parent} is not there"
    match = close_match(place.name, names)
    return f"did you mean {place.parent / match}?" if match else None


def _location(path: str, stdin: BinaryIO | None, spool: Path) -> str:
    """Where the bytes lie: what can be read only once (standard input, a pipe) is copied."""
    if path == "-":
        if stdin is None:
            raise UsageError("there is no standard input to read", path="-")
        return _spooled(stdin, spool)
    if Path(path).is_file() or Path(path).is_symlink():
        return path
    try:
        with Path(path).open("rb") as pipe:
            return _spooled(pipe, spool)
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", path=path) from None


def _spooled(stdin: BinaryIO, spool: Path) -> str:
    with tempfile.NamedTemporaryFile(dir=spool, prefix="stdin-", delete=False) as copy:
        shutil.copyfileobj(stdin, copy, 1 << 20)
    return copy.name
