"""Words of rows, and of their traits, that stand for rules: codes, names, prefixes, ALL. Unknown ones are no error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataaudit.suppression.row_key import KEY_TRAIT, SILENCES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataaudit.catalogue import Catalogue


def codes_of(word: str, catalogue: Catalogue) -> frozenset[str]:
    """The codes that a word stands for; empty where it stands for none."""
    upper, lower = word.upper(), word.lower()
    if upper == "ALL":
        return frozenset(catalogue.rules)
    exact = frozenset(code for code, rule in catalogue.rules.items() if upper == code or lower == rule.name)
    return exact or frozenset(code for code in catalogue.rules if upper and code.startswith(upper))


def names_rule(trait: str, catalogue: Catalogue) -> bool:
    """Whether the word of a trait `silences:WORD` stands for a rule, or for words that are not kept apart any more."""
    word = trait.removeprefix(SILENCES)
    return word == "(many)" or bool(codes_of(word, catalogue))


def silent_codes(traits: Iterable[str], catalogue: Catalogue) -> frozenset[str]:
    """The codes that a row with these traits wants silent.

    Where fields are refused the reserved key is too, so it cannot speak against the rule that says so.
    """
    found: set[str] = set()
    for trait in traits:
        if trait.startswith(SILENCES):
            found |= codes_of(trait.removeprefix(SILENCES), catalogue)
    about_key = catalogue.of_trait(KEY_TRAIT)
    return frozenset(found) if about_key is None else frozenset(found - {about_key[0].code})
