"""The page of the documentation: how far we agree with each validator, and each difference with its source."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.vendors.agreement import FOLDER, Difference, Explanation, Record, theirs
from benchmarks.vendors.oracles import ORACLES

PAGE = FOLDER.parents[1] / "docs" / "vendor-agreement.md"

_INTRODUCTION = """\
# Agreement with the vendors' own validators

<!-- Made by `python -m benchmarks.vendor_agreement --write-docs`; changes here are overwritten. -->

Some vendors publish a validator. We craft small files, each with one thing changed (see `benchmarks/vendors/`), ask the
validator and `dataaudit check --provider PROFILE`, and compare the two verdicts: taken or refused. Every difference is
listed below: either our choice, with the source that we follow instead, or a gap, where the validator is right. A
verdict of a local validator is not the service's: the server may be stricter, and for some rules the vendor's
documentation is.

`together`, `mistral-common` and `openai` are run as packages, each in an environment of its own; their verdicts are
kept in `fixtures/vendors/recorded.json`, so that the tests need none of them. The scripts of AWS and Microsoft are no
packages: their rules are restated in `benchmarks/vendors/aws_scripts.py` and `azure_scripts.py`. On 2026-11-21 the
scripts themselves, as they stood in their repositories in August 2026, gave the same verdict on every file.

To run all of it again, with the validators installed anew:

```console
$ python -m benchmarks.vendor_agreement --record --write-docs
```
"""


def page(verdicts: Record, found: Sequence[Difference], explanations: Sequence[Explanation]) -> str:
    """The whole page in Markdown."""
    parts = [_INTRODUCTION, _table(verdicts, found, explanations), _versions(verdicts)]
    parts += ["## The differences\n", *[_explained(validator, explanations) for validator in _order(explanations)]]
    return "\n".join(parts)


def _order(explanations: Sequence[Explanation]) -> list[str]:
    named = {explanation.validator for explanation in explanations}
    return [oracle.name for oracle in ORACLES if oracle.name in named]


def _table(verdicts: Record, found: Sequence[Difference], explanations: Sequence[Explanation]) -> str:
    known = {one: explanation.gap for explanation in explanations for one in explanation.differences()}
    rows = [
        "## How many\n",
        "| validator | profile | files | taken by it | equal | our choice | our gap | not explained |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    total = [0] * 6
    for oracle in ORACLES:
        judged = theirs(oracle, verdicts)
        differing = [difference for difference in found if difference.validator == oracle.name]
        gaps = sum(known.get(difference, False) for difference in differing)
        choices = sum(difference in known for difference in differing) - gaps
        numbers = [
            len(judged),
            sum(verdict == "ok" for verdict in judged.values()),
            len(judged) - len(differing),
            choices,
            gaps,
            len(differing) - choices - gaps,
        ]
        total = [left + right for left, right in zip(total, numbers, strict=True)]
        profiles = ", ".join(f"`{profile}`" for profile in dict.fromkeys(oracle.profiles.values()))
        rows.append(f"| {oracle.title} | {profiles} | {' | '.join(map(str, numbers))} |")
    rows.append(f"| all | | {' | '.join(map(str, total))} |")
    return "\n".join(rows) + "\n"


def _versions(verdicts: Record) -> str:
    """The files on which the rule sets of one validator differ; we follow the strictest."""
    lines = []
    for oracle in ORACLES:
        if len(oracle.records) < 2:
            continue
        lines += [
            f"## Versions of one validator: {oracle.name}\n",
            "Which tokenizer a model has is not told in its data, so a file is refused where one of them refuses it.",
            "Files on which they differ:\n",
            f"| file | {' | '.join(oracle.parts)} |",
            f"|---|{'---|' * len(oracle.parts)}",
        ]
        for name in theirs(oracle, verdicts):
            row = [verdicts[name][record] for record in oracle.records]
            if len(set(row)) > 1:
                lines.append(f"| `{name}` | {' | '.join(row)} |")
        lines.append("")
    return "\n".join(lines)


def _explained(validator: str, explanations: Sequence[Explanation]) -> str:
    title = next(oracle.title for oracle in ORACLES if oracle.name == validator)
    rows = [f"### {title}\n", "| files | we | it | why | source |", "|---|---|---|---|---|"]
    for one in explanations:
        if one.validator == validator:
            files = ", ".join(f"`{file}`" for file in one.files)
            why = f"**Gap.** {one.why}" if one.gap else one.why
            rows.append(f"| {files} | {one.ours} | {one.theirs} | {why} | {one.source} |")
    return "\n".join(rows) + "\n"
