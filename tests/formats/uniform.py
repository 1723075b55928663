"""Uniform sets of answers in several languages, and the thresholds of the built-in rules."""

from __future__ import annotations

import json
from collections.abc import Callable

from dataaudit.catalogue import load_catalogue
from dataaudit.formats import Deviation, Formats, Sample, learn_formats

_RULES = load_catalogue().rules
ROWS = 60
THINGS = {
    "English": ("lamp", "kettle", "desk", "router", "tent"),
    "Spanish": ("lámpara", "tetera", "mesa", "enrutador", "tienda"),
    "Chinese": ("台灯", "水壶", "书桌", "路由器", "帐篷"),
}
LABELS = {
    "English": ("billing", "delivery", "complaint"),
    "Spanish": ("factura", "entrega", "reclamación"),
    "Chinese": ("账单问题", "配送延误", "投诉建议"),
}
SENTENCES = {
    "English": (
        "The customer sent it back on day {1} because it did not work, and this week we will refund the {0}.",
        "Our {0} was repaired without a charge, after we had looked at it {1} times in the last few months.",
    ),
    "Spanish": (
        "La clienta lo devolvió el día {1} porque no funcionaba, y esta misma semana abonaremos la {0}.",
        "Nuestra {0} se reparó sin coste alguno, después de mirarla {1} veces a lo largo del último año.",
    ),
    "Chinese": (
        "客户在第{1}天把它退了回来，因为它不能正常使用，所以我们将在本周之内全额退还{0}。",
        "我们的{0}已经免费修好了，在过去的几个月里，师傅一共检查了{1}次才找到真正的原因。",
    ),
}


def threshold(rule: str, name: str) -> float:
    return _RULES[rule].threshold(name)


def learned(answers: list[str]) -> Formats:
    return learn_formats([Sample("", f"question {number}", answer) for number, answer in enumerate(answers)], threshold)


def found(answers: list[str]) -> list[list[Deviation]]:
    """The deviations of each answer from the format that all of them teach."""
    formats = learned(answers)
    return [formats.deviations(formats.chain("", f"question {number}"), one) for number, one in enumerate(answers)]


def thing(language: str, number: int) -> str:
    return THINGS[language][number % 5]


def sentence(language: str, number: int) -> str:
    return SENTENCES[language][number % 2].format(thing(language, number), number)


def json_answer(language: str, number: int) -> str:
    label = LABELS[language][number % 3]
    items = [{"name": f"{thing(language, number)} {number}", "count": number % 7 + 1}]
    return json.dumps({"label": label, "score": number, "items": items}, ensure_ascii=False)


def label_answer(language: str, number: int) -> str:
    return LABELS[language][number % 3]


def prose_answer(language: str, number: int) -> str:
    return (
        sentence(language, number) if number % 3 else f"{sentence(language, number)} {sentence(language, number + 3)}"
    )


def sql_answer(language: str, number: int) -> str:
    name = thing(language, number)
    return (f"SELECT id, name FROM items WHERE name = '{name}' AND amount > {number}",
            f"SELECT COUNT(*) FROM orders WHERE id = {number}")[number % 2]  # fmt: skip


def code_answer(language: str, number: int) -> str:
    return f"def total_{number}(rows):\n    # {thing(language, number)}\n    return sum(row.amount for row in rows)"


def markdown_answer(language: str, number: int) -> str:
    return (
        f"## {thing(language, number)}\n\n{sentence(language, number)}\n\n- {thing(language, number + 1)}\n- {number}"
    )


MAKERS: dict[str, Callable[[str, int], str]] = {
    "JSON": json_answer,
    "label": label_answer,
    "prose": prose_answer,
    "SQL": sql_answer,
    "code": code_answer,
    "Markdown": markdown_answer,
}
