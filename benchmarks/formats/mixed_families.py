"""Sets of many forms: one for each category, one as each prompt asks, and chats of all kinds of answers."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from random import Random

from benchmarks.formats.code_family import code_family
from benchmarks.formats.common import only, swap_kind
from benchmarks.formats.json_family import json_family
from benchmarks.formats.json_values import skewed, ticket
from benchmarks.formats.label_family import label_family
from benchmarks.formats.language import Language
from benchmarks.formats.markdown_family import markdown_family
from benchmarks.formats.prose_family import prose_family
from benchmarks.formats.rows import Kind, Recipe, Row, answer_kind
from benchmarks.formats.sql_family import sql_family


def category_family(random: Random, language: Language) -> Recipe:
    """A set with a category column: one category is answered in JSON, one in SQL, one in prose."""
    names = random.sample(language.labels, 3)
    recipes = dict(
        zip(names, (family(random, language) for family in (json_family, prose_family, sql_family)), strict=True)
    )

    def draw() -> Row:
        name = random.choices(names, weights=[4, 4, 2])[0]
        return replace(recipes[name].draw(), system=None, category=name)

    kept = (
        "prose in place of JSON",
        "JSON in place of prose",
        "fenced",
        "key missing",
        "cut off",
        "prose in place of SQL",
    )
    kinds = [only(name, kind) for name in names for kind in recipes[name].kinds if kind.name in kept]
    return Recipe(draw, tuple(kinds))


_TONGUES = {
    "English": {"English": "English", "Spanish": "Spanish", "Chinese": "Chinese"},
    "Spanish": {"English": "inglés", "Spanish": "español", "Chinese": "chino"},
    "Chinese": {"English": "英语", "Spanish": "西班牙语", "Chinese": "中文"},
}


class Asking:
    """Sets whose prompts ask for JSON, a label of a list, at most so many words, a language, or for nothing.

    others: all languages by name.
    """

    def __init__(self, others: dict[str, Language]) -> None:
        self.others = others

    def __call__(self, random: Random, language: Language) -> Recipe:
        schema = ticket(random, language)

        def draw() -> Row:
            ask = random.choice(["json", "label", "words", "language", "decoy", "decoy"])
            pattern = random.choice(language.asks[ask])
            question = language.question(random)
            if ask == "decoy":
                return Row(language.fill(random, pattern), language.reply(random, free=True), value=(ask, None))
            if ask == "json":
                core = json.dumps(schema.draw(random), ensure_ascii=False)
                return Row(f"{question}\n{pattern}", core, value=(ask, None))
            if ask == "label":
                labels = tuple(random.sample(language.labels, random.randint(3, 5)))
                asked = pattern.replace("{list}", ", ".join(labels)).replace("{list_or}", " / ".join(labels))
                return Row(f"{question}\n{asked}", skewed(random, labels), value=(ask, labels))
            if ask == "words":
                limit = random.choice([20, 30, 40, 50])
                return Row(
                    f"{question} {pattern.replace('{limit}', str(limit))}",
                    self._short(random, language, limit),
                    value=(ask, limit),
                )
            name = random.choice(list(self.others))
            asked = pattern.replace("{tongue}", _TONGUES[language.name][name])
            core = self.others[name].prose(random, random.randint(2, 4), self.others[name].replies)
            return Row(f"{question}\n{asked}", core, value=(ask, name))

        return Recipe(draw, tuple(self._kinds(language)))

    def _short(self, random: Random, language: Language, limit: int) -> str:
        text = language.prose(random, 1)
        while True:
            more = text + language.gap + language.prose(random, 1)
            if size(more, language) >= limit - 2:
                return text if size(text, language) < limit else language.fill(random, language.closings[0])
            text = more

    def _kinds(self, language: Language) -> list[Kind]:
        def other_language(random: Random, row: Row) -> str:
            name = random.choice([name for name in self.others if name != row.value[1]])
            return self.others[name].prose(random, random.randint(2, 4), self.others[name].replies)

        def long(random: Random, row: Row) -> str:
            text = language.prose(random, 6)
            while size(text, language) < 2 * row.value[1]:
                text += language.gap + language.prose(random, 3)
            return text

        def other_label(random: Random, row: Row) -> str:
            return random.choice([label for label in language.labels if label not in row.value[1]])

        return [
            _asked(
                "json",
                swap_kind("prose where JSON is asked for", "FMT009", lambda random: language.reply(random, free=False)),
            ),
            _asked("label", answer_kind("label not of the list", "FMT009", other_label)),
            _asked(
                "label",
                swap_kind(
                    "prose where a label is asked for", "FMT009", lambda random: language.reply(random, free=False)
                ),
            ),
            _asked("words", answer_kind("too many words", "FMT009", long)),
            _asked("language", answer_kind("not the language asked for", "FMT009", other_language)),
        ]


def _asked(ask: str, kind: Kind) -> Kind:
    return replace(kind, among=lambda row: row.value[0] == ask)


def size(text: str, language: Language) -> int:
    """Words, or characters where the script has no blanks: what "at most N" counts."""
    return len(text.split()) if language.gap else len(re.sub(r"\s", "", text))


def any_family(random: Random, language: Language) -> Recipe:
    """A chat set of all kinds of answers, in no proportion: nothing is a deviation here."""
    families = (json_family, label_family, prose_family, code_family, markdown_family, sql_family)
    recipes = [family(random, language) for family in families]
    weights = [random.uniform(0.5, 3) for _ in recipes]

    def draw() -> Row:
        row = random.choices(recipes, weights=weights)[0].draw()
        return replace(row, system=None, prefix="", suffix="")

    return Recipe(draw, ())
