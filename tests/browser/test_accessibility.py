"""axe-core finds nothing, in light and dark, wide and narrow, with folds and panels open."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

from dataaudit import audit
from dataaudit.config import Settings
from dataaudit.decisions import decide
from dataaudit.model import Report, Suppressed, Unused
from tests.browser.conftest import Open

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def report(samples: Path) -> Report:
    """All parts of the page have something to show."""
    settings = Settings(tokens="sample", providers=("openai", "together"))
    found = audit(str(samples / "train.jsonl"), settings=settings, groups=True)
    return (
        decide(found, settings)
        .added_to(found)
        .replaced(
            counts={**found.counts, "DUP001": 1200},
            suppressed=(Suppressed(by="baseline", rule="TXT001", path=None, count=12),),
            unused=(Unused(file="ignore.toml", line=3, rule="DUP001", message="nothing to silence"),),
        )
    )


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("dark", 390)])
def test_axe(report: Report, opened: Open, scheme: str, width: int) -> None:
    page = opened(report, scheme=scheme, width=width)
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    result = Axe().run(page).response
    assert len(result["passes"]) > 25
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in result["violations"]] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_on_the_panel(report: Report, opened: Open, scheme: str) -> None:
    page = opened(report, "#explain=DUP003", scheme=scheme)
    result = Axe().run(page).response
    assert page.locator("#panel").is_visible()
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in result["violations"]] == []


def test_every_part_is_there(report: Report, opened: Open) -> None:
    page = opened(report)
    titles = [title for title in page.locator("h2").all_inner_texts() if title]
    assert titles == [
        "Is it ready?",
        "The data in pictures",
        "Findings",
        "Duplicates and conflicts, side by side",
        "Labeling, costs and advice",
        "Files, and what was left out",
    ]
    for words in ("Recompute by hand:", "What to do next", "What providers say", "Cost of one training, by provider",
                  "Label balance: train", "Length of rows", "What answers look like, as learned", "Not checked",
                  "Not shown: 12 findings suppressed", "Unused suppressions: 1"):  # fmt: skip
        assert page.get_by_text(words).count() >= 1, words


def test_drawings_have_words(report: Report, opened: Open) -> None:
    page = opened(report)
    drawings = page.locator("svg")
    assert drawings.count() >= 2
    for place in range(drawings.count()):
        assert drawings.nth(place).get_attribute("role") == "img"
        assert drawings.nth(place).get_attribute("aria-label")
