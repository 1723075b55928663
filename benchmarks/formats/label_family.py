"""The label family: every answer is one label of a closed list, some with a word before it or a stop mark behind."""

from __future__ import annotations

from random import Random

from benchmarks.formats.common import edge_kinds, edges, swap_kind, system_prompt
from benchmarks.formats.json_values import skewed, unlisted
from benchmarks.formats.language import Language
from benchmarks.formats.rows import Kind, Recipe, Row, answer_kind


def label_family(random: Random, language: Language) -> Recipe:
    """A set of labels: 3 to 12 of them, skewed."""
    words = language.words
    labels = random.choice(
        [
            language.labels[: random.randint(5, 12)],
            tuple(words[word] for word in ("neutral", "negative", "positive", "mixed")),
            tuple(words[word] for word in ("no", "yes", "partly")),
        ]
    )
    labels = tuple(label.capitalize() for label in labels) if random.random() < 0.3 else labels
    prefix, suffix = edges(random)
    if not prefix and random.random() < 0.3:
        prefix = f"{words['label']}: "
    ask = random.choice(language.asks["label"]) if random.random() < 0.5 else ""
    listed = {"{list}": ", ".join(labels), "{list_or}": " / ".join(labels)}
    for slot, text in listed.items():
        ask = ask.replace(slot, text)
    system = system_prompt(random, language, ask)

    def draw() -> Row:
        return Row(language.task(random, "label"), skewed(random, labels), prefix, suffix, system)

    return Recipe(draw, (*_kinds(language, labels), *edge_kinds(prefix, suffix)))


def _kinds(language: Language, labels: tuple[str, ...]) -> list[Kind]:
    unknown = [word for word in unlisted(language) if word not in labels]
    cased = labels[0].lower() != labels[0].upper()

    def respelt(random: Random, row: Row) -> str:
        ways = [row.core.upper(), row.core.swapcase(), row.core.replace(" ", "_").lower()] if cased else []
        ways += [f'"{row.core}"', row.core + ("." if cased else "。")]
        return random.choice([way for way in ways if way != row.core and way not in labels])

    def sentence(random: Random, row: Row) -> str:
        return language.words["label sentence"].replace("{label}", row.core)

    return [
        answer_kind("label spelt otherwise", "FMT005 FMT007 FMT009", respelt),
        swap_kind("unknown label", "FMT005 FMT001 FMT009", lambda random: random.choice(unknown)),
        answer_kind("label in a sentence", "FMT001 FMT002 FMT005 FMT009", sentence),
        swap_kind("prose in place of a label", "FMT001 FMT009", lambda random: language.reply(random, free=False)),
        answer_kind("JSON in place of a label", "FMT001 FMT009", lambda random, row: f'{{"label": "{row.core}"}}'),
    ]
