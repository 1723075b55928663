"""The page of the documentation, from recorded figures, and the bars."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.label.contest import FILTERS, RANKINGS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "label-errors.md"
LEAST_AP, MOST_NAMED = 0.85, 0.01
BARRED = ("CLINC150", "BANKING77")

_INTRODUCTION = """\
# Likely label errors: how they are found, and how true the findings are

Made by `python -m benchmarks.label_errors --write-docs`; changes here are overwritten.

LAB006 learns the labels from the texts and names rows whose label the other rows make implausible (confident
learning).

1. Rows: the valid and distinct ones of a split that have a label of a closed set: a column, a field of JSON
   answers, or short answers. Spellings of a label that differ in case or punctuation only are one label.
2. Vectors: hashed words, pairs of words and runs of 2 to 4 characters of the prompt, for any script.
3. Probabilities: multinomial naive Bayes, five folds. Copies, near-copies, near-conflicts and equal prompts are in
   one fold, so no row is judged by a row like it. Folds are dealt by content: the order of the rows does not
   matter.
4. Noise: two numbers are fitted to all rows: how sharp the model is, and how many labels were drawn at random. The
   second has to earn its place (one nat of likelihood), or else it is 0. They give each row the probability that
   its label is wrong; 0.8 or more is a finding. So labels that merely overlap are not taken for errors.
5. Errors that follow the words, as a careless rule makes them, are not random. A row off the diagonal of the
   confident joint whose likely label is all but certain (by 0.98) is a finding too.

`statistics.label_errors` of the JSON report has the rows judged, the rows named (`flagged`), the estimated share
of wrong labels (`estimated_noise`: those drawn at random, and what lies off the diagonal, as far as the texts tell
the labels at all), the out-of-fold accuracy, and the share of the labels' entropy that the texts take away
(`gain`). Where the gain is next to nothing, no label can be called wrong; then nothing is named or estimated, and
the report says so.
"""

_LIMITS = """\
## What it cannot see

- *Systematic errors.* A model learns what most rows of a kind have. Where a rule gave half of the labels (Hausa),
  it learns the rule: nothing is named there, and the estimated share is far too low. Where people err towards the
  label that a text resembles (NoisyAG-News), what is named is wrong, but it is little.
- *MMLU-Redux* has wrong answers marked by experts, but as prompts and completions its labels are the letters A to D:
  the text of a question tells nothing about the letter of its answer (accuracy 0.28 of four). LAB006 says so and judges
  none of its rows; with its column `category` it judges the subjects, which nobody has marked.
- *Half of two labels wrong* (SMS spam with 50 % planted): nothing is left to learn from, and LAB006 says that the texts
  hardly tell the labels apart.
- *Few rows.* Under 40 rows, or with fewer than two labels of five rows each, nothing is judged; with a few dozen
  rows, single errors are rarely certain enough to be named.
- *Imbalance.* Random errors in a set of one huge label fill its rare labels with rows of the huge one, which makes
  those labels hard to learn: fewer errors are named, and the estimated share is somewhat too high.

## What was tried and left out

- *Sentence vectors* (the extra `semantic`). On the 4,500 test rows of CLINC150 with 5 % planted errors, class
  means of the vectors had an average precision of 0.992 for 0.977 by words. Making them took 2.8 s for 39
  characters a row, several times all the rest, and 25 s for 7,700 rows of 250 characters: not bounded enough for
  every check of a file.
- *Cleaning and learning again* (down-weighting doubtful rows, one to four rounds): better where noise follows the
  words (NoisyAG-News 0.665 to 0.696), worse where it is random (AG News with 5 % planted 0.732 to 0.681).
- *Inverse document frequency*, longer runs of characters, ten folds: no more than 0.005 either way.
"""

_PLANTED = """\
## Planted errors

A share of the labels was replaced by another label, each as likely as the others. *Average precision* is of the
ranking; cleanlab's is the best of its three scores on our probabilities. *Named*, *precision* and *recall* are of
the rows that LAB006 names, and of those that cleanlab's default (prune by noise rate) and its confident learning
name by the same probabilities. Errors that the sets had before count as false alarms; BANKING77 is known to have
many. *Estimate* is the share of wrong labels in the report.
"""

_JUDGED = """\
## Labels that people have judged

