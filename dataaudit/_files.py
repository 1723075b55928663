"""Writes files whole or not at all. Not for reading, and not for standard output."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from dataaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO


def write_file(path: Path, content: str | bytes, like: Path | None = None) -> None:
    """Put `content` (text as UTF-8) into a file: readers see the old file or the new one, never a part.

    like: a file whose mode and owner it gets, see `replacing`.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        with replacing(path, like) as stream:
            stream.write(content.encode("utf-8") if isinstance(content, str) else content)
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror or error}", path=str(path)) from error


@contextlib.contextmanager
def replacing(path: Path, like: Path | None = None) -> Iterator[BinaryIO]:
    """A stream whose bytes take the place of the file when the block ends well, and vanish when it does not.

    The mode of an existing file is kept, and its owner where that is allowed; with `like`, mode and owner are those of
    that file. A symbolic link stays a link. Pipes and devices are written directly, and so
    are the open files of a process, such as /dev/stdout: what those lead to may have no name of its own.

    Raises:
        OSError: the file cannot be written.
    """
    if _is_device(path):
        with path.open("ab") as device:
            yield device
        return
    target = Path(os.path.realpath(path))
    with _temporary(target, like or target) as (stream, name):
        yield stream
        stream.flush()
        os.fsync(stream.fileno())
        stream.close()
        name.replace(target)
    _sync_folder(target.parent)


def _is_device(path: Path) -> bool:
    if path.is_dir() or not path.exists():
        return False
    return not path.is_file() or str(path).startswith(("/dev/std", "/dev/fd/", "/proc/"))


@contextlib.contextmanager
def _temporary(target: Path, like: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A new file beside `target`, as readable as `like`; gone at the end unless it was renamed."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            _give_owner(temporary, like)
            temporary.chmod(_mode_of(like))
            yield stream, temporary
    finally:
        temporary.unlink(missing_ok=True)


def _give_owner(temporary: Path, like: Path) -> None:
    """Owner and group of `like`, where it is there and the system lets us."""
    with contextlib.suppress(OSError, AttributeError):
        known = like.stat()
        os.chown(temporary, known.st_uid, known.st_gid)


def _mode_of(target: Path) -> int:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        # The mask can only be read by setting it.
        mask = os.umask(0o077)
        os.umask(mask)
        return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """Make the rename last through a power cut, where the system can open a folder."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
