"""The documented report has the keys of the real one, and the documented settings those of Settings."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from dataaudit import model
from dataaudit.cli.main import main
from dataaudit.config import Settings, load_settings
from dataaudit.values import Value, fields_of

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
PARTS = [
    model.Action,
    model.Cap,
    model.Dimension,
    model.FileSummary,
    model.Finding,
    model.Fix,
    model.Readiness,
    model.Reason,
    model.Related,
    model.Report,
    model.Suppressed,
    model.Tool,
    model.Unchecked,
    model.Unused,
    model.Verdict,
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_each_key_of_the_report_is_documented(part: type[Value]) -> None:
    documented = set(re.findall(r"`(\w+)`", (DOCS / "json.md").read_text(encoding="utf-8")))
    keys = {entry.name for entry in fields_of(part) if entry.metadata.get("shown", True)}
    assert keys - documented == set()


def test_each_setting_is_documented() -> None:
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    assert {entry.name for entry in fields_of(Settings)} - set(re.findall(r"`(\w+)`", text)) == set()


def test_the_settings_shown_are_understood(tmp_path: Path) -> None:
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    shown = re.findall(r"^```toml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(shown) == 1
    file = tmp_path / "dataaudit.toml"
    file.write_text(shown[0], encoding="utf-8")
    settings, found = load_settings(tmp_path)
    assert found == file
    assert settings.fail_on is model.Severity.WARNING


@pytest.mark.parametrize("folder", ["dataaudit", "docs", "fixtures", "rules"])
def test_each_command_that_is_named_exists(folder: str) -> None:
    files = [file for file in (ROOT / folder).rglob("*") if file.suffix in {".md", ".py", ".toml"}]
    named = {name for file in files for name in re.findall(r"`dataaudit ([a-z]\w*)", file.read_text("utf-8"))}
    assert named - set(main.list_commands(click.Context(main))) == set()
