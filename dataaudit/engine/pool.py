"""Processes that measure units of a plan. They are started before the plan is made, and load while it is.

Nothing depends on their number: units are cut without regard to it, and results come back in the order of the plan.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dataaudit.engine.fetch import Wanted, read_again
from dataaudit.engine.measure import Measured, Worker, without_collection

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from dataaudit.checks.evidence import RowText
    from dataaudit.engine.plan import Plan
    from dataaudit.loaders import Source, Unit

POOL_FROM_BYTES = 32 * 2**20

_ready: tuple[bytes, Worker] | None = None


class Pool:
    """Measures a plan in processes of its own, from when it is started."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._executor: Executor | None = None
        self._packed: tuple[Plan, bytes] | None = None

    @property
    def running(self) -> bool:
        """Whether the processes were started."""
        return self._executor is not None

    def start_for(self, size: int) -> None:
        """Start the processes if so many bytes to read are worth it."""
        if size >= POOL_FROM_BYTES:
            self.start()

    def start(self) -> Executor:
        """Start the processes, once; they load what measuring needs."""
        if self._executor is None:
            from concurrent.futures import ProcessPoolExecutor
            from multiprocessing import get_context

            self._executor = ProcessPoolExecutor(self._workers, mp_context=get_context("spawn"))
            with _uninterrupted():
                for _ in range(self._workers):
                    self._executor.submit(_load)
        return self._executor

    def stop(self) -> None:
        """End the processes."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def measure(self, plan: Plan, units: Sequence[Unit]) -> Iterator[Measured]:
        """What each unit holds, in order."""
        yield from self.start().map(_measure, [self._pack(plan)] * len(units), units)

    def fetch(self, plan: Plan, wanted: Sequence[Wanted]) -> Iterator[list[RowText]]:
        """The texts of rows that are read again, in the order of `wanted`."""
        yield from self.start().map(_fetch, [self._pack(plan)] * len(wanted), wanted)

    def _pack(self, plan: Plan) -> bytes:
        """A plan is packed once: by the same bytes a process knows that it has the worker already."""
        if self._packed is None or self._packed[0] is not plan:
            self._packed = plan, pickle.dumps(plan)
        return self._packed[1]


@contextmanager
def started_pool(sources: Sequence[Source], workers: int, unknown: int | None = None) -> Iterator[Pool | None]:
    """A pool for the sources; None where one process is faster or all that is wanted (`workers`; 0: one a CPU).

    It is started where so many bytes are `unknown` that it will be needed; all are where nothing is said.
    """
    workers = workers or _processors()
    size = sum(source.size or 0 for source in sources)
    if workers == 1 or size < POOL_FROM_BYTES or any(source.kind == "rows" for source in sources):
        yield None
        return
    pool = Pool(workers)
    try:
        pool.start_for(size if unknown is None else unknown)
        yield pool
    finally:
        pool.stop()


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes started here never see Ctrl-C: this one is interrupted too, and ends them in good order.

    A Ctrl-C that falls inside the block counts after it: a process that is given half of what it needs complains.
    """
    if not hasattr(signal, "pthread_sigmask") or threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    # The mask is what the new processes inherit; other threads of this one may still take the signal.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    handler = signal.signal(signal.SIGINT, lambda number, frame: held.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler or signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if held:
            signal.raise_signal(signal.SIGINT)


def _load() -> None:
    """Nothing to do: that this function is found loads all that measuring needs."""


def _measure(packed: bytes, unit: Unit) -> Measured:
    with without_collection():
        return _worker(packed).measure(unit)


def _fetch(packed: bytes, wanted: Wanted) -> list[RowText]:
    with without_collection():
        return read_again(_worker(packed).plan, wanted)


def _worker(packed: bytes) -> Worker:
    global _ready
    if _ready is None or _ready[0] != packed:
        _ready = packed, Worker(pickle.loads(packed))
    return _ready[1]
