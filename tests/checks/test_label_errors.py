"""LAB006 from end to end: what is named, what is left alone, what cannot be judged, and that order does not matter."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from dataaudit import audit
from dataaudit.learning.bayes import grouped_folds
from dataaudit.model import Report

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]
COPIED = ["today", "again", "now", "please", "why", "then", "once", "more", "here", "still", "yet", "soon"]
SELECTED = ["LAB006", "SIM001", "SIM003"]

TOPICS = {
    "english": {
        "billing": "invoice fee charged card payment receipt amount twice refund tax bank monthly",
        "delivery": "parcel courier tracking address box late arrived door shipment depot driver neighbour",
        "account": "password login email profile locked username reset delete name settings code sign",
    },
    "arabic": {
        "فاتورة": "الفاتورة الرسوم البطاقة الدفع المبلغ الإيصال الضريبة البنك استرداد مرتين شهري خصم",
        "شحن": "الطرد الشحنة التتبع العنوان متأخر وصل الباب السائق الصندوق الجار المستودع التسليم",
    },
    "thai": {
        "ชำระเงิน": "ใบแจ้งหนี้ ค่าธรรมเนียม บัตร ชำระ ใบเสร็จ ยอดเงิน ธนาคาร ภาษี คืนเงิน รายเดือน เรียกเก็บ สองครั้ง",
        "จัดส่ง": "พัสดุ คนส่งของ ติดตาม ที่อยู่ กล่อง ล่าช้า ถึงแล้ว ประตู คลังสินค้า คนขับ เพื่อนบ้าน จัดส่ง",
    },
}  # fmt: skip


def _rows(language: str, each: int, wrong: int, *, joined: str = " ", seed: int = 1) -> tuple[list[Row], list[int]]:
    """(rows, numbers of those with a wrong label): five words of the topic and two that all topics share."""
    choice = random.Random(seed)
    topics = TOPICS[language]
    shared = [topic.split()[0] for topic in topics.values()]
    rows = []
    for name, words in topics.items():
        for _ in range(each):
            said = [*choice.sample(words.split(), 5), choice.choice(shared)]
            choice.shuffle(said)
            rows.append({"text": joined.join(said), "label": name})
    choice.shuffle(rows)
    flipped = sorted(choice.sample(range(len(rows)), wrong))
    for number in flipped:
        others = [name for name in topics if name != rows[number]["label"]]
        rows[number]["label"] = choice.choice(others)
    return rows, flipped


def _audited(rows: Sequence[Row], **thresholds: float) -> Report:
    return audit(list(rows), select=SELECTED, thresholds={"LAB006": thresholds} if thresholds else {})


def _named(report: Report) -> list[int]:
    return [finding.line - 1 for finding in report.findings if finding.rule == "LAB006" and finding.line is not None]


def _because(report: Report) -> str:
    return next(one.because for one in report.unchecked if one.rule == "LAB006")


@pytest.mark.parametrize(
    ("language", "joined"),
    [
        pytest.param("english", " ", id="english"),
        pytest.param("arabic", " ", id="arabic"),
        pytest.param("thai", "", id="thai-without-blanks"),
    ],
)
def test_wrong_labels_are_named_and_no_others(language: str, joined: str) -> None:
    rows, wrong = _rows(language, 120, 12, joined=joined)
    named = _named(_audited(rows))
    assert len(set(named) & set(wrong)) >= 9
    assert len(set(named) - set(wrong)) <= 1


def test_right_labels_are_left_alone() -> None:
    rows, _ = _rows("english", 120, 0)
    report = _audited(rows)
    assert _named(report) == []
    assert report.statistics["label_errors"]["estimated_noise"] < 0.02


def test_the_finding_names_both_labels_and_the_nearest_row() -> None:
    rows, wrong = _rows("english", 120, 9)
    rows[wrong[0]] = {"text": "invoice fee charged card payment receipt", "label": "delivery"}
    rows[wrong[0] - 1] = {"text": "receipt payment card charged fee tax", "label": "billing"}
    found = [finding for finding in _audited(rows).findings if finding.rule == "LAB006"]
    finding = next(finding for finding in found if finding.line == wrong[0] + 1)
    assert finding.field == "label"
    assert "label 'delivery' is likely wrong: 'billing' is more probable" in finding.message
    (related,) = finding.related
    assert related.line is not None
    assert related.score is not None
    assert rows[related.line - 1]["label"] == "billing"
    assert f"line {related.line} is the most similar 'billing'" in finding.message
    assert 0.6 < related.score < 1


@pytest.mark.parametrize("share", [0.1, 0.2, 0.4])
def test_the_estimated_share_follows_the_true_one(share: float) -> None:
    rows, _ = _rows("english", 200, int(600 * share))
    figures = _audited(rows).statistics["label_errors"]
    assert figures["estimated_noise"] == pytest.approx(share, abs=0.06)
    assert figures["rows"] == pytest.approx(600, abs=10)
    assert set(figures) == {
        "rows", "labels", "folds", "flagged", "estimated_noise", "drawn_at_random", "off_diagonal", "accuracy", "gain",
    }  # fmt: skip


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows, _ = _rows("english", 60, 15)
    turned = random.Random(9).sample(rows, len(rows))
    one, other = (_audited(some) for some in (rows, turned))
    assert one.statistics["label_errors"] == other.statistics["label_errors"]
    assert {json.dumps(rows[n]) for n in _named(one)} == {json.dumps(turned[n]) for n in _named(other)} != set()


def test_the_number_of_workers_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dataaudit.engine.pool.POOL_FROM_BYTES", 0)
    path = tmp_path / "train.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in _rows("english", 60, 15)[0]))
    one, two = (audit(path, select=SELECTED, workers=workers) for workers in (1, 2))
    assert one.counts["LAB006"] > 5
    assert one.to_json() == two.to_json()


def test_spellings_of_a_label_are_one_label() -> None:
    rows, _ = _rows("english", 80, 0)
    for row in rows[::3]:
        row["label"] = str(row["label"]).upper()
    report = _audited(rows)
    assert report.statistics["label_errors"]["labels"] == 3
    assert _named(report) == []


@pytest.mark.parametrize(
    "wrap",
    [
        pytest.param(lambda text, label: {"prompt": text, "completion": label}, id="answers"),
        pytest.param(
            lambda text, label: {"prompt": text, "completion": json.dumps({"category": label, "sure": True})}, id="json"
        ),
        pytest.param(
            lambda text, label: {
                "messages": [
                    {"role": "system", "content": "Name the team."},
                    {"role": "user", "content": f"Which team is this for? Message: {text}"},
                    {"role": "assistant", "content": label},
                ]
            },
            id="chat-with-one-instruction",
        ),
    ],
)
def test_labels_are_read_wherever_they_are(wrap: Any) -> None:
    rows, wrong = _rows("english", 100, 30)
    named = _named(_audited([wrap(row["text"], row["label"]) for row in rows]))
    assert len(set(named) & set(wrong)) >= 27
    assert len(set(named) - set(wrong)) <= 1


def test_rows_that_go_together_are_in_one_fold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Near-conflicts and equal prompts: none is judged by what was learned from the other. Of copies one is judged."""
    seen: list[list[int]] = []

    def dealt(labels: Any, groups: Any, folds: int) -> Any:
        seen.append(sorted(np.bincount(np.unique(groups, return_inverse=True)[1]).tolist())[-2:])
        return grouped_folds(labels, groups, folds)

    monkeypatch.setattr("dataaudit.learning.bayes.grouped_folds", dealt)
    rows, _ = _rows("english", 60, 0)
    text = "the invoice and the fee charged to my card for the payment of this month are not what the receipt says"
    near = [{"text": f"{text} {word}", "label": "billing"} for word in COPIED]
    conflicting = [{"text": f"our {text}", "label": "delivery"}]
    same = [{"text": "which driver lost the parcel of mine", "label": label} for label in ("delivery", "account")]
    report = _audited([*rows, *near, *conflicting, *same])
    assert report.counts["SIM003"] >= 1
    assert seen == [[2, 2]]
    assert report.statistics["label_errors"]["rows"] <= len(rows) + 1 + len(conflicting) + len(same)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        pytest.param([{"prompt": f"question {n}", "completion": f"answer {n * 7}"} for n in range(60)],
                     "no labels found", id="no-labels"),
        pytest.param(_rows("english", 8, 0)[0], "too few", id="few-rows"),
        pytest.param([{**row, "label": "one"} for row in _rows("english", 20, 0)[0]],
                     "there is only one label", id="one-label"),
        pytest.param([{**row, "label": "x" if n else "y"} for n, row in enumerate(_rows("english", 20, 0)[0])],
                     "fewer than two labels have 5 rows", id="one-row-of-the-other"),
        pytest.param([{**row, "label": "ab"[(n * 2654435761 >> 9) % 2]} for n, row in
                      enumerate(_rows("english", 60, 0)[0])], "hardly tell the labels apart", id="labels-by-chance"),
    ],
)  # fmt: skip
def test_what_cannot_be_judged_is_said(rows: list[Row], reason: str) -> None:
    report = _audited(rows)
    assert reason in _because(report)
    assert _named(report) == []
    assert report.statistics.get("label_errors", {}).get("estimated_noise") is None


