"""The comment: within its size, and nothing of the data is markup in it."""

from __future__ import annotations

import re

import markdown_it
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.token import Token

from dataaudit.reporters import render
from dataaudit.reporters.channels import limit
from dataaudit.reporters.markdown_text import block, code
from tests.reporters.made import (
    ACCEPTED,
    CATALOGUE,
    HOSTILE,
    READINESS,
    REFUSED,
    SUPPRESSED,
    THREE,
    UNUSED,
    finding,
    hostile,
    report,
)

GITHUB = markdown_it.MarkdownIt("gfm-like", {"linkify": False, "html": True})
OWN_HTML = re.compile(r"<!-- dataaudit -->|</?details>|</?summary>|[\w ,]+|\s+")


def tokens(text: str) -> list[Token]:
    """All tokens, those inside of lines too."""
    return [inner for token in GITHUB.parse(text) for inner in (token, *(token.children or ()))]


def nothing_is_markup(text: str) -> None:
    """No link, picture or HTML but the reporter's own; plain text holds nothing that GitHub makes a link of."""
    for token in tokens(text):
        assert token.type not in ("link_open", "image", "html_inline"), token
        if token.type == "html_block":
            assert OWN_HTML.sub("", token.content) == "", token.content
        if token.type == "text":
            assert not re.search(r"@|#\d|https?:|www\.", token.content), token.content


def test_markdown() -> None:
    of = report(THREE, readiness=READINESS, verdicts=(REFUSED, ACCEPTED), suppressed=SUPPRESSED, unused=UNUSED)
    assert render(of, CATALOGUE, "markdown") == (
        "<!-- dataaudit -->\n\n"
        "## Data audit: grade C, 71.5 of 100, not ready\n\n"
        "`Found 1 error, 1 warning, 1 note in 2 files (1,204 rows); 1,103 suppressed, 1 unused suppression`\n\n"
        "`71.5 points are C`\n\n"
        "| rule | name | severity | findings | files | what |\n"
        "| --- | --- | --- | --: | --: | --- |\n"
        "| `SCH001` | invalid-json | error | 1 | 1 | The title of invalid-json |\n"
        "| `DUP001` | exact-duplicate | warning | 1 | 1 | The title of exact-duplicate |\n"
        "| `MIN001` | few | note | 1 | 1 | The title of few |\n\n"
        "| provider | answer | because of | status |\n"
        "| --- | --- | --- | --- |\n"
        "| `one` | refused | `SCH001` |  |\n"
        "| `two` | accepted |  | `ends soon` |\n\n"
        "<details><summary>3 findings</summary>\n\n"
        "```text\n"
        "train.jsonl:12:24: SCH001 [error] expected a comma\n"
        "train.jsonl:9: DUP001 [warning] repeats an earlier row\n"
        "all files: MIN001 [note] there are 4 examples, and 10 are asked for\n"
        "```\n\n"
        "</details>\n\n"
        "### Next, to reach B\n\n"
        "1. `set aside broken rows`: 3 rows, automatic, +9.0 points (`SCH001`)\n\n"
        "Suppressed: 1 by the ignore file, 1,102 by the baseline.\n\n"
        "<details><summary>1 unused suppression</summary>\n\n"
        "```text\n"
        ".dataauditignore:3: DUP001 no such row any more\n"
        "```\n\n"
        "</details>\n"
    )


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_no_markup(text: str) -> None:
    shown = render(hostile(text), CATALOGUE, "markdown")
    nothing_is_markup(shown)
    assert len(shown) <= limit("markdown", "characters")
    kinds = [token.type for token in tokens(shown)]
    assert kinds.count("table_open") == 2
    assert kinds.count("fence") == 2


@given(text=st.text(alphabet=st.sampled_from("`|\\<>[]()!#@*_~\n -=:/&;\"'a1") | st.characters(), max_size=30))
def test_any_text_is_no_markup(text: str) -> None:
    nothing_is_markup(render(hostile(text), CATALOGUE, "markdown"))


@given(text=st.text(alphabet="`|\\ ab", max_size=20))
def test_code_holds_any_text(text: str) -> None:
    words = " ".join(text.split())
    found = [token.content.strip() for token in tokens(f"a {code(text)} b") if token.type == "code_inline"]
    assert found == ([words] if words else [])
    fences = [token.content for token in tokens(block([text, "last"])) if token.type == "fence"]
    assert fences == [f"{words}\nlast\n"]


def test_it_stays_below_the_size_of_a_comment_and_says_so() -> None:
    most = limit("markdown", "findings")
    found = [finding("SCH001", n, "word " * 500, path="p" * 300 + f"{n}.jsonl") for n in range(5000)]
    shown = render(report(found, readiness=READINESS), CATALOGUE, "markdown")
    assert len(shown) <= limit("markdown", "characters")
    assert f"<summary>The {most} worst findings</summary>" in shown
    assert f"\nand {5000 - most:,} more: see --output html=FILE or the log of dataaudit check\n```" in shown


def test_a_small_room_takes_fewer_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "dataaudit.reporters.markdown.limit",
        lambda _channel, name: {"characters": 1500, "findings": 50, "cell": 200, "rows": 40}[name],
    )
    shown = render(report([finding("SCH001", n) for n in range(60)]), CATALOGUE, "markdown")
    assert 600 < len(shown) <= 1500
    assert "The 25 worst findings" in shown


def test_a_bar_in_a_rule_of_ones_own_breaks_no_table() -> None:
    catalogue = type(CATALOGUE)(
        {code_: rule.replaced(title=r"a | b \| <b>x</b> [y](z)") for code_, rule in CATALOGUE.rules.items()}
    )
    shown = render(report(THREE), catalogue, "markdown")
    nothing_is_markup(shown)
    assert [token.type for token in tokens(shown)].count("td_open") == 3 * 6
