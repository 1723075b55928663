"""The reports of one run: which formats go where, and all of them written, or none. Not for how they look.

For a command with `--output FORMAT[=PATH]`, given any number of times:

    @click.option("--output", type=DestinationKind(), multiple=True, metavar="FORMAT[=PATH]")

    wanted = destinations(flags["output"], flags["output_format"], flags["output_file"])
    refuse(wanted, sources)                                # before the audit
    write_reports(report, catalogue, wanted, view)         # after it
"""

from __future__ import annotations

import contextlib
import glob
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from dataaudit.cli.auditing import refuse_overwriting
from dataaudit.cli.options import Kind
from dataaudit.errors import UsageError, close_match

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from click.shell_completion import CompletionItem

    from dataaudit.catalogue import Catalogue
    from dataaudit.config import Settings
    from dataaudit.model import Report
    from dataaudit.reporters import View

_STDOUT = "-"
# Endings that name one format only: `.txt` and `.csv` could be anything.
_ENDINGS = {
    ".sarif.json": "sarif",
    ".sarif": "sarif",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".xml": "junit",
    ".md": "markdown",
    ".markdown": "markdown",
}


class Destination(NamedTuple):
    """A format and the file that it is written to; None is standard output."""

    form: str
    file: Path | None


class DestinationKind(Kind):
    """FORMAT, FORMAT=PATH, or a PATH whose ending tells the format; the path `-` is standard output."""

    name = "output"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Destination:
        if isinstance(value, Destination):
            return value
        from dataaudit.reporters import FORMATS

        form, equals, path = str(value).partition("=")
        if form in FORMATS:
            if equals and not path:
                self.fail(f"{value!r} names no file after the =", param, ctx)
            return Destination(form, None if path in ("", _STDOUT) else Path(path))
        ending = next((end for end in _ENDINGS if str(value).lower().endswith(end)), None)
        if ending is not None and not equals:
            return Destination(_ENDINGS[ending], Path(value))
        near = close_match(form.lower(), list(FORMATS))
        hint = f"did you mean {near}?" if near else f"formats: {', '.join(FORMATS)}"
        return self.fail(f"{form!r} is no format; {hint}", param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from dataaudit.cli.offers import offered

        return offered("formats", incomplete) or [CompletionItem(incomplete, type="file")]


def destinations(outputs: Iterable[Destination], form: str | None, file: Path | None) -> list[Destination]:
    """Those of --output, and the one of --output-format and --output-file where it is given or nothing else is.

    Raises:
        UsageError: two reports on standard output, or two in one file.
    """
    wanted = [*outputs]
    if form is not None or file is not None or not wanted:
        wanted.append(Destination(form or "full", file))
    if sum(entry.file is None for entry in wanted) > 1:
        names = " and ".join(entry.form for entry in wanted if entry.file is None)
        raise UsageError(f"two reports on standard output: {names}", hint="name a file: --output FORMAT=FILE")
    files = [os.path.realpath(entry.file) for entry in wanted if entry.file is not None]
    for path in files:
        if files.count(path) > 1 and (os.path.isfile(path) or not os.path.exists(path)):  # noqa: PTH110, PTH113
            raise UsageError("two reports in one file", path=path)
    return wanted


def refuse(wanted: Iterable[Destination], sources: Sequence[str], output_file: Path | None = None) -> None:
    """Tell a file that cannot be written to before the data are read. output_file: that of --output-file.

    Raises:
        UsageError: it is one of the sources or a folder, or its folder does not exist.
    """
    for entry in wanted:
        if entry.file is not None:
            refuse_overwriting(entry.file, sources, "--output-file" if entry.file is output_file else "--output")
            if entry.file.is_dir():
                raise UsageError("is a folder, and a report is a file", path=str(entry.file))


def apart(settings: Settings, wanted: Iterable[Destination]) -> Settings:
    """The settings with the empty files excluded that the reports will fill: they hold no data.

    A report without findings may be one, and the next run is not about it.
    """
    files = [entry.file.absolute() for entry in wanted if entry.file is not None and _is_empty(entry.file)]
    return settings.replaced(exclude=(*settings.exclude, *(glob.escape(file.as_posix()) for file in files)))


def _is_empty(file: Path) -> bool:
    return file.is_file() and file.stat().st_size == 0


def write_reports(
    report: Report, catalogue: Catalogue, wanted: Sequence[Destination], view: View, *, statistics: bool = False
) -> None:
    """Put the report into all its places: all are made before any is written, and no file is left half done.

    view: how it looks on standard output; files have no colours. What a channel does not take is said on standard
    error, and so is the sum where standard output has no report.

    Raises:
        UsageError: a file is one of those audited, or cannot be written.
    """
    from dataaudit.cli.output import say, write
    from dataaudit.reporters import View, left_out, render
    from dataaudit.reporters.summary import sum_line

    _refuse_audited(report, wanted)
    for_files = View(quiet=view.quiet)
    texts = [
        render(report, catalogue, entry.form, view if entry.file is None else for_files, statistics=statistics)
        for entry in wanted
    ]
    _write_files([(entry.file, text) for entry, text in zip(wanted, texts, strict=True) if entry.file is not None])
    for entry, text in zip(wanted, texts, strict=True):
        if entry.file is None:
            write(text)
    made = {entry.form: text for entry, text in zip(wanted, texts, strict=True)}
    notes = [] if statistics else [left_out(report, form, text) for form, text in made.items()]
    if all(entry.file is not None for entry in wanted) and not view.quiet:
        notes.append(sum_line(report, for_files))
    for note in filter(None, notes):
        say(note)


def _refuse_audited(report: Report, wanted: Iterable[Destination]) -> None:
    # Files of a folder are known only now; an audit must never write over the data.
    audited = {os.path.realpath(file.path) for file in report.files if file.path != _STDOUT and "\0" not in file.path}
    for entry in wanted:
        if entry.file is not None and os.path.realpath(entry.file) in audited:
            raise UsageError(
                "a report would write over a file that was audited",
                path=str(entry.file),
                hint="name another file, or exclude this one",
            )


def _write_files(texts: Iterable[tuple[Path, str]]) -> None:
    """Each beside its place first, then all renamed: what cannot be written leaves the others as they were."""
    from dataaudit._files import replacing

    name = None
    try:
        with contextlib.ExitStack() as stack:
            for file, text in texts:
                name = str(file)
                stack.enter_context(replacing(file)).write(text.encode("utf-8"))
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror or error}", path=name) from error