def test_rows_of_rare_labels_are_left_out() -> None:
    rows, _ = _rows("english", 60, 0)
    rows += [{"text": "invoice of a strange kind", "label": "rare"}, {"text": "driver at the moon", "label": "odd"}]
    report = _audited(rows)
    assert report.statistics["label_errors"]["labels"] == 3
    assert _named(report) == []


def test_of_many_rows_a_sample_is_judged_and_that_is_said() -> None:
    rows, _ = _rows("english", 120, 36)
    report = _audited(rows, max_rows=200)
    assert report.statistics["label_errors"]["rows"] == 200
    assert report.statistics["label_errors"]["estimated_noise"] == pytest.approx(0.1, abs=0.06)
    assert "rows beyond the threshold max_rows" in _because(report)


def test_each_split_is_judged_by_itself(tmp_path: Path) -> None:
    paths = []
    for name, seed in (("train", 1), ("validation", 2)):
        path = tmp_path / f"{name}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in _rows("english", 80, 24, seed=seed)[0]))
        paths.append(path)
    both = audit(paths, select=SELECTED)
    alone = [audit(path, select=SELECTED) for path in paths]
    assert both.counts["LAB006"] == sum(one.counts["LAB006"] for one in alone)
    assert both.statistics["label_errors"] == alone[0].statistics["label_errors"]


def test_hostile_labels_and_texts_do_no_harm() -> None:
    rows, wrong = _rows("english", 80, 8)
    names = {"billing": "\x1b[31mbilling\x00", "delivery": "\u202edelivery", "account": "a" * 500}
    for row in rows:
        row["label"] = names[row["label"]]
    rows += [{"text": text, "label": names["billing"]} for text in ("", " ", "\ud800", "\x00" * 9, "…" * 5000)]
    report = _audited(rows)
    assert set(_named(report)) & set(wrong)
    messages = [finding.message for finding in report.findings if finding.rule == "LAB006"]
    assert not any(sign in message for message in messages for sign in "\x1b\x00\u202e")


def test_nothing_is_learned_where_the_rule_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    def learn(*_: Any) -> None:
        raise AssertionError

    monkeypatch.setattr("dataaudit.learning.features.text_vectors", learn)
    rows, _ = _rows("english", 60, 5)
    assert "label_errors" not in audit(rows, ignore=["LAB006"]).statistics
    assert "LAB006" not in audit(rows, severity={"LAB006": "off"}).counts
