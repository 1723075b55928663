"""Placeholders that were left unfilled, and all that only looks like one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.formats.placeholders import find_placeholder

LEFT = [
    ("I am {{name}}, made by {{author}}.", "{{...}}"),
    ("您好，我是{{name}}。", "{{...}}"),
    ("Bonjour {{ client.prénom }}, merci.", "{{...}}"),
    ("Your order ${order_id} is on its way.", "${...}"),
    ("Hello {first_name}, welcome back.", "{...}"),
    ("Hola {nombre}, gracias por escribir.", "{...}"),
    ("Dear %s, we have your parcel.", "%s"),
    ("The fee is [TODO].", "[TODO]"),
    ("La tarifa es [por completar].", "[TODO]"),
    ("价格是【待补充】。", "[TODO]"),
    ("We open at nine. TODO: check the hours", "TODO:"),
    ("The rate is PLACEHOLDER percent.", "PLACEHOLDER"),
    ("It costs <insert price> euros.", "<insert ...>"),
    ("Es kostet <Preis einfügen> Euro.", "<insert ...>"),
    ("价格是<插入价格>元。", "<insert ...>"),
    ("The capital is <your answer here>.", "<insert ...>"),
    ("It costs [INSERT PRICE HERE].", "[insert ...]"),
    ("Цена [вставьте цену] рублей.", "[insert ...]"),
    ("السعر [أدخل السعر] دينار.", "[insert ...]"),
    ("Giá là [điền giá] đồng.", "[insert ...]"),
    ("Lorem ipsum dolor sit amet.", "lorem ipsum"),
    ("My name is <name> and I can help.", "<...>"),
    ("Je m'appelle <prénom>.", "<...>"),
]

SOFT = [
    ("Kind regards,\n[Your Name]", "[...]"),
    ("Saludos,\n[nombre]", "[...]"),
    ("敬具\n[名前]", "[...]"),
    ("Sehr geehrter Herr [Nachname],", "[...]"),
    ("The claim against XXXX was filed.", "XXXX"),
    ("Your balance is ____ euros.", "____"),
]

NOT_LEFT = [
    pytest.param("The study [1] is cited in [2, 3] and [sic].", id="citations"),
    pytest.param("x lies in [a, b] or in {a, b}, so a < b > c.", id="intervals"),
    pytest.param("See [the name](https://example.org) or [name][1].", id="links"),
    pytest.param("- [ ] buy milk\n- [x] call", id="check boxes"),
    pytest.param("[Verse 1]\nLa la [laughs]\n[Chorus]", id="stage directions"),
    pytest.param("[Am] Hello [G] darkness", id="chords"),
    pytest.param(r"We have \frac{{a}}{{b}} and $x_{{name}}$.", id="formulas"),
    pytest.param("```jinja\nHello {{ name }}\n```", id="fenced"),
    pytest.param("Write `{{ name }}` there, and `[TODO]` here.", id="code spans"),
    pytest.param('def greet(name):\n    return f"Hello {name}"\n', id="python"),
    pytest.param("<p>Hello {{ user }}</p>\n<name>Ann</name>", id="markup"),
    pytest.param('{"greeting": {"name": "Ann"}}', id="json"),
    pytest.param("List<String> is a generic, Map<K, V> too.", id="generics"),
    pytest.param("It is 50% and rising [...] slowly.", id="ellipsis"),
    pytest.param("His name was Todo, TODO is a band.", id="a name"),
    pytest.param("N/A", id="not applicable"),
]


@pytest.mark.parametrize(("answer", "detail"), LEFT, ids=[answer for answer, _ in LEFT])
def test_what_a_machine_should_have_filled(answer: str, detail: str) -> None:
    found = find_placeholder(answer, "How does it work?", "You are a support agent.")
    assert found is not None
    assert (found.rule, found.aspect, found.detail) == ("FMT008", "placeholder", detail)
    assert "unfilled placeholder" in found.message


@pytest.mark.parametrize(("answer", "detail"), SOFT, ids=[answer for answer, _ in SOFT])
def test_what_a_reader_may_be_meant_to_fill_is_soft(answer: str, detail: str) -> None:
    found = find_placeholder(answer, "What now?", "")
    assert found is not None
    assert (found.aspect, found.detail) == ("placeholder-soft", detail)


@pytest.mark.parametrize("answer", NOT_LEFT)
def test_what_only_looks_like_one(answer: str) -> None:
    assert find_placeholder(answer, "How does it work?", "") is None


@pytest.mark.parametrize(
    ("question", "context"),
    [
        pytest.param("Write a template for a greeting.", "", id="template"),
        pytest.param("Redacta una plantilla de saludo.", "", id="template in Spanish"),
        pytest.param("写一个问候模板", "", id="template in Chinese"),
        pytest.param("Translate: Hello {{ Name }}", "", id="the same in the question"),
        pytest.param("Greet them.", "Call the customer {{name}}.", id="the same in the context"),
    ],
)
def test_a_prompt_about_gaps_wants_them(question: str, context: str) -> None:
    assert find_placeholder("Hello {{name}}, good day.", question, context) is None


def test_the_answers_of_a_preference_pair_are_no_prompt() -> None:
    answer = "I am {{name}}."
    assert find_placeholder(answer, f"Who are you?\x1e{answer}\x1eI am Bob.", "") is not None


def test_a_letter_makes_a_gap_soft() -> None:
    found = find_placeholder("Dear [insert name], come at nine.", "Write a letter to a friend.", "")
    assert found is not None
    assert found.aspect == "placeholder-soft"


def test_a_machine_form_comes_before_a_soft_one() -> None:
    found = find_placeholder("Dear [Name], this is {{bot}}.", "Who is it?", "")
    assert found is not None
    assert found.aspect == "placeholder"


def test_a_long_placeholder_is_cut_in_the_message() -> None:
    found = find_placeholder(f"It is <insert {'very ' * 12}long>.", "What?", "")
    assert found is not None
    assert len(found.message) < 120


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{{" * 100_000, id="open braces"),
        pytest.param("{{name}} \\frac " * 20_000, id="many that are none"),
        pytest.param("[TODO" * 50_000, id="never closed"),
        pytest.param("`" * 200_000 + "{{name}}", id="fences"),
        pytest.param("<insert \ud800\x00> " * 20_000, id="surrogates and NUL"),
    ],
)
def test_hostile_texts_take_linear_time(text: str) -> None:
    before = time.perf_counter()
    find_placeholder(text, text, text)
    assert time.perf_counter() - before < 5.0


@given(st.text(), st.text(), st.text())
def test_nothing_raises(answer: str, question: str, context: str) -> None:
    found = find_placeholder(answer, question, context)
    assert found is None or found.rule == "FMT008"


@pytest.mark.parametrize(
    ("answer", "aspect"),
    [
        pytest.param("# Review of the [TODO]\n\nIt is good.", "placeholder", id="heading"),
        pytest.param("# Notas de {{nombre}}\n\nTodo bien.", "placeholder", id="end of a heading"),
        pytest.param("# Team [TODO]\n\nText.\n\n```sql\nSELECT 1\nFROM t;\n```", "placeholder", id="beside a fence"),
        pytest.param("* Según {{nombre}}, la tarifa es alta.\n* Otra cosa.", "placeholder", id="list item"),
        pytest.param("| Name | City |\n| --- | --- |\n| {{name}} | Lyon |", "placeholder", id="table"),
        pytest.param("{{name}}", "placeholder", id="whole answer"),
        pytest.param('{"city":"<your company>"}', "placeholder", id="JSON string in angles"),
        pytest.param('{"date": "{{date}}", "n": 1}', "placeholder", id="JSON string in braces"),
        pytest.param('{"a": ["x", "[TODO]"]}', "placeholder", id="JSON string in a list"),
        pytest.param('{"text": "Hi {{name}},\\nwelcome"}', "placeholder", id="JSON with escapes"),
        pytest.param('{"name": "[Your Name]"}', "placeholder-soft", id="JSON string of a letter"),
        pytest.param('{"名前": "[お名前]"}', "placeholder-soft", id="Japanese JSON"),
        pytest.param("INSERT INTO t VALUES ('<insert name>');", "placeholder-soft", id="SQL string"),
    ],
)
def test_a_placeholder_in_a_structure(answer: str, aspect: str) -> None:
    found = find_placeholder(answer, "What is it?", "")
    assert found is not None
    assert found.aspect == aspect


@pytest.mark.parametrize(
    ("answer", "question"),
    [
        pytest.param('{"{{name}}": 1}', "What is it?", id="key"),
        pytest.param('{"path": "${HOME}/bin"}', "What is it?", id="shell"),
        pytest.param('{"properties": {"name": {"type": "string"}}}', "What is it?", id="schema"),
        pytest.param('{"key": "<your api key>"}', "Show a request to the API.", id="sample"),
        pytest.param("<p>{{ user.name }}</p>", "What is it?", id="Vue"),
        pytest.param("SELECT 1; -- TODO: finish", "What is it?", id="SQL comment"),
        pytest.param("def f():\n    # TODO: write this\n    return 1", "What is it?", id="code comment"),
        pytest.param("{% for x in y %}{{ x }}{% endfor %}", "What is it?", id="Jinja"),
        pytest.param('def f(name):\n    return f"{{name}}"', "What is it?", id="f-string"),
        pytest.param("name: {{ name }}\nage: 3", "What is it?", id="YAML"),
    ],
)
def test_structures_that_hold_no_placeholder(answer: str, question: str) -> None:
    assert find_placeholder(answer, question, "") is None
