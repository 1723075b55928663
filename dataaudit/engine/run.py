"""Runs a plan: in this process for small input, in a pool of processes over byte ranges for large: with one result."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dataaudit.checks.base import AnyCheck
from dataaudit.engine.measure import Measured, Worker, merged
from dataaudit.engine.plan import Plan
from dataaudit.loaders import Source, Unit

Progress = Callable[[int, int], None]
_POOL_FROM_BYTES = 48 * 2**20
_HASH_BLOCK = 2**20
_worker: Worker | None = None


def run(
    plan: Plan, workers: int, progress: Progress | None = None
) -> tuple[Measured, list[AnyCheck], list[str | None]]:
    """(what was measured, the checks that measured it, sha256 of each source).

    workers: processes to use; 0 for as many as there are processors. Small plans and rows in memory stay here.
    progress: called with (bytes read, bytes in all).
    """
    workers = workers or len(
        os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    )
    local = Worker(plan)
    if workers == 1 or plan.loaders or len(plan.units) < 2 or plan.bytes < _POOL_FROM_BYTES:
        measured = merged(_here(plan, local, progress), local.checks)
        return measured, local.checks, [_sha256(source) for source in plan.sources]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as hasher:
        hashes = [hasher.submit(_sha256, source) for source in plan.sources]
        measured = merged(_in_pool(plan, min(workers, len(plan.units)), progress), local.checks)
        return measured, local.checks, [future.result() for future in hashes]


def _here(plan: Plan, worker: Worker, progress: Progress | None) -> Iterator[Measured]:
    done = 0

    def advance(size: int) -> None:
        nonlocal done
        done += size
        if progress is not None:
            progress(min(done, plan.bytes), plan.bytes)

    for unit in plan.units:
        with _no_collection():
            part = worker.measure(unit, advance)
        yield part


@contextmanager
def _no_collection() -> Iterator[None]:
    """Parsed records hold no cycles: looking for some costs a quarter of the time and finds nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _in_pool(plan: Plan, workers: int, progress: Progress | None) -> Iterator[Measured]:
    done = 0
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_start, initargs=(plan,))
    try:
        for unit, part in zip(plan.units, pool.map(_measure, plan.units), strict=True):
            done += (unit.stop or plan.sources[unit.source].size or unit.start) - unit.start
            if progress is not None:
                progress(min(done, plan.bytes), plan.bytes)
            yield part
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _start(plan: Plan) -> None:
    import signal

    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted too, and ends the pool
    _worker = Worker(plan)


def _measure(unit: Unit) -> Measured:
    assert _worker is not None
    with _no_collection():
        return _worker.measure(unit)


def _sha256(source: Source) -> str | None:
    if source.kind == "rows":
        return None
    digest = hashlib.sha256()
    with Path(source.location).open("rb") as file:
        while block := file.read(_HASH_BLOCK):
            digest.update(block)
    return digest.hexdigest()
