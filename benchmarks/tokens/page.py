"""docs/tokens.md, made from the figures of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dataaudit.tokens.scripts import SCRIPTS
from dataaudit.tokens.tokenizers import tokenizers

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tokens.md"

INTRODUCTION = """# Tokens: what is counted, and how sure it is

Made by `python -m benchmarks.token_estimates --write-docs`. Tokens are counted offline, in the same pass as all checks,
where they are asked for: `tokens = "sample"` or `"exact"` in the settings (`"off"` is the default).

```python
import dataaudit
from dataaudit.tokens.estimate import estimate_tokens

report = dataaudit.audit("fixtures/samples/clean.jsonl", tokens="exact")
train = report.statistics["tokens"]["splits"]["train"]
assert train["o200k_base"]["total"] == train["o200k_base"]["prompt"] + train["o200k_base"]["answer"]

assert estimate_tokens(train, "o200k").exact
llama = estimate_tokens(train, "llama-3")
assert not llama.exact and llama.low < llama.total < llama.high
```

## What counts

Each row counts as the messages that it holds or would become, by the rule of OpenAI's cookbook: the text and the role
of each message, 3 tokens a message, 1 for a name, 3 a row. `answer` is the text of the assistant's messages, those of
weight 0 left out; `prompt` is all else. Plain text (`{"text"}`) counts as it is, and is trained on whole. Of preference
data both answers count. Definitions of tools and tool calls count as JSON text: how they are written for the model is
not published, so a total with such rows (`rows_with_tools`) is near, not exact. Images, and rows that are token numbers
already, count nothing; so do rows that cannot be read. What looks like a special token counts as ordinary text; a lone
surrogate as a question mark.

o200k_base is always counted. cl100k_base, and Mistral's tokenizer where the extra `mistral` is installed, are counted
where a provider needs them. The counts of OpenAI's encodings are those of tiktoken: a test holds them against recorded
ones, and against the cookbook's own examples.

## Samples

`sample` counts splits of up to 8 MB whole. Of a larger one it draws rows by their places, about 8 MB; rows that are
long against the whole are always drawn. Tokens per byte of rows alike in length and script, times the bytes of all of
them, are the total, with a 95 % interval (`low`, `high`). `mode` is `exact` wherever every row was counted. Rows in a
DataFrame or a list are counted whole.

{intervals}

## Tokenizers that are not counted

Tokens for each token of o200k_base: the median of all files, and in brackets where 95 of 100 files lie, by class of
scripts. Each row has one class, so the estimate of a mixed set is weighed by its rows; its range is that of the table,
widened by the interval of the sample. A range is for files like those: {files} files and languages, {characters}
million characters of chats, code, JSON, prose and translations of programs. Where no tokenizer is to be had, the range
is the spread of the known ones. Claude's were measured with ctok, which rebuilds the counts of
Anthropic's interface and is not from Anthropic. `latin` is all text in Latin letters, code included: English lies near
the low end, languages such as Azerbaijani and Igbo at the high end.

"""
SPEED = """
## Speed

Processor seconds of an audit of {rows:,} made chats ({megabytes} MB) in one process, on a machine that bears other
work.

| tokens | seconds | MB/s |
|---|---:|---:|
"""


def page(record: dict[str, Any]) -> str:
    """The page; the figures of all parts must be there."""
    ratios = record["ratios"]
    text = INTRODUCTION.replace("{intervals}", _intervals(record["intervals"]))
    text = text.replace("{files}", str(sum(ratios["files"].values())))
    text = text.replace("{characters}", f"{ratios['characters'] / 1e6:.1f}")
    head = " | ".join(f"{script} ({ratios['files'][script]} files)" for script in SCRIPTS)
    text += f"| tokenizer | {head} |\n|---|{'---|' * len(SCRIPTS)}\n"
    for name, by_script in ratios["families"].items():
        cells = " | ".join("{:.2f} ({:.2f}-{:.2f})".format(*by_script[script]) for script in SCRIPTS)
        text += f"| {tokenizers()[name].name} | {cells} |\n"
    speed = record["speed"]
    text += SPEED.format(**speed[0])
    for line in speed:
        text += f"| {line['tokens']} | {line['seconds']} | {line['megabytes_a_second']} |\n"
    return text


_LINE = "| {kind} | {held} of {sets} | {half_width_percent} % | {median_error_percent} % | {worst_error_percent} % |\n"


def _intervals(lines: list[dict[str, Any]]) -> str:
    held, sets = sum(line["held"] for line in lines), sum(line["sets"] for line in lines)
    table = "| made rows | held | half width | median error | worst error |\n|---|---:|---:|---:|---:|\n"
    table += "".join(_LINE.format(**line) for line in lines)
    return (
        f"A tenth of {lines[0]['rows']:,} made rows, so some 200, drawn from {sets} sets: {held} of the intervals held"
        " the true total.\nFiles large enough to be sampled have thousands of counted rows, and narrower"
        f" intervals.\n\n{table}"
    ).rstrip()
