"""LAB003: which labels are joined, and which never."""

from __future__ import annotations

import time

import pytest

from dataaudit._resources import rule_data
from dataaudit.checks.label_words import plain
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


TELL_APART = {
    "a letter": ("category_B", "category_A"),
    "a letter behind a blank": ("version B", "version A"),
    "a letter behind a capital": ("categoryB", "categoryA"),
    "a letter behind a digit": ("degree 1b", "degree 1a"),
    "a letter in front": ("b-vitamin", "a-vitamin"),
    "a letter and none": ("subcategory_B", "subcategory"),
    "Roman numerals": ("severity_III", "severity_II"),
    "small Roman numerals": ("class-vi", "class-iv"),
    "a Roman numeral and a letter": ("phase IIIb", "phase IIIa"),
    "Roman characters": ("severity Ⅱ", "severity Ⅰ"),
    "Russian": ("категория Б", "категория А"),
    "Arabic": ("الصنف الأول ب", "الصنف الأول أ"),
    "Hindi": ("श्रेणी संख्या ख", "श्रेणी संख्या क"),
    "Korean": ("고객 문의 유형 나", "고객 문의 유형 가"),
    "Chinese, a Latin letter": ("产品质量问题B", "产品质量问题A"),
    "Chinese numerals": ("产品质量问题二", "产品质量问题一"),
}


@pytest.mark.parametrize("case", TELL_APART)
def test_single_letters_and_numerals_tell_labels_apart(case: str) -> None:
    rare, frequent = TELL_APART[case]
    assert SPELLING.misspelt({frequent: 90, rare: 3}) == SPELLING.misspelt({rare: 90, frequent: 3}) == {}
    assert SPELLING.meant(rare, {frequent: 90}) is None


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("catgeory_B", "category_B"),
        ("severty III", "severity III"),
        ("categroyB", "categoryB"),
        ("I dont knwo", "I don't know"),
        ("Categoría a y b", "categoria a y b"),
        ("medicin mix", "medicine mix"),
    ],
)
def test_slips_beside_a_letter_or_numeral_are_still_found(slip: str, meant: str) -> None:
    assert SPELLING.misspelt({meant: 90, slip: 3}) == {slip: (meant, ALIKE)}


NO_WRAPPINGS = {
    "not at all": ("toxic", "polite", "not at all {}"),
    "non, a colon": ("toxic", "polite", "non: {}"),
    "outside of": ("China", "Japan", "made outside of {}"),
    "un, a hyphen and quotes": ("clear", "certain", '"un-{}"'),
    "isn't": ("ham", "spam", "this isn't {} mail"),
    "JSON": ("toxic", "rude", '{{"{}": false}}'),
    "German": ("giftig", "höflich", "das ist nicht {}"),
    "French": ("positif", "négatif", "ce n'est pas {}"),
    "Spanish": ("tóxico", "amable", "no: {}"),
    "Portuguese": ("positivo", "negativo", "isto não é {}"),
    "Russian": ("спам", "реклама", "это точно НЕ {}"),
    "Turkish": ("olumlu", "olumsuz", "bu kesinlikle {} değil"),
    "Arabic": ("إيجابي", "سلبي", "هذا النص ليس {}"),
    "Arabic, other": ("سام", "مهذب", "الفئة: غير {}"),
    "Hindi": ("सकारात्मक", "नकारात्मक", "यह {} नहीं है"),
    "Chinese": ("正面", "负面", "不是：{}"),
    "Chinese, non": ("正面", "负面", "【非{}】"),
    "Japanese": ("肯定", "否定的", "「{}」ではない"),
    "Korean": ("긍정", "부정", "라벨: {} 아님"),
    "Thai": ("บวก", "ลบ", "ไม่ใช่: {}"),
    "Vietnamese": ("tích cực", "tiêu cực", "nhãn: không {}"),
    "less than": ("1", "2", "<{}"),
    "more than": ("1", "2", "> {}"),
    "equal": ("alpha", "beta", "=={}"),
    "not equal": ("alpha", "beta", "x != {}"),
    "at least": ("alpha", "beta", "x >= {}"),
    "aspects": ("food", "service", "{}:positive"),
}


@pytest.mark.parametrize("case", NO_WRAPPINGS)
def test_negations_and_comparisons_are_no_wrappings(case: str) -> None:
    first, second, around = NO_WRAPPINGS[case]
    counts = {first: 90, second: 80, around.format(first): 40, around.format(second): 30}
    assert SPELLING.misspelt(counts) == {}


@pytest.mark.parametrize("name", ["not_spaced", "not_unspaced", "not_before"])
def test_negations_are_listed_once_and_in_lower_case(name: str) -> None:
    words = rule_data("label_words.toml")[name]
    assert [word for word in words if words.count(word) > 1 or word != word.lower() or not plain(word)] == []


WRAPPINGS = {
    "full-width colon": ("正面", "负面", "标签：{}"),
    "colon without a blank": ("正面", "负面", "标签:{}"),
    "full-width brackets": ("正面", "负面", "类别【{}】"),
    "corner brackets": ("肯定", "中立", "答えは「{}」です"),
    "full-width equals": ("正面", "负面", "标签＝{}"),
    "Korean": ("긍정", "부정", "라벨: {}"),
    "Thai": ("บวก", "ลบ", "ป้ายกำกับ:{}"),
    "Turkish": ("olumlu", "olumsuz", "Türü: {}"),
    "Arabic": ("إيجابي", "سلبي", "التصنيف: {}"),
    "short JSON": ("refund", "delivery", '{{"label":"{}"}}'),
    "a tag": ("refund", "delivery", "<label>{}</label>"),
    "an assignment": ("refund", "delivery", "label = {}"),
    "a sentence": ("refund", "delivery", "The right answer is {}."),
}


@pytest.mark.parametrize("case", WRAPPINGS)
def test_marks_of_formats_are_wrappings_in_any_script(case: str) -> None:
    first, second, around = WRAPPINGS[case]
    counts = {first: 90, second: 80, around.format(first): 40, around.format(second): 30}
    found = {around.format(first): (first, WRAPPED), around.format(second): (second, WRAPPED)}
    assert SPELLING.misspelt(counts) == found


def test_a_long_label_is_read_in_bounded_time() -> None:
    start = time.perf_counter()
    assert SPELLING.misspelt({"ham": 9, "spam": 9, "ham: " * 20_000: 1, '"\ud800' * 20_000: 1, "x" * 100_000: 1}) == {}
    assert time.perf_counter() - start < 5


def test_declared_labels_are_never_joined_and_others_are_named() -> None:
    declared = Spelling(0.8, 0.1, 20, 4, 0.5, 3, frozenset({"refund", "refunds", "billing"}))
    found = declared.misspelt({"refund": 50, "refunds": 1, "Billing": 3, "misc": 30})
    assert {label: meant for label, (meant, _) in found.items()} == {"Billing": "billing", "misc": "billing"}


def test_one_new_label_is_judged_as_in_a_whole_set() -> None:
    assert SPELLING.meant("biling", {"billing": 60}) == ("billing", ALIKE)
    assert SPELLING.meant("Billing", {"billing": 60}) == ("billing", FOLDED)
    assert SPELLING.meant("delivery", {"billing": 60}) is None
