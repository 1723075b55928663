"""A progress bar on a terminal, drawn only when the work takes a while."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

_DELAY = 0.7
_PAUSE = 0.1
_BAR = 24
_ALL_READ = "100 % read; comparing rows, learning labels, judging"


class Progress:
    """Call it with (bytes done, bytes in all); the line vanishes at the end of the block."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted and sys.stderr.isatty()
        self._started = time.monotonic()
        self._next = self._started + _DELAY
        self._drawn = False
        self._judging: threading.Timer | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._judging is not None:
            self._judging.cancel()
            self._judging.join()
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def __call__(self, done: int, total: int) -> None:
        """Draw how far the reading has come; cheap when called often."""
        now = time.monotonic()
        if not self._wanted:
            return
        if done >= total > 0 and self._judging is None:
            self._judging = threading.Timer(max(0.0, self._started + _DELAY - now), self._draw, [_ALL_READ])
            self._judging.daemon = True
            self._judging.start()
        elif now >= self._next and self._judging is None:
            self._next = now + _PAUSE
            self._draw(progress_line(done, total, now - self._started))

    def _draw(self, line: str) -> None:
        self._drawn = True
        width = shutil.get_terminal_size().columns - 1
        sys.stderr.write("\r\x1b[K" + line[:width])
        sys.stderr.flush()


def progress_line(done: int, total: int, seconds: float) -> str:
    """' 43 % [##########..............] 120.4 of 278.1 MB, 98 MB/s, 2 s left'; seconds: time since the start."""
    if total <= 0:
        return f"{done / 1e6:,.1f} MB read"
    share = min(1.0, done / total)
    bar = "#" * round(share * _BAR)
    rate = f", {done / 1e6 / seconds:,.0f} MB/s" if seconds > 0 else ""
    left = f", {seconds * (1 - share) / share:,.0f} s left" if 0 < share < 1 else ""
    return f"{share:4.0%} [{bar:.<{_BAR}}] {done / 1e6:,.1f} of {total / 1e6:,.1f} MB{rate}{left}"
