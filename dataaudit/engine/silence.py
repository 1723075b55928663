"""Which findings are silent, by what, and which suppressions silence nothing. Asks `suppression`, judges no data."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

import numpy as np

from dataaudit.model import Suppressed, Unused
from dataaudit.suppression import KEY, SILENCES, Suppressions
from dataaudit.suppression.baseline import MORE
from dataaudit.suppression.paths import NOT_FILES, near, real, unseen
from dataaudit.suppression.words import codes_of, silent_codes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dataaudit.checks.evidence import Evidence

Found = tuple[int | None, str | None, str]
"""(row, path, fingerprint) of a finding; None where it concerns a file or the whole set."""

By = Literal["row", "ignore-file", "per-file-ignores", "baseline"]
_NO_CODES: frozenset[str] = frozenset()


def has_row_keys(evidence: Evidence) -> bool:
    """Whether any row names rules to be silent about it."""
    return any(trait.startswith(SILENCES) for trait in evidence.outlines.index())


class Silencer:
    """Decides of the findings of a rule, and counts. Made once a run; they must come in the order of their places."""

    def __init__(self, suppressions: Suppressions, evidence: Evidence) -> None:
        self._suppressions = suppressions
        self._evidence = evidence
        self._ignored = suppressions.keys()
        self._known = suppressions.known()
        self._places = suppressions.places()
        self._real: dict[str, str] = {path: path for path in NOT_FILES}
        self._unseen = suppressions.known()
        self._words = [trait for trait in evidence.outlines.index() if trait.startswith(SILENCES)]
        numbers = {number for trait in self._words for number in evidence.outlines.index()[trait]}
        traits = evidence.outlines.traits
        self._silent = {number: silent_codes(traits[number], evidence.catalogue) for number in numbers}
        self._loose: set[str] = set()
        self._used: set[tuple[str, str]] = set()
        self._used_rows: set[tuple[int, str]] = set()
        self._counts: Counter[tuple[By, str, str | None]] = Counter()

    def silent(self, rule: str, found: Sequence[Found]) -> list[bool]:
        """Which findings of a rule are silent; each is then counted, under the first thing that silences it.

        What a baseline knows of a file is for its own findings first; what is left over is for rows that moved.
        """
        causes: list[By | None] = []
        for row, path, fingerprint in found:
            if self._unseen[rule, fingerprint] > 0:
                self._unseen[rule, fingerprint] -= 1
            causes.append(self._by(rule, row, path, fingerprint) or self._in_place(rule, path, fingerprint))
        for number, (_, path, fingerprint) in enumerate(found):
            if causes[number] is None and self._known[rule, fingerprint] > 0:
                self._known[rule, fingerprint] -= 1
                causes[number] = "baseline"
            if (cause := causes[number]) is not None:
                self._counts[cause, rule, path] += 1
        return [cause is not None for cause in causes]

    def _by(self, rule: str, row: int | None, path: str | None, fingerprint: str) -> By | None:
        if row is not None and self._silent and rule in self._silent.get(self._outline(row), _NO_CODES):
            self._used_rows.add((row, rule))
            return "row"
        if (rule, fingerprint) in self._ignored:
            self._used.add((rule, fingerprint))
            return "ignore-file"
        if rule in self._suppressions.silent_in(path):
            return "per-file-ignores"
        return None

    def _in_place(self, rule: str, path: str | None, fingerprint: str) -> By | None:
        """Whether a baseline knows the finding in this very file."""
        if self._known[rule, fingerprint] <= 0:
            return None
        path = path or ""
        if path not in self._real:
            self._real[path] = real(path)
        place = self._real[path], rule, fingerprint
        if self._places[place] <= 0:
            return None
        self._places[place] -= 1
        self._known[rule, fingerprint] -= 1
        return "baseline"

    def _outline(self, row: int) -> int:
        return int(self._evidence.table["outline"][row])

    def silences_rest(self, rule: str, places: Sequence[str | None], more: int) -> tuple[int, int]:
        """How many of the first `places`, and of `more` findings, are silent; `more` have no rows that are known.

        Checks keep the rows of the first findings of a kind only. Where there were more of them than that, in the
        baseline or now, a row that moved cannot be told from a new one, and the number decides what is new.
        """
        loose = (rule, MORE) in self._known
        if not (more or loose):
            return 0, 0
        self._loose.add(rule)
        left = sum(number for (code, _), number in self._known.items() if code == rule)
        silent = min(more, left)
        moved = min(len(places), left - silent) if loose else 0
        if silent:
            self._counts["baseline", rule, None] += silent
        for path in places[:moved]:
            self._counts["baseline", rule, path] += 1
        return moved, silent

    def suppressed(self) -> tuple[Suppressed, ...]:
        """How many findings are silent, by what, of which rule, in which file; sorted."""
        order = sorted(self._counts.items(), key=lambda item: (item[0][0], item[0][1], item[0][2] or ""))
        return tuple(Suppressed(by=by, rule=rule, path=path, count=count) for (by, rule, path), count in order)

    def unused(self, judged: frozenset[str], most: int) -> tuple[Unused, ...]:
        """Suppressions that silence nothing, where this run could have found what they are about.

        judged: codes of the rules that were judged. most: how many keys in rows are told.
        """
        rows = (unused for _, unused in zip(range(most), self._unused_rows(judged), strict=False))
        return (*self._unused_entries(judged), *self._unused_baselines(judged), *rows)

    def _unused_entries(self, judged: frozenset[str]) -> Iterator[Unused]:
        file, ignored = self._suppressions.file, self._suppressions.ignored
        if file is None or self._not_all({entry.path for entry in ignored}, file):
            return
        for entry in ignored:
            if entry.rule not in self._evidence.catalogue.rules:
                words = f"there is no rule {entry.rule}: take the line out, or mend the code"
                yield Unused(file=near(file), line=entry.at, rule=entry.rule, message=words)
            elif entry.rule in judged and (entry.rule, entry.fingerprint) not in self._used:
                words = f"no finding of {entry.rule} has this fingerprint any more: take the line out"
                yield Unused(file=near(file), line=entry.at, rule=entry.rule, message=words)

    def _unused_baselines(self, judged: frozenset[str]) -> Iterator[Unused]:
        for baseline in self._suppressions.baselines:
            if baseline.file is None or self._not_all(baseline.paths(), baseline.file):
                continue
            if not self._evidence.named.issuperset(baseline.providers):
                continue
            known = baseline.counts()
            judged -= self._loose
            gone = sum(min(left, known[key]) for key, left in self._unseen.items() if left > 0 and key[0] in judged)
            if gone:
                does = "findings of the baseline do" if gone > 1 else "finding of the baseline does"
                words = f"{gone:,} {does} not occur any more: run `dataaudit baseline prune`"
                yield Unused(file=near(baseline.file), line=None, rule="", message=words)

    def _not_all(self, paths: set[str], file: Path) -> bool:
        """Whether a file that is named and still there was not audited: its findings could not be found."""
        audited = [source.path for source in self._evidence.sources]
        return unseen(paths, file.absolute().parent, audited) is not None

    def _unused_rows(self, judged: frozenset[str]) -> Iterator[Unused]:
        """Of rules that a row breaks by itself alone: of others the rows that it repeats may not be in this run."""
        rules = self._evidence.catalogue.rules
        alone = frozenset(code for code in judged if rules[code].traits or rules[code].check is not None)
        words_of = {trait: codes_of(trait.removeprefix(SILENCES), self._evidence.catalogue) for trait in self._words}
        if not words_of:
            return
        for row in np.flatnonzero(self._evidence.rows_with(words_of.__contains__)).tolist():
            path, line = self._evidence.place(row)
            for trait in self._evidence.traits_of(row):
                codes = words_of.get(trait, _NO_CODES)
                if codes and codes <= alone and not any((row, code) in self._used_rows for code in codes):
                    word = trait.removeprefix(SILENCES)
                    words = f"{KEY} names {word!r}, of which this row has no finding"
                    yield Unused(file=path, line=line, rule=word, message=words)
