"""What excuses other answers to almost equal prompts, and what does not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataaudit.similarity.differences import names, negations, number_words, sentences, tokens
from dataaudit.similarity.guards import NAME, NEGATION, NUMBER, QUESTION, SIGN, WORD, excused, same_facts

TOWER = "The tower was built by two brothers. It burned down once and was put up again in stone. "
BRIDGE = "这座桥是石匠修建的，一共花了很多年。桥头有石狮子，后来被洪水冲走了。"
REASONS = {None, NUMBER, SIGN, NEGATION, NAME, WORD, QUESTION}

DIFFERENT = [
    ("number", "How much is 12 + 15?", "How much is 12 + 16?", NUMBER),
    ("number-inside-word", "Which port does model B12 use by default?", "Which port does model B14 use?", NUMBER),
    ("number-word", "She has two cats and some fish.", "She has three cats and some fish.", NUMBER),
    ("number-arabic", "ما هو ضعف ٣؟", "ما هو ضعف ٤؟", NUMBER),
    ("number-han", "三个苹果多少钱？", "五个苹果多少钱？", NUMBER),
    ("sign", "Compute 8 + 2 for me", "Compute 8 * 2 for me", SIGN),
    ("not", "Which plans are included?", "Which plans are not included?", NEGATION),
    ("contraction", "I can log in to the shop", "I can't log in to the shop", NEGATION),
    ("prefix", "Is it legal to park here?", "Is it illegal to park here?", NEGATION),
    ("french", "On peut résilier le contrat ?", "On ne peut pas résilier le contrat ?", NEGATION),
    ("german", "Welche Tiere sind erlaubt?", "Welche Tiere sind nicht erlaubt?", NEGATION),
    ("russian", "Что можно брать с собой?", "Что не нужно брать с собой?", NEGATION),
    ("chinese", "这个可以退货", "这个不可以退货", NEGATION),
    ("japanese", "ここで写真を撮れます", "ここで写真を撮れません", NEGATION),
    ("thai", "ฉันจองห้องแล้ว", "ฉันไม่จองห้องแล้ว", NEGATION),
    ("korean", "여기에 주차할 수 있어요", "여기에 주차할 수 없어요", NEGATION),
    ("name", "Tell me the capital of France", "Tell me the capital of Spain", NAME),
    ("word", "book a seat at the window", "book a seat at the corridor", WORD),
    ("preposition", "show me flights to the islands", "show me flights from the islands", WORD),
    ("han-word", "法国的首都是哪里？", "德国的首都是哪里？", WORD),
    ("thai-word", "กรุงเทพอยู่ที่ไหน", "เชียงใหม่อยู่ที่ไหน", WORD),
    ("korean-word", "서울은 어디에 있나요", "부산은 어디에 있나요", WORD),
    ("question", TOWER + "Who built the tower?", TOWER + "What happened to it later on?", QUESTION),
    ("question-line", TOWER + "\nWho is the author?", TOWER + "\nWho is the editor?", WORD),
    ("question-han", BRIDGE + "谁修建了这座桥？", BRIDGE + "石狮子怎么样了？", QUESTION),
]


@pytest.mark.parametrize(
    ("first", "second", "reason"), [pytest.param(a, b, reason, id=name) for name, a, b, reason in DIFFERENT]
)
def test_what_matters_is_a_reason(first: str, second: str, reason: str) -> None:
    assert excused(first, second, False) == reason


WORDING = [
    ("typing-error", "How do I change my password?", "How do I chnage my pasword?"),
    ("spelling", "the colour of the sky", "the color of the sky"),
    ("ending", "Cancel my orders today", "Cancel my order today"),
    ("politeness", "How do I pay?", "Hi there! Please, how do I pay? Thanks a lot"),
    ("punctuation", "What's new in Rome", "Whats new in Rome?!"),
    ("order", "Reset my password now", "Now reset my password"),
    ("dropped-words", "Where can I see the very old invoices of my shop?", "Where can I see the old invoices?"),
    ("thousands", "Is 1,000 enough for a week?", "Is 1000 enough for a week?"),
    ("number-spelled", "Boil 2 eggs for me", "Boil two eggs for me"),
    ("contraction", "I don't see the button", "I do not see the button"),
    ("accents", "¿Cómo cambio mi contraseña?", "Como cambio mi contrasena"),
    ("german-typo", "Wie lange dauert die Rückerstattung?", "Wie lange dauert die Rückerstatung"),
    ("question-particle", "Tôi có thể đổi vé không?", "Tôi có thể đổi vé"),
    ("han-a-not-a", "请问能不能退货", "请问能退货吗"),
    ("han-politeness", "不好意思，怎么退货", "怎么退货"),
    ("japanese-endings", "会議室を予約したいのですが", "会議室を予約したいです"),
    ("thai-politeness", "ร้านเปิดกี่โมงครับ", "ร้านเปิดกี่โมงคะ"),
    ("korean-particle", "비밀번호를 변경하려면", "비밀번호 변경하려면"),
    ("long-sentence", f"{'word ' * 40}bought a mouse", f"{'word ' * 40}purchased a mouse"),
    ("equal", "same", "same"),
    ("empty", "", ""),
]


@pytest.mark.parametrize(("first", "second"), [pytest.param(a, b, id=name) for name, a, b in WORDING])
def test_wording_is_no_reason(first: str, second: str) -> None:
    assert excused(first, second, False) is None


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        pytest.param("It broke after 3 days", "It broke after 4 days", None, id="number"),
        pytest.param("a phone by Nokia, broken", "a phone by Siemens, broken", None, id="name"),
        pytest.param("the staff was helpful", "the staff was not helpful", NEGATION, id="negation"),
        pytest.param(TOWER + "Did it burn?", TOWER + "Were the builders sisters?", QUESTION, id="question"),
        pytest.param("turn on the light", "turn off the light", WORD, id="word"),
    ],
)
def test_numbers_and_names_do_not_change_a_label(first: str, second: str, reason: str | None) -> None:
    assert excused(first, second, True) == reason


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        pytest.param("I have two cats", "There are 2 cats here", True, id="spelled-number"),
        pytest.param("Opened in 2019", "It was opened in 2021", False, id="number"),
        pytest.param("Parking is allowed", "You may not park", False, id="negation"),
        pytest.param("Put it into German", "Translate it to Japanese", False, id="names"),
        pytest.param("How do I reach Lyon?", "What is the way to Lyon?", True, id="equal-name"),
        pytest.param("如何在短时间内学会游泳？", "怎样才能快速学会游泳？", True, id="chinese"),
    ],
)
def test_same_facts(first: str, second: str, same: bool) -> None:
    assert same_facts(first, second) is same
    assert same_facts(second, first) is same


def test_parts_of_a_text() -> None:
    assert sentences("One. Two?\nThree。四！\n\n?") == ["one", "two", "three", "四"]
    assert tokens("gpt4 costs 3+4") == ["gpt", "4", "costs", "3", "+", "4"]
    assert tokens("東京タワーへ") == ["東", "京", "タワー", "へ"]
    assert number_words(["two", "cats", "三"]) == ["2", "三"]
    assert negations(sentences("Je ne peux pas venir. Nobody said that we should not.")) == 3
    assert names("Where does Anna live, in Lyon?") == {"anna", "lyon"}
    assert names("Die Katze und der Hund und das Pferd und die Kuh und das Schwein im Stall") == set()


TEXTS = st.text(max_size=60) | st.lists(
    st.sampled_from(
        ["not", "2", "Paris", "don't", "不", "能", "ร้าน", "서울", "の", ". ", "\n", "-", "+", "x" * 30, "\ud800"]
    ),
    max_size=20,
).map(" ".join)


@given(first=TEXTS, second=TEXTS, closed=st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_two_texts_have_one_answer(first: str, second: str, closed: bool) -> None:
    reason = excused(first, second, closed)
    assert reason in REASONS
    assert excused(second, first, closed) == reason
    assert excused(first, first, closed) is None
    assert same_facts(first, second) is same_facts(second, first)
    assert same_facts(first, first)


@pytest.mark.parametrize("piece", ["x", "不", "ร้านเปิด", "Aa Bb. ", "x\n", "not ", "1 ", "!? "], ids=ascii)
def test_long_texts_take_no_longer(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    start = time.perf_counter()
    excused(text + " one", text + " other", False)
    same_facts(text + " one", text + " other")
    assert time.perf_counter() - start < 5
