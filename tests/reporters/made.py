"""Reports made for tests of reporters: a plain one, and one whose every text was written by an enemy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dataaudit.catalogue import Catalogue, Rule
from dataaudit.model import (
    Action,
    Dimension,
    Excerpt,
    FileSummary,
    Finding,
    Readiness,
    Reason,
    Related,
    Report,
    Severity,
    Suppressed,
    Tool,
    Unchecked,
    Unused,
    Verdict,
)

_EXAMPLE = {"title": "an example", "files": {"a.jsonl": "{}"}}

# Each is dangerous somewhere: a terminal, XML, a workflow log, Markdown, a URI.
HOSTILE = {
    "controls": "a\x00b\x07c\x1b[31md\x9be\x7f",
    "lines": "one\r\ntwo\nthree\u2028four\x85five",
    "bidi": "user\u202egnp.exe\u2066x\u200b\ufeff",
    "surrogates": "a\ud800b\udcffc\udc80",
    "noncharacters": "a\ufffeb\uffffc",
    "markup": "</testcase>]]><script>alert(1)</script>&amp;\"'<!-- -->",
    "markdown": "![x](http://evil/x.png) @user #12 GH-1 [a](b) | c | ``` ~~~ </details> <b>",
    "workflow": "::error file=x::y %0A%25 a,b:c ##[error]x ::stop-commands::z",
    "long": "长" * 500_000 + " " + "x" * 500_000,
}


def rule(code: str, name: str, severity: str = "error", **more: Any) -> Rule:
    """A rule of the catalogue, with no more in it than must be."""
    return Rule.validated(
        {
            "code": code,
            "name": name,
            "title": f"The title of {name}",
            "severity": severity,
            "since": "0.1.0",
            "summary": "A summary.",
            "why": "It costs money.",
            "how_to_fix": "Remove it.",
            "sources": [{"title": "a paper", "date": "2026-11-21", "url": "https://example.org/paper"}],
            "bad": [_EXAMPLE, _EXAMPLE],
            "good": [_EXAMPLE, _EXAMPLE],
            **more,
        }
    )


CATALOGUE = Catalogue(
    {
        "DUP001": rule("DUP001", "exact-duplicate", "warning"),
        "MIN001": rule("MIN001", "few", "info"),
        "SCH001": rule("SCH001", "invalid-json"),
    }
)
_SEVERITIES = {"DUP001": "warning", "MIN001": "info", "SCH001": "error"}


def finding(code: str, line: int | None, message: str = "a message", **more: Any) -> Finding:
    """A finding of train.jsonl with the severity of its rule."""
    known = CATALOGUE.rules.get(code)
    given: dict[str, Any] = {
        "rule": code,
        "name": known.name if known is not None else "unheard-of",
        "severity": Severity(_SEVERITIES.get(code, "error")),
        "path": "train.jsonl",
        "line": line,
        "message": message,
        "fingerprint": f"{code}-{line}",
    }
    return Finding(**(given | more))


def report(findings: Sequence[Finding] = (), **more: Any) -> Report:
    """A report on train.jsonl and held.jsonl."""
    files = (
        FileSummary(path="train.jsonl", rows=1200, bytes=10, sha256="ab" * 32, shape="openai-chat", split="train"),
        FileSummary(path="held.jsonl", rows=4, bytes=None, sha256=None, shape="pairs", split="validation"),
    )
    given: dict[str, Any] = {
        "tool": Tool(version="1.2"),
        "files": files,
        "findings": tuple(findings),
        "counts": dict(sorted(Counter(found.rule for found in findings).items())),
        "statistics": {},
    }
    return Report(**(given | more))


THREE = [
    finding("MIN001", None, "there are 4 examples, and 10 are asked for", path=None),
    finding("DUP001", 9, "repeats an earlier row", related=(Related(path="held.jsonl", line=3, score=0.987),)),
    finding("SCH001", 12, "expected a comma", column=24, excerpt=Excerpt(text='{"x" 5}', caret=5)),
]
REASON = Reason(
    rule="SCH001", severity="hard", message="lines are JSON", count=3, path="train.jsonl", line=12,
    source="client 3.1", date="2026-11-01",
)  # fmt: skip
REFUSED = Verdict(
    provider="one", name="One", method="sft", status="open", status_note="", answer="refused", reasons=(REASON,)
)
ACCEPTED = Verdict(
    provider="two", name="Two", method="sft", status="closing", status_note="ends soon", answer="accepted"
)
READINESS = Readiness(
    score=71.5,
    grade="C",
    ready=False,
    because="71.5 points are C",
    interval=(70.0, 73.0),
    dimensions=(Dimension(name="validity", score=71.5, weight=1.0, formula="f", because="g"),),
    target="B",
    next=(
        Action(
            action="set aside broken rows",
            rules=("SCH001",),
            gain=9.0,
            lifts=(),
            rows=3,
            minutes=(0, 0),
            automatic=True,
        ),
    ),
)
SUPPRESSED = (
    Suppressed(by="baseline", rule="DUP001", path="train.jsonl", count=1100),
    Suppressed(by="baseline", rule="DUP001", path="held.jsonl", count=2),
    Suppressed(by="ignore-file", rule="SCH001", path="train.jsonl", count=1),
)
UNUSED = (Unused(file=".dataauditignore", line=3, rule="DUP001", message="no such row any more"),)


def hostile(text: str) -> Report:
    """A report in which everything that may come from data or names of files is the text."""
    # No system takes longer names.
    path = text[:1000]
    found = [
        finding("SCH001", 1, text, path=path, related=(Related(path=path, line=1),), field=text, column=2),
        finding("DUP001", 2, text, path=path, excerpt=Excerpt(text="x", caret=0)),
        finding("MIN001", None, text, path=None),
        finding("OWN001", 3, text, path=path),
    ]
    file = FileSummary(path=path, rows=1, bytes=1, sha256=None, shape="pairs", split="train", notes=(text,))
    verdict = REFUSED.replaced(status_note=text, reasons=(REASON.replaced(message=text, path=path),))
    step = READINESS.next[0].replaced(action=text)
    return report(
        found,
        files=(file,),
        verdicts=(verdict,),
        unchecked=(Unchecked(rule="LAB001", because=text),),
        readiness=READINESS.replaced(because=text, next=(step,)),
        suppressed=(Suppressed(by="row", rule="SCH001", path=path, count=1),),
        unused=(Unused(file=path, line=1, rule="SCH001", message=text),),
    )
