"""One row at a time, against all rows seen: what a labeling tool calls before it saves a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from dataaudit.api import columns_of
from dataaudit.catalogue import given, load_catalogue
from dataaudit.checks.batch import UNREADABLE, id_key, key_notes, with_media, wordless_keys
from dataaudit.checks.demands import fault, says, words
from dataaudit.checks.duplicates import SAYS
from dataaudit.checks.evidence import RowText
from dataaudit.checks.format_rows import FormatRows
from dataaudit.checks.near_rows import NearRows
from dataaudit.checks.output_format import SOFT
from dataaudit.checks.profiles import choose_profiles
from dataaudit.checks.reserved import make_finder, sets_asked_for
from dataaudit.checks.schema import SAME_ID
from dataaudit.checks.spelling import Spelling
from dataaudit.config import Settings, selected
from dataaudit.errors import SourceError
from dataaudit.loaders import UNREAD, loader_for, open_sources, sample
from dataaudit.loaders.memory import read_row
from dataaudit.model import Finding, Related, Severity
from dataaudit.shapes import reader_for
from dataaudit.shapes.base import Layout, Note, Reading
from dataaudit.shapes.columns import column_rules
from dataaudit.shapes.detect import detect
from dataaudit.shapes.media import has_media
from dataaudit.suppression import KEY
from dataaudit.suppression.row_key import without
from dataaudit.suppression.words import silent_codes
from dataaudit.text.fingerprint import RowKeys, finding_fingerprint
from dataaudit.text.safe import escape, mask, shown

if TYPE_CHECKING:
    from dataaudit.catalogue import Provider, Rule
    from dataaudit.formats import Deviation

ROWS = "<rows>"
_STRENGTH = {"hard": Severity.ERROR, "soft": Severity.WARNING, "advice": Severity.INFO}


class Place(NamedTuple):
    """Where a row was seen: path (or "<rows>") and line (or number of the row, from 1)."""

    path: str
    line: int


class _Read(NamedTuple):
    reading: Reading
    exact: int
    normal: int
    question: int


class Auditor:
    """Checks rows before they are saved. Memory: the texts of the rows seen and some 800 bytes each.

    settings: as for `audit`; `overrides` are single fields. The layout of the rows (shape, columns) is that of the seed
    file, else of the first row.
    """

    def __init__(self, settings: Settings | None = None, **overrides: Any) -> None:
        self.settings = (settings or Settings()).changed(**overrides)
        self.catalogue = load_catalogue(*self.settings.rules)
        self.wanted = selected(self.settings, self.catalogue.rules)
        self.layout: Layout | None = None
        self._providers: dict[str, Provider] = {}
        self._keys = RowKeys()
        self._exact: dict[int, Place] = {}
        self._normal: dict[int, Place] = {}
        self._questions: dict[int, tuple[int, Place]] = {}
        self._ids: dict[str | int, Place] = {}
        self._labels: Counter[str] = Counter()
        self._rows = 0
        self.given = given(self.catalogue, self.settings.severity, self.settings.thresholds)
        self._spelling = Spelling.by(self.given.of("LAB003"), self.settings.labels or ())
        self._near = NearRows(self.given) if self.wanted & {"SIM001", "SIM003"} else None
        self._near_places: list[Place] = []
        wanted = any(code.startswith("FMT") for code in self.wanted)
        self._formats = FormatRows(self.given, self.settings.format_contract) if wanted else None

    def __len__(self) -> int:
        return self._rows

    def check(self, row: Mapping[str, Any]) -> list[Finding]:
        """The findings of a row against all rows seen. The row is not remembered: `add` does that."""
        value, notes = read_row(row)
        if value is UNREAD:
            return self._sorted(self._traits((UNREADABLE, *(note.trait for note in notes)), notes, ""))
        if KEY in value:
            notes = (*notes, *key_notes(value))
        read = self._read(value)
        content = f"{read.exact:016x}"
        traits = (*read.reading.traits, *(note.trait for note in notes))
        found = list(self._traits(traits, (*notes, *read.reading.notes), content))
        found += self._repeats(read, content)
        found += self._label(read.reading.label, content)
        found += self._format(read.reading, content)
        if read.reading.id is not None and (first := self._ids.get(read.reading.id)) is not None:
            found.append(self._of_place("SCH021", first, f"{id_key(read.reading.id):016x}"))
        silent = silent_codes(traits, self.catalogue)
        return [finding for finding in self._sorted(found) if finding.rule not in silent]

    def add(self, row: Mapping[str, Any]) -> None:
        """Remember a row, as the next one of "<rows>"."""
        value, _ = read_row(row)
        self._remember(value, Place(ROWS, self._rows + 1))

    def seed(self, path: str | PathLike[str]) -> int:
        """Remember the rows of a file (or of a folder or glob); returns how many rows were taken.

        Raises:
            SourceError: nothing can be read there.
        """
        before = self._rows
        with TemporaryDirectory(prefix="dataaudit-") as spool:
            for index, source in enumerate(open_sources([str(path)], splits=self.settings.splits, spool=Path(spool))):
                unread = next((note for _, note in source.file_notes if note.trait == "unreadable-file"), None)
                if unread is not None:
                    raise SourceError(unread.detail, path=source.path)
                loader = loader_for(source, max_row_bytes=int(self.given.threshold("SCH025", "max_row_bytes")))
                if self.layout is None:
                    self._set_layout(sample(source, column_rules().detection.sample, loader=loader))
                for unit in loader.units(source, index):
                    for block in loader.read(source, unit):
                        for line, value in zip(block.lines, block.values, strict=True):
                            self._remember(value, Place(source.path, line))
        if self._near is not None:
            self._near.prepare()
        return self._rows - before

    def _remember(self, value: Any, place: Place) -> None:
        if value is UNREAD:
            return
        read = self._read(value)
        self._rows += 1
        if self._formats is not None:
            self._formats.add(read.reading)
        if self._near is not None and read.normal not in self._normal and not has_media(read.reading.traits):
            self._near.add(RowText(*read.reading[:3]), read.reading.label)
            self._near_places.append(place)
        self._exact.setdefault(read.exact, place)
        self._normal.setdefault(read.normal, place)
        if read.question:
            self._questions.setdefault(read.question, (read.normal, place))
        if read.reading.id is not None:
            self._ids.setdefault(read.reading.id, place)
        if read.reading.label is not None:
            self._labels[read.reading.label] += 1

    def _read(self, value: dict[str, Any]) -> _Read:
        if KEY in value:
            value = without(value)
        if self.layout is None:
            self._set_layout([value])
        reading = self._reader(value)
        found = self._find([reading]) if self._find is not None else {}
        if 0 in found:
            traits = (*reading.traits, *(note.trait for note in found[0]))
            reading = reading._replace(traits=traits, notes=(*found[0], *reading.notes))
        texts = reading.context, reading.question, reading.answer
        keys = self._keys.of(*texts) if any(texts) else wordless_keys(value)
        return _Read(reading, *(with_media(keys, value) if has_media(reading.traits) else keys))

    def _set_layout(self, records: list[Any]) -> None:
        self.layout = detect(records, columns=columns_of(self.settings), shape=self.settings.shape, path=ROWS)
        self._reader = reader_for(self.layout)
        self._providers, _ = choose_profiles(self.catalogue, self.settings.providers, self.layout.shape)
        self._find = make_finder(sets_asked_for(list(self._providers.values())))

    def _traits(self, traits: tuple[str, ...], notes: tuple[Note, ...], content: str) -> Iterator[Finding]:
        """One finding for each rule broken, of the worst severity, as in a run over files."""
        by_rule: dict[str, list[tuple[Severity, str, Note | None, str | None]]] = {}
        for trait in sorted(set(traits)):
            note = next((note for note in notes if note.trait == trait), None)
            found = fault(self.catalogue, trait)
            if found is not None:
                words = says(self.catalogue, trait, note.detail if note else "")
                by_rule.setdefault(found[0].code, []).append((Severity(found[1].severity), words, note, None))
        for name, profile in self._providers.items():
            for code, severity, words in _broken(self, profile, traits):
                by_rule.setdefault(code, []).append((severity, f"{words} ({name})", None, name))
        for code, items in by_rule.items():
            rule, severity = (
                self.catalogue.rules[code],
                max((item[0] for item in items), key=lambda s: s.rank),
            )
            message = "; ".join(dict.fromkeys(item[1] for item in items))
            noted = next((item[2] for item in items if item[2] is not None), None)
            providers = tuple(dict.fromkeys(item[3] for item in items if item[3] is not None))
            field = noted.field if noted else None
            yield self._finding(rule, message, content, severity, field=field, providers=providers)

    def _repeats(self, read: _Read, content: str) -> Iterator[Finding]:
        first = self._exact.get(read.exact)
        if first is not None:
            yield self._of_place("DUP001", first, content)
            return
        near = self._normal.get(read.normal)
        if near is not None:
            yield self._of_place("DUP002", near, f"{read.normal:016x}")
            return
        asked = self._questions.get(read.question) if read.question else None
        if asked is not None and asked[0] != read.normal:
            yield self._of_place("DUP003", asked[1], f"{read.question:016x}")
        yield from self._near_rows(read, content)

    def _near_rows(self, read: _Read, content: str) -> Iterator[Finding]:
        if self._near is None or has_media(read.reading.traits):
            return

        def where(row: int) -> str:
            place = self._near_places[row]
            return f"line {place.line}" if place.path == ROWS else f"line {place.line} of {place.path}"

        for near in self._near.find(RowText(*read.reading[:3]), read.reading.label, where):
            rule, place = self.catalogue.rules[near.rule], self._near_places[near.row]
            related = (Related(path=place.path, line=place.line, score=near.score),)
            yield self._finding(rule, near.message, content, rule.severity, related=related)

    def _format(self, reading: Reading, content: str) -> Iterator[Finding]:
        """One finding for each rule that the answer breaks, as in a run over files."""
        by_rule: dict[str, list[Deviation]] = {}
        for deviation in self._formats.find(reading) if self._formats is not None else ():
            by_rule.setdefault(deviation.rule, []).append(deviation)
        for code, found in by_rule.items():
            rule = self.catalogue.rules[code]
            severity = Severity.INFO if all(one.aspect == SOFT for one in found) else rule.severity
            message = "; ".join(dict.fromkeys(one.message for one in found))
            yield self._finding(rule, message, content, severity, field=found[0].field)

    def _of_place(self, code: str, place: Place, content: str) -> Finding:
        rule = self.catalogue.rules[code]
        where = "" if place.path == ROWS else f" of {place.path}"
        message = {**SAYS, "SCH021": SAME_ID}[code].format(line=place.line, where=where)
        related = (Related(path=place.path, line=place.line, score=1.0 if code == "DUP001" else None),)
        return self._finding(rule, message, content, rule.severity, related=related)

    def _label(self, label: str | None, content: str) -> Iterator[Finding]:
        declared = self._spelling.declared
        if label is None or (label in self._labels and (not declared or label in declared)):
            return
        rule = self.catalogue.rules["LAB003"]
        found = self._spelling.meant(label, self._labels)
        if found is not None:
            meant, why = found
            message = f"label {label!r} {why} {meant!r}"
            yield self._finding(rule, message, content, rule.severity, field="label")

    def _finding(self, rule: Rule, message: str, content: str, severity: Severity, **parts: Any) -> Finding:
        own = self.settings.severity.get(rule.code, self.settings.severity.get(rule.name))
        field = parts.pop("field", None)
        return Finding(
            rule=rule.code,
            name=rule.name,
            severity=severity if own in (None, "off") else Severity(own),
            path=None,
            line=None,
            field=mask(escape(field)) if field else None,
            message=shown(message, [other.path for other in parts.get("related", ())]),
            fingerprint=finding_fingerprint(rule.code, content),
            fix=None if rule.fix is None else rule.fix.of(message),
            **parts,
        )

    def _sorted(self, found: Any) -> list[Finding]:
        off = {word for word, severity in self.settings.severity.items() if severity == "off"}
        kept = [f for f in found if f.rule in self.wanted and f.rule not in off and f.name not in off]
        return sorted(kept, key=lambda finding: (-finding.severity.rank, finding.rule))


def _broken(auditor: Auditor, profile: Provider, traits: tuple[str, ...]) -> Iterator[tuple[str, Severity, str]]:
    """The demands of a provider that a single row breaks; what concerns the whole set (uniform) is left to `audit`."""
    for demand in profile.demands:
        if demand.where is not None and demand.where not in traits:
            continue
        if demand.forbid is not None:
            matched = [trait for trait in traits if demand.matches(trait)]
        elif demand.require is not None and not any(demand.matches(trait) for trait in traits):
            matched = [demand.pattern]
        else:
            continue
        for trait in matched[:1]:
            found = auditor.catalogue.of_trait(trait)
            code = demand.rule or (found[0].code if found else "SCH010")
            yield code, _STRENGTH[demand.severity], words(auditor.catalogue, demand, [trait])
