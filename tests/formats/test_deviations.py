"""One answer that differs from uniform ones has exactly one deviation, of the rule that tells of it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.formats.uniform import LABELS, MAKERS, ROWS, found, learned, prose_answer

Change = Callable[[str], str]


def _in_json(**changes: object) -> Change:
    def change(answer: str) -> str:
        value = json.loads(answer)
        for key, new in changes.items():
            if new is ...:
                del value[key]
            else:
                value[key] = new
        return json.dumps(value, ensure_ascii=False)

    return change


def _renamed(old: str, new: str) -> Change:
    def change(answer: str) -> str:
        value = json.loads(answer)
        return json.dumps({new if key == old else key: item for key, item in value.items()}, ensure_ascii=False)

    return change


def _turned(answer: str) -> str:
    return json.dumps(dict(reversed(json.loads(answer).items())), ensure_ascii=False)


def _without_count(answer: str) -> str:
    value = json.loads(answer)
    del value["items"][0]["count"]
    return json.dumps(value, ensure_ascii=False)


PLANTED: list[tuple[str, str, str, str, Change]] = [
    ("JSON", "prose", "FMT001", "kind", lambda answer: "I am sorry, but I can't do that for you today."),
    ("JSON", "list of objects", "FMT001", "kind", lambda answer: f"[{answer}]"),
    ("JSON", "fence", "FMT002", "fence", lambda answer: f"```json\n{answer}\n```"),
    ("JSON", "preface", "FMT002", "before", lambda answer: f"Here you go:\n{answer}"),
    ("JSON", "afterword", "FMT002", "after", lambda answer: f"{answer}\nI hope that helps!"),
    ("JSON", "cut off", "FMT003", "fault", lambda answer: answer[: len(answer) // 2]),
    ("JSON", "Python", "FMT003", "fault", lambda answer: str(json.loads(answer))),
    ("JSON", "key missing", "FMT004", "keys", _in_json(score=...)),
    ("JSON", "key too much", "FMT004", "keys", _in_json(reason="none")),
    ("JSON", "key misspelt", "FMT004", "keys", _renamed("label", "lable")),
    ("JSON", "key in capitals", "FMT004", "keys", _renamed("label", "Label")),
    ("JSON", "key renamed", "FMT004", "keys", _renamed("score", "points")),
    ("JSON", "keys turned", "FMT004", "order:keys", _turned),
    ("JSON", "inner key missing", "FMT004", "keys:items[]", _without_count),
    ("JSON", "text for a number", "FMT005", "type:score", _in_json(score="7")),
    ("JSON", "null for a text", "FMT005", "type:label", _in_json(label=None)),
    ("JSON", "text for a list", "FMT005", "type:items", _in_json(items="none")),
    ("JSON", "empty text", "FMT005", "empty:label", _in_json(label="")),
    ("JSON", "foreign value", "FMT005", "enum:label", _in_json(label="something else")),
    ("JSON", "leading blank", "FMT007", "leading", lambda answer: f" {answer}"),
    ("JSON", "trailing line end", "FMT007", "trailing", lambda answer: f"{answer}\n"),
    ("label", "prose", "FMT001", "kind", lambda answer: "That is hard to say, since it speaks of two things at once."),
    ("label", "JSON", "FMT001", "kind", lambda answer: json.dumps({"label": answer})),
    ("label", "words around", "FMT002", "before", lambda answer: f"Label: {answer}"),
    ("label", "foreign label", "FMT005", "enum", lambda answer: "qqqq"),
    ("label", "final point", "FMT005", "enum", lambda answer: f"{answer}."),
    ("label", "trailing blank", "FMT007", "trailing", lambda answer: f"{answer} "),
    ("prose", "JSON", "FMT001", "kind", lambda answer: json.dumps({"text": answer})),
    ("prose", "leading blank", "FMT007", "leading", lambda answer: f" {answer}"),
    ("prose", "ten times longer", "FMT010", "length", lambda answer: " ".join([answer] * 12)),
    ("prose", "stump", "FMT010", "length", lambda answer: answer[:3]),
    ("SQL", "prose", "FMT001", "kind", lambda answer: "Sorry, I am not able to write that query for you."),
    ("SQL", "fence", "FMT002", "fence", lambda answer: f"```sql\n{answer}\n```"),
    ("SQL", "leading line end", "FMT007", "leading", lambda answer: f"\n{answer}"),
    ("code", "prose", "FMT001", "kind", lambda answer: "Sorry, I am not able to write that function for you."),
    ("code", "fence", "FMT002", "fence", lambda answer: f"```python\n{answer}\n```"),
    ("code", "JSON", "FMT001", "kind", lambda answer: json.dumps({"code": answer})),
    ("Markdown", "prose", "FMT001", "kind", lambda answer: " ".join(answer.replace("#", "").replace("- ", "").split())),
    ("Markdown", "trailing line end", "FMT007", "trailing", lambda answer: f"{answer}\n\n"),
]


@pytest.mark.parametrize("language", LABELS)
@pytest.mark.parametrize(
    ("family", "rule", "aspect", "change"),
    [
        pytest.param(family, rule, aspect, change, id=f"{family}, {name}")
        for family, name, rule, aspect, change in PLANTED
    ],
)
def test_one_planted_deviation_is_found(family: str, rule: str, aspect: str, change: Change, language: str) -> None:
    answers = [MAKERS[family](language, number) for number in range(ROWS)]
    answers[17] = change(answers[17])
    result = found(answers)
    assert [(one.rule, one.aspect) for one in result[17]] == [(rule, aspect)]
    assert not any(deviations for number, deviations in enumerate(result) if number != 17)


@pytest.mark.parametrize("mark", ["!!!", " END", "\n###", " ###", "</s>", " <STOP>"])
@pytest.mark.parametrize("family", ["JSON", "SQL", "prose", "label"])
@pytest.mark.parametrize("language", LABELS)
def test_a_missing_stop_mark_is_found(family: str, mark: str, language: str) -> None:
    answers = [MAKERS[family](language, number) + mark for number in range(ROWS)]
    answers[9] = answers[9].removesuffix(mark)
    result = found(answers)
    assert {one.rule for one in result[9]} == {"FMT007"}
    assert not any(deviations for number, deviations in enumerate(result) if number != 9)


@pytest.mark.parametrize(
    ("language", "prefix"), [("English", "Answer: "), ("Spanish", "Respuesta final: "), ("Chinese", "答案：")]
)
def test_a_missing_beginning_is_found(language: str, prefix: str) -> None:
    answers = [prefix + prose_answer(language, number) for number in range(ROWS)]
    answers[9] = prose_answer(language, 9)
    result = found(answers)
    assert [(one.rule, one.aspect) for one in result[9]] == [("FMT007", "prefix")]
    assert not any(deviations for number, deviations in enumerate(result) if number != 9)


@pytest.mark.parametrize("language", ["English", "Spanish"])
@pytest.mark.parametrize(
    ("change", "rule"), [(str.upper, "FMT005"), (str.title, "FMT005"), (lambda label: label[:3] + label[4:], "FMT005")]
)
def test_a_label_written_in_another_way(language: str, change: Change, rule: str) -> None:
    answers = [MAKERS["label"](language, number) for number in range(ROWS)]
    answers[4] = change(LABELS[language][1])
    (deviation,) = found(answers)[4]
    assert deviation.rule == rule
    assert LABELS[language][1] in deviation.message


def test_an_optional_key_is_part_of_the_format() -> None:
    answers = [json.dumps({"a": f"x{n}", "n": n} | ({"note": "y"} if n % 5 == 0 else {})) for n in range(ROWS)]
    assert not any(found(answers))


def test_all_in_capitals() -> None:
    answers = [prose_answer("English", number) for number in range(ROWS)]
    answers[7] = answers[7].upper()
    assert [one.rule for one in found(answers)[7]] == ["FMT007"]


def test_messages_show_what_is_meant() -> None:
    answers = [MAKERS["JSON"]("English", number) for number in range(ROWS)]
    formats = learned(answers)
    value = json.loads(answers[0])
    value["label"] = "Billing"
    (deviation,) = formats.deviations(0, json.dumps(value))
    assert deviation.message == 'label is "Billing", which should likely be "billing"'
    assert deviation.field == "completion"


def test_hostile_text_is_shown_escaped() -> None:
    formats = learned([MAKERS["JSON"]("English", number) for number in range(ROWS)])
    key = "\x1b[2J\u202e" + "k" * 10_000
    (deviation,) = formats.deviations(0, json.dumps(json.loads(MAKERS["JSON"]("English", 1)) | {key: 1}))
    assert "\x1b" not in deviation.message
    assert "\u202e" not in deviation.message
    assert len(deviation.message) < 200
    assert len(deviation.detail) < 100
