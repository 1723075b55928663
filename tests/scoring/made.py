"""Made data sets, and ways to spoil them."""

from __future__ import annotations

import random
from typing import Any

from dataaudit.scoring.measures import Category, Measures
from dataaudit.scoring.need import Need

Row = dict[str, Any]

SYLLABLES = [consonant + vowel for consonant in "bkmnrstdlpgf" for vowel in "aeiou"]
LABELS = ("billing", "delivery", "returns", "account")
NEED = Need(rows=100, per_category=None, least=50, task="behaviour", because="assumed")
CLASSES = Need(rows=5000, per_category=100, least=200, task="classification", because="given")


def sentence(number: int, words: int = 9, topic: int = 0) -> str:
    """A sentence that no other number has, nor any that is near to it. Topics (0 to 3) have syllables of their own."""
    dice = random.Random(number)
    own = SYLLABLES[15 * topic : 15 * topic + 15]
    return " ".join("".join(dice.choices(own, k=3)) for _ in range(words))


def row(number: int, label: str | None = None) -> Row:
    """A sound row; the label can be told from the prompt."""
    answer = label if label is not None else f"{sentence(10**6 + number).capitalize()}."
    topic = LABELS.index(label) if label in LABELS else 0
    return {"prompt": f"{sentence(number, topic=topic).capitalize()}?", "completion": answer}


def labeled(count: int, labels: tuple[str, ...] = LABELS) -> list[Row]:
    """Sound rows, the labels in turn."""
    return [row(number, labels[number % len(labels)]) for number in range(count)]


def counts(*sound: int, **faults: Any) -> Measures:
    """Counts with so many sound rows in each category, or in all where one number is given as `sound=`."""
    categories = tuple(
        sorted(
            (Category(f"label {number}", size, size) for number, size in enumerate(sound)),
            key=lambda category: category.sound,
        )
    )
    return Measures("train", **{"sound": sum(sound), "categories": categories, **faults})
