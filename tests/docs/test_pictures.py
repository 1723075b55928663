"""The pictures in the documentation show what the program prints today."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from docs.website.ansi import Run, runs, svg
from docs.website.screenshots import IMAGES, REPORTS, SHOTS, Shot, picture

ROOT = Path(__file__).resolve().parent.parent.parent
MOST_BYTES = 150_000


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_the_picture_is_the_output_of_today(shot: Shot) -> None:
    kept = (IMAGES / f"{shot.name}.svg").read_text(encoding="utf-8")
    assert kept == picture(shot), "make it anew: python -m docs.website.screenshots"


def test_photographs_are_small_pictures() -> None:
    for name in REPORTS:
        content = (IMAGES / f"{name}.png").read_bytes()
        assert content.startswith(b"\x89PNG")
        assert len(content) < MOST_BYTES


def test_each_picture_is_shown_somewhere() -> None:
    documents = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    text = "".join(file.read_text(encoding="utf-8") for file in documents)
    assert {file.name for file in IMAGES.iterdir()} == set(re.findall(r"images/([\w-]+\.(?:svg|png))", text))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("plain", [Run("plain", "", 0)], id="plain"),
        pytest.param("a \x1b[31mred\x1b[0m b", [Run("a ", "", 0), Run("red", "red", 2), Run(" b", "", 5)], id="color"),
        pytest.param("\x1b[1;33mx\x1b[my", [Run("x", "bold yellow", 0), Run("y", "", 1)], id="two-and-reset"),
        pytest.param("日本\x1b[2mx", [Run("日本", "", 0), Run("x", "dim", 4)], id="wide"),
        pytest.param("\x1b[31m\x1b[32mx", [Run("x", "green", 0)], id="last-color-wins"),
    ],
)
def test_runs_of_a_line(line: str, expected: list[Run]) -> None:
    assert list(runs(line)) == expected


def test_markup_in_output_stays_text() -> None:
    tree = ElementTree.fromstring(svg("<b> & \x1b[31m]]>\x1b[0m", "a < b"))
    assert "".join(tree.itertext()).split()[-3:] == ["<b>", "&", "]]>"]


@pytest.mark.parametrize("output", ["\x1b[2J", "\x1b[48;5;1mx"])
def test_other_codes_are_refused(output: str) -> None:
    with pytest.raises(ValueError, match=r"code|cursor"):
        svg(output, "title")
