"""The command starts without the libraries that only an audit needs."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

HEAVY = {"jsonschema", "numpy", "pandas", "pyarrow", "pydantic", "rapidfuzz", "sklearn", "zstandard"}
RUN = "import sys; from dataaudit.cli.main import main; sys.argv = ['dataaudit', '{option}']; main()"


def imported(code: str) -> set[str]:
    """The top-level packages that a fresh interpreter imports while it runs `code`."""
    command = [sys.executable, "-X", "importtime", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = re.findall(r"^import time:.*\|\s*(\S+)$", done.stderr, flags=re.MULTILINE)
    return {name.partition(".")[0] for name in lines}


def test_the_list_of_imports_can_be_trusted() -> None:
    assert "pandas" in imported("import pandas")


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_the_command_starts_light(option: str) -> None:
    seen = imported(RUN.format(option=option))
    assert "dataaudit" in seen
    assert seen & HEAVY == set()


def test_the_package_imports_light() -> None:
    assert imported("import dataaudit") & HEAVY == set()
