"""Whether an answer is written in the language asked for: by its script, and for Latin script by its commonest words.

Says no only where it is certain. Not a language detector: it knows the languages that prompts ask for, and no others.
"""

from __future__ import annotations

from dataaudit.formats.ask_rules import FILE, AskRules, Language
from dataaudit.formats.phrases import compiled

_LOOKED_AT = 4000


def other_language(answer: str, code: str, rules: AskRules) -> str | None:
    """In a few words what the answer is written in, where that is certainly not the language `code`; else None."""
    text = answer[:_LOOKED_AT]
    wanted = rules.languages[code]
    letters = _count(r"\pL+", text)
    if letters < rules.tolerance["letters"]:
        return None
    share = rules.tolerance["other_script"] * letters
    if _count(wanted.scripts, text) < share or (wanted.needs is not None and _count(wanted.needs, text) < share):
        return "another script"
    if not wanted.common:
        # Chinese is told from Japanese by what only Japanese has.
        foreign = [entry.needs for entry in rules.languages.values() if entry.needs and _shares(entry, wanted)]
        return "another language" if any(_count(needs, text) > 2 * share for needs in foreign) else None
    return _other_words(text, code, rules)


def _shares(one: Language, other: Language) -> bool:
    """Whether a text could be of both: one script has letters of the other (Chinese inside Japanese)."""
    return other.needs is None and "Han" in other.scripts and "Han" in one.scripts


def _count(pattern: str, text: str) -> int:
    return sum(len(run) for run in compiled(pattern, FILE, fold=False).findall(text))


def _other_words(text: str, code: str, rules: AskRules) -> str | None:
    """A vote of the commonest words of each language of the script."""
    words = [word.strip(".,;:!?\"'“”«»()[]*").lower() for word in text.split()]
    if len(words) < rules.tolerance["language_words"]:
        return None
    hits = {
        name: sum(word in entry.common for word in words) for name, entry in rules.languages.items() if entry.common
    }
    best = max(sorted(hits), key=lambda name: hits[name])
    sure = hits[best] >= rules.tolerance["language_hits"] * len(words)
    return "another language" if sure and hits[best] > rules.tolerance["language_margin"] * hits[code] else None
