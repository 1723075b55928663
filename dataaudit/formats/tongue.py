"""Whether an answer is written in the language asked for: by its script, and for Latin script by its commonest words.

Says no only where it is certain. Not a language detector: it knows the languages that prompts ask for, and no others.
"""

from __future__ import annotations

import re

from dataaudit.formats.ask_rules import FILE, AskRules, Language
from dataaudit.formats.phrases import compiled

_LOOKED_AT = 4000
# One letter of these is a syllable or a word; addresses, names of files and numbers are of no language.
_DENSE = r"[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}]+"
_NO_WORD = re.compile(r"[!-~]*(?:://|[@\d]|\w[/_.]\w)[!-~]*", re.A)


def other_language(answer: str, code: str, rules: AskRules) -> str | None:
    """In a few words what the answer is written in, where that is certainly not the language `code`; else None."""
    text = _NO_WORD.sub(" ", answer[:_LOOKED_AT])
    wanted = rules.languages[code]
    dense = rules.tolerance["dense"]
    letters = _weight(r"\pL+", text, dense)
    if letters < rules.tolerance["letters"]:
        return None
    share = rules.tolerance["other_script"] * letters
    if _weight(wanted.scripts, text, dense) < share or (
        wanted.needs is not None and _weight(wanted.needs, text, dense) < share
    ):
        return "another script"
    if not wanted.common:
        # Chinese is told from Japanese by what only Japanese has.
        foreign = [entry.needs for entry in rules.languages.values() if entry.needs and _shares(entry, wanted)]
        return "another language" if any(_weight(needs, text, dense) > share for needs in foreign) else None
    return _other_words(text, code, rules)


def _shares(one: Language, other: Language) -> bool:
    """Whether a text could be of both: one script has letters of the other (Chinese inside Japanese)."""
    return other.needs is None and "Han" in other.scripts and "Han" in one.scripts


def _count(pattern: str, text: str) -> int:
    return sum(len(run) for run in compiled(pattern, FILE, fold=False).findall(text))


def _weight(pattern: str, text: str, dense: float) -> float:
    """The letters that a pattern finds, those of dense scripts for more than one."""
    found = "".join(compiled(pattern, FILE, fold=False).findall(text))
    return len(found) if found.isascii() else len(found) + (dense - 1) * _count(_DENSE, found)


def _other_words(text: str, code: str, rules: AskRules) -> str | None:
    """A vote of the commonest words of each language of the script; those that two have in common say nothing."""
    words = [word.strip(".,;:!?\"'“”«»()[]*").lower() for word in text.split()]
    if len(words) < rules.tolerance["language_few"]:
        return None
    tolerance = rules.tolerance
    wanted = rules.languages[code].common
    found = {
        name: [word for word in words if word in entry.common and word not in wanted]
        for name, entry in sorted(rules.languages.items())
        if entry.common
    }
    best = max(found, key=lambda name: len(found[name]))
    theirs = rules.languages[best].common
    own = sum(word in wanted and word not in theirs for word in words)
    if len(words) < tolerance["language_words"]:
        sure = own == 0 and len(set(found[best])) >= tolerance["language_distinct"]
    else:
        common = sum(word in theirs for word in words)
        sure = (
            common >= tolerance["language_hits"] * len(words) and len(found[best]) > tolerance["language_margin"] * own
        )
    return "another language" if sure else None
