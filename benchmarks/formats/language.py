"""Phrases of one language, and the text that is made of them: sentences, replies of many lengths, questions, values."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Language:
    """Word lists and sentence patterns; `{slot}` in a pattern is filled from `slots` or with a made figure.

    gap: what stands between two sentences. tails: line ends without a full stop. tasks, asks: what a prompt wants, and
    in which form. prefaces, afterwords, placeholders: what is planted.
    """

    name: str
    gap: str
    slots: dict[str, tuple[str, ...]]
    openings: tuple[str, ...]
    replies: tuple[str, ...]
    facts: tuple[str, ...]
    closings: tuple[str, ...]
    questions: tuple[str, ...]
    tails: tuple[str, ...]
    comments: tuple[str, ...]
    headings: tuple[str, ...]
    titles: tuple[str, ...]
    labels: tuple[str, ...]
    words: dict[str, str]
    tasks: dict[str, tuple[str, ...]]
    asks: dict[str, tuple[str, ...]]
    prefaces: tuple[str, ...]
    afterwords: tuple[str, ...]
    placeholders: tuple[str, ...]

    def fill(self, random: Random, pattern: str) -> str:
        """The pattern with every slot filled."""
        text = _SLOT.sub(lambda match: self._slot(random, match[1]), pattern)
        return text[:1].upper() + text[1:] if pattern.startswith("{") else text

    def _slot(self, random: Random, name: str) -> str:
        if name in self.slots:
            return random.choice(self.slots[name])
        return _FIGURES[name](random, self)

    def sentence(self, random: Random) -> str:
        """One plain sentence of a report."""
        return self.fill(random, random.choice(self.facts))

    def prose(self, random: Random, sentences: int, patterns: Sequence[str] | None = None) -> str:
        """So many sentences, hardly any twice."""
        chosen: list[str] = []
        pool = patterns or self.replies + self.facts
        while len(chosen) < sentences:
            chosen += random.sample(pool, min(len(pool), sentences - len(chosen)))
        return self.gap.join(self.fill(random, pattern) for pattern in chosen)

    def reply(self, random: Random, *, free: bool) -> str:
        """A support reply of 1 to 8 sentences. free: it may end in an emoji, a name or an address."""
        parts = [self.prose(random, length(random, 2.6, 0.55, 1, 6), self.replies + self.facts[:12])]
        if random.random() < 0.35:
            parts.insert(0, self.fill(random, random.choice(self.openings)))
        if random.random() < 0.3:
            parts.append(self.fill(random, random.choice(self.closings)))
        if free and random.random() < 0.3:
            parts.append(self.fill(random, random.choice(self.tails)))
        return ("\n\n" if len(parts) > 2 and random.random() < 0.4 else self.gap).join(parts)

    def question(self, random: Random) -> str:
        """What a customer writes."""
        count = 1 + (random.random() < 0.3)
        return self.gap.join(self.fill(random, pattern) for pattern in random.sample(self.questions, count))

    def summary(self, random: Random) -> str:
        """A summary of 1 to 5 sentences, each with a full stop."""
        return self.prose(random, length(random, 2.2, 0.45, 1, 5), self.facts)

    def task(self, random: Random, name: str) -> str:
        """A prompt for a task such as "sql"."""
        return self.fill(random, random.choice(self.tasks[name]))


def length(random: Random, middle: float, spread: float, least: int, most: int) -> int:
    """A log-normal whole number: most are small, some are large."""
    return max(least, min(most, round(random.lognormvariate(0, spread) * middle)))


def _number(random: Random, language: Language) -> str:
    return str(length(random, 12, 1.2, 2, 4000))


def _money(random: Random, language: Language) -> str:
    amount = random.lognormvariate(3.5, 1.2)
    if language.name == "English":
        return random.choice([f"${amount:,.2f}", f"${amount:.0f}", f"{amount:.2f} USD"])
    if language.name == "Spanish":
        return random.choice([f"{amount:.2f}".replace(".", ",") + " €", f"{amount:.0f} euros"])
    return random.choice([f"{amount:.2f}元", f"¥{amount:.0f}", f"{amount:.0f}元"])


def _percent(random: Random, language: Language) -> str:
    value = f"{random.uniform(0.4, 98):.{random.choice([0, 0, 1])}f}"
    return (value.replace(".", ",") + " %") if language.name == "Spanish" else value + "%"


def _date(random: Random, language: Language) -> str:
    year, month, day = random.randint(2019, 2026), random.randint(1, 12), random.randint(1, 28)
    if language.name == "Chinese":
        return random.choice([f"{year}年{month}月{day}日", f"{month}月{day}日", f"{year}-{month:02}-{day:02}"])
    if language.name == "Spanish":
        return f"{day} de {language.slots['month'][month - 1]}"
    return random.choice([f"{language.slots['month'][month - 1]} {day}", f"{year}-{month:02}-{day:02}"])


_FIGURES: dict[str, Callable[[Random, Language], str]] = {
    "number": _number,
    "money": _money,
    "question": lambda random, language: language.question(random),
    "fact": lambda random, language: language.fill(random, random.choice(language.facts)),
    "percent": _percent,
    "date": _date,
    "time": lambda random, language: f"{random.randint(0, 23)}:{random.choice(['00', '15', '30', '45', '05'])}",
    "decimal": lambda random, language: f"{random.uniform(0.1, 40):.{random.randint(1, 2)}f}",
    "order": lambda random, language: random.choice(["#", "A-", "ORD-", ""]) + str(random.randint(10_000, 9_999_999)),
    "url": lambda random, language: (
        f"https://{random.choice(['www', 'help', 'shop'])}.example.com/"
        f"{random.choice(['returns', 'faq?id=', 'orders/', 'en/account#'])}{random.randint(1, 900)}"
    ),
}