All rows of NoisyAG-News (labels of students against the publisher's) and of Hausa headlines (labels of a rule
against people's). The columns are those above.
"""

_IMDB = """\
IMDB reviews, by the probabilities that the authors of the confident learning paper published. Five people voted on
the 1,310 rows with the lowest probability of the given label; 725 labels were not confirmed and count as wrong.
Precision and recall are over these rows, of which 55 % are wrong to begin with.
"""

_MODELS = """\
## Why naive Bayes

Average precision by the probability of the given label, and processor seconds with vectors and five folds, beside
scikit-learn's models of logistic loss on TF-IDF of words and runs of characters. What learns wrong labels by heart
tells them worse. 5 % planted errors in the first three sets.
"""

_DOOR = """\
## Time

Processor seconds of `audit` on one file with all rules, and without this one, on a shared machine. *Named* is the
share of the rows judged.
"""


def page(record: dict[str, Any]) -> str:
    """The whole page in Markdown."""
    makers = {"planted": _planted, "judged": _judged, "models": _models, "door": _door}
    tables = ["\n".join(make(record)) + "\n" for part, make in makers.items() if part in record]
    return "\n".join([_INTRODUCTION, *tables, _LIMITS])


def missed(record: dict[str, Any]) -> list[str]:
    """The bars that the figures do not reach."""
    found = []
    for line in record.get("planted", []):
        name, share, ours = f"{line['set']} at {line['share']:.0%}", line["share"], line["ours"]
        if line["set"] not in BARRED or share > 0.1:
            continue
        if share == 0:
            if line["set"] == "CLINC150" and ours["share"] >= MOST_NAMED:
                found.append(f"{name}: {ours['share']:.2%} named")
        elif ours["ap"] < (best := max(line[ranking] for ranking in RANKINGS)) - 1e-4:
            found.append(f"{name}: average precision {ours['ap']:.3f}, cleanlab {best:.3f}")
        elif share == 0.05 and ours["ap"] < LEAST_AP:
            found.append(f"{name}: average precision {ours['ap']:.3f}")
    return found


def _planted(record: dict[str, Any]) -> Iterator[str]:
    yield _PLANTED
    yield (
        "| set | planted | estimate | average precision | cleanlab's | named | precision | recall "
        "| cleanlab prune: precision | recall | cleanlab confident: precision | recall |"
    )
    yield "|---|" + "---:|" * 11
    for line in record["planted"]:
        best = max((line[ranking] for ranking in RANKINGS if line[ranking] is not None), default=None)
        estimate = "none" if line["estimate"] is None else f"{line['estimate']:.1%}"
        cells = [f"{line['share']:.0%}", estimate, _number(line["ours"]["ap"]), _number(best)]
        yield f"| {line['set']} | " + " | ".join([*cells, *_cells(line)]) + " |"


def _judged(record: dict[str, Any]) -> Iterator[str]:
    yield _JUDGED
    yield (
        "| set | wrong | estimate | average precision | cleanlab's | named | precision | recall "
        "| cleanlab prune: precision | recall | cleanlab confident: precision | recall |"
    )
    yield "|---|" + "---:|" * 11
    for line in record["judged"]:
        best = max(line[ranking] for ranking in RANKINGS)
        cells = [f"{line['wrong']:.1%}", f"{line['estimate']:.1%}", _number(line["ours"]["ap"]), _number(best)]
        yield f"| {line['set']} | " + " | ".join([*cells, *_cells(line)]) + " |"
    yield ""
    yield _IMDB
    yield "| by | named | of them looked at | precision | recall | average precision |"
    yield "|---|" + "---:|" * 5
    names = {"ours": "LAB006", FILTERS[0]: "cleanlab, prune by noise rate", FILTERS[1]: "cleanlab, confident learning"}
    for line in record["imdb"]:
        cells = [
            f"{line['named']:,}",
            f"{line['looked_at']:,}",
            *(_number(line[key]) for key in ("precision", "recall", "ap")),
        ]
        yield f"| {names[line['who']]} | " + " | ".join(cells) + " |"


def _models(record: dict[str, Any]) -> Iterator[str]:
    yield _MODELS
    yield "| set | model | seconds | accuracy | average precision |"
    yield "|---|---|" + "---:|" * 3
    for line in record["models"]:
        yield f"| {line['set']} | {line['model']} | {line['seconds']:.1f} | {line['accuracy']:.3f} | {line['ap']:.3f} |"


def _door(record: dict[str, Any]) -> Iterator[str]:
    yield _DOOR
    yield "| set | rows | labels | planted | named | estimate | seconds | without LAB006 |"
    yield "|---|" + "---:|" * 7
    for line in record["door"]:
        yield (
            f"| {line['set']} | {line['rows']:,} | {line['labels']} | {line['share']:.0%} | {line['named']:.2%} "
            f"| {line['estimate']:.1%} | {line['seconds']:.1f} | {line['without']:.1f} |"
        )


def _cells(line: dict[str, Any]) -> list[str]:
    ours = line["ours"]
    cells = [f"{ours['share']:.2%}", _number(ours["precision"]), _number(ours["recall"])]
    for name in FILTERS:
        cells += [_number(line[f"filter {name}"][key]) for key in ("precision", "recall")]
    return cells


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
