from __future__ import annotations

from pathlib import Path

import pytest

from dataaudit.cli.reference import reference
from dataaudit.config import Settings
from dataaudit.config.keys import MEANINGS
from dataaudit.formats.toml_text import toml_value


def test_the_page_of_commands_is_that_of_the_commands(repository: Path) -> None:
    page = (repository / "docs/commands.md").read_text(encoding="utf-8")
    assert page == reference(), "make it anew: python -m dataaudit.cli.reference > docs/commands.md"


@pytest.mark.parametrize("key", MEANINGS)
def test_the_page_of_settings_says_what_the_editor_says(repository: Path, key: str) -> None:
    default = Settings().as_json()[key]
    shown = "none" if default is None else "`{}`" if isinstance(default, dict) else f"`{toml_value(default)}`"
    page = (repository / "docs/settings.md").read_text(encoding="utf-8")
    assert f"| `{key}` | {shown} | {MEANINGS[key]}" in page
