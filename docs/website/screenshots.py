"""Pictures for README and documentation, from real runs: `python -m docs.website.screenshots` makes them anew.

Terminal output becomes SVG, which a test compares with the present output. The HTML report is photographed with the
Chromium of the system; its pictures are made anew by hand when the report looks different.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from docs.website.ansi import svg

ROOT = Path(__file__).resolve().parent.parent.parent
IMAGES = ROOT / "docs" / "images"
_COLUMNS = 80


@dataclass(frozen=True)
class Shot:
    """A command, and which lines of its output are shown: the first and the last so many, `...` between them."""

    name: str
    command: str
    first: int = 0
    last: int = 0


SHOTS = [
    Shot("check", "dataaudit check train.jsonl --provider openai", first=14, last=25),
    Shot("fix", "dataaudit fix train.jsonl", first=40),
    Shot("plan", "dataaudit plan train.jsonl", first=40),
]
REPORTS: dict[str, Literal["light", "dark"]] = {"report-light": "light", "report-dark": "dark"}


def picture(shot: Shot) -> str:
    """The SVG of what the command prints today, in an empty folder with a copy of the sample."""
    with tempfile.TemporaryDirectory() as name:
        shutil.copy(ROOT / "fixtures" / "samples" / "train.jsonl", name)
        output = _run([*shot.command.split(), "--color", "always"], Path(name))
    lines = output.rstrip("\n").split("\n")
    if shot.first + shot.last < len(lines):
        lines = [*lines[: shot.first], "...", *lines[len(lines) - shot.last :]]
    return svg("\n".join(lines), f"$ {shot.command}", _COLUMNS)


def _run(command: list[str], folder: Path) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATAAUDIT_")}
    kept.pop("NO_COLOR", None)
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=kept | {"COLUMNS": str(_COLUMNS), "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr}")
    return done.stdout


def browser() -> str | None:
    """The Chromium of the system; None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def photographs() -> None:
    """The HTML report of the sample, in light and dark."""
    from playwright.sync_api import sync_playwright

    command = ["dataaudit", "check", "train.jsonl", "--provider", "openai", "--output", "html=report.html"]
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        shutil.copy(ROOT / "fixtures" / "samples" / "train.jsonl", name)
        _run(command, Path(name))
        chromium = playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        for image, scheme in REPORTS.items():
            page = chromium.new_page(viewport={"width": 1100, "height": 700}, color_scheme=scheme)
            page.goto((Path(name) / "report.html").as_uri())
            page.wait_for_timeout(500)
            page.screenshot(path=IMAGES / f"{image}.png")
        chromium.close()


def main() -> None:
    """Make all pictures."""
    IMAGES.mkdir(exist_ok=True)
    for shot in SHOTS:
        (IMAGES / f"{shot.name}.svg").write_text(picture(shot), encoding="utf-8", newline="\n")
    photographs()


if __name__ == "__main__":
    main()
