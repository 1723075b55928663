"""What prompts ask of the form of their answers, and whether answers keep to it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.formats.ask_rules import ask_rules
from dataaudit.formats.asks import broken, find_asks

NO_NUMBER = "There are a few of them."
LONG = "word " * 60
ENGLISH = (
    "The station is behind the church, and from there you can take the bus that goes to the old town, which is not far."
)
FRENCH = (
    "La gare est derrière l'église, et de là vous pouvez prendre le bus qui va dans la vieille ville, "
    "ce qui est pratique pour les gens."
)

BROKEN = [
    ("Respond only with JSON.", "Sure, it is Lyon.", "json"),
    ("Respond only with JSON.", '```json\n{"a": 1}\n```', "json"),
    ("Please respond with a JSON object.", "{'a': None}", "json"),
    ("Devuelve únicamente JSON.", "Claro, es Lyon.", "json"),
    ("Antworte nur im JSON-Format.", "Es ist Lyon.", "json"),
    ("Верни только JSON.", "Это Лион.", "json"),
    ("只输出JSON。", "城市是里昂。", "json"),
    ("JSONのみで答えて。", "リヨンです。", "json"),
    ("Give the answer in XML.", "It is Lyon.", "xml"),
    ("Return the list as CSV.", "Lyon Paris", "csv"),
    ("Classify the text as spam or ham.", "Hello", "labels"),
    ("Answer with one of: red, green, blue.", "Purple", "labels"),
    ("Answer only yes or no.", "It depends on many things that we do not know.", "labels"),
    ("Responde sí o no.", "Quizás mañana.", "labels"),
    ("Clasifica el texto como uno de: alegre, triste.", "Enfadado", "labels"),
    ("从以下选项中选择之一：正面、负面", "我喜欢", "labels"),
    ("Output must be valid JSON.", "Lyon it is.", "json"),
    ("Return a JSON object. Do not include any other text.", 'Here: {"a": 1}', "json"),
    ("Klassifiziere den Text als positiv, negativ oder neutral.", "Gut", "labels"),
    ("Classez le texte comme positif, négatif ou neutre.", "Bien", "labels"),
    ("将评论分类为正面、负面或中性。", "好", "labels"),
    ("The soup was cold.\nSentiment (positive/negative/neutral):", "Bad", "labels"),
    ("Make a list with 4 items.", "- a\n- b", "items"),
    ("Schreibe genau 3 Stichpunkte.", "- a\n- b", "items"),
    ("Respond with SQL only.", "Here it is:\n```sql\nSELECT 1 FROM t;\n```", "bare"),
    ("Describe it in one word.", "It is a very nice day.", "word"),
    ("Décris-le en un mot.", "C'est une très belle journée.", "word"),
    ("Use at most 20 words.", LONG, "words"),
    ("Explain in no more than twenty words.", LONG, "words"),
    ("Réponds en 20 mots maximum.", LONG, "words"),
    ("Antworte in höchstens 20 Wörtern.", LONG, "words"),
    ("Trả lời không quá 20 từ.", LONG, "words"),
    ("En fazla 20 kelime kullan.", LONG, "words"),
    ("Ответь не более чем в 20 слов, не более 20 слов.", LONG, "words"),
    ("Write at least 100 words.", LONG, "words"),
    ("Write a 300-word essay about rain.", LONG, "words"),
    ("Summarize it in 140 characters or less.", LONG, "characters"),
    ("用不超过10个字回答。", "今天的天气非常好，我们一起去公园散步吧。", "letters"),
    ("10文字以内で答えて。", "今日はとても天気がいいので公園に行きましょう。", "letters"),
    ("Explain it in one sentence.", "It rains. Then it stops.", "sentences"),
    ("Explícalo en una frase.", "Llueve. Luego para.", "sentences"),
    ("请用一句话回答。", "下雨了。后来停了。天晴了。", "sentences"),
    ("List three rivers.", "1. Nile\n2. Po", "items"),
    ("Nenne drei Flüsse.", "- Elbe\n- Rhein\n- Donau\n- Main", "items"),
    ("列出三个城市。", "1. 北京\n2. 上海\n3. 广州\n4. 深圳", "items"),
    ("Respond with only a number.", NO_NUMBER, "number"),
    ("Responde solo con un número.", "No lo sé.", "number"),
    ("Do not use markdown.", "**Yes**", "no-markdown"),
    ("Answer in all caps.", "this is not", "upper"),
    ("Write it in lowercase.", "THIS IS NOT", "lower"),
    ('Start your answer with "Dear friend".', "Hello you", "start"),
    ('End your answer with "The end".', "And so on", "end"),
    ("Answer in French.", ENGLISH, "language"),
    ("Responde en español.", ENGLISH, "language"),
    ("Please answer in English.", FRENCH, "language"),
    ("请用中文回答。", ENGLISH, "language"),
    ("日本語で答えて。", ENGLISH, "language"),
    ("Ответь на русском языке.", ENGLISH, "language"),
    ("أجب بالعربية", ENGLISH, "language"),
]

SPANISH = "Hecho. Su pedido se dividió en dos paquetes y no se puede cambiar la entrega."

BROKEN += [
    ("Classify it as bug / feature / question. Reply with the label only.", "Somewhere else", "labels"),
    ("Tag the message as spam|ham.", "Hello", "labels"),
    ("Choose one of the following labels:\n- refund\n- billing: about money\n- other", "Thanks", "labels"),
    ("Classify the text into one of these groups:\n1. refund\n2. billing\n\nThe box is late.", "Late", "labels"),
    ("Clasifícalo como envío / garantía.", "Gracias", "labels"),
    ("Classe le message comme retour / livraison.", "Merci", "labels"),
    ("Klassifiziere es als Lob / Kritik.", "Danke", "labels"),
    ("Wähle eine der folgenden Kategorien:\n- Lob\n- Kritik", "Danke", "labels"),
    ("Classifique como devolução / entrega.", "Obrigado", "labels"),
    ("Scegli una delle seguenti opzioni: reso, consegna.", "Grazie", "labels"),
    ("Выбери один из вариантов: возврат, доставка.", "Спасибо", "labels"),
    ("请从以下选项中选择一个回答：技术问题、投诉、账单。", "谢谢您", "labels"),
    ("请分类为配送 / 投诉，只回答标签。", "谢谢您", "labels"),
    ("次の選択肢から一つ選んで答えてください：返品、配送", "ありがとう", "labels"),
    ("肯定、否定、中立のいずれかに分類してください。", "ありがとう", "labels"),
    ("다음 중 하나로 분류하세요: 환불, 배송", "감사합니다", "labels"),
    ("Do you deliver to Rome? I want to change my order (max. 20 words)", LONG, "words"),
    ("No uses más de 20 palabras.", LONG, "words"),
    ("Explique-le en moins de 20 mots.", LONG, "words"),
    ("Não use mais de 20 palavras.", LONG, "words"),
    ("Non usare più di 20 parole.", LONG, "words"),
    ("Объясни: до 20 слов.", LONG, "words"),
    ("20단어 이내로 답하세요.", LONG, "words"),
    ("字数不超过10。", "今天的天气非常好，我们一起去公园散步吧。", "letters"),
    ("Please reply in English.", SPANISH, "language"),
    ("请用英语回答", SPANISH, "language"),
    ("Réponds en allemand", ENGLISH, "language"),
    ("ตอบเป็นภาษาไทย", ENGLISH, "language"),
    ("हिन्दी में उत्तर दें", ENGLISH, "language"),
    ("Responde en español.", "可以！路由器保修26个月，维修免费。", "language"),
    (
        "Please reply in English.",
        "您可以在 https://www.example.com/orders/652 查看。保修17个月，维修免费。",
        "language",
    ),
    ("请用中文回答。", "二週間以内に荷物を返送できます。", "language"),
]

KEPT = [
    ("Respond only with JSON.", '{"a": 1}'),
    ("Respond in JSON format.", 'Here it is:\n```json\n{"a": 1}\n```'),
    ("Classify the text as spam or ham.", "It is Spam."),
    ("Classify it as a fact or an opinion.", "Opinion"),
    ("Choose one of the following: 1) cats, 2) dogs", "2"),
    ("Answer the question with Yes, No, or Unsure.", "Unsure"),
    ("Describe it in one word.", "Ice cream"),
    ("Use at most 20 words.", "word " * 21),
    ("Write at least 50 words, no less than 50 words.", LONG),
    ("Write about 50 words.", LONG),
    ("用不超过10个字回答。", "今天天气好。"),
    ("Explain it in one sentence.", "Dr. Smith of the U.S. Army paid 3.5 dollars."),
    ("List three rivers.", "Nile, Po and Elbe"),
    ("List three rivers.", "1. Nile\n2. Po\n3. Elbe"),
    ("List five rivers and three lakes.", "1. Nile\n2. Po"),
    ("Respond with only a number.", "42 km"),
    ("Answer in all caps.", "YES, OK"),
    ('Start your answer with "Dear friend".', "Dear friend, hello"),
    ("Answer in French.", FRENCH),
    ("Answer in French.", "Oui."),
    ("日本語で答えて。", "今日はとても天気がいいので公園に行きましょう。"),
]

KEPT += [
    ("Classify it as bug / feature. Reply with the label only.", "Feature"),
    ("Choose one of the following labels:\n- refund\n- billing: about money", "Billing"),
    ("请分类为配送 / 投诉，只回答标签。", "投诉"),
    ("(max. 70 words)", LONG),
    ("Please reply in English.", "Done."),
    ("Translate the phrase 'bon voyage' into Spanish.", 'The phrase "bon voyage" in Spanish is "buen viaje".'),
    ("日本語で回答して", "二週間以内に荷物を返送できます。"),
    ("请用中文回答", "路由器 TP-Link Archer 保修26个月，可以在 https://www.example.com/help 查看。"),
    ("Responda em português.", "Você pode devolver o pacote, e não há custos para a devolução."),
]

NOT_ASKED = [
    *(
        f"{verb} {thing}."
        for verb, thing in (
            ("Escribe", "un informe"),
            ("Dame", "una idea"),
            ("Donne", "une explication"),
            ("Cite", "un auteur"),
            ("Nenne", "ein Beispiel"),
            ("Gib mir", "einen Rat"),
            ("Dê", "um exemplo"),
            ("Dammi", "un consiglio"),
            ("Elenca", "una cosa"),
            ("Приведи", "один пример"),
            ("Nêu", "một ví dụ"),
            ("Name", "one river"),
        )
    ),
    "Nêu năm sinh của nhà thơ.",
    "Usa la palabra en una frase.",
    "Write a story about 3 pigs.",
    "Create a list of 5 years of data.",
    "In 2 steps we solve it. Why?",
    "Provide a 5 year plan.",
    "Create a 3 course menu.",
    "Find two numbers whose sum is ten.",
    "Escribe tres frases.",
    "Schreibe 5 Sätze.",
    "列出五年的数据",
    "The speaker says up to 150 words a minute.",
    "La contraseña tiene un máximo de 20 caracteres.",
    "Should I choose red / blue / green?",
    "Return the books to the library / school.",
    "Classify the following animals:\n- dog\n- cat",
    "Clasifica los siguientes animales: perro, gato.",
    "对以下词进行分类：猫、狗",
    "次の単語を分類してください：犬、猫",
    "以下哪个选项是正确的：A、B、C",
    "Is the manual also in English or in German?",
    "How do the tides work, and why does the moon matter?",
    'Translate into German: "Answer in French."',
    "Translate: Answer in one word.",
    "Traduis en anglais : Réponds en un mot.",
    "Summarize the text.\nTeachers say: respond only with JSON.",
    "Write a function that returns a JSON object.",
    "What is the difference between JSON and XML?",
    "Convert the JSON to CSV with a script.",
    "Leo has to write a 400-word story. How long does he need?",
    "Replace the phrase with one word.",
    "Use each of the words in at most ten words per line.",
    "<document>Answer in one word.</document> What is it about?",
    "What does the word mean in Japanese culture?",
    "找到一个以“T”开头的恐龙。",
    "Is it he or she (and/or both) that he/she means?",
    "Classify the following animals: dog, cat, fish.",
    "I like to read poems in the evening, and you?",
    'The terminal prints "ready" when it finishes.',
    'Define the answer with "none" in the JSON schema.',
]


@pytest.mark.parametrize(("question", "answer", "kind"), BROKEN, ids=[f"{kind}: {q}" for q, _, kind in BROKEN])
def test_an_answer_that_is_not_as_asked(question: str, answer: str, kind: str) -> None:
    found = [deviation for ask in find_asks("", question) if (deviation := broken(ask, answer, None))]
    assert [deviation.aspect for deviation in found] == [f"asked:{kind}"]
    assert found[0].rule == "FMT009"
    assert found[0].message.startswith("asked: ")


@pytest.mark.parametrize(("question", "answer"), KEPT, ids=[f"{q} {a[:20]}" for q, a in KEPT])
def test_an_answer_as_asked(question: str, answer: str) -> None:
    asks = find_asks("", question)
    assert [broken(ask, answer, None) for ask in asks] == [None] * len(asks)


@pytest.mark.parametrize("question", NOT_ASKED)
def test_nothing_is_asked(question: str) -> None:
    kinds = {ask.kind for ask in find_asks("", question)}
    assert kinds <= {"language"}
    assert all(broken(ask, "Antworte auf Französisch.", None) is None for ask in find_asks("", question))


def test_the_message_quotes_the_ask() -> None:
    (ask,) = find_asks("", "Explain it in at most 20 words.")
    found = broken(ask, LONG, None)
    assert found is not None
    assert found.message == "asked: 'at most 20 words'; the answer has 60 words"
    assert found.detail == "too many words"


def test_a_fence_around_json_is_a_softer_deviation() -> None:
    (ask,) = find_asks("Respond only with JSON.", "Where is Lyon?")
    found = broken(ask, '```json\n{"a": 1}\n```', None)
    assert found is not None
    assert found.detail == "fenced"


def test_the_question_wins_over_the_system_prompt() -> None:
    assert [ask.text for ask in find_asks("Answer in French.", "Answer in German.")] == ["de"]
    assert find_asks("Respond only with JSON.", "Write a short poem about rain.") == ()
    assert [ask.kind for ask in find_asks("Respond only with JSON.", "What is rain?")] == ["json"]


def test_the_last_turn_of_a_chat_asks() -> None:
    question = "user: Answer in one word.\x1eassistant: Yes.\x1euser: Tell me why the sky is blue."
    assert find_asks("", question) == ()
    assert [ask.kind for ask in find_asks("", f"{question}\x1euser: List three rivers.")] == ["items"]


def test_the_prompt_of_a_preference_pair_asks() -> None:
    assert find_asks("", "What is rain?\x1eAnswer in one word.\x1eWater.") == ()


def test_labels_are_taken_apart() -> None:
    (ask,) = find_asks("", "Classify the mood as one of: 'very happy', sad or neutral.")
    assert ask.labels == ("very happy", "sad", "neutral")


def test_two_counts_are_about_parts() -> None:
    assert find_asks("", "Explain a) in five sentences and b) in two sentences.") == ()


def test_every_pattern_of_the_rules_compiles_and_has_a_gate() -> None:
    rules = ask_rules()
    behind = [entry for entries in rules.behind for entry in entries]
    assert all(entries for entries in rules.behind)
    assert all(entry.pattern is not None and isinstance(entry.groups, tuple) for entry in behind)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("respond only " * 50_000, id="verbs"),
        pytest.param('"' * 300_000, id="quotation marks"),
        pytest.param("classify as a, b or c. " * 30_000, id="labels"),
        pytest.param("<a>" * 100_000 + "list three rivers", id="tags"),
        pytest.param("in \ud800 one word \x00" * 20_000, id="surrogates and NUL"),
        pytest.param("A. " * 100_000, id="sentences"),
    ],
)
def test_hostile_texts_take_linear_time(text: str) -> None:
    before = time.perf_counter()
    asks = (*find_asks(text, text), *find_asks("", "List three rivers in one sentence. Answer in French."))
    for ask in asks:
        broken(ask, text, None)
    assert time.perf_counter() - before < 10.0


@given(st.text(), st.text(), st.text())
def test_nothing_raises(context: str, question: str, answer: str) -> None:
    asks = (
        *find_asks(context, question),
        *find_asks("", "Answer in one sentence, in French, at most 5 words, only JSON."),
    )
    assert all(found is None or found.rule == "FMT009" for found in (broken(ask, answer, None) for ask in asks))
