"""The files of one run: what earlier runs know of them, and what this one finds out."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from dataaudit.checks.memory import Kept, Memory
from dataaudit.engine.cache.codec import packed
from dataaudit.engine.cache.keys import key_of, looking_key, measuring_keys
from dataaudit.engine.cache.store import Store, limits
from dataaudit.engine.hashes import Hashes, hashes_of

if TYPE_CHECKING:
    from dataaudit.catalogue import Given
    from dataaudit.checks.base import AnyCheck
    from dataaudit.engine.cache.store import Kind
    from dataaudit.engine.plan import Plan
    from dataaudit.loaders import Source
    from dataaudit.shapes.base import Columns

_THREADS: Final = 2
"""That hash; one, where there are two processors: the other judges meanwhile."""
Result = TypeVar("Result")


class Stamp(NamedTuple):
    """By what a file is known to be the one that was opened before.

    touched: when the file or its times were changed, by the system, which programs cannot set; on Windows when made.
    """

    size: int
    changed: int
    touched: int
    number: int


class FileCache:
    """Hashes files in threads, finds what is known of them, and keeps what is new in another thread.

    Only files that lie where the user has them are known: no rows in memory, no standard input. A file that has the
    stamp it had is believed to have the hash it had until `holds` has compared them: nobody waits for the hash before.
    """

    def __init__(self, folder: Path, sources: Sequence[Source], *, believing: bool = True) -> None:
        """Begin to hash the files that may be known.

        Raises:
            UsageError: the folder cannot be used.
        """
        self.store = Store(folder)
        self._sources = tuple(sources)
        self._stamps = [_stamp(source) for source in sources]
        self._hasher = ThreadPoolExecutor(max(1, min(_THREADS, (os.cpu_count() or 1) - 1)))
        self._writer = ThreadPoolExecutor(1)
        self._hashes: dict[int, Future[Hashes]] = {}
        self._written: list[Future[None]] = []
        self._looked = self._judged = ""
        self._memory: Memory | None = None
        self._seen = seen = self.store.stamps()
        self._believed: dict[int, Hashes] = {}
        for index, stamp in enumerate(self._stamps):
            known = seen.get(_name(sources[index]))
            if believing and stamp is not None and known is not None and known[:-2] == stamp:
                self._believed[index] = Hashes(*known[-2:])
            elif stamp is not None:
                self._hash(index)  # before the others, since this one is waited for
        for index in self._believed:
            self._hash(index)

    @property
    def unknown_bytes(self) -> int:
        """Bytes of the files that no run can have seen before."""
        return sum(source.size or 0 for index, source in enumerate(self._sources) if not self._may_know(index))

    def hashes(self) -> list[str | None]:
        """sha256 of each source, as far as `holds` says so; None for rows in memory."""
        return [self._digest(index) for index in range(len(self._sources))]

    def holds(self) -> bool:
        """Whether every file has the hash that it was believed to have; where not, all that was found is void."""
        return all(self._hash(index).result() == believed for index, believed in self._believed.items())

    def trusted(self, run: Callable[[], Result]) -> Result | None:
        """What a run gives; None where a file is not what it was believed to be, so that it must run again."""
        try:
            result = run()
        except Exception:
            if self.holds():
                raise
            return None
        return result if self.holds() else None

    def _may_know(self, index: int) -> bool:
        stamp = self._stamps[index]
        return stamp is not None and self.store.may_know(stamp.size)

    def _digest(self, index: int) -> str | None:
        if self._sources[index].kind == "rows":
            return None
        return (self._believed.get(index) or self._hash(index).result()).sha256

    def settings_of_looks(
        self, given: Given, columns: Columns, shape: str | None, labels: Sequence[str], step: int
    ) -> str:
        """The key of what decides how files are looked at; kept for what decides how they are measured."""
        self._looked = looking_key(given, columns, shape, labels, step)
        return self._looked

    def settings_of_measures(self, plan: Plan, checks: Sequence[AnyCheck]) -> list[str] | None:
        """For each file the key of what decides how it is measured; None where that is not known."""
        return measuring_keys(plan, checks, self._looked)

    def load(self, index: int, kind: Kind, settings: str) -> Any:
        """What is known of a file, by the key of the settings that decide it; None where nothing is."""
        stamp = self._stamps[index]
        if stamp is None or not self._may_know(index):
            return None  # nobody waits for its hash
        key = self._key(index, settings)
        return None if key is None else self.store.load(stamp.size, key, kind, index)

    def keep(self, index: int, kind: Kind, settings: str, value: Any) -> None:
        """Write what was found out of a file. The value may be changed afterwards."""
        stamp = self._stamps[index]
        if stamp is None or stamp.size > limits().most_file_bytes:
            return
        self._hash(index)
        try:
            entry = packed(value)
        except (TypeError, AttributeError, pickle.PicklingError):
            return  # the state of a check from elsewhere that cannot be kept
        self._written.append(self._writer.submit(self._write, index, stamp, kind, settings, entry))

    def memory(self, plan: Plan) -> Memory:
        """What the last run over these files found out by reading rows again; `close` keeps what this one does."""
        names = sorted(map(_name, self._sources))
        self._judged = key_of("judged", self._looked, plan.learned.templates, names)
        before = self.store.load(0, self._judged, "judged")
        files = [None if stamp is None else self._key(index, self._looked) for index, stamp in enumerate(self._stamps)]
        self._memory = Memory(before or Kept({}, {}), files)
        return self._memory

    def _keep_memory(self) -> None:
        news = None if self._memory is None else self._memory.news
        # Rows of a file that was written to since are not those that its hash stands for.
        if news is not None and self.holds() and self._stamps == [_stamp(source) for source in self._sources]:
            self.store.write(0, self._judged, "judged", packed(news))

    def _write(self, index: int, stamp: Stamp, kind: Kind, settings: str, entry: bytes) -> None:
        if self._hash(index).exception() is not None:
            return  # the file is gone
        key = self._key(index, settings)
        # A file that was written to while it was read, or is another than believed, is not what its key says.
        sure = self._hash(index).result().sha256 == self._digest(index) and _stamp(self._sources[index]) == stamp
        if key is not None and sure:
            self.store.write(stamp.size, key, kind, entry)

    def _keep_stamps(self) -> None:
        """Remember by what files were known, where that is news."""
        seen = dict(self._seen)
        for index, future in self._hashes.items():
            stamp, source = self._stamps[index], self._sources[index]
            if stamp is not None and future.exception() is None and _stamp(source) == stamp:
                seen[_name(source)] = (*stamp, *future.result())
        if seen != self._seen:
            self.store.keep_stamps(seen)

    def _key(self, index: int, settings: str) -> str | None:
        digest, source = self._digest(index), self._sources[index]
        if digest is None:
            return None
        seen = source.kind, source.compression, source.encoding, source.dialect, source.wrapper, source.file_notes
        return key_of(digest, settings, *seen)

    def _hash(self, index: int) -> Future[Hashes]:
        found = self._hashes.get(index)
        if found is None:
            source, believed = self._sources[index], self._believed.get(index)
            found = self._hashes[index] = self._hasher.submit(hashes_of, source, believed)
        return found

    def close(self) -> None:
        """Wait until everything is written, and prune."""
        self._keep_memory()
        self._writer.shutdown(wait=True)
        for future in self._written:
            future.result()
        self._hasher.shutdown(wait=True)
        self._keep_stamps()
        if self.store.written:
            self.store.prune()

    def leave(self) -> None:
        """Stop at once: what is not written yet is not needed."""
        self._writer.shutdown(wait=False, cancel_futures=True)
        self._hasher.shutdown(wait=False, cancel_futures=True)


def _name(source: Source) -> str:
    return os.path.abspath(source.location)  # noqa: PTH100  Path.absolute keeps ".."


def _stamp(source: Source) -> Stamp | None:
    """None for what is no file of the user's: standard input, a pipe, rows in memory, what could not be opened."""
    if source.kind == "rows" or source.location != source.path:
        return None
    try:
        status = Path(source.location).stat()
    except OSError:
        return None
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
