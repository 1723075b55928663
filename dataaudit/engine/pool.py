"""Processes that measure units of a plan. They are started before the plan is made, and load while it is.

Nothing depends on their number: units are cut without regard to it, and results come back in the order of the plan.
"""

from __future__ import annotations

import os
import pickle
import signal
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
    """Measures a plan in processes of its own."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._packed: tuple[Plan, bytes] | None = None

    def measure(self, plan: Plan) -> Iterator[Measured]:
        """What each unit holds, in order."""
        yield from self._executor.map(_measure, [self._pack(plan)] * len(plan.units), plan.units)

    def fetch(self, plan: Plan, wanted: Sequence[Wanted]) -> Iterator[list[RowText]]:
        """The texts of rows that are read again, in the order of `wanted`."""
        yield from self._executor.map(_fetch, [self._pack(plan)] * len(wanted), wanted)

    def _pack(self, plan: Plan) -> bytes:
        """A plan is packed once: by the same bytes a process knows that it has the worker already."""
        if self._packed is None or self._packed[0] is not plan:
            self._packed = plan, pickle.dumps(plan)
        return self._packed[1]


@contextmanager
def started_pool(sources: Sequence[Source], workers: int) -> Iterator[Pool | None]:
    """A pool for the sources; None where one process is faster or all that is wanted (`workers`; 0: one a CPU)."""
    workers = workers or _processors()
    size = sum(source.size or 0 for source in sources)
    if workers == 1 or size < POOL_FROM_BYTES or any(source.kind == "rows" for source in sources):
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    executor = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    try:
        with _uninterrupted():
            for _ in range(workers):
                executor.submit(_load)
        yield Pool(executor)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes started here never see Ctrl-C: this one is interrupted too, and ends them in good order."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


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
