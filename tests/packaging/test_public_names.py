"""The public interface: complete, sorted, documented; and one version everywhere."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

import dataaudit

if TYPE_CHECKING:
    from pathlib import Path


def test_public_names_are_sorted_and_unique() -> None:
    assert list(dataaudit.__all__) == sorted(set(dataaudit.__all__))


@pytest.mark.parametrize("name", dataaudit.__all__)
def test_each_public_name_exists(name: str) -> None:
    assert getattr(dataaudit, name) is not None


def test_dir_shows_what_is_public() -> None:
    assert {name for name in dir(dataaudit) if not name.startswith("_")} == set(dataaudit.__all__)


def test_documentation_uses_public_names_only(repository: Path) -> None:
    documents = [repository / "README.md", *(repository / "docs").glob("*.md")]
    text = "\n".join(document.read_text(encoding="utf-8") for document in documents)
    imported = re.findall(r"^from dataaudit import (.+)$", text, re.MULTILINE)
    used = set(re.findall(r"\bdataaudit\.([A-Za-z]\w*)\(", text))
    used.update(name.strip() for line in imported for name in line.split(","))
    assert "audit" in used
    assert used <= set(dataaudit.__all__)


@pytest.mark.parametrize("name", [name for name in dataaudit.__all__ if not name.startswith("_")])
def test_each_public_name_is_documented(name: str, repository: Path) -> None:
    text = (repository / "docs" / "api.md").read_text(encoding="utf-8")
    assert re.search(rf"`{name}\b", text), f"docs/api.md says nothing of {name}"


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ImportError, match="no_such_name"):
        exec("from dataaudit import no_such_name")


def test_one_version_everywhere(repository: Path) -> None:
    changes = (repository / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## \[([^\]]+)\]", changes, re.MULTILINE)
    assert newest is not None
    assert dataaudit.__version__ == version("dataaudit") == newest[1]
