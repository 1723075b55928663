"""LAB003: which labels are joined, and which never."""

from __future__ import annotations

import pytest

from dataaudit.checks.spelling import ALIKE, FOLDED, Spelling
from dataaudit.checks.wrapped_labels import WRAPPED

SPELLING = Spelling(
    similarity=0.8, rare_share=0.1, frequent_rows=20, minimum_length=4, wrapped_share=0.5, wrapping_words=3
)


@pytest.mark.parametrize(
    ("counts", "wrong"),
    [
        (
            {"Billing": 40, "billing": 60, "billing ": 2},
            {"Billing": ("billing", FOLDED), "billing ": ("billing", FOLDED)},
        ),
        ({"billing": 60, "biling": 2}, {"biling": ("billing", ALIKE)}),
        ({"billing": 60, "biling": 40}, {}),
        ({"grade 1": 90, "grade 2": 3}, {}),
        ({"yes": 90, "yet": 1}, {}),
        ({"facturación": 80, "facturacion": 2}, {"facturacion": ("facturación", ALIKE)}),
        ({"退款": 50, "退货": 2}, {}),
        ({}, {}),
        (
            {"ham": 90, "spam": 30, "The label is ham.": 9, "The label is spam.": 3},
            {"The label is ham.": ("ham", WRAPPED), "The label is spam.": ("spam", WRAPPED)},
        ),
        (
            {"label: ham": 90, "label: spam": 30, "ham": 9, "spam": 3},
            {"ham": ("label: ham", WRAPPED), "spam": ("label: spam", WRAPPED)},
        ),
        (
            {"退款": 90, "退货": 30, '{"label": "退款"}': 9, '{"label": "退货"}': 3},
            {'{"label": "退款"}': ("退款", WRAPPED), '{"label": "退货"}': ("退货", WRAPPED)},
        ),
        ({"card": 30, "account": 30, "card lost": 20, "account lost": 9}, {}),
        ({"ham": 90, "spam": 30, "The label is ham.": 9}, {}),
        ({"not spam": 30, "spam": 30}, {}),
    ],
    ids=[
        "folded",
        "slip",
        "both frequent",
        "numbers",
        "too short",
        "accent",
        "Chinese",
        "none",
        "sentence",
        "bare ones",
        "JSON",
        "longer labels",
        "only one",
        "a negation",
    ],
)
def test_misspelt(counts: dict[str, int], wrong: dict[str, tuple[str, str]]) -> None:
    assert SPELLING.misspelt(counts) == wrong


def test_declared_labels_are_never_joined_and_others_are_named() -> None:
    declared = Spelling(0.8, 0.1, 20, 4, 0.5, 3, frozenset({"refund", "refunds", "billing"}))
    found = declared.misspelt({"refund": 50, "refunds": 1, "Billing": 3, "misc": 30})
    assert {label: meant for label, (meant, _) in found.items()} == {"Billing": "billing", "misc": "billing"}


def test_one_new_label_is_judged_as_in_a_whole_set() -> None:
    assert SPELLING.meant("biling", {"billing": 60}) == ("billing", ALIKE)
    assert SPELLING.meant("Billing", {"billing": 60}) == ("billing", FOLDED)
    assert SPELLING.meant("delivery", {"billing": 60}) is None
