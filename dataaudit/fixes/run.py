"""Looks, mends and looks again until nothing more changes; only then are files written, each whole or not at all."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from dataaudit._files import replacing
from dataaudit.api import examined, report_of
from dataaudit.errors import UsageError
from dataaudit.fixes.apply import Spans, packed, rewrite
from dataaudit.fixes.choose import Choice, Chooser
from dataaudit.fixes.limits import limits
from dataaudit.fixes.notes import notes
from dataaudit.fixes.outcome import FixedFile, Outcome
from dataaudit.fixes.patch import write_patch
from dataaudit.fixes.record import recorded, write_review
from dataaudit.fixes.refused import EMPTIED, check_writable, emptied, refused
from dataaudit.fixes.registry import CODES
from dataaudit.fixes.review import reviewed
from dataaudit.fixes.track import Track, resolve_twins
from dataaudit.fixes.whole import Files
from dataaudit.loaders.paths import says_split

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dataaudit.api import Examination
    from dataaudit.catalogue import Rule
    from dataaudit.config import Settings

_PIECE = 1 << 20


class _Job:
    """All passes over one set of files."""

    def __init__(self, settings: Settings, folder: Path, *, unsafe: bool) -> None:
        self.settings = settings
        self.tracks: dict[int, Track] = {}
        self.notes: dict[int, str] = {}
        self.passes = 0
        self.choice: Choice | None = None
        self._refused: dict[int, str] = {}
        self._told: list[bool] = []
        self._folder = folder
        self._unsafe = unsafe

    @property
    def contents(self) -> dict[str, str]:
        """The path of each changed file, and where its content of now lies."""
        return {track.source.path: str(track.content) for track in self.tracks.values() if track.content is not None}

    def look(self, examination: Examination) -> None:
        """Take in where the rows are now."""
        evidence = examination.evidence
        if not self.passes:
            numbered = enumerate(evidence.sources)
            self.tracks = {number: Track.of(source, Spans.of(evidence, number)) for number, source in numbered}
            self._refused = refused(evidence)
            self._told = [says_split(source.path, self.settings.splits) for source in evidence.sources]
        self.passes += 1
        for number, track in self.tracks.items():
            track.now = Spans.of(evidence, number)

    def step(self, examination: Examination) -> bool:
        """Mend what an examination found; False where nothing changed."""
        evidence = examination.evidence
        files = Files(self._told, self._refused.keys())
        chooser = Chooser(examination, unsafe=self._unsafe, held=self._held(len(evidence.table)), files=files)
        choice = self.choice = chooser.choose(self._codes(evidence.catalogue.rules))
        touched = set(choice.sources)
        touched.update(np.unique(evidence.table["source"][choice.bits != 0]).tolist())
        for number, track in self.tracks.items():
            spans = Spans.of(evidence, number)
            np.bitwise_or.at(track.silent, track.origin, choice.silent[spans.first : spans.first + len(track.origin)])
            if number in touched and number not in self._refused and emptied(choice, spans):
                self._refused[number] = EMPTIED
        self.notes |= {number: why for number, why in self._refused.items() if number in touched}
        able = sorted(touched.difference(self._refused))
        # Twins are told by the lines of before the pass, so no track moves on before all are written.
        written = [found for number in able if (found := self._rewrite(number, examination, choice)) is not None]
        for track, *taken in written:
            track.take(*taken)
        return bool(written)

    def _held(self, size: int) -> NDArray[np.uint64]:
        """For each row of now the rules of which it, or what it was, had a silent finding."""
        held = np.zeros(size, dtype=np.uint64)
        for track in self.tracks.values():
            first = track.now.first if track.now else 0
            held[first : first + len(track.origin)] = track.silent[track.origin]
        return held

    def _codes(self, rules: dict[str, Rule]) -> frozenset[str]:
        fixes = {code: rules[code].fix for code in CODES if code in rules}
        return frozenset(code for code, fix in fixes.items() if fix and (self._unsafe or fix.safety == "safe"))

    def _rewrite(self, number: int, examination: Examination, choice: Choice) -> tuple[Any, ...] | None:
        """(track, what `Track.take` takes) of a file that changes."""
        evidence, track = examination.evidence, self.tracks[number]
        source = evidence.sources[number]
        target = self._folder / f"{number}-{self.passes}"
        with target.open("wb") as stream, packed(stream, source.compression) as out:
            written = rewrite(source, number, evidence, choice, out)
        if not written.changed:
            target.unlink()
            return None
        return track, written, self._twins(number, examination, choice), target

    def _twins(self, number: int, examination: Examination, choice: Choice) -> NDArray[np.int64]:
        """For each row of a source, source and first line of the row that stays for it."""
        track = self.tracks[number]
        first = track.now.first if track.now else 0
        twins = choice.twin[first : first + len(track.origin)]
        result = np.full((len(twins), 2), -1, dtype=np.int64)
        sources = examination.evidence.table["source"]
        for row in np.flatnonzero(twins >= 0).tolist():
            other = int(twins[row])
            home = self.tracks[int(sources[other])]
            result[row] = int(sources[other]), home.line_of(other - (home.now.first if home.now else 0))
        return result


def run(
    sources: Sequence[str], settings: Settings, *, unsafe: bool, patch: BinaryIO | None = None, **how: Any
) -> Outcome:
    """See `dataaudit.fixes.fix`."""
    sharp = settings.replaced(max_findings=max(settings.max_findings, limits().rows))
    with TemporaryDirectory(prefix="dataaudit-fix-") as folder:
        job = _Job(settings, Path(folder), unsafe=unsafe)
        while True:
            with examined(sources, sharp, contents=job.contents, **how) as examination:
                how.pop("left_out", None)  # told once
                job.look(examination)
                last = job.passes > limits().passes
                if last or not job.step(examination):
                    return _finished(job, examination, patch, settled=not last, unsafe=unsafe)


def _finished(job: _Job, examination: Examination, patch: BinaryIO | None, *, settled: bool, unsafe: bool) -> Outcome:
    """Write what came out, and tell it."""
    rules = examination.evidence.catalogue.rules
    report = report_of(examination._replace(settings=job.settings))
    paths = {number: track.source.path for number, track in job.tracks.items()}
    changed = [track for track in job.tracks.values() if track.changed]
    resolve_twins(job.tracks)
    for track in job.tracks.values():
        track.check_unchanged()  # of the others too: rows may have gone for what stood in them
    for track in changed if patch is None else ():
        check_writable(track)
    files = []
    for track in changed:
        files.append(_told(track, _written(track, paths, rules) if patch is None else None))
        if patch is not None and track.source.compression is None:
            write_patch(track.source.path, track.pieces(limits().context), patch)
    reviews = _reviews(examination) if unsafe and patch is None else []
    fixed: Counter[str] = Counter()
    for file in files:
        fixed.update(file.fixed)
    left = [finding for finding in report.findings if finding.fix is not None]
    return Outcome(
        written=patch is None,
        files=tuple(files),
        fixed={code: fixed[code] for code in CODES if fixed[code]},
        unsafe=sum(finding.fix.safety == "unsafe" for finding in left if finding.fix),
        left=sum(report.counts.values()),
        reviews=tuple(map(str, reviews)),
        notes=tuple(notes(job.tracks, job.notes, job.choice, written=patch is None)),
        passes=job.passes,
        settled=settled,
        report=report,
    )


def _written(track: Track, paths: dict[int, str], rules: dict[str, Rule]) -> str:
    """Put the new content in the place of the file, once the record of what goes is on the disk."""
    try:
        with (
            recorded(track, paths, rules) as record,
            replacing(Path(track.source.path)) as stream,
            Path(str(track.content)).open("rb") as content,
        ):
            shutil.copyfileobj(content, stream, _PIECE)
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror or error}", path=track.source.path) from error
    return str(record)


def _told(track: Track, record: str | None) -> FixedFile:
    removed, changed = track.sums()
    return FixedFile(
        path=track.source.path, fixed=dict(track.counts()), removed=removed, changed=changed, record=record
    )


def _reviews(examination: Examination) -> list[Path]:
    return [write_review(path, rows) for path, rows in reviewed(examination)]
