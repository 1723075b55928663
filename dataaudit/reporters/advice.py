"""The advice as text: the sentence first, then what stands in the way, reasons, sums, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.reporters.layout import View, plural, table, wrap
from dataaudit.text.safe import escape

if TYPE_CHECKING:
    from dataaudit.scoring.advice_model import Advice, Sum


def advice_text(advice: Advice, view: View) -> str:
    """The page that `dataaudit advise` prints."""
    lines = [view.paint(line, "bold") for line in wrap(advice.sentence, view.width)]
    for title, part in (
        ("What stands in the way of fine-tuning", _blockers(advice, view)),
        ("Why", _reasons(advice, view)),
        ("The sums", _sums(advice, view)),
        ("What would change the answer", _changes(advice, view)),
        ("What is not known, the most weighty first", _missing(advice, view)),
        ("Answers from data and measurements", _notes(advice, view)),
    ):
        if part:
            lines += ["", view.paint(title, "bold"), *part]
    return "\n".join(lines) + "\n"


def advice_brief(advice: Advice, view: View) -> list[str]:
    """The sentence, what rules fine-tuning out, and what is not known: the part of a page that holds more."""
    lines = wrap(escape(advice.sentence), view.width, "  ")
    lines += [line for blocker in advice.blockers for line in wrap(f"- {blocker.words}", view.width, "  ", "    ")]
    flags = [entry.flag for entry in advice.missing if entry.points or entry.blocks]
    return lines + (wrap(f"Not known: {', '.join(flags)}", view.width, "  ", "    ") if flags else [])


def _blockers(advice: Advice, view: View) -> list[str]:
    lines = []
    for blocker in advice.blockers:
        lines += wrap(f"{blocker.words} {_to_do(blocker.lift, lasting=blocker.lasting)}", view.width, "  ", "    ")
        lines += wrap(f"[{blocker.source}]", view.width, "    ")
    return lines


def _to_do(lift: str, *, lasting: bool) -> str:
    return f"Instead: {lift}." if lasting else f"First: {lift}."


def _reasons(advice: Advice, view: View) -> list[str]:
    """By weight, in the columns points, tool, words and source; a reason of no weight is a remark."""
    rows = [
        (f"{points:+d}" if points else "0", tool, f"{reason.words} [{reason.source}]")
        for reason in advice.reasons
        for tool, points in (reason.points or {"-": 0}).items()
    ]
    # Stable, so that reasons of one weight stay in the order of the rules.
    rows.sort(key=lambda row: -abs(int(row[0])))
    return [*table(rows, view.width, "  ", right=(0,)), *wrap(advice.weights, view.width, "  ")]


def _sums(advice: Advice, view: View) -> list[str]:
    """Options in the order of the rules; those that stand in for a blocked one only while there is one."""
    shown = [entry for entry in advice.sums if entry.possible or entry.ruled_out]
    rows = [(str(entry.points), entry.title, _parts(entry)) for entry in shown]
    return table(rows, view.width, "  ", right=(0,))


def _parts(entry: Sum) -> str:
    text = " + ".join(f"{tool} {points}" for tool, points in entry.parts.items())
    return f"{text}; ruled out: {', '.join(entry.ruled_out)}" if entry.ruled_out else text


def _changes(advice: Advice, view: View) -> list[str]:
    """A line for each question; nothing where there is no answer yet to be changed."""
    if advice.option == "unknown":
        return []
    questions: dict[str, dict[str, list[str]]] = {}
    for change in advice.changes:
        now = "not answered" if change.now is None else f"now {change.now}"
        questions.setdefault(f"{change.label} ({now})", {}).setdefault(change.title, []).append(change.words)
    lines = []
    for label, titles in questions.items():
        others = "; ".join(f"{' or '.join(words)}: {title}" for title, words in titles.items())
        lines += wrap(f"{label}; if {others}", view.width, "  ", "    ")
    return lines or ["  No other answer to a single question."]


def _missing(advice: Advice, view: View) -> list[str]:
    """A line for each question that matters, one for all others."""
    lines, others = [], []
    for entry in advice.missing:
        weight = [f"up to {plural(entry.points, 'point')}"] if entry.points else []
        if entry.blocks:
            weight.append("may rule fine-tuning out")
        if entry.options and advice.option != "unknown":
            weight.append("may change the answer")
        if weight or entry.note:
            lines += wrap(f"{entry.flag}: {entry.ask} ({', '.join(weight) or 'no weight'})", view.width, "  ", "    ")
        else:
            others.append(entry.flag)
        if entry.note:
            lines += wrap(escape(entry.note), view.width, "    ")
    return lines + (wrap(f"no weight as things are: {', '.join(others)}", view.width, "  ", "    ") if others else [])


def _notes(advice: Advice, view: View) -> list[str]:
    noted = [f"{answer.label}: {answer.words} ({escape(answer.note)})" for answer in advice.answers if answer.note]
    return [line for text in noted for line in wrap(text, view.width, "  ", "    ")]
