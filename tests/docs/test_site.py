"""Pages that are made when the site is built: one a rule and provider, commands that run, data that stay text."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
import yaml

import dataaudit
from dataaudit import load_settings
from dataaudit.catalogue import Example, Rule
from dataaudit.cli.main import main
from docs.website import markdown as marks
from docs.website.hooks import generated_pages, in_site
from docs.website.rule_pages import rule_page, rules
from docs.website.screenshots import browser
from docs.website.verify import problems

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = dict(generated_pages("https://example.org/dataaudit"))
HOSTILE = [
    "<script>alert(1)</script>",
    "![x](http://example.org/x.png)",
    "<http://example.org>",
    "a | b || c",
    "*a* _b_ **c** ~d~ ^e^",
    "# a",
    "- a",
    "1. a",
    "[a]: http://example.org",
    "{: onclick=x }",
    "&lt;b&gt; &#60;",
    "--8<-- '/etc/passwd'",
    "\\*a\\*",
]


class _Text(HTMLParser):
    """The text of a page, and the tags in it."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


@cache
def generated(path: str) -> str:
    """The Markdown of a generated page."""
    return PAGES[path]()


def rendered(text: str) -> _Text:
    """Markdown as the site renders it."""
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["markdown_extensions"]
    names = [name if isinstance(name, str) else next(iter(name)) for name in settings]
    page = _Text()
    page.feed(markdown.markdown(text, extensions=names))
    return page


@pytest.mark.parametrize("text", HOSTILE)
def test_literal_text_stays_text(text: str) -> None:
    page = rendered(marks.literal(text))
    assert page.text == text
    assert page.tags == ["p"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_in_a_table_stays_in_its_cell(text: str) -> None:
    page = rendered(marks.table(("a", "b"), [(marks.literal(text), marks.code(text))]))
    assert page.text.split("\n")[-6:-3] == [text, text, ""] or page.text.count(text) == 2
    assert page.tags == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td", "code"]


@pytest.mark.parametrize("text", [*HOSTILE, "```\n<b>", "````\n~~~"])
def test_fenced_text_stays_text(text: str) -> None:
    page = rendered(marks.fence(text))
    assert page.text.strip() == text
    assert not {"script", "img", "a", "b", "em"} & set(page.tags)


def test_invisible_characters_are_seen() -> None:
    assert "\u202e" not in marks.literal("a\u202eb")
    assert "u202e" in marks.fence("a\u202eb")


def test_an_address_that_is_no_page_of_the_web_is_no_link() -> None:
    assert "<a" not in marks.link("title", "javascript:alert(1)")


def test_a_page_of_a_hostile_rule_holds_its_texts_as_text() -> None:
    known = next(iter(rules().values()))
    bad = tuple(Example(title=text, files={"train.jsonl": text}) for text in HOSTILE)
    rule = known.replaced(title=HOSTILE[0], summary=HOSTILE[1], why=HOSTILE[2], how_to_fix=HOSTILE[3], good=bad)
    page = rendered(rule_page(rule))
    assert not {"script", "img"} & set(page.tags)
    assert all(page.text.count(text) >= 2 for text in HOSTILE if "\\" not in text)


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.code)
def test_each_rule_has_a_page_with_all_that_is_known(rule: Rule) -> None:
    text = generated(f"rules/{rule.code}.md")
    for part in (rule.title, rule.summary, *(example.title for example in (*rule.bad, *rule.good))):
        assert marks.prose(part).lower() in text.lower()
    assert all(marks.code(name) in text for name in rule.thresholds)
    assert "dataaudit says" in text or "pip install" in text


def test_the_settings_shown_for_each_rule_are_understood(tmp_path: Path) -> None:
    for rule in rules().values():
        shown = re.findall(
            r'^```toml title="dataaudit.toml"\n(.*?)^```$', generated(f"rules/{rule.code}.md"), re.MULTILINE | re.DOTALL
        )
        assert len(shown) == 1
        (tmp_path / "dataaudit.toml").write_text(shown[0], encoding="utf-8")
        settings, _ = load_settings(tmp_path)
        assert list(settings.severity) == [rule.name]
        dataaudit.audit([{"prompt": "a", "completion": "b"}], settings=settings)  # looks at names of thresholds


