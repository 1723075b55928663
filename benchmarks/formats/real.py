"""The output-format rules on public sets whose truth is known: what must be found, and what must stay silent."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import dataaudit

# Of all rows of the clean sets together; and of one set, so that no small set hides in a large one.
SILENT_SHARE = 0.005
STORM_SHARE = 0.02
NOVA = "chat_tools/bedrock_nova_tooluse_train.jsonl.gz"
GSM8K_CHAT = "leakage/azure_gsm8k_chat_train.jsonl"
IDENTITY = "providers/llamafactory_identity.json"
TAXGPT = "providers/openai_legacy_taxgpt_training.jsonl"
TOY = "providers/openai_toy_chat_fine_tuning.jsonl"
CLEAN = (
    "leakage/gsm8k_train.jsonl.gz",
    "providers/anthropic_bedrock_json_mode.jsonl",
    "chat_tools/openai_drone_training.jsonl",
    "chat_tools/azure_stock_toolcall_training.jsonl",
    "providers/azure_openai_dpo_orca_validation.jsonl",
    "intents/clinc150_full_train.csv.gz",
)
NO_STORM = ("alpaca/alpaca_52k.jsonl.gz", "intents/clinc150_imbalanced_train.csv.gz", "intents/banking77_train.csv")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; `good` where the truth was found."""

    file: str
    what: str
    expected: str
    found: str
    good: bool


@dataclass(frozen=True, slots=True)
class Audited:
    """The FMT findings of one file. lines: of any rule; by_rule: number of rows by rule."""

    rows: int
    lines: dict[int, set[str]]
    findings: tuple[dataaudit.Finding, ...]

    def with_rule(self, *rules: str) -> list[int]:
        """The lines with a finding of one of the rules."""
        return sorted(line for line, found in self.lines.items() if found & set(rules))

    @property
    def share(self) -> float:
        return len(self.lines) / self.rows if self.rows else 0.0

    @property
    def by_rule(self) -> str:
        counts = Counter(rule for found in self.lines.values() for rule in found)
        return ", ".join(f"{rule} {count}" for rule, count in sorted(counts.items())) or "none"


def audited(path: Path) -> Audited:
    """The file with the FMT rules only, every finding kept."""
    report = dataaudit.audit(path, select=["FMT"], max_findings=1_000_000)
    lines: dict[int, set[str]] = {}
    for finding in report.findings:
        if finding.line is not None:
            lines.setdefault(finding.line, set()).add(finding.rule)
    return Audited(sum(file.rows for file in report.files), lines, report.findings)


def known_lines(corpus: Path) -> Iterator[Line]:
    """Sets with a fault that is known to the row."""
    nova = audited(corpus / NOVA)
    count = len(nova.with_rule("FMT009"))
    yield Line(NOVA, "answers that are not the JSON asked for (FMT009)", "560", str(count), count == 560)
    yield from _cut_stop_mark(corpus)
    identity = audited(corpus / IDENTITY)
    count = len(identity.with_rule("FMT008"))
    yield Line(IDENTITY, "unfilled placeholders (FMT008), of 91", "85", str(count), count == 85)
    taxgpt = audited(corpus / TAXGPT)
    found = taxgpt.with_rule("FMT007")
    yield Line(TAXGPT, "line without the leading blank (FMT007)", "57", ", ".join(map(str, found)), found == [57])
    toy = audited(corpus / TOY)  # five rows have no format in common: that one repeats itself is for other rules
    yield Line(TOY, "findings in a set of five rows", "none", _listed(toy), not toy.lines)


def _cut_stop_mark(corpus: Path) -> Iterator[Line]:
    """All 449 answers end in "!!!": silence; with one cut off, one finding on that line."""
    whole = audited(corpus / GSM8K_CHAT)
    yield Line(GSM8K_CHAT, "findings", "0", str(len(whole.findings)), not whole.findings)
    rows = [json.loads(line) for line in (corpus / GSM8K_CHAT).read_text(encoding="utf-8").splitlines()]
    answer = rows[299]["messages"][-1]
    answer["content"] = answer["content"].removesuffix("!!!")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.jsonl"
        path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        cut = audited(path)
    good = len(cut.findings) == 1 and cut.with_rule("FMT007") == [300]
    yield Line(GSM8K_CHAT, '"!!!" cut off on line 300', "300: FMT007", _listed(cut), good)


def _listed(found: Audited) -> str:
    return "; ".join(f"{line}: {', '.join(sorted(rules))}" for line, rules in sorted(found.lines.items())[:9]) or "none"


def storm_lines(corpus: Path) -> Iterator[Line]:
    """Sets with true faults here and there, or with many kinds of answers: few rows are flagged."""
    for name in NO_STORM:
        yield _told(name, audited(corpus / name))


def clean_lines(corpus: Path) -> Iterator[Line]:
    """The clean sets one by one, and together."""
    rows = flagged = 0
    for name in CLEAN:
        found = audited(corpus / name)
        rows += found.rows
        flagged += len(found.lines)
        yield _told(name, found)
    share = flagged / rows
    told = f"{flagged} of {rows} ({share:.2%})"
    yield Line("the clean sets together", "rows flagged", f"under {SILENT_SHARE:.1%}", told, share < SILENT_SHARE)


def _told(name: str, found: Audited) -> Line:
    told = f"{len(found.lines)} of {found.rows} ({found.share:.2%}): {found.by_rule}"
    return Line(name, "rows flagged", f"no storm: under {STORM_SHARE:.0%}", told, found.share < STORM_SHARE)


def real_lines(corpus: Path) -> list[Line]:
    """The whole table."""
    return [*known_lines(corpus), *storm_lines(corpus), *clean_lines(corpus)]
