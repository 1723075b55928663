from __future__ import annotations

import pytest

from dataaudit.formats.look import look

PYTHON = "import math\n\n\ndef area(radius):\n    # pi times the square\n    return math.pi * radius ** 2"
SCRIPT = "const big = orders.filter((o) => o.size > 3);\n// it's sorted\nconsole.log(`found ${big.length}`);"
C = '#include <stdio.h>\n\nint main() {\n  printf("hi (there");\n  return 0;\n}'


@pytest.mark.parametrize("body", [PYTHON, SCRIPT, C], ids=["python", "javascript", "c"])
@pytest.mark.parametrize("gap", [" ", "\n", "\n\n"], ids=["blank", "line", "paragraph"])
@pytest.mark.parametrize(
    "words",
    [
        "Sure! Here is the result:", "Here is the Javascript:", "Here's the code you asked for:", "¡Claro! Aquí está:",
        "Hier ist der Code:", "以下是代码：", "好的！结果如下：", "Вот код:", "هذا هو الكود المطلوب:",
    ],
)  # fmt: skip
def test_words_before_code(body: str, words: str, gap: str) -> None:
    form = look(f"{words}{gap}{body}")
    assert (form.kind, form.body, form.before, form.after, form.fault) == ("code", body, words, "", None)


@pytest.mark.parametrize("body", [PYTHON, SCRIPT, C], ids=["python", "javascript", "c"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["line", "paragraph"])
@pytest.mark.parametrize(
    "words",
    [
        "I hope this helps.", "Is there anything else?", "Espero que sirva.", "¡Suerte con el proyecto!",
        "希望对你有帮助。",
        "Viel Erfolg damit!", "Надеюсь, это поможет.",
    ],
)  # fmt: skip
def test_words_after_code(body: str, words: str, gap: str) -> None:
    form = look(f"{body}{gap}{words}")
    assert (form.kind, form.body, form.before, form.after, form.fault) == ("code", body, "", words, None)


def test_a_fence_behind_a_colon() -> None:
    form = look('以下是JSON： ```json\n{"a": 1}\n```')
    assert (form.kind, form.fence, form.before, form.value) == ("json", "json", "以下是JSON：", {"a": 1})


WHOLE = {
    "module docstring": '"""Reads things.\n\nMore words here.\n"""\nimport os\n\nprint(os.getcwd())',
    "regex literal": "const re = /['\"(]/g;\nconst parts = text.split(/[({]/);",
    "template": "const s = `a ${b ? `x (` : ''} c`;\nfoo(s);",
    "apostrophe in a comment": "// don't do it (\nconst a = 1;",
    "apostrophe in JSX": "const A = () => <p>Don't worry</p>;",
    "nested quotes": 'const a = "it\'s (";\nconst b = \'say "hi" {\';',
    "lifetimes": "fn first<'a>(x: &'a str) -> &'a str {\n    x\n}",
    "character of a quote": "int main() {\n  char c = '\"';\n  char d = '\\'';\n  return c + d;\n}",
    "escaped quote": 'public class A {\n  String s = "a\\"(";\n}',
    "verbatim string": 'using System;\nclass A { string s = @"C:\\"; }',
    "shell": '#!/bin/bash\nif [ -f a ]; then\n  echo "don\'t"\nfi',
    "shell case": "#!/bin/bash\ncase $1 in\n  a) echo 1 ;;\n  b) echo '(' ;;\nesac",
    "ruby": "def none?\n  @items.empty?\nend",
    "css": 'a::before {\n  content: "{";\n  color: red;\n}',
    "loop over a colon": "for (String word : words) {\n    word = word.toLowerCase();\n}",
    "preprocessor": "int n;\n#if A\nvoid f() {\n#else\nvoid g() {\n#endif\n  x();\n}",
    "sql in a string": "const sql = 'SELECT a FROM t WHERE (';\nrun(sql);",
    "raw string": 'package main\n\nfunc main() {\n\tfmt.Println(`a "{`)\n}',
}


@pytest.mark.parametrize("name", WHOLE)
def test_whole_code_is_not_cut_off(name: str) -> None:
    form = look(WHOLE[name])
    assert (form.kind, form.before, form.after, form.fault) == ("code", "", "", None)


@pytest.mark.parametrize(
    "answer",
    [
        "const prices = [",
        "let invoices = {",
        "const load = async (rows) => {\n  while (rows.length > 3) rows.pop(",
        "const f = (x) => {\n  console.log(`total ${x",
        "function f(a) {\n  if (!a.length) {\n    return null;",
        "class A {\n  void run() {\n    int x = 1;",
        "body {\n  color: red;",
        'int main() {\n  printf("hel',
        "def f():\n  invoices.pop(",
        "import os\nfor name in os.listdir('.'):",
        "try:\n    x = load()\nexcept ValueError:",
        "fn main() {\n    let x = vec![1, 2",
        "```js\nconst a = [\n```",
    ],
    ids=lambda answer: answer[-20:],
)
def test_cut_off_code(answer: str) -> None:
    assert (look(answer).kind, look(answer).fault) == ("code", "cut off")


@pytest.mark.parametrize(
    "answer",
    [
        "To do this, call foo(1) and then bar(2).",
        "Run git status to see what changed.",
        "Use this:\nfoo(1);\nThen do the other thing, which takes a while:\nbar(2);\nThat is what you want to do.",
        "Here is the formula: f(x) = 2x + 1",
        "The `print()` function writes text: it takes any value, and adds a line end to it.",
        "La función devuelve la suma: es igual a x + y.",
    ],
)
def test_words_about_code_are_no_code(answer: str) -> None:
    assert look(answer).kind in ("prose", "markdown", "line")


@pytest.mark.parametrize(
    "answer",
    [
        "<your company>, we are glad to help.",
        "‹在此插入日期>前送达。",
        "<insert date here>, Madrid",
        "<name> will call you.",
        "<name>, <address> and <date> are needed.",
        "Total: <importe> IVA incl.",
        "Hello:\n<your name>\n<your street>",
        "<date>前送达。",
        "<name>Smith is here today.",
        "<имя>, спасибо за заказ.",
    ],
)
def test_names_in_angle_brackets_are_no_markup(answer: str) -> None:
    assert look(answer).kind in ("prose", "line")