def commands() -> list[str]:
    pages = [generated(path) for path in PAGES if path not in ("contributing.md", "changelog.md")]
    return sorted({line[2:] for text in pages for line in text.splitlines() if line.startswith("$ dataaudit ")})


def test_each_command_of_a_generated_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(ROOT / "fixtures" / "samples" / "clean.jsonl", tmp_path / "train.jsonl")
    monkeypatch.chdir(tmp_path)
    failed = []
    for command in commands():
        with pytest.raises(SystemExit) as stop:
            main(command.split()[1:])
        said = capsys.readouterr().err
        if stop.value.code not in (0, 1):
            failed.append((command, said))
    assert failed == []


@pytest.mark.parametrize(
    ("page", "link", "there"),
    [
        ("grade.md", "../README.md", "index.md"),
        ("grade.md", "plan.md#hours", "plan.md#hours"),
        ("grade.md", "../rules/scoring.toml", "https://example.org/blob/main/rules/scoring.toml"),
        ("guides/in-ci.md", "../../CONTRIBUTING.md", "../contributing.md"),
        ("guides/in-ci.md", "../ci/gitlab.yml", "../ci/gitlab.yml"),
        ("guides/in-ci.md", "https://example.com/x", "https://example.com/x"),
    ],
)
def test_links_of_the_repository_lead_on_in_the_site(page: str, link: str, there: str) -> None:
    assert in_site(f"[a]({link})", "docs", page, "https://example.org") == f"[a]({there})"


def test_fences_lose_what_only_tests_read() -> None:
    shown = in_site("```console exit=1 in=data\n$ a\n```\n```csv file=a.csv\n1\n```\n", "docs", "a.md", "")
    assert shown == '```console\n$ a\n```\n```csv title="a.csv"\n1\n```\n'


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.html", '<script src="https://example.org/x.js"></script>', 1),
        ("a.html", '<link rel="stylesheet" href="//example.org/x.css">', 1),
        ("a.html", '<p style="background: url(https://example.org/x.png)">', 1),
        ("a.html", '<a href="https://example.org">x</a><img src="x.png">', 0),
        ("a.css", "@import 'https://example.org/x.css';", 1),
        ("a.css", "a { background: url(data:image/png;base64,AA) }", 0),
    ],
)
def test_what_a_page_loads_from_elsewhere_is_found(tmp_path: Path, name: str, text: str, found: int) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert sum("loads" in problem for problem in problems(tmp_path)) == found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.mark.slow
@pytest.mark.xdist_group("site")
def test_the_site_has_every_page_and_loads_nothing_from_elsewhere(site: Path) -> None:
    assert list(problems(site)) == []


@pytest.mark.slow
@pytest.mark.xdist_group("site")
@pytest.mark.skipif(browser() is None, reason="there is no Chromium")
def test_the_site_opens_from_disk_and_finds_words(site: Path) -> None:
    # In a thread of its own: other tests of this process may have a browser open, and one thread drives one.
    with ThreadPoolExecutor(1) as thread:
        asked, said = thread.submit(_searched, site).result()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert said == []


def _searched(site: Path) -> tuple[list[str], list[str]]:
    """What the site asked for, and what it said, while a word was looked for in it."""
    from playwright.sync_api import sync_playwright

    asked: list[str] = []
    said: list[str] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        page = chromium.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto((site / "index.html").as_uri())
        page.fill("input.md-search__input", "exact-duplicate")
        found = page.locator("a.md-search-result__link[href*='rules/DUP001.html']").first
        found.click(timeout=20_000)
        page.wait_for_url("**/rules/DUP001.html*")
        assert page.locator("h1").inner_text().startswith("DUP001 exact-duplicate")
        chromium.close()
    return asked, said
