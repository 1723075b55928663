"""Runs the examples of rule files, for the tests of dataaudit and of everyone who writes rules.

With pytest:

    @pytest.mark.parametrize("case", example_cases(load_catalogue(Path("our-rules")).rules.values()), ids=str)
    def test_example(case: ExampleCase, tmp_path: Path) -> None:
        run_example(case.rule, case.example, case.bad, tmp_path, rules=[Path("our-rules")])
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dataaudit.errors import RuleError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataaudit.catalogue import Example, Rule
    from dataaudit.model import Finding, Report


@dataclass(frozen=True)
class ExampleCase:
    """One example of one rule; as text it is a readable test id."""

    rule: Rule
    example: Example
    bad: bool

    def __str__(self) -> str:
        words = "".join(letter if letter.isalnum() else "-" for letter in self.example.title)
        return f"{self.rule.code}-{'bad' if self.bad else 'good'}-{words}"


def example_cases(rules: Iterable[Rule]) -> list[ExampleCase]:
    """Every example of the rules, the bad ones of each rule first."""
    return [
        ExampleCase(rule, example, bad)
        for rule in rules
        for bad, examples in ((True, rule.bad), (False, rule.good))
        for example in examples
    ]


def write_example(example: Example, folder: Path) -> list[Path]:
    """Write the files of an example and give their paths, sorted.

    Raises:
        RuleError: a file name leads out of the folder, `hex` is not hexadecimal, or `times` names no file.
    """
    contents = {name: _repeated(text, example.times.get(name)) for name, text in example.files.items()}
    for name, digits in example.hex.items():
        contents[name] = _bytes(name, digits)
    if unknown := sorted(example.times.keys() - example.files.keys()):
        raise RuleError(f"example {example.title!r}: `times` names {unknown[0]!r}, which is not in `files`")
    for name, content in contents.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            raise RuleError(f"example {example.title!r}: {name!r} leads out of the folder of the example")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return sorted(folder / name for name in contents)


def example_report(rule: Rule, example: Example, folder: Path, **options: Any) -> Report:
    """Write the files of an example into an empty folder, and audit them with its rule alone.

    Raises:
        RuleError: the example cannot be written.
    """
    from dataaudit.api import audit

    paths = write_example(example, folder)
    chosen: dict[str, Any] = {**options, **example.options}
    if "format_contract" in chosen:
        chosen["format_contract"] = folder / chosen["format_contract"]
        paths = [path for path in paths if path.parent != chosen["format_contract"].parent]
    if "splits" in chosen:
        chosen["splits"] = {str(folder / name): split for name, split in chosen["splits"].items()}
    return audit([str(path) for path in paths], select=[rule.code], **chosen)


def run_example(rule: Rule, example: Example, bad: bool, folder: Path, **options: Any) -> str | None:
    """Audit the files of an example with this rule alone and compare the places of its findings.

    Gives why the rule could not be judged here (an extra that is not installed), else None.

    Args:
        rule: the rule that the example belongs to.
        example: a bad one must have exactly the places that it expects, a good one none.
        bad: which of the two it is.
        folder: an empty folder to write the files into.
        options: further keyword arguments of `dataaudit.audit`, under those of the example.

    Raises:
        AssertionError: the places differ; the message lists what is missing and what is too much.
        RuleError: the example itself cannot be written.
    """
    report = example_report(rule, example, folder, **options)
    findings = [finding for finding in report.findings if finding.rule == rule.code]
    lacking = next((u.because for u in report.unchecked if u.rule == rule.code and "pip install" in u.because), None)
    if lacking is not None:
        return lacking
    found = Counter(_place(finding, folder) for finding in findings)
    expected = Counter(example.expect if bad else ())
    if found != expected:
        raise AssertionError(_difference(rule, example, bad, found, expected, findings))
    return None


def _repeated(text: str, times: int | None) -> bytes:
    if times is None:
        return text.encode()
    return "".join(text.replace("{n}", str(number)) for number in range(1, times + 1)).encode()


def _bytes(name: str, digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError as error:
        raise RuleError(f"the bytes of the example file {name!r} are not hexadecimal: {error}") from error


def _place(finding: Finding, folder: Path) -> str:
    if finding.path is None:
        return "*"
    path = Path(finding.path)
    name = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else finding.path
    return name if finding.line is None else f"{name}:{finding.line}"


def _difference(
    rule: Rule,
    example: Example,
    bad: bool,
    found: Counter[str],
    expected: Counter[str],
    findings: list[Finding],
) -> str:
    lines = [f"{rule.code} {rule.name}, {'bad' if bad else 'good'} example {example.title!r}:"]
    lines += [f"  missing:  {place}" for place in (expected - found).elements()]
    lines += [f"  too much: {place}" for place in (found - expected).elements()]
    lines += [f"  said: {finding.path}:{finding.line}: {finding.message}" for finding in findings]
    return "\n".join(lines)
