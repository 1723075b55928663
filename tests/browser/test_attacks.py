"""Nothing from the data runs, loads or breaks the page, and people see what is really there."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from dataaudit import audit
from dataaudit.model import FileSummary, Finding, Group, GroupRow, Report, Severity, Suppressed, Tool, Unchecked, Unused
from tests.browser.conftest import Open

pytestmark = pytest.mark.xdist_group("browser")

RUN = "window.hacked = 1"
ATTACKS = {
    "script": f"<script>{RUN}</script>",
    "end of script": f"</script><script>{RUN}</script>",
    "end of style": f"</style><script>{RUN}</script>",
    "image": f'"><img src=x onerror="{RUN}">',
    "svg": f"<svg onload='{RUN}'><animate onbegin='{RUN}'>",
    "frame": f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    "comment": "<!--<script>",
    "link": f"<a href='javascript:{RUN}'>javascript:{RUN}</a>",
    "style": "<style>*{display:none}</style><link rel=stylesheet href=//example.org/x.css>",
    "meta": "<meta http-equiv=refresh content='0;url=http://example.org'>",
    "base": "<base href='http://example.org/'><form action='//example.org'><input name=body>",
    "template": "{{constructor.constructor('window.hacked=1')()}} ${window.hacked=1} #{7*7} <%= 7*7 %>",
    "mark of the page": "@@data@@ @@script@@ @@policy@@",
    "entity": "&lt;script&gt; &#60;b&#62; &amp;",
    "formula": "=HYPERLINK(\"http://example.org\",\"x\")\t+1\t-1\t@SUM(A1)",
    "bidi": "abc\u202eexe.txt\u202c \u2066x\u2069 \u200f",
    "controls": "nul \x00 escape \x1b[31m bell \x07 \x9b31m",
    "line ends of scripts": "a\u2028b\u2029c",
    "surrogate": "lone \ud800 end",
    "prototype": "__proto__",
    "constructor": "constructor",
    "long": "x" * 1_000_000,
    "many words": "word " * 200_000,
}  # fmt: skip
# How some of them are shown.
VISIBLE = {
    "script": f"<script>{RUN}</script>",
    "entity": "&lt;script&gt;",
    "bidi": "\\u202eexe.txt",
    "controls": "nul \\x00 escape \\x1b[31m",
    "surrogate": "lone \\ud800 end",
    "line ends of scripts": "a\\u2028b",
}
STRANGE = (
    "document.querySelectorAll('img, iframe, form, base, object, embed, main script, main style, [onerror], [onload]')"
)


def hostile_report(*texts: str) -> Report:
    """A report whose every text is one of the attacks; each attack stands in every place."""
    finding = Finding(
        rule="DUP003", name="n", severity=Severity.WARNING, path="p", line=2, message="m", fingerprint="f"
    )
    labels = {
        "labels": len(texts),
        "evenness": 1.0,
        "from": texts,
        **dict.fromkeys(("rows", "effective_rows"), _two(texts)),
    }
    return Report(
        tool=Tool(version=texts[0]),
        files=tuple(
            FileSummary(path=text, rows=2, bytes=2, sha256=None, shape=text, split=text, notes=(text,))
            for text in texts
        ),
        findings=tuple(
            finding.replaced(rule=rule, name=text, path=text, field=text, message=text, category=text)
            for text in texts
            for rule in ("DUP003", "SCH001")
        ),
        counts={"DUP003": len(texts), **_two(texts)},
        statistics={
            "rows": 2,
            "splits": {text: {"rows": 2, "effective": 2, "labels": labels} for text in texts[:2]},
            "lengths": {"scale": "linear", "from": [0, 5], "rows": {text: [1, 1] for text in texts[:2]}},
            "formats": [{"rows": 2, "agreeing": 1, "format": text, "common": True} for text in texts],
        },
        unchecked=tuple(Unchecked(rule=text, because=text) for text in texts),
        suppressed=tuple(Suppressed(by="row", rule=text, path=text, count=1) for text in texts),
        unused=tuple(Unused(file=text, line=1, rule=text, message=text) for text in texts),
        groups=tuple(
            Group(
                rule="DUP003",
                total=2,
                rows=tuple(GroupRow(path=text, line=n, prompt=text, answer=f"{text} {n}") for n in (1, 2)),
            )
            for text in texts
        ),
    )


def _two(texts: Iterable[str]) -> dict[str, int]:
    return dict.fromkeys(texts, 2)


SHORT = [text for text in ATTACKS.values() if len(text) < 1000]


@pytest.mark.parametrize("first", ["end of script", "image", "mark of the page"])
def test_every_text_of_a_report(opened: Open, first: str) -> None:
    """`first` is that of the title and of the version too."""
    page = opened(hostile_report(ATTACKS[first], *SHORT), "#size=250")
    assert page.locator("#rows tr").count() == 2 * len(SHORT) + 2
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    for place in ("#findings", "#files", "#pictures"):
        text = page.locator(place).inner_text()
        assert [words for words in VISIBLE.values() if words not in text] == []
    page.locator("#rows button.code").first.click()
    page.keyboard.press("Escape")
    for number in range(len(SHORT) + 1):
        page.evaluate(f"location.hash = '#group={number + 1}'")
        assert page.locator("#group-view").inner_text()
    page.wait_for_timeout(100)
    assert page.evaluate("window.hacked") is None
    assert page.evaluate(f"{STRANGE}.length") == 0


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """An audit of a file of attacks, each in prompts, answers and labels, with copies and contradictions."""
    rows = []
    for number, text in enumerate(ATTACKS.values()):
        for answer in (text, text, f"{text} other {number}"):
            rows.append({"prompt": f"{number} {text}", "completion": answer, "label": text[:60]})
    folder = tmp_path_factory.mktemp("attack")
    file: Path = folder / "a <img src=x onerror='window.hacked=1'> & train.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows) + "{broken <b>\n", encoding="utf-8")
    return audit(str(file), groups=True)


def test_an_audit_of_attacks(attacked: Report, opened: Open) -> None:
    page = opened(attacked)
    assert {group.rule for group in attacked.groups} >= {"DUP001", "DUP003"}
    page.select_option("#size", "250")
    assert page.locator("#rows tr").count() == len(attacked.findings)
    for number in range(len(attacked.groups)):
        page.evaluate(f"location.hash = '#group={number + 1}'")
        page.wait_for_timeout(20)
        assert page.locator("#group-view").inner_text().strip()
    assert page.evaluate("window.hacked") is None
    assert page.evaluate(f"{STRANGE}.length") == 0
    assert page.evaluate("document.querySelectorAll('script').length") == 2
    assert "\u202e" not in page.evaluate("document.body.textContent")


def test_a_megabyte_is_cut(attacked: Report, opened: Open) -> None:
    page = opened(attacked)
    assert page.evaluate("document.documentElement.outerHTML.length") < 1_500_000


def test_texts_that_differ_everywhere_take_no_time(opened: Open) -> None:
    left = " ".join(f"left{number}" for number in range(20_000))
    right = " ".join(f"right{number}" for number in range(20_000))
    rows = (GroupRow(path="a", line=1, prompt=left, answer=None), GroupRow(path="a", line=2, prompt=right, answer=""))
    report = hostile_report("a").replaced(groups=(Group(rule="SIM001", total=2, rows=rows),))
    page = opened(report)
    assert page.locator("#group-view del").count() == 1
    assert page.locator("#group-view ins").count() == 1
    answers = page.locator("#group-view .side p").all_inner_texts()[-2:]
    assert answers == ["none", "empty"]
