"""Texts that somebody was to fill in and did not (`{{name}}`, `[TODO]`, `<insert ...>`), found in one answer.

What counts, and what takes it away (code, formulas, a prompt about templates), is data: rules/placeholders.toml.
Whether a finding is worth telling is not said here: forms that are often wanted have the aspect "placeholder-soft".
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from dataaudit._resources import rule_data
from dataaudit.errors import RuleError
from dataaudit.formats.deviation import Deviation
from dataaudit.formats.lazy import lazy
from dataaudit.formats.phrases import any_of, clean, compiled, ends_of, said_before, spelled, without_code, word_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FILE = "placeholders.toml"
RULE = "FMT008"
SOFT = "placeholder-soft"
_WIDE_BRACKETS = "【［＜〈"
# A bracket with words in it: no footnote, no comparison.
_OPENED = lazy(r"[{\[<【［＜〈]\s{0,3}[^\W\d_]")
_CODE_KINDS = frozenset({"code", "sql", "xml", "html", "yaml"})


class _Class(NamedTuple):
    """One entry of the rule file."""

    name: str
    aspect: str
    gate: tuple[str, ...]
    text: str
    unless: frozenset[str]
    literal: bool

    @property
    def bracketed(self) -> bool:
        """Whether every match starts with a bracket."""
        return self.gate[0][0] in "{[<$"

    @property
    def pattern(self) -> Any:
        """The pattern, made when it is first needed."""
        return compiled(self.text, FILE)


class _Rules(NamedTuple):
    """All that placeholders.toml says. exempt: the patterns of the words of "asked", "letter", "code" and "sample"."""

    classes: tuple[_Class, ...]
    exempt: dict[str, str]
    code_line: str
    math: str
    shown: int
    matches: int
    prompt: int


def find_placeholder(answer: str, question: str, context: str) -> Deviation | None:
    """The first placeholder that was left unfilled in the answer, those that a machine fills before the soft ones.

    None as well where the prompt holds the same placeholder or asks for a text with gaps, and where it is code.
    Time is linear in the length of the texts.
    """
    # Single characters are looked for many times faster than words, so they come first.
    if (
        "{" in answer
        or "[" in answer
        or "<" in answer
        or "_" in answer
        or "%" in answer
        or "X" in answer
        or ("O" in answer and "D" in answer and ("TODO" in answer or "PLACEHOLDER" in answer))
        or ("L" in answer and "orem ipsum" in answer)
        or (not answer.isascii() and any(bracket in answer for bracket in _WIDE_BRACKETS))
    ):
        return _found(answer, question, context)
    return None


_SIGNS = ("{", "[", "<", "_", "%", "X", "TODO", "PLACEHOLDER", "orem ipsum")


def none_unfilled(answers: Sequence[str | None]) -> bool:
    """Whether surely none of many answers holds a placeholder: one look at all of them together."""
    joined = "\n".join(filter(None, answers))
    return joined.isascii() and not any(sign in joined for sign in _SIGNS)


def _found(answer: str, question: str, context: str) -> Deviation | None:
    rules = _rules()
    hits = [entry for entry in rules.classes if any(sign in answer for sign in entry.gate)]
    if all(entry.bracketed for entry in hits) and _OPENED.search(answer) is None:
        return None
    if not hits:
        return None
    seen = _Seen(clean(answer), clean(question), clean(context), rules)
    soft: Deviation | None = None
    for entry in hits:
        found = seen.placeholder(entry)
        if found is None:
            continue
        deviation = _deviation(entry, *found, seen)
        if deviation.aspect != SOFT:
            return deviation
        soft = soft or deviation
    return soft


def _deviation(entry: _Class, found: str, in_code: bool, seen: _Seen) -> Deviation:
    soft = in_code or ("letter" in entry.unless and seen.prompt_has("letter"))
    aspect = SOFT if soft else entry.aspect
    shown = found if len(found) <= seen.rules.shown else found[: seen.rules.shown] + "..."
    return Deviation(RULE, aspect, entry.name, f"the answer holds the unfilled placeholder {shown!r}")


class _Seen:
    """One row, and what was found out about it on the way."""

    def __init__(self, answer: str, question: str, context: str, rules: _Rules) -> None:
        self.rules = rules
        self.answer = answer
        self.prose = without_code(answer)
        self.question = ends_of(said_before(question), rules.prompt)
        self.prompt = f"{self.question}\n{ends_of(context, rules.prompt)}"
        self._kind: str | None = None

    def placeholder(self, entry: _Class) -> tuple[str, bool] | None:
        """The first match of a class that nothing takes away, and whether it is a string of code."""
        first = entry.pattern.search(self.prose)
        if first is None or ("asked" in entry.unless and self.prompt_has("asked")):
            return None
        prompt = spelled(self.prompt)
        excused = self._excused(entry)
        for found, span, line in self._matches(entry):
            if spelled(found) in prompt or self._is_key(span[1]):
                continue
            if not excused and not self._line_excused(entry, line):
                return found, False
            if entry.literal and self._literal(*span):
                return found, self.kind in ("code", "sql")
        return None

    def _matches(self, entry: _Class) -> Iterator[tuple[str, tuple[int, int], str]]:
        """Each match with its place and the line that it stands in; a bounded number."""
        for count, match in enumerate(entry.pattern.finditer(self.prose)):
            if count >= self.rules.matches:
                return
            start, stop = match.span(1)
            first = self.prose.rfind("\n", 0, start) + 1
            last = self.prose.find("\n", stop)
            yield match.group(1), (start, stop), self.prose[first : last if last >= 0 else len(self.prose)]

    def _literal(self, start: int, stop: int) -> bool:
        """Whether it is the whole answer, or a whole string that is no key, where no sample is asked for."""
        if stop - start == len(self.prose.strip()):
            return True
        if self.kind not in ("json", "code", "sql"):
            return False
        # In code `"{{x}}"` is the string {x}, or a template of another language.
        if self.kind == "code" and self.prose[start] == "{":
            return False
        quotes = self.prose[max(0, start - 1) : start] + self.prose[stop : stop + 1]
        return quotes in ("''", '""') and not self.prompt_has("sample")

    def _is_key(self, stop: int) -> bool:
        """Whether what stops there is the end of a key of JSON, which are names and no texts."""
        return self.kind == "json" and self.prose[stop : stop + 20].replace(" ", "").startswith('":')

    def _excused(self, entry: _Class) -> bool:
        # The escapes of JSON look like commands of LaTeX.
        if (
            "math" in entry.unless
            and self.kind != "json"
            and compiled(self.rules.math, FILE, fold=False).search(self.answer)
        ):
            return True
        if "markup" in entry.unless and "</" in self.answer:
            return True
        if "code" in entry.unless and (
            self.kind == "json" or compiled(self.rules.exempt["code"], FILE).search(self.question)
        ):
            return True
        return not entry.unless.isdisjoint(("code", "code-answer")) and self.kind in _CODE_KINDS

    def _line_excused(self, entry: _Class, line: str) -> bool:
        if self.kind == "json" or entry.unless.isdisjoint(("code", "code-answer")):
            return False
        return compiled(self.rules.code_line, FILE).search(line) is not None

    def prompt_has(self, words: str) -> bool:
        """Whether question or context holds a word of that list."""
        return compiled(self.rules.exempt[words], FILE).search(self.prompt) is not None

    @property
    def kind(self) -> str:
        """The kind of what is looked at of the answer, found out once."""
        if self._kind is None:
            from dataaudit.formats.look import look

            form = look(self.answer)
            # Fences are not looked at: what is left of a text with a fence in it is prose.
            self._kind = "markdown" if form.fence is not None and (form.before or form.after) else form.kind
        return self._kind


@cache
def _rules() -> _Rules:
    """The rules.

    Raises:
        RuleError: the file is missing, lacks an entry or holds what is no pattern.
    """
    data = rule_data(FILE)
    try:
        limits, exempt = data["limits"], data["exempt"]
        fillings = {f"@{name}@": any_of(words) for name, words in data["words"].items()}
        return _Rules(
            tuple(_class(entry, fillings) for entry in data["placeholder"]),
            {name: word_pattern(exempt[name]) for name in ("asked", "letter", "code", "sample")},
            exempt["code_line"],
            exempt["math"],
            limits["shown"],
            limits["matches"],
            limits["prompt"],
        )
    except KeyError as error:
        raise RuleError(f"lacks {error}", path=FILE) from error


def _class(entry: dict[str, Any], fillings: dict[str, str]) -> _Class:
    text: str = entry["pattern"]
    for name, words in fillings.items():
        text = text.replace(name, words)
    unless, literal = frozenset(entry["unless"]), bool(entry.get("literal"))
    return _Class(entry["class"], entry["aspect"], tuple(entry["gate"]), text, unless, literal)
