"""docs/near-duplicates.md, made from the figures of a run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[2] / "docs" / "near-duplicates.md"
Lines = Sequence[dict[str, Any]]

INTRODUCTION = """# Near-duplicates: how fast, and how true

Made by `python -m benchmarks.near_duplicates --write-docs`. Two texts are near-duplicates (SIM001) when the Jaccard
similarity of their shingles is 0.8 or more; what that means word by word is in `rules/near_duplicates/`. Every pair
that is reported was verified on the texts.
"""
CONTEST = """
## The same texts, all tools

{rows:,} rows: English and Chinese Alpaca and GSM8K, each normal form once, and {planted:.0%} of them copies with 1 to
10 % of the words (of the characters, in Chinese) dropped, doubled or mistyped, by a fixed seed. *Truth* is every pair
at or above 0.8, found by an exact search over all pairs; ours by words or characters as in SIM001 with answers that
do not differ, the others by word 3-shingles of prompt and answer as one text, which is what they were given. *Recall*
is for pairs at or above 0.85: in one group, or reported as a pair. *Copies* are the planted ones that are in one
group with their original; most edits of 10 % take a short text below the threshold, so 100 % is not the aim. Time is
without starting Python.
"""
SPEED = """
## Time by number of rows

Made rows of 900 bytes, one in 20 an edited copy; two shared cores. *Times ours* compares
processor seconds, which bear other work on the machine, with those of our whole audit in one process. Of equal recall
is a tool with at least 0.98 above.
"""
TIERS = """
## Toolformer, thinned by its authors

The authors of GPTeacher's Toolformer set published what was left at four similarities; how they measured is not said.
All rows of a tool share its description, more than half of the text. SIM001 leaves that out, since rows of one template
are not copies, and so drops fewer; SIM004 names the templates.

| similarity | they drop | SIM001 drops |
|---:|---:|---:|
"""
PARAPHRASES = """
## Paraphrases: what words and static vectors can tell

MRPC holds sentence pairs that share many words, two thirds of them paraphrases. The area under the ROC curve (0.5 is
chance) shows that neither words nor the sentence vectors of SIM002 settle the matter. SIM002 reports pairs above its
cosine whose numbers, negations and names agree.

| set | pairs | ROC AUC words | ROC AUC vectors | above the cosine: found, true of it | reported: found, true of it |
|---|---:|---:|---:|---|---|
"""
REWRITTEN = """
## Rewritten problems

Rewritten by a language model so that no search by words finds them, and none does. Vectors find rewritten questions,
not rewritten code; of those, the ones that state the same numbers, negations and names are reported.

| set | pairs | SIM001, by words | by vectors | reported by SIM002 |
|---|---:|---:|---:|---:|
"""
TEMPLATES = """
## Questions made from templates

text2sql sets fill names into a few hundred questions. Numbers of findings:

| set | rows | DUP001 | DUP002 | SIM001 | SIM003 | SIM004 |
|---|---:|---:|---:|---:|---:|---:|
"""


def page(record: dict[str, Any]) -> str:
    """The page of a record; what was not run is left out."""
    parts = [INTRODUCTION]
    if lines := record.get("quality"):
        done = [line for line in lines if "why" not in line]
        parts.append(CONTEST.format(rows=done[0]["rows"], planted=0.1) + _contest(lines))
    if lines := record.get("speed"):
        parts.append(SPEED + _speed(lines, record.get("quality", ())))
    if lines := record.get("tiers"):
        parts.append(TIERS + _rows([f"{x['tier']}", f"{x['theirs']:.1%}", f"{x['ours']:.1%}"] for x in lines))
    if lines := record.get("paraphrases"):
        parts.append(PARAPHRASES + _rows(map(_paraphrases, lines)))
    if lines := record.get("rewritten"):
        names = ("set", "pairs", "lexical", "semantic", "told")
        parts.append(REWRITTEN + _rows([str(line.get(name, "not run")) for name in names] for line in lines))
    if lines := record.get("templates"):
        parts.append(TEMPLATES + _rows([str(value) for value in line.values()] for line in lines))
    return "".join(parts)


def _rows(lines: Any) -> str:
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _name(line: dict[str, Any]) -> str:
    return f"{line['tool']} {line.get('version', '')}".strip()


def _contest(lines: Lines) -> str:
    head = (
        "\n| tool | seconds | peak MB | pairs reported | precision | true pairs >= 0.85 | recall, groups "
        "| recall, pairs | copies |"
        "\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n"
    )
    return head + _rows(
        [_name(line), line["why"], *[""] * 7]
        if "why" in line
        else [
            _name(line), f"{line['seconds']:.2f}", f"{line['peak'] / 1e6:,.0f}", f"{line['reported']:,}",
            f"{line['precision']:.3f}", f"{line['true']:,}", f"{line['recall_groups']:.3f}",
            f"{line['recall_pairs']:.3f}", f"{line['planted']:.1%}",
        ]
        for line in lines
    )  # fmt: skip


def _speed(lines: Lines, quality: Lines) -> str:
    good = {line["tool"] for line in quality if line.get("recall_groups", 0) >= 0.98}
    head = "\n| rows | tool | seconds | processor s | peak MB | times ours |\n|---:|---|---:|---:|---:|---:|\n"
    cells, told = [], []
    for rows in dict.fromkeys(line["rows"] for line in lines):
        of_size = [line for line in lines if line["rows"] == rows]
        ours = next((x["cpu"] for x in of_size if "audit, 1 process" in x["tool"] and "why" not in x), None)
        peers = [x for x in of_size if "dataaudit" not in x["tool"] and x["tool"] in good and "why" not in x]
        for line in of_size:
            if "why" in line:
                cells.append([f"{rows:,}", _name(line), line["why"], "", "", ""])
                continue
            ratio = f"{line['cpu'] / ours:.2f}" if ours else ""
            cells.append([
                f"{rows:,}", _name(line), f"{line['seconds']:.2f}", f"{line['cpu']:.2f}",
                f"{line['peak'] / 1e6:,.0f}", ratio,
            ])  # fmt: skip
        if ours and peers:
            best = min(peers, key=lambda x: x["cpu"])
            times = f"{best['cpu'] / ours:.1f}"
            told.append(
                f"\nAt {rows:,} rows the fastest of equal recall ({best['tool']}) takes {times} times as long.\n"
            )
    return head + _rows(cells) + "".join(told)


def _paraphrases(line: dict[str, Any]) -> list[str]:
    both = [
        f"{line[f'{kind} found']:.1%}, {line[f'{kind} true']:.1%}" if f"{kind} found" in line else "not run"
        for kind in ("above", "told")
    ]
    vectors = f"{line['semantic']:.3f}" if "semantic" in line else "not run"
    return [line["set"], f"{line['pairs']:,}", f"{line['lexical']:.3f}", vectors, *both]
