"""Adds to the site what is generated when it is built, and lets links of the repository lead on in the site.

Named in mkdocs.yml. The pages themselves are made by the other modules of this folder.
"""

from __future__ import annotations

import posixpath
import re
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parent.parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from dataaudit.catalogue import load_catalogue  # noqa: E402
from dataaudit.cli.schema import schema_text  # noqa: E402
from docs.website import provider_pages, reference_pages, rule_pages  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

# Documents of the repository that are pages of the site too.
COPIED = {"CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}
_PAGES = {**COPIED, "README.md": "index.md"}
_LINK = re.compile(r"(\]\()(?!https?://|mailto:|#)([^)#\s]+)")
_RULE = re.compile(r"<code>([A-Z]{3,8}[0-9]{3})</code>(?!</a>)")
_FENCE_INFO = re.compile(r"^(`{3,}\w+)((?: (?:exit|file|in)=\S+)+)$", re.MULTILINE)


def generated_pages(repository: str) -> Iterator[tuple[str, Callable[[], str]]]:
    """Path of every page that no file under docs/ holds, and the call that makes its Markdown."""
    yield from rule_pages.all_pages()
    yield from provider_pages.all_pages()
    yield from reference_pages.all_pages()
    for source, page in COPIED.items():
        yield page, partial(_copied, source, page, repository)


def _copied(source: str, page: str, repository: str) -> str:
    return in_site((ROOT / source).read_text(encoding="utf-8"), "", page, repository)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Name the generated pages in the navigation."""
    sections: dict[str, list[Any]] = {title: entries for part in config.nav or () for title, entries in part.items()}
    sections["Rules"][:] = [
        "rules/index.md",
        *(
            {f"{family} {name}": [f"rules/{rule.code}.md" for rule in rules]}
            for family, (name, rules) in rule_pages.families().items()
        ),
    ]
    groups: dict[str, list[str]] = {}
    for provider in provider_pages.providers().values():
        groups.setdefault(provider.provider, []).append(f"providers/{provider.id}.md")
    sections["Providers"][:] = ["providers/index.md", *sections["Providers"]]
    for name, pages in sorted(groups.items()):
        sections["Providers"].append({name: pages} if len(pages) > 1 else pages[0])
    sections["Project"] += list(COPIED.values())
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages."""
    for path, make in generated_pages(config.extra["repository"]):
        files.append(File.generated(config, path, content=make()))
    files.append(File.generated(config, reference_pages.SCHEMA, content=schema_text(load_catalogue())))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """A page of the repository as a page of the site."""
    if page.file.generated_by is not None:
        return markdown
    text = in_site(markdown, "docs", page.file.src_uri, config.extra["repository"])
    return text + reference_pages.appended(page.file.src_uri)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """A code of a rule leads to its page."""

    def linked(code: re.Match[str]) -> str:
        if code[1] not in rule_pages.rules():
            return code[0]
        target = posixpath.relpath(f"rules/{code[1]}.html", posixpath.dirname(page.file.dest_uri) or ".")
        return f'<a href="{target}">{code[0]}</a>'

    return _RULE.sub(linked, html)


def in_site(markdown: str, folder: str, page: str, repository: str) -> str:
    """Markdown whose links lead on from the site, and whose fences say nothing that only tests read.

    Args:
        markdown: the text of a document of the repository.
        folder: the folder of the repository that paths of documents are seen from: `docs`, or none for its root.
        page: the path of the page in the site.
        repository: the address of the repository, for files that are no pages.
    """

    def led_on(link: re.Match[str]) -> str:
        here = folder if page in COPIED.values() else posixpath.join(folder, posixpath.dirname(page))
        target = posixpath.normpath(posixpath.join(here, link[2]))
        if target in _PAGES:
            target = f"docs/{_PAGES[target]}"
        if target.startswith("docs/"):
            return link[1] + posixpath.relpath(target.removeprefix("docs/"), posixpath.dirname(page) or ".")
        return f"{link[1]}{repository}/blob/main/{target}"

    def shown(fence: re.Match[str]) -> str:
        name = dict(word.split("=", 1) for word in fence[2].split()).get("file")
        return f'{fence[1]} title="{name}"' if name else fence[1]

    return _FENCE_INFO.sub(shown, _LINK.sub(led_on, markdown))
