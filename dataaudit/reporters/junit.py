"""JUnit XML, for test views of CI: a suite a file, a case a rule.

A case for each finding would drown the tests of a project, and GitLab drops cases that share a name. A rule fails
where it has errors or warnings; notes are advice and pass, with their text as output.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections import Counter
from typing import TYPE_CHECKING

from dataaudit.model import Severity
from dataaudit.reporters.channels import cut, level, limit
from dataaudit.reporters.layout import place, plural
from dataaudit.reporters.paths import relative
from dataaudit.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dataaudit.catalogue import Catalogue
    from dataaudit.model import Finding, Report, Verdict

_CHANNEL = "junit"
_NAME = "dataaudit"
# A case of JUnit has a duration; a rule has none of its own.
_NO_TIME = "0"


def junit(report: Report, catalogue: Catalogue) -> str:
    """One suite for each file, one for the whole set, one for the providers that were asked for."""
    of_files: dict[str | None, dict[str, list[Finding]]] = {file.path: {} for file in report.files}
    for finding in report.findings:
        of_files.setdefault(finding.path, {}).setdefault(finding.rule, []).append(finding)
    whole = of_files.pop(None, {})
    suites = [_suite(relative(path), rules, catalogue) for path, rules in of_files.items() if path is not None]
    set_ = _suite("all files", whole, catalogue, empty=not suites)
    set_.extend(_unchecked(report))
    suites += [set_] if len(set_) else []
    suites += [_providers(report.verdicts)] if report.verdicts else []
    root = ElementTree.Element("testsuites", name=_NAME)
    for suite in suites:
        _count(suite)
        root.append(suite)
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    root.set("time", _NO_TIME)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(
    name: str, rules: Mapping[str, list[Finding]], catalogue: Catalogue, *, empty: bool = True
) -> ElementTree.Element:
    """empty: whether a suite without findings says so in a case of its own; viewers doubt suites of no case."""
    suite = ElementTree.Element("testsuite", name=_valid(name))
    for code in sorted(rules):
        suite.append(_case(name, rules[code], catalogue))
    if not rules and empty:
        suite.append(_named(name, "no findings"))
    return suite


def _case(file: str, findings: list[Finding], catalogue: Catalogue) -> ElementTree.Element:
    first = findings[0]
    case = _named(file, f"{first.rule} {first.name}")
    listed = limit(_CHANNEL, "listed")
    lines = [f"{_where(f)}: {_cut(f.message)}" for f in findings[:listed]]
    lines += [f"and {len(findings) - listed:,} more"] if len(findings) > listed else []
    rule = catalogue.rules.get(first.rule)
    lines += ["", f"fix: {' '.join(rule.how_to_fix.split())}"] if rule is not None else []
    words = _words(findings)
    worst = max((finding.severity for finding in findings), key=lambda severity: severity.rank)
    if level(_CHANNEL, worst) == "failure":
        inner = ElementTree.SubElement(case, "failure", type=worst.value, message=words)
    else:
        inner = ElementTree.SubElement(case, "system-out")
        lines.insert(0, words)
    inner.text = _valid("\n".join(lines))
    return case


def _where(finding: Finding) -> str:
    return place(None if finding.path is None else relative(finding.path), finding.line, finding.column)


def _words(findings: list[Finding]) -> str:
    """'3 errors, 1 note', and the message where there is one only."""
    found = Counter(finding.severity for finding in findings)
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    counts = ", ".join(plural(found[severity], names[severity]) for severity in names if found[severity])
    more = f": {_cut(findings[0].message)}" if len(findings) == 1 else ""
    return _valid(counts + more)


def _unchecked(report: Report) -> Iterable[ElementTree.Element]:
    for entry in report.unchecked:
        case = _named("all files", f"{entry.rule} not checked")
        ElementTree.SubElement(case, "skipped", message=_cut(entry.because))
        yield case


def _providers(verdicts: Iterable[Verdict]) -> ElementTree.Element:
    """What each provider would do with the data; one that takes none any more is skipped."""
    suite = ElementTree.Element("testsuite", name="providers")
    for verdict in verdicts:
        case = _named("providers", verdict.provider)
        if verdict.answer != "accepted":
            tag = "failure" if verdict.answer == "refused" else "skipped"
            ElementTree.SubElement(case, tag, message=_cut(verdict.sentence))
        suite.append(case)
    return suite


def _cut(text: str) -> str:
    return cut(escape(text), limit(_CHANNEL, "message"))


def _named(suite: str, name: str) -> ElementTree.Element:
    return ElementTree.Element("testcase", classname=_valid(suite), name=_valid(name), time=_NO_TIME)


def _count(suite: ElementTree.Element) -> None:
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(sum(1 for _ in suite.iter("failure"))))
    suite.set("errors", "0")
    suite.set("skipped", str(sum(1 for _ in suite.iter("skipped"))))
    suite.set("time", _NO_TIME)


def _valid(text: str) -> str:
    """Text that XML 1.0 allows, line ends kept: what `escape` shows as a number holds all that XML forbids."""
    return "\n".join(map(escape, text.split("\n")))
