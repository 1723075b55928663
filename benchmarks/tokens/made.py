"""Made sets of several kinds to sample from: what varies is what makes totals hard to guess."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

_TEXTS = {
    "English": "the order was sent on Monday and has not arrived yet please tell me where it is now customer refund",
    "German": "die Bestellung wurde am Montag verschickt und ist noch nicht angekommen bitte um Rückerstattung",
    "Russian": "заказ был отправлен в понедельник и до сих пор не пришёл пожалуйста скажите где он возврат",
    "Chinese": "订单 星期一 已经 发出 还没有 收到 请问 现在 在哪里 退款 客户",
    "Hindi": "ऑर्डर सोमवार को भेजा गया था और अभी तक नहीं आया कृपया बताएं कहाँ है वापसी",
    "code": 'for i in range(10): def f(x): return x**2 { } != None ; 0x1F += self._items[key] "a": [1,2,3]',
}
_WORDS = {language: text.split() for language, text in _TEXTS.items()}
Row = dict[str, Any]


def _text(chance: random.Random, language: str, length: int) -> str:
    joint = "" if language == "Chinese" else " "
    return joint.join(chance.choices(_WORDS[language], k=max(length, 1)))


def _chat(asked: str, answered: str) -> Row:
    return {"messages": [{"role": "user", "content": asked}, {"role": "assistant", "content": answered}]}


def even(chance: random.Random, rows: int) -> list[Row]:
    """English chats, much alike."""
    return [
        _chat(_text(chance, "English", chance.randint(10, 40)), _text(chance, "English", chance.randint(20, 80)))
        for _ in range(rows)
    ]


def varied(chance: random.Random, rows: int) -> list[Row]:
    """Chats of 20,000 made words, so that no two are near each other."""
    letters = "etaoinshrdlucmfwyp"
    words = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(20_000)]

    def text(least: int, most: int) -> str:
        return " ".join(chance.choices(words, k=chance.randint(least, most)))

    return [_chat(text(10, 60), text(20, 160)) for _ in range(rows)]


def long_tail(chance: random.Random, rows: int) -> list[Row]:
    """Lengths over three orders of magnitude: a few rows are much of the total."""
    return [
        _chat(_text(chance, "English", 20), _text(chance, "English", min(int(chance.lognormvariate(3, 1.5)), 20_000)))
        for _ in range(rows)
    ]


def languages(chance: random.Random, rows: int) -> list[Row]:
    """Six languages and scripts, some rows in two of them."""
    names = list(_WORDS)
    return [
        {
            "prompt": _text(chance, chance.choice(names), chance.randint(5, 60)),
            "completion": _text(chance, chance.choice(names), chance.randint(5, 200)),
        }
        for _ in range(rows)
    ]


def copies(chance: random.Random, rows: int) -> list[Row]:
    """Half of all rows are one of five."""
    own = languages(chance, rows)
    return [chance.choice(own[:5]) if chance.random() < 0.5 else row for row in own]


KINDS: dict[str, Callable[[random.Random, int], list[Row]]] = {
    "chats, much alike": even,
    "lengths with a long tail": long_tail,
    "six languages": languages,
    "half of it copies": copies,
}
