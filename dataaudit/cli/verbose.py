"""What --verbose tells on standard error: the settings that count, the rules, the files, and where the time went."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

from dataaudit.cli.output import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from dataaudit.config import Loaded
    from dataaudit.model import Report

_FILES_SHOWN = 20
_CODES_SHOWN = 8


class Account:
    """Notes the time of each part of a run, and tells all of it where that is wanted."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted
        self._last = time.perf_counter()
        self._parts: list[tuple[str, float]] = []

    def part(self, name: str) -> None:
        """A part of the run has ended."""
        now = time.perf_counter()
        self._parts.append((name, now - self._last))
        self._last = now

    def watching(self, progress: Callable[[int, int], None]) -> Callable[[int, int], None]:
        """A progress function that notes when the last byte was read."""
        self.part("starting")
        ended = False

        def seen(done: int, total: int) -> None:
            nonlocal ended
            progress(done, total)
            if done >= total and not ended:
                ended = True
                self.part("reading")

        return seen

    def tell(self, loaded: Loaded, report: Report) -> None:
        """The settings, rules, files and times of a run."""
        if self._wanted:
            for line in (_settings(loaded), _rules(loaded), *_files(report), self._times()):
                say(line)

    def _times(self) -> str:
        return "time: " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in self._parts)


def _settings(loaded: Loaded) -> str:
    if loaded.file is None:
        return "settings: no file"
    *extended, _ = loaded.files
    return f"settings: {loaded.file}" + (f", over {', '.join(map(str, extended[::-1]))}" if extended else "")


def _rules(loaded: Loaded) -> str:
    from dataaudit.catalogue import load_catalogue
    from dataaudit.config import selection_of

    chosen = selection_of(loaded.settings, load_catalogue(*loaded.settings.rules).rules)
    reasons = Counter(chosen.off.values())
    parts = []
    for reason, count in reasons.most_common():
        codes = [code for code, why in chosen.off.items() if why == reason]
        more = f" and {count - _CODES_SHOWN} more" if count > _CODES_SHOWN else ""
        parts.append(f"{reason}: {', '.join(codes[:_CODES_SHOWN])}{more}")
    return f"rules: {len(chosen.codes)} on, {len(chosen.off)} off" + (f" ({'; '.join(parts)})" if parts else "")


def _files(report: Report) -> list[str]:
    lines = [
        f"read: {file.path} ({file.rows:,} row{'s' * (file.rows != 1)}, {file.shape}, {file.split})"
        for file in report.files
    ]
    rest = len(lines) - _FILES_SHOWN
    return lines if rest <= 0 else [*lines[:_FILES_SHOWN], f"read: and {rest:,} files more"]
