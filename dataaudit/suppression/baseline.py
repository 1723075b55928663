"""The baseline: how many findings of each rule and row content are known. Holds no content of rows.

    {"version": 1, "providers": [PROVIDER], "findings": {PATH: {RULE: {FINGERPRINT: COUNT}}}}

What is silent depends on rule and fingerprint, so a row may move inside its file or to another; where there are more
findings than are known, those of the file that had them are the known ones. The fingerprint "more" counts findings of a
rule whose rows were not kept apart: checks keep the places of the first thousand of a kind. Of such a rule the number
of findings decides what is new. `providers` is there where some were judged for: their demands are findings too.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dataaudit._files import write_file
from dataaudit.errors import SettingsError
from dataaudit.suppression.paths import NOT_FILES, real, written

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from dataaudit.model import Report

MORE = "more"
_VERSION = 1
_HINT = "make it anew with `dataaudit baseline create --force`"

Key = tuple[str, str]
Placed = tuple[str, str, str]
"""(real path, rule, fingerprint)"""


class Known(NamedTuple):
    """How often a fingerprint of a rule is known in a file. path: as written, "" for the whole set."""

    path: str
    rule: str
    fingerprint: str
    times: int


class Baseline(NamedTuple):
    """What is known, sorted by path, rule and fingerprint. file: where it was read from, None for one made in a run.

    folder: where paths start. providers: those that the data were judged for.
    """

    entries: tuple[Known, ...]
    file: Path | None = None
    folder: Path = Path()
    providers: tuple[str, ...] = ()

    @classmethod
    def of(cls, report: Report, folder: Path, providers: Iterable[str] = ()) -> Baseline:
        """All findings of a report, whose findings must not have been capped; paths as seen from `folder`."""
        found = Counter((written(one.path, folder), one.rule, one.fingerprint) for one in report.findings)
        kept = Counter(one.rule for one in report.findings)
        for rule, count in report.counts.items():
            if count > kept[rule]:
                found["", rule, MORE] = count - kept[rule]
        entries = tuple(Known(*key, count) for key, count in sorted(found.items()))
        return cls(entries, folder=folder, providers=tuple(sorted(providers)))

    @classmethod
    def read(cls, file: Path) -> Baseline:
        """The baseline of a file.

        Raises:
            SettingsError: the file cannot be read or is no baseline.
        """
        import json

        try:
            data = json.loads(file.read_bytes())
        except OSError as error:
            raise SettingsError(f"cannot be read: {error.strerror or error}", path=str(file)) from error
        except (ValueError, RecursionError) as error:
            raise SettingsError(f"no baseline: {error}", path=str(file), hint=_HINT) from error
        if not isinstance(data, dict) or data.get("version") != _VERSION:
            raise SettingsError(f"no baseline of version {_VERSION}", path=str(file), hint=_HINT)
        providers = data.get("providers", [])
        if not isinstance(providers, list) or not all(isinstance(name, str) for name in providers):
            raise SettingsError("no baseline: providers is no list of names", path=str(file), hint=_HINT)
        entries = tuple(sorted(_entries(data.get("findings"), file)))
        return cls(entries, file, file.absolute().parent, tuple(providers))

    def counts(self) -> Counter[Key]:
        """How many findings are silent, by rule and fingerprint."""
        found: Counter[Key] = Counter()
        for entry in self.entries:
            found[entry.rule, entry.fingerprint] += entry.times
        return found

    def places(self) -> Counter[Placed]:
        """How many findings each file had, by its real path, rule and fingerprint."""
        found: Counter[Placed] = Counter()
        for entry in self.entries:
            path = entry.path if entry.path in NOT_FILES else real(str(self.folder / entry.path))
            found[path, entry.rule, entry.fingerprint] += entry.times
        return found

    def paths(self) -> set[str]:
        """Files that the baseline names."""
        return {entry.path for entry in self.entries} - NOT_FILES

    def pruned(self, present: Baseline, judged: Container[str]) -> Baseline:
        """What of this still occurs in `present`, in the files that have it first. Never adds.

        Entries of rules that were not judged, or of which not all rows are known apart, stay.
        """
        loose = {entry.rule for entry in (*self.entries, *present.entries) if entry.fingerprint == MORE}
        left = present.counts()
        there = {entry[:3]: entry.times for entry in present.entries}
        own = [min(entry.times, there.get(entry[:3], 0)) for entry in self.entries]
        for entry, times in zip(self.entries, own, strict=True):
            left[entry.rule, entry.fingerprint] -= times
        kept = []
        for entry, times in zip(self.entries, own, strict=True):
            if entry.rule not in judged or entry.rule in loose:
                kept.append(entry)
                continue
            moved = min(entry.times - times, left[entry.rule, entry.fingerprint])
            left[entry.rule, entry.fingerprint] -= moved
            if times + moved:
                kept.append(entry._replace(times=times + moved))
        return self._replace(entries=tuple(kept))

    def write(self, file: Path) -> None:
        """Write the baseline: sorted, one fingerprint a line.

        Raises:
            UsageError: the file cannot be written.
        """
        import json

        tree: dict[str, dict[str, dict[str, int]]] = {}
        for path, rule, fingerprint, times in sorted(self.entries):
            tree.setdefault(path, {}).setdefault(rule, {})[fingerprint] = times
        providers = {"providers": list(self.providers)} if self.providers else {}
        write_file(file, json.dumps({"version": _VERSION, **providers, "findings": tree}, indent=1) + "\n")


def joined(baselines: Iterable[Baseline]) -> Counter[Key]:
    """What several baselines know together: of each key the highest count."""
    counts: Counter[Key] = Counter()
    for baseline in baselines:
        counts |= baseline.counts()
    return counts


def joined_places(baselines: Iterable[Baseline]) -> Counter[Placed]:
    """The same by file."""
    places: Counter[Placed] = Counter()
    for baseline in baselines:
        places |= baseline.places()
    return places


def _entries(tree: Any, file: Path) -> Iterator[Known]:
    for path, rules in _items(tree, file):
        for rule, prints in _items(rules, file):
            for fingerprint, count in _items(prints, file):
                if not isinstance(count, int) or isinstance(count, bool) or count < 1:
                    raise SettingsError(f"{rule} {fingerprint}: the count is no number", path=str(file), hint=_HINT)
                yield Known(path, rule, fingerprint, count)


def _items(tree: Any, file: Path) -> Iterable[tuple[str, Any]]:
    if not isinstance(tree, dict):
        raise SettingsError("no baseline: a table is missing", path=str(file), hint=_HINT)
    items: Iterable[tuple[str, Any]] = tree.items()
    return items
