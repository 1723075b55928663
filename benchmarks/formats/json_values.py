"""Values of the JSON sets: tickets (flat), orders (nested) and lists of entities, with natural variety."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from benchmarks.formats.language import Language, length


@dataclass(frozen=True, slots=True)
class Schema:
    """One design of JSON answers.

    draw: a value. required: the keys at the top (or of an entity) that no value lacks. enums: keys whose values come
    from a closed list. inner: (key of an object, its keys), where there is one.
    """

    draw: Callable[[Random], Any]
    required: tuple[str, ...]
    enums: tuple[str, ...]
    inner: tuple[str, tuple[str, ...]] | None = None


def skewed(random: Random, values: tuple[str, ...]) -> str:
    """One of the values: the first ones often, none of them rarely enough to look like a mistake."""
    return random.choices(values, weights=[1 / (place + 1.5) for place in range(len(values))])[0]


def unlisted(language: Language) -> list[str]:
    """Words that are on none of the closed lists, many enough that none becomes a habit."""
    return [*language.words["unknown"].split(), *language.slots["product"], *language.slots["place"]]


def keys_of(random: Random, language: Language) -> dict[str, str]:
    """Key names: English, or in the language; with underscores or in camel case; the same in the whole set."""
    plain = {
        name: word if language.name == "English" or random.random() < 0.5 else name
        for name, word in ((key[4:], word) for key, word in language.words.items() if key.startswith("key:"))
    }
    if len(set(plain.values())) < len(plain):
        plain = {key[4:]: word for key, word in language.words.items() if key.startswith("key:")}
    if random.random() < 0.3:
        return {name: _camel(word) for name, word in plain.items()}
    return plain


def _camel(word: str) -> str:
    first, *rest = word.split("_")
    return first + "".join(part.title() for part in rest)


def ticket(random: Random, language: Language) -> Schema:
    """A flat object: enums, a nullable text, numbers of many sizes, a list of 0 to 4 tags, two optional keys."""
    key = keys_of(random, language)
    words = language.words
    categories = language.labels[: random.randint(4, 8)]
    priorities = tuple(words[level] for level in ("medium", "low", "high", "urgent"))
    moods = tuple(words[mood] for mood in ("neutral", "negative", "positive"))
    optional = {name: random.uniform(0.2, 0.6) for name in ("refund", "notes")}

    def draw(random: Random) -> dict[str, Any]:
        value: dict[str, Any] = {
            key["category"]: skewed(random, categories),
            key["priority"]: skewed(random, priorities),
            key["sentiment"]: skewed(random, moods),
            key["order"]: None if random.random() < 0.3 else language.fill(random, "{order}"),
            key["amount"]: random.choice([0, random.randint(1, 900), round(random.lognormvariate(3, 1.5), 2)]),
            key["tags"]: random.sample(language.slots["product"], random.choice([0, 0, 1, 1, 2, 3, 4])),
            key["summary"]: language.summary(random),
        }
        if random.random() < optional["refund"]:
            value[key["refund"]] = random.random() < 0.4
        if random.random() < optional["notes"]:
            value[key["notes"]] = language.fill(random, random.choice(language.comments))
        return value

    required = tuple(key[name] for name in ("category", "priority", "sentiment", "order", "amount", "tags", "summary"))
    return Schema(draw, required, required[:3])


def order(random: Random, language: Language) -> Schema:
    """A nested object: a customer, 0 to 6 items with an optional discount each, a currency, an optional language."""
    key = keys_of(random, language)
    optional = random.uniform(0.2, 0.6)

    def item(random: Random) -> dict[str, Any]:
        made: dict[str, Any] = {
            key["sku"]: f"{random.choice('ABKXZ')}{random.randint(10, 99_999)}",
            key["name"]: random.choice(language.slots["product"]),
            key["quantity"]: length(random, 1.6, 0.8, 1, 60),
            key["price"]: random.choice([round(random.lognormvariate(3, 1), 2), random.randint(1, 400)]),
        }
        if random.random() < 0.25:
            made[key["discount"]] = random.choice([5, 10, 12.5, 50])
        return made

    def draw(random: Random) -> dict[str, Any]:
        value: dict[str, Any] = {
            key["customer"]: {
                key["name"]: random.choice(language.slots["person"]),
                key["city"]: None if random.random() < 0.2 else random.choice(language.slots["place"]),
                key["vip"]: random.random() < 0.15,
            },
            key["items"]: [item(random) for _ in range(random.choice([0, 1, 1, 1, 2, 2, 3, 4, 6]))],
            key["currency"]: skewed(random, ("EUR", "USD", "GBP", "CNY")),
        }
        if random.random() < optional:
            value[key["language"]] = skewed(random, ("en", "es", "zh", "fr"))
        return value

    required = (key["customer"], key["items"], key["currency"])
    return Schema(draw, required, required[2:], (key["customer"], (key["name"], key["city"], key["vip"])))


def entities(random: Random, language: Language) -> Schema:
    """An array of 0 to 6 objects: a type of a closed list, the text, where it starts, an optional score."""
    key = keys_of(random, language)
    slots = ("product", "person", "place", "company")
    types = {slot: language.words[slot] for slot in slots}

    def draw(random: Random) -> list[dict[str, Any]]:
        found = []
        start = 0
        for _ in range(random.choice([0, 1, 1, 2, 2, 3, 4, 5, 6])):
            slot = skewed(random, slots)
            start += length(random, 14, 0.8, 1, 200)
            one: dict[str, Any] = {
                key["type"]: types[slot],
                key["text"]: random.choice(language.slots[slot]),
                key["start"]: start,
            }
            if random.random() < 0.4:
                one[key["score"]] = round(random.uniform(0.4, 1), random.randint(1, 3))
            found.append(one)
        return found

    required = (key["type"], key["text"], key["start"])
    return Schema(draw, required, required[:1])


DESIGNS = (ticket, order, entities)
