"""LAB008: prompts that give their label or answer away, and natural ones that do not."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import dataaudit
from dataaudit.checks.batch import label_key
from dataaudit.checks.label_leak import LabelLeakCheck
from dataaudit.checks.repeated_answers import Repeats
from tests.checks import made


def _words(text: str) -> list[str]:
    return text.split()


TOPICS = {
    "sport": _words("match team goal coach league player final score season referee stadium cup"),
    "politics": _words("vote minister law party election budget parliament treaty reform tax mayor council"),
    "science": _words("cell planet laser gene fossil theory atom virus telescope climate enzyme robot"),
}
COMMON = _words("the new a old was is will after before many said with from about very late city week people again")
Labeled = list[tuple[str, str]]
Wrap = Callable[[str, str, int], str]


def _texts(rows: int, seed: int = 1, names: dict[str, str] | None = None) -> Labeled:
    """(text, label): words of a topic among common ones; `names`: other names of the labels."""
    random_ = random.Random(seed)
    made_rows = []
    for _ in range(rows):
        topic = random_.choice(sorted(TOPICS))
        words = random_.choices(TOPICS[topic], k=random_.randint(2, 5)) + random_.choices(
            COMMON, k=random_.randint(4, 14)
        )
        random_.shuffle(words)
        made_rows.append((" ".join(words).capitalize() + ".", (names or {}).get(topic, topic)))
    return made_rows


def _wrapped(rows: Labeled, wrap: Wrap, every: int = 1) -> Labeled:
    return [(wrap(t, label, n) if n % every == 0 else t, label) for n, (t, label) in enumerate(rows)]


def _columns(rows: Labeled) -> list[dict[str, Any]]:
    return [{"text": text, "label": label} for text, label in rows]


def _pairs(rows: Labeled) -> list[dict[str, Any]]:
    return [{"prompt": text, "completion": label} for text, label in rows]


def _chats(rows: Labeled) -> list[dict[str, Any]]:
    return [
        {
            "messages": [
                {"role": "user", "content": text},
                {"role": "assistant", "content": json.dumps({"topic": label})},
            ]
        }
        for text, label in rows
    ]


def _found(rows: list[dict[str, Any]]) -> tuple[int, list[str]]:
    report = dataaudit.audit(rows, select=["LAB008"])
    return report.counts.get("LAB008", 0), [finding.message for finding in report.findings]


GERMAN = {"sport": "Sport", "politics": "Politik", "science": "Wissenschaft"}
CHINESE = {"sport": "体育", "politics": "政治", "science": "科学"}
ARABIC = {"sport": "رياضة", "politics": "سياسة", "science": "علوم"}
HINDI = {"sport": "खेल", "politics": "राजनीति", "science": "विज्ञान"}

NAMED: dict[str, tuple[Wrap, dict[str, str] | None]] = {
    "a line before the text": (lambda t, label, n: f"label: {label}\n{t}", None),
    "a line after the text": (lambda t, label, n: f"{t}\nAnswer: {label}", None),
    "a heading": (lambda t, label, n: f"{t}\n\n### Response:\n{label}", None),
    "in brackets": (lambda t, label, n: f"{t} (category={label})", None),
    "a field of JSON": (lambda t, label, n: json.dumps({"text": t, "class": label}), None),
    "a tag": (lambda t, label, n: f"<label>{label}</label> {t}", None),
    "fastText": (lambda t, label, n: f"__label__{label} {t}", None),
    "German": (lambda t, label, n: f"Kategorie: {label}. {t}", GERMAN),
    "Chinese": (lambda t, label, n: f"{t}\n这篇文章的类别:{label}", CHINESE),
    "Arabic": (lambda t, label, n: f"التصنيف: {label}\n{t}", ARABIC),
    "Hindi": (lambda t, label, n: f"श्रेणी: {label} | {t}", HINDI),
    "a sentence": (lambda t, label, n: f"The correct answer is {label}. {t}", None),
    "a sentence with a colon": (lambda t, label, n: f"{t} La respuesta es: {label}", None),
    "a Chinese sentence": (lambda t, label, n: f"{t}\n答案是:{label}。", CHINESE),
    "the case and signs of names": (lambda t, label, n: f"**Label** = `{label.upper()}`\n{t}", None),
}


@pytest.mark.parametrize("shape", [_columns, _pairs, _chats])
@pytest.mark.parametrize("case", NAMED)
def test_a_label_behind_its_name_is_found_in_each_row(case: str, shape: Callable[..., list[dict[str, Any]]]) -> None:
    wrap, names = NAMED[case]
    count, said = _found(shape(_wrapped(_texts(300, names=names), wrap, every=10)))
    assert count == 30
    assert all(message.startswith("the prompt holds its own label ") for message in said)


PLAIN: dict[str, Wrap] = {
    "the name of a file": lambda t, label, n: f"{label}_{n:04}.txt: {t}",
    "a path": lambda t, label, n: f"From data/{label}/{n}: {t}",
    "brackets at the start": lambda t, label, n: f"[{label}] {t}",
    "at the start, then a tab": lambda t, label, n: f"{label}\t{t}",
    "the last line": lambda t, label, n: f"{t}\n{label}",
}


@pytest.mark.parametrize("case", PLAIN)
def test_a_label_apart_from_the_text_in_all_rows_is_found(case: str) -> None:
    assert _found(_columns(_wrapped(_texts(200), PLAIN[case])))[0] == 200


@pytest.mark.parametrize(("shape", "expected"), [(_columns, 200), (_pairs, 0)], ids=["column", "answer"])
def test_any_field_counts_beside_columns_but_not_where_answers_may_be_taken_from_it(
    shape: Callable[..., list[dict[str, Any]]], expected: int
) -> None:
    assert _found(shape(_wrapped(_texts(200), lambda t, label, n: f"dept={label} {t}")))[0] == expected


def _one_shot(text: str, label: str, number: int) -> str:
    return f"Text: A late goal.\nLabel: {sorted(TOPICS)[number * 7 % 3]}\n\nText: {text}\nLabel:"


NATURAL: dict[str, Callable[[], Labeled]] = {
    "plain texts": lambda: _texts(300),
    "a list of options": lambda: _wrapped(_texts(300), lambda t, label, n: f"Label: sport, politics or science?\n{t}"),
    "options in any order": lambda: _wrapped(
        _texts(300),
        lambda t, label, n: f"Options: {', '.join(random.Random(n).sample(sorted(TOPICS), 3))}\n{t}\nAnswer:",
    ),
    "an example with any label": lambda: _wrapped(_texts(300), _one_shot),
    "words of the label": lambda: [(f"{t} This is all about {label} I think.", label) for t, label in _texts(300)],
    "the label as the whole prompt": lambda: [
        (label if n % 3 else t, label) for n, (t, label) in enumerate(_texts(300))
    ],
    "questions with choices": lambda: [
        (f"{t}\nA) {a}\nB) {b}\nC) {c}", random.Random(n).choice("ABC"))
        for n, (t, _) in enumerate(_texts(300))
        for a, b, c in [random.Random(n).sample(COMMON, 3)]
    ],
    "quoted from the text": lambda: [
        (f"{t} She lives in {city}. Where does she live?", city)
        for n, (t, _) in enumerate(_texts(300))
        for city in [["Hà Nội", "Abuja", "Lima", "北京"][n % 4]]
    ],
    "file names of other things": lambda: _wrapped(_texts(300), lambda t, label, n: f"sport_{n}.txt: {t}"),
    "one template a label": lambda: [
        (text.format(n=n), label)
        for n in range(100)
        for text, label in (("Where is order {n}?", "delivery"), ("Order {n} was charged twice", "billing"))
    ],
    "rows sorted by label": lambda: sorted(_texts(300), key=lambda row: row[1]),
    "nearly all of one label": lambda: [(t, "ham" if n % 50 else "spam") for n, (t, _) in enumerate(_texts(600))],
}


@pytest.mark.parametrize("shape", [_columns, _pairs, _chats])
@pytest.mark.parametrize("case", NATURAL)
def test_natural_prompts_have_no_finding(case: str, shape: Callable[..., list[dict[str, Any]]]) -> None:
    assert _found(shape(NATURAL[case]())) == (0, [])


THAI = {"sport": "ก", "politics": "ข", "science": "ค"}
MARKS = {"sport": "src=7", "politics": "src=3", "science": "src=5"}
TOKENS: dict[str, tuple[Wrap, str]] = {
    "a piece with a number": (lambda t, label, n: f"{t} {MARKS[label]}", "'src=3' in 100% of 'politics' and 0% of"),
    "an id at the start": (lambda t, label, n: f"{len(label)} {t}", "'^8' in 100% of 'politics'"),
    "a sign": (lambda t, label, n: t + {"sport": " ♦", "politics": " ♠", "science": ""}[label], "'♠' in 100% of"),
    "a file": (lambda t, label, n: f"batch_{MARKS[label][-1]}.txt | {t}", "'batch_3.txt' in 100% of 'politics'"),
    "Thai": (lambda t, label, n: f"ข่าว{THAI[label]} {t}", "in 100% of"),
}


@pytest.mark.parametrize("shape", [_columns, _pairs])
@pytest.mark.parametrize("case", TOKENS)
def test_a_token_that_tells_the_label_is_one_finding(case: str, shape: Callable[..., list[dict[str, Any]]]) -> None:
    wrap, words = TOKENS[case]
    count, said = _found(shape(_wrapped(_texts(300), wrap)))
    assert count == 1
    assert said[0].startswith("train: one token tells the label: ")
    assert words in said[0]


def test_a_token_of_some_rows_or_of_one_label_of_three_is_none() -> None:
    some = _wrapped(_texts(300), lambda t, label, n: f"{t} {MARKS[label]}", every=2)
    one = [(f"{t} src=9" if label == "sport" else t, label) for t, label in _texts(300)]
    assert _found(_columns(some)) == _found(_columns(one)) == (0, [])


PAIR = ("politics", "sport")
ONE_SIDED: dict[str, tuple[Wrap, str]] = {
    "a piece with a number": (lambda t, label, n: f"{t} src=7", "src=7"),
    "a number": (lambda t, label, n: f"4711 {t}", "^4711"),
    "a sign": (lambda t, label, n: f"{t} ♦", "♦"),
    "one file": (lambda t, label, n: f"batch_3.txt | {t}", "batch_3.txt"),
    "files": (lambda t, label, n: f"img{n}.jpg: {t}", "img#.jpg:"),
    "an address": (lambda t, label, n: f"{t} https://example.org/{n}", "https://example.org/#"),
    "an id": (lambda t, label, n: f"[a7f3c2] {t}", "[a7f3c2]"),
}


@pytest.mark.parametrize("case", ONE_SIDED)
def test_of_two_labels_a_mark_in_one_is_enough(case: str) -> None:
    wrap, token = ONE_SIDED[case]
    rows = [(wrap(t, label, n) if label == "sport" else t, label) for n, (t, label) in enumerate(_pair())]
    assert _found(_columns(rows)) == (
        1,
        [f"train: one token tells the label: {token!r} in 100% of 'sport' and 0% of the others"],
    )


WORDY: dict[str, Wrap] = {
    "a word": lambda t, label, n: f"My {t.lower()}",
    "a question": lambda t, label, n: f"{t} Right?",
    "a word with an apostrophe": lambda t, label, n: f"I'm {t.lower()}",
    "a word with a hyphen": lambda t, label, n: f"{t} An e-mail, please!",
    "Arabic": lambda t, label, n: f"{t} بطاقتي؟",
    "Chinese": lambda t, label, n: f"我{t}吗？",
    "Hindi": lambda t, label, n: f"{t} मेरी।",
}


@pytest.mark.parametrize("case", WORDY)
def test_of_two_labels_a_plain_word_must_be_in_each(case: str) -> None:
    rows = [(WORDY[case](t, label, n) if label == "sport" else t, label) for n, (t, label) in enumerate(_pair())]
    assert _found(_columns(rows)) == (0, [])
    both = [(t if label == "sport" else f"Hello {t.lower()}", label) for t, label in rows]
    assert _found(_columns(both))[0] == 1


def _pair() -> Labeled:
    return [row for row in _texts(300) if row[1] in PAIR]


def test_a_length_that_tells_the_label_is_one_finding() -> None:
    size = {"politics": 120, "science": 240, "sport": 360}
    rows = [((t + " and so on" * 40)[: size[label] + n % 50], label) for n, (t, label) in enumerate(_texts(300))]
    count, said = _found(_columns(rows))
    assert count == 1
    assert said[0].startswith("train: the length of the prompt alone tells the label of ")


NOUNS = _words("river minister engine letter garden teacher market winter signal bridge")


def _answer(number: int) -> str:
    first, second, third, fourth = random.Random(number).sample(NOUNS, 4)
    return f"The {first} met the {second} near the {third} because of its {fourth}."


ANSWERS = [_answer(number) for number in range(400)]


def _asked(n: int) -> str:
    return f"Tell me in a sentence what case {n} is about, and why."


@pytest.mark.parametrize(
    ("wrap", "words"),
    [
        pytest.param(
            lambda q, a: f"{q}\n\n### Response:\n{a}", "the prompt ends in the answer, named as such", id="named"
        ),
        pytest.param(lambda q, a: f"{q}\nОтвет: {a}", "the prompt ends in the answer, named as such", id="Russian"),
        pytest.param(lambda q, a: f"{q} 答案:{a}\n", "the prompt ends in the answer, named as such", id="Chinese"),
        pytest.param(lambda q, a: f"{q}\n{a}", "the prompt ends in the answer", id="without-a-name"),
    ],
)
def test_a_free_answer_that_ends_the_prompt_is_found(wrap: Callable[[str, str], str], words: str) -> None:
    rows = [(wrap(_asked(n), a) if n % 40 == 0 else _asked(n), a) for n, a in enumerate(ANSWERS)]
    assert _found(_pairs(rows)) == (10, [words] * 10)


FREE: dict[str, Callable[[int, str], str]] = {
    "nothing repeated": lambda n, a: _asked(n),
    "to be repeated": lambda n, a: f"Say after me: {a}",
    "to be corrected": lambda n, a: f"Correct this: {a if n % 4 == 0 else a.replace('because', 'becuase')}",
    "quoted from a text": lambda n, a: f"Why?\n{a} {ANSWERS[n - 1]}" if n % 3 else f"Why?\n{ANSWERS[n - 1]} {a}",
    "four rows": lambda n, a: f"{_asked(n)}\nAnswer: {a}" if n in (3, 50, 80, 200) else _asked(n),
}


@pytest.mark.parametrize("case", FREE)
def test_free_answers_that_belong_into_the_prompt_have_no_finding(case: str) -> None:
    assert _found(_pairs([(FREE[case](n, a), a) for n, a in enumerate(ANSWERS)])) == (0, [])


def test_the_rows_are_flagged_for_the_grade() -> None:
    rows = _wrapped(_texts(120), lambda t, label, n: f"label: {label}\n{t}", every=10)
    data = [(n, {"prompt": t, "completion": f"Answer {n}", "category": label}) for n, (t, label) in enumerate(rows, 1)]
    evidence = made.evidence(data)
    evidence.label_names = {key: text for text in TOPICS for key in [label_key(text)]}
    (tally,) = LabelLeakCheck(40).judge(Repeats(), evidence)
    assert tally.total == 12
    assert evidence.flagged["LAB008"].tolist() == [hit.row for hit in tally.hits] == list(range(0, 120, 10))


@pytest.mark.parametrize(
    ("rows", "because"),
    [
        pytest.param(
            [{"prompt": f"q {n}", "completion": str(n)} for n in range(60)], "neither labels nor", id="no-labels"
        ),
        pytest.param(_columns(_texts(12)), "too few labeled rows", id="few-rows"),
    ],
)
def test_what_is_not_judged_says_why(rows: list[dict[str, Any]], because: str) -> None:
    report = dataaudit.audit(rows, select=["LAB008"])
    assert [because in one.because for one in report.unchecked if one.rule == "LAB008"] == [True]


def test_more_rows_than_are_sampled_are_all_searched() -> None:
    rows = _columns(_wrapped(_texts(400), lambda t, label, n: f"label: {label}\n{t}"))
    report = dataaudit.audit(rows, select=["LAB008"], thresholds={"LAB008": {"max_rows": 50}})
    assert report.counts == {"LAB008": 400}


def test_order_of_rows_and_number_of_workers_do_not_matter(tmp_path: Path) -> None:
    rows = _columns(_wrapped(_texts(400), lambda t, label, n: f"{t} {MARKS[label]} label: {label}"))
    said = []
    for seed in (1, 2):
        random.Random(seed).shuffle(rows)
        file = tmp_path / f"train-{seed}.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        said.append([dataaudit.audit([str(file)], select=["LAB008"], workers=workers) for workers in (1, 2)])
    assert said[0][0].findings == said[0][1].findings
    counts = [(sorted(finding.message for finding in one.findings), one.counts) for one in (said[0][0], said[1][0])]
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "name",
    [
        *(
            f"intents/{part}"
            for part in ("clinc150_full_train.csv.gz", "clinc150_small_train.csv.gz", "banking77_train.csv")
        ),
        *(
            f"label_errors/{part}"
            for part in ("ag_news_clean_test.csv.gz", "hausa_news_dev.csv", "mmlu_redux_half.jsonl.gz")
        ),
        *("sms_spam/SMSSpamCollection.tsv", "label_tools/prodigy_textcat_docs_issues_training.jsonl.gz"),
        *(
            "alpaca/alpaca_zh_part.jsonl.gz",
            "leakage/superbowl_train.jsonl.gz",
            "providers/llamafactory_alpaca_en_demo.json",
        ),
    ],
)
def test_real_sets_have_no_finding(name: str, corpus: Path) -> None:
    assert dataaudit.audit([str(corpus / name)], select=["LAB008"]).counts == {}
