"""From what the user names to sources: files, folders, globs, standard input; and the split each belongs to."""

from __future__ import annotations

import glob
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import BinaryIO, Final

from dataaudit.errors import AllExcluded, SourceError, UsageError
from dataaudit.loaders.base import Source
from dataaudit.loaders.choice import FileChoice
from dataaudit.loaders.names import file_names
from dataaudit.loaders.sniff import extension_of, holds_records, is_report, look
from dataaudit.loaders.walk import Expanded, expand, nothing_in
from dataaudit.shapes.base import Note

_WORD: Final = re.compile(r"[a-z]+")
_TRAIN: Final = "train"
_EVERY_FILE: Final = FileChoice()

LeftOut = Callable[[str, str], None]
"""Called with a file or folder that is left out, and the reason."""


def open_sources(
    paths: Sequence[str],
    *,
    splits: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
    spool: Path,
    choice: FileChoice = _EVERY_FILE,
    left_out: LeftOut | None = None,
) -> list[Source]:
    """The sources that the paths name, in order, each file once.

    A folder gives the data files in it and below (sorted, hidden ones left out); `-` is standard input, copied to
    `spool`. splits: file, folder or glob to the name of its split; it adds no files. choice: which of the files of
    folders and globs are wanted. left_out: called with each file or folder that is left out, and why: "exclude",
    ".gitignore", "link" (the file that it leads to is a source itself), "report" (dataaudit wrote it) or "record" (a
    fix wrote it, and data are named too).

    What a folder or glob gives is taken with more care than a file named by itself: JSON that is no list of records
    and reports are left out, and a file that cannot be read is a source without rows, with the note `unreadable-file`.

    Raises:
        SourceError: nothing is there, or a file named by itself is of a kind that is not read; AllExcluded: `choice`
            leaves out every file.
        UsageError: `splits` has a name that is none.
    """
    given = _given_splits(splits or {})
    tell = left_out or (lambda _path, _reason: None)
    expanded = _without_records([expand(path, choice) for path in dict.fromkeys(paths)], tell)
    same = _same_files(entry.files for entry in expanded)
    named = {_identity(entry.path) for entry in expanded if entry.named}
    sources: dict[str, Source | None] = {}
    for identity, (file, *links) in same.items():
        asked = filter(None, (_given_split(given, _key(name)) for name in (file, *links)))
        split = next(asked, None) or split_of(file)
        sources[identity] = _open(file, stdin, spool, split) if identity in named else _found(file, spool, split, tell)
        for link in links:
            tell(link, "link")
    for entry in expanded:
        for reason, places in entry.left_out.items():
            for place in places:
                tell(place, reason)
        if not entry.named and all(sources[_identity(file)] is None for file in entry.files):
            raise nothing_in(entry.path, entry.left_out)
    found = [source for source in sources.values() if source is not None]
    if not found:
        raise AllExcluded("all files are excluded", path=paths[0], hint="see `exclude` in the settings")
    return found


def split_of(path: str) -> str:
    """The split that a file's name says, else train."""
    return _split_in(path) or _TRAIN


def says_split(path: str, splits: Mapping[str, str]) -> bool:
    """Whether `splits`, see `open_sources`, or the name of a file or of its folder says the split of the file."""
    return _given_split(_given_splits(splits), _key(path)) is not None or _split_in(path) is not None


def _split_in(path: str) -> str | None:
    """The split that a file's name says: its stem first, then its folder."""
    names = file_names()
    place = Path(path)
    if _is_device(path):
        # Of /dev/stdin the folder says nothing.
        return None
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
    return None


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


def _without_records(expanded: list[Expanded], tell: LeftOut) -> list[Expanded]:
    """Without files that fixing wrote, which `*.jsonl` names beside the data; where no others are named, with them."""
    written = file_names().written
    records = {entry.path for entry in expanded if entry.named and written.search(Path(entry.path).name)}
    if len(records) == len(expanded):
        return expanded
    for path in sorted(records):
        tell(path, "record")
    return [entry for entry in expanded if entry.path not in records]


def _same_files(lists: Iterable[Sequence[str]]) -> dict[str, list[str]]:
    """By what they are: the names of one file that differ, that of the file itself before those of links to it."""
    names: dict[str, dict[str, str]] = {}
    for file in chain.from_iterable(lists):
        names.setdefault(_identity(file), {}).setdefault(_key(file), file)
    return {identity: sorted(known.values(), key=os.path.islink) for identity, known in names.items()}


def _identity(path: str) -> str:
    """The file that a path leads to; what is no file of a disk is itself."""
    return os.path.realpath(path) if Path(path).is_file() and not _is_device(path) else _key(path)


def _key(path: str) -> str:
    return path if path == "-" else os.path.abspath(path)  # noqa: PTH100  Path.absolute keeps ".."


def _found(file: str, spool: Path, split: str, tell: LeftOut) -> Source | None:
    """The source of a file that a folder or glob gave; None if it is a report or JSON of another purpose than data."""
    try:
        source = _open(file, None, spool, split)
    except SourceError as error:
        reason = f"{error.what}; {error.hint}" if error.hint else error.what
        note = Note("unreadable-file", detail=reason)
        return Source(file, os.devnull, "lines", split, file_notes=((None, note),))
    if is_report(source) or _is_output(file):
        tell(file, "report")
        return None
    return None if extension_of(file) == ".json" and not holds_records(source) else source


def _is_output(file: str) -> bool:
    """Whether standard output goes into the file: the shell has made it for the report."""
    try:
        return os.path.samestat(os.fstat(1), os.stat(file))  # noqa: PTH116  as samestat takes it
    except OSError:
        return False


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
