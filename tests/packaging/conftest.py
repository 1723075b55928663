"""Builds the distributions once for the tests of this folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence


def run_here(module: str, *arguments: str | Path) -> None:
    """Run a module of the test environment, which must succeed."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def build(kind: str, source: Path, target: Path) -> Path:
    """Build a wheel or sdist of `source` into `target` and give its path."""
    run_here("build", f"--{kind}", "--no-isolation", f"--outdir={target}", source)
    (built,) = target.iterdir()
    return built


@dataclass(frozen=True)
class Installed:
    """An environment that holds the wheel, and an empty folder to run it in."""

    python: Path
    empty: Path

    def run(self, arguments: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
        """Run the environment's Python in the empty folder, without the current folder on its path."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        environment |= {"PYTHONSAFEPATH": "1", "PYTHONUTF8": "1"}
        command = [str(self.python), *map(str, arguments)]
        return subprocess.run(
            command,
            cwd=self.empty,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


@pytest.fixture(scope="session")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built straight from the tree."""
    return build("wheel", repository, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def sdist(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A source distribution of the tree."""
    return build("sdist", repository, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="session")
def wheel_of_sdist(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the unpacked source distribution."""
    unpacked = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extractall(unpacked, filter="data")
    (source,) = unpacked.iterdir()
    return build("wheel", source, tmp_path_factory.mktemp("wheel-of-sdist"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel in an environment of its own, which borrows the dependencies of the test environment.

    A line in a .pth file adds the borrowed folder behind the wheel's own; the .pth files in there (that of an
    editable install, for one) are not followed. Installing the dependencies anew is left to .ci/run.
    """
    home = tmp_path_factory.mktemp("installed")
    venv.create(home / "venv", with_pip=False)
    python = home / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    run_here("pip", f"--python={python}", "install", "--no-deps", "--no-index", wheel)
    own = next((home / "venv").rglob("site-packages"))
    borrowed = Path(pytest.__file__).resolve().parent.parent
    (own / "borrowed.pth").write_text(f"{borrowed}\n", encoding="utf-8")
    empty = home / "empty"
    empty.mkdir()
    return Installed(python, empty)
