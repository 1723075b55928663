"""Runs a plan, in this process or in a pool, with one result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from dataaudit.checks.base import AnyCheck
from dataaudit.engine.hashes import sha256_of
from dataaudit.engine.measure import Measured, Worker, merged, without_collection
from dataaudit.engine.plan import Plan
from dataaudit.engine.pool import Pool
from dataaudit.loaders import Unit

if TYPE_CHECKING:
    from dataaudit.engine.cache.files import FileCache

Progress = Callable[[int, int], None]


def run(
    plan: Plan, pool: Pool | None, progress: Progress | None = None, cache: FileCache | None = None
) -> tuple[Measured, list[AnyCheck], list[str | None]]:
    """(what was measured, the checks that measured it, sha256 of each source).

    progress: called with (bytes read, bytes in all). cache: what it knows is not measured, and it learns the rest.
    """
    worker = Worker(plan)
    if cache is not None:
        measured = merged(_with_cache(plan, worker, pool, cache, _Meter(plan, progress)), worker.checks)
        return measured, worker.checks, cache.hashes()
    fresh = _fresh(plan, plan.units, worker, pool, _Meter(plan, progress))
    if pool is None or not pool.running:
        return merged(fresh, worker.checks), worker.checks, [sha256_of(source) for source in plan.sources]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as hasher:
        hashes = [hasher.submit(sha256_of, source) for source in plan.sources]
        measured = merged(fresh, worker.checks)
        return measured, worker.checks, [future.result() for future in hashes]


class _Meter:
    """Adds up how far a run has come."""

    def __init__(self, plan: Plan, progress: Progress | None) -> None:
        self._plan = plan
        self._progress = progress
        self._done = 0

    def advance(self, size: int) -> None:
        """So many bytes more are done."""
        self._done += size
        if self._progress is not None:
            self._progress(min(self._done, self._plan.bytes), self._plan.bytes)

    def pass_unit(self, unit: Unit) -> None:
        """A unit is done."""
        self.advance((unit.stop or self._plan.sources[unit.source].size or unit.start) - unit.start)


def _with_cache(plan: Plan, worker: Worker, pool: Pool | None, cache: FileCache, meter: _Meter) -> Iterator[Measured]:
    """All units in their order: those of known files from the cache, the others measured and kept."""
    settings = cache.settings_of_measures(plan, worker.checks)
    known: dict[int, list[Measured]] = {}
    for index in range(len(plan.sources)):
        parts = None if settings is None else cache.load(index, "measured", settings[index])
        if parts is not None:
            known[index] = [part.moved(index) for part in parts]
    units = [unit for unit in plan.units if unit.source not in known]
    if pool is not None:
        pool.start_for(sum(plan.sources[index].size or 0 for index in {unit.source for unit in units}))
    fresh = _fresh(plan, units, worker, pool, meter)
    for index, own in groupby(plan.units, key=lambda unit: unit.source):
        if index in known:
            for unit in own:
                meter.pass_unit(unit)
            yield from known.pop(index)
            continue
        made = [next(fresh) for _ in own]
        if settings is not None:
            cache.keep(index, "measured", settings[index], made)
        yield from made


def _fresh(plan: Plan, units: Sequence[Unit], worker: Worker, pool: Pool | None, meter: _Meter) -> Iterator[Measured]:
    """What some units hold, in their order."""
    if pool is not None and pool.running:
        for unit, part in zip(units, pool.measure(plan, units), strict=True):
            meter.pass_unit(unit)
            yield part
        return
    for unit in units:
        with without_collection():
            part = worker.measure(unit, meter.advance)
        yield part
