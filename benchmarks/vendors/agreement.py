"""The comparison: the record of the validators' verdicts, our own verdicts, and the differences that are explained."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dataaudit
from benchmarks.vendors.files import crafted_files
from benchmarks.vendors.oracles import ORACLES, Oracle, Verdict, run

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "vendors"
RECORD = FOLDER / "recorded.json"
EXPLAINED = FOLDER / "explained.toml"

Record = dict[str, dict[str, Verdict]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One file on which a validator and we disagree."""

    validator: str
    file: str
    ours: Verdict
    theirs: Verdict


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why we differ from a validator on some files, and by which source. gap: it is right and we do not see it yet."""

    validator: str
    files: tuple[str, ...]
    ours: Verdict
    theirs: Verdict
    why: str
    source: str
    gap: bool = False

    def differences(self) -> list[Difference]:
        """What it explains, one for each file."""
        return [Difference(self.validator, file, self.ours, self.theirs) for file in self.files]


def digests() -> dict[str, str]:
    """A digest of each crafted file: verdicts on other bytes do not count."""
    return {name: hashlib.sha256(file.data).hexdigest()[:16] for name, file in sorted(crafted_files().items())}


def make_record(paths: Mapping[str, Path], environments: Path) -> dict[str, Any]:
    """Run all validators: {"digests": {file: ...}, "verdicts": {file: {record: "ok" | "refused"}}}."""
    verdicts: Record = {name: {} for name in sorted(paths)}
    for oracle in ORACLES:
        for record, found in run(oracle, paths, environments).items():
            for name, verdict in found.items():
                verdicts[name][record] = verdict
    return {"digests": digests(), "verdicts": verdicts}


def read_record(path: Path = RECORD) -> dict[str, Any]:
    """The record of the last run of all validators."""
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return record


def theirs(oracle: Oracle, verdicts: Record) -> dict[str, Verdict]:
    """One verdict a file: of several rule sets the strictest, for which one holds for a model is not known."""
    found: dict[str, Verdict] = {}
    for name in oracle.files():
        parts = [verdicts[name][record] for record in oracle.records]
        found[name] = "refused" if "refused" in parts else "ok"
    return found


def our_verdicts(paths: Mapping[str, Path]) -> dict[tuple[str, str], Verdict]:
    """Our verdict for each (file, profile) that a validator is compared with, one audit for each set of files."""
    wanted: dict[tuple[str, str | None], set[str]] = {}
    for oracle in ORACLES:
        for name, profile in oracle.files().items():
            wanted.setdefault((name, oracle.companion), set()).add(profile)
    found: dict[tuple[str, str], Verdict] = {}
    for (name, companion), profiles in sorted(wanted.items(), key=str):
        splits = {str(paths[name]): "train"}
        files = [paths[name]]
        if companion is not None:
            files.append(_copy(paths[companion]))
            splits[str(files[1])] = "validation"
        report = dataaudit.audit(files, providers=sorted(profiles), splits=splits)
        for verdict in report.verdicts:
            # A provider that has closed answers "unavailable": what counts here is what is wrong with the data.
            hard = any(reason.severity == "hard" for reason in verdict.reasons)
            found[name, verdict.provider] = "refused" if hard else "ok"
    return found


def _copy(path: Path) -> Path:
    """The companion under a name of its own, so that it can stand beside itself."""
    copy = path.with_name(f"companion-{path.name}")
    copy.write_bytes(path.read_bytes())
    return copy


def differences(oracle: Oracle, verdicts: Record, ours: Mapping[tuple[str, str], Verdict]) -> list[Difference]:
    """The files on which a validator and we disagree."""
    profiles = oracle.files()
    return [
        Difference(oracle.name, name, ours[name, profiles[name]], verdict)
        for name, verdict in theirs(oracle, verdicts).items()
        if ours[name, profiles[name]] != verdict
    ]


def explanations(path: Path = EXPLAINED) -> list[Explanation]:
    """The differences that are known, with their sources."""
    tables = tomllib.loads(path.read_text(encoding="utf-8")).get("explained", [])
    return [Explanation(**{**table, "files": tuple(table["files"])}) for table in tables]
