"""What must hold for the built site: every rule and provider has a page, and no page asks for anything from elsewhere.

`python -m docs.website.verify FOLDER` lists what does not, and ends with 1 then.
"""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from docs.website.hooks import generated_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

# Attributes that make a browser load something; a link that a reader may click is none.
_LOADS = {
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "img": "src",
    "input": "src",
    "link": "href",
    "object": "data",
    "script": "src",
    "source": "src",
    "video": "src",
}
_ELSEWHERE = re.compile(r"^\s*(?:[a-z][a-z+.-]*:)?//", re.IGNORECASE)
_STYLE_URL = re.compile(r"""(?:url\(\s*|@import\s+)["']?((?:https?:)?//[^"')]*)""", re.IGNORECASE)


class _Page(HTMLParser):
    """Collects what a page loads."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "link" and values.get("rel") == "canonical":
            return
        address = values.get(_LOADS.get(tag, ""))
        if address and _ELSEWHERE.match(address):
            self.loaded.append(address)
        self.loaded += _STYLE_URL.findall(values.get("style") or "")


def problems(site: Path) -> Iterator[str]:
    """One line for each page that is missing, and for each address elsewhere that a file of the site loads."""
    pages = [path.removesuffix(".md") + ".html" for path, _ in generated_pages("")]
    yield from (f"{page}: missing" for page in pages if not (site / page).is_file())
    for file in sorted(site.rglob("*")):
        if file.suffix not in {".html", ".css"}:
            continue
        text = file.read_text(encoding="utf-8")
        found = _STYLE_URL.findall(text) if file.suffix == ".css" else _loaded(text)
        yield from (f"{file.relative_to(site)}: loads {address}" for address in found)


def _loaded(text: str) -> list[str]:
    page = _Page()
    page.feed(text)
    return page.loaded


def main() -> int:
    """Check the folder given."""
    site = Path(sys.argv[1])
    found = list(problems(site))
    pages = sum(1 for _ in site.rglob("*.html"))
    sys.stdout.write("\n".join(found or [f"{pages} pages, nothing missing, nothing from elsewhere"]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
