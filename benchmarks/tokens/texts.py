"""Texts to count: rows of the public sets, and the translations of programs in nearly a hundred languages.

A text is some rows or messages joined, as long as an ordinary training row.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dataaudit.errors import DataAuditError
from dataaudit.loaders import loader_for, open_sources, sample
from dataaudit.shapes import reader_for
from dataaudit.shapes.base import Columns
from dataaudit.shapes.detect import detect

MOST = 60_000
ROW = 600


class Group(NamedTuple):
    """Texts of one origin: a file of the sets, or a language of the translations."""

    name: str
    texts: list[str]


def of_sets(corpus: Path) -> Iterator[Group]:
    """The prompts and answers of each set, a few dozen kilobytes of each."""
    for path in sorted(corpus.rglob("*")):
        if not path.is_file() or path.name.startswith(("truth", "facts", "manifest", "README")):
            continue
        try:
            source = open_sources([str(path)], splits={}, stdin=None, spool=None)[0]
            records = sample(source, 400, loader=loader_for(source, max_row_bytes=2**26))
            layout = detect(records, columns=Columns(), shape=None, path=source.path)
        except DataAuditError:
            continue
        read = reader_for(layout)
        readings = [read(record) for record in records if isinstance(record, dict)]
        texts = ["\n".join(filter(None, (one.context, one.question, one.answer))) for one in readings]
        if kept := _some([text for text in texts if text.strip()]):
            yield Group(str(path.relative_to(corpus)), kept)


def of_translations(folders: list[Path]) -> Iterator[Group]:
    """The messages of all catalogues (*.mo) under some folders, by language."""
    by_language: dict[str, list[str]] = {}
    for folder in folders:
        for path in sorted(folder.rglob("LC_MESSAGES/*.mo")):
            with path.open("rb") as file:
                catalog = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
            messages = [text for key, text in catalog.items() if key and isinstance(text, str) and len(text) > 12]
            by_language.setdefault(path.parts[-3], []).extend(messages)
    for language, messages in sorted(by_language.items()):
        if kept := _some(list(dict.fromkeys(messages))):
            yield Group(f"translation {language}", kept)


def _some(rows: list[str]) -> list[str]:
    """Rows joined until they are long enough, up to `MOST` characters of all."""
    texts: list[str] = []
    waiting: list[str] = []
    total = 0
    for row in rows:
        waiting.append(row[:20_000].encode("utf-8", "replace").decode())
        if sum(map(len, waiting)) >= ROW:
            texts.append("\n".join(waiting))
            total += len(texts[-1])
            waiting = []
        if total > MOST:
            break
    return texts
