"""How fast the HTML report of many findings is made, opened, filtered, searched, sorted and paged, in Chromium.

    python benchmarks/html_report.py [--findings 100000] [--rounds 5]

Prints a Markdown table of medians. Opening is from the start of the navigation until the table is drawn; every other
time is from the key or click until the next frame is on the screen, the pause after typing (80 ms) included.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from dataaudit.catalogue import load_catalogue  # noqa: E402
from dataaudit.reporters.html import html  # noqa: E402
from tests.browser.made import FLAGS, chromium, made_report  # noqa: E402

# Each ends when what it changes is in the document and two frames have been drawn.
ACTIONS = {
    "filter by rule": "document.querySelector('.facet input[value=\"DUP003\"]').click()",
    "filter by category too": "document.querySelector('.facet input[value=\"parcel\"]').click()",
    "clear filters": "document.getElementById('clear').click()",
    "search a word": "type('voucher')",
    "search two words": "type('voucher part-3')",
    "search nothing": "type('')",
    "sort by severity": "document.querySelector('#column-severity button').click()",
    "sort by message": "document.querySelector('#column-message button').click()",
    "next page": "document.getElementById('page-next').click()",
    "last page": "document.getElementById('page-last').click()",
    "another group": "document.querySelector('#group-list li:nth-child(5) button').click()",
}
MEASURE = """async (action) => {
  const type = (text) => {
    const field = document.getElementById("search");
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return new Promise((done) => setTimeout(done, 80));
  };
  const frame = () => new Promise(requestAnimationFrame);
  const start = performance.now();
  await new Function("type", `return ${action}`)(type);
  await frame();
  await frame();
  return performance.now() - start;
}"""
# On the clock of the navigation: when the script has run, and when its first picture was on the screen.
DRAWN = """() => Math.max(
  performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
  performance.getEntriesByName("first-contentful-paint")[0].startTime,
)"""


def one_round(browser: Browser, page_file: Path) -> dict[str, float]:
    """Milliseconds of each action in a fresh page."""
    context = browser.new_context(bypass_csp=True)  # the actions are handed over as text
    page = context.new_page()
    page.goto(page_file.as_uri(), wait_until="commit")
    page.wait_for_selector("#rows tr")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    times = {"open": page.evaluate(DRAWN)}
    for name, action in ACTIONS.items():
        times[name] = page.evaluate(MEASURE, action)
    empty = page_file.with_name("empty.html")
    empty.write_text("<!DOCTYPE html><p>empty", encoding="utf-8")
    page.goto(empty.as_uri())
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    times["for comparison: open an empty page"] = page.evaluate(DRAWN)
    context.close()
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    path = chromium()
    if path is None:
        sys.exit("no Chromium: put one on the PATH or name it in DATAAUDIT_CHROMIUM")
    report, catalogue = made_report(given.findings, groups=600), load_catalogue()
    start = time.perf_counter()
    text = html(report, catalogue)
    seconds = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as player:
        page_file = Path(scratch, "report.html")
        page_file.write_text(text, encoding="utf-8")
        browser = player.chromium.launch(executable_path=path, args=FLAGS)
        rounds = [one_round(browser, page_file) for _ in range(given.rounds)]
        browser.close()
    print(f"{given.findings:,} findings: {len(text.encode()) / 1e6:.1f} MB, made in {seconds:.2f} s\n")
    print("| what | median ms | most ms |\n|---|---:|---:|")
    for name in rounds[0]:
        values = [times[name] for times in rounds]
        print(f"| {name} | {statistics.median(values):,.0f} | {max(values):,.0f} |")


if __name__ == "__main__":
    main()
