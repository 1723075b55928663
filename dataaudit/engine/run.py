"""Runs a plan, in this process or in a pool, with one result."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from dataaudit.checks.base import AnyCheck
from dataaudit.engine.measure import Measured, Worker, merged, without_collection
from dataaudit.engine.plan import Plan
from dataaudit.engine.pool import Pool
from dataaudit.loaders import Source

Progress = Callable[[int, int], None]
_HASH_BLOCK = 2**20


def run(
    plan: Plan, pool: Pool | None, progress: Progress | None = None
) -> tuple[Measured, list[AnyCheck], list[str | None]]:
    """(what was measured, the checks that measured it, sha256 of each source).

    progress: called with (bytes read, bytes in all).
    """
    worker = Worker(plan)
    if pool is None:
        measured = merged(_here(plan, worker, progress), worker.checks)
        return measured, worker.checks, [_sha256(source) for source in plan.sources]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as hasher:
        hashes = [hasher.submit(_sha256, source) for source in plan.sources]
        measured = merged(_in_pool(plan, pool, progress), worker.checks)
        return measured, worker.checks, [future.result() for future in hashes]


def _here(plan: Plan, worker: Worker, progress: Progress | None) -> Iterator[Measured]:
    done = 0

    def advance(size: int) -> None:
        nonlocal done
        done += size
        if progress is not None:
            progress(min(done, plan.bytes), plan.bytes)

    for unit in plan.units:
        with without_collection():
            part = worker.measure(unit, advance)
        yield part


def _in_pool(plan: Plan, pool: Pool, progress: Progress | None) -> Iterator[Measured]:
    done = 0
    for unit, part in zip(plan.units, pool.measure(plan), strict=True):
        done += (unit.stop or plan.sources[unit.source].size or unit.start) - unit.start
        if progress is not None:
            progress(min(done, plan.bytes), plan.bytes)
        yield part


def _sha256(source: Source) -> str | None:
    if source.kind == "rows":
        return None
    digest = hashlib.sha256()
    with Path(source.location).open("rb") as file:
        while block := file.read(_HASH_BLOCK):
            digest.update(block)
    return digest.hexdigest()
