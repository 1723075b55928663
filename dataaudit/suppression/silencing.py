"""All that silences findings in a run, put together from the settings. Counts what it does; sees no rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dataaudit.config.globs import is_silent_in
from dataaudit.config.selection import fitting
from dataaudit.suppression.baseline import Baseline, Key, Placed, joined, joined_places
from dataaudit.suppression.ignore_file import Ignored, read_ignores

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dataaudit.catalogue import Catalogue
    from dataaudit.config import Settings


@dataclass(frozen=True, slots=True)
class Suppressions:
    """What silences findings, beside keys in rows. `globs`: a glob of paths and the codes that are silent there.

    file: the ignore file that `ignored` is from. baselines: any number; of each finding the highest count holds.
    """

    file: Path | None = None
    ignored: tuple[Ignored, ...] = ()
    globs: tuple[tuple[str, frozenset[str]], ...] = ()
    baselines: tuple[Baseline, ...] = ()
    _silent_in: dict[str, frozenset[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.ignored or self.globs or self.baselines)

    def silent_in(self, path: str | None) -> frozenset[str]:
        """Codes that are silent in a file, by globs; none are for the whole set."""
        if path is None or not self.globs:
            return frozenset()
        found = self._silent_in.get(path)
        if found is None:
            found = frozenset[str]().union(*(codes for glob, codes in self.globs if is_silent_in(path, glob)))
            self._silent_in[path] = found
        return found

    def keys(self) -> frozenset[Key]:
        """(code, fingerprint) of each entry of the ignore file."""
        return frozenset((entry.rule, entry.fingerprint) for entry in self.ignored)

    def known(self) -> Counter[Key]:
        """How many findings are known by (code, fingerprint), a fresh count to take from."""
        return joined(self.baselines)

    def places(self) -> Counter[Placed]:
        """How many findings are known by (real path, code, fingerprint), a fresh count to take from."""
        return joined_places(self.baselines)


def suppressions_of(settings: Settings, catalogue: Catalogue, baseline: Baseline | None = None) -> Suppressions:
    """The suppressions that settings name. baseline: one more, made in the run.

    Raises:
        SettingsError: a file cannot be read or is broken. UsageError: a word of `per_file_ignores` is no rule.
    """
    baselines = [baseline] if baseline is not None else []
    if settings.baseline is not None:
        baselines.append(Baseline.read(settings.baseline))
    return Suppressions(
        settings.ignore_file,
        () if settings.ignore_file is None else read_ignores(settings.ignore_file),
        tuple((glob, _codes(words, catalogue)) for glob, words in settings.per_file_ignores.items()),
        tuple(baselines),
    )


def _codes(words: Iterable[str], catalogue: Catalogue) -> frozenset[str]:
    notes: list[str] = []
    return frozenset(code for word in words for code in fitting(word, catalogue.rules, "per_file_ignores", notes)[1])
