from __future__ import annotations

import time

import pytest

from dataaudit.formats.look import look

WHOLE = [
    "select count(*)\nfrom stores t;",
    "SELECT *\nFROM orders t;",
    "Select * From orders o",
    "-- sorted by date\nselect a, b from parcels t;",
    "-- 按日期排序\nSELECT 价格 FROM 订单 t",
    "/* los más caros */ select nombre from productos p order by precio desc limit 5 offset 10;",
    "SELECT c.name, SUM(o.total) AS spent\nFROM customers c\nJOIN orders o ON o.customer_id = c.id\n"
    "LEFT JOIN regions r ON r.id = c.region_id\nGROUP BY c.name\nHAVING SUM(o.total) > 100",
    "select id from (select id, row_number() over (partition by a order by b desc) rn from x) t where rn = 1",
    "select a from t union all select b from u order by 1",
    "(select a from t) intersect (select b from u)",
    "SELECT a FROM t WHERE d >= DATE '2024-01-02' AND name = 'O''Brien; (Größe)'",
    "SELECT a FROM t WHERE note LIKE '50\\%' ESCAPE '\\';",
    "SELECT a FROM t WHERE note = 'it\\'s'",
    "SELECT a FROM t; -- don't run twice",
    "SELECT a FROM t;\n\n-- and then\nSELECT b FROM u;",
    "SELECT TOP 5 * FROM [dbo].[Order Details] AS o ORDER BY o.id",
    "SELECT DATE_TRUNC('month', d) AS m, COUNT(*) FILTER (WHERE x) FROM t GROUP BY 1;",
    "SELECT SUM(o.price) AS 'Total Cost'\nFROM orders o;",
    "WITH a AS (SELECT 1), b AS (SELECT 2)\nSELECT * FROM a, b;",
    "INSERT INTO t VALUES (1, 'it''s'), (2, 'x; y');\nINSERT INTO t (a) SELECT b FROM c;",
    "insert into \"Kunden\" (\"Name\", `Ort`) values ('Müller', 'Köln');",
    "INSERT INTO t DEFAULT VALUES",
    "UPDATE t AS x SET a = 1, b = b + 1;",
    "update users set name = 'Zoë' where id = 3",
    "DELETE FROM t;",
    "delete from orders o where o.id = 3",
    "CREATE TABLE t AS SELECT * FROM u",
    "create table t_old (id integer primary key, nombre text not null, note varchar(80))",
    "CREATE UNIQUE INDEX i ON t (a);",
    "MERGE INTO t USING s ON (t.id = s.id) WHEN MATCHED THEN UPDATE SET a = 1;",
    "BEGIN;\nUPDATE t SET a = 1;\nCOMMIT;",
    "EXPLAIN SELECT a FROM t;",
    "CREATE FUNCTION f() RETURNS INT AS $$\nDECLARE\n  n INT;\nBEGIN\n  n := 1;\n  RETURN n;\nEND;\n"
    "$$ LANGUAGE plpgsql;",
    "CREATE TRIGGER tr BEFORE INSERT ON t\nFOR EACH ROW\nBEGIN\n  SET NEW.a = 1;\nEND;",
]


@pytest.mark.parametrize("answer", WHOLE, ids=[answer[:40] for answer in WHOLE])
def test_whole_sql(answer: str) -> None:
    form = look(answer)
    assert (form.kind, form.body, form.before, form.after, form.fault) == ("sql", answer, "", "", None)


BODIES = [
    "SELECT a FROM t WHERE b = 'x';",
    "select count(*)\nfrom stores t;",
    "DELETE FROM t WHERE d > DATE '2020-01-01'",
]
AFTER = [
    "I hope this helps.", "Note that I have not tested it.", "It's done!", "Espero que sirva.", "¿Algo más?",
    "¡Avísame si necesitas algo más!", "Sag Bescheid, wenn noch etwas fehlt.", "希望对你有帮助。",
    "请注意，我没有测试过。",
    "これで動くはずです。", "Надеюсь, это поможет.", "आशा है यह मदद करेगा।", "With this query you get all rows.",
]  # fmt: skip


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["line", "paragraph"])
@pytest.mark.parametrize("words", AFTER)
@pytest.mark.parametrize("body", BODIES, ids=["upper", "lower", "delete"])
def test_words_after_sql(body: str, words: str, gap: str) -> None:
    form = look(f"{body}{gap}{words}")
    assert (form.kind, form.body, form.after, form.fault) == ("sql", body, words, None)


@pytest.mark.parametrize("gap", [" ", "\n", "\n\n"], ids=["blank", "line", "paragraph"])
@pytest.mark.parametrize("words", ["Here's the query:", "Aquí está la consulta:", "以下是SQL：", "Вот запрос:"])
@pytest.mark.parametrize("body", BODIES, ids=["upper", "lower", "delete"])
def test_words_before_sql(body: str, words: str, gap: str) -> None:
    form = look(f"{words}{gap}{body}")
    assert (form.kind, form.body, form.before, form.fault) == ("sql", body, words, None)


@pytest.mark.parametrize(
    "answer",
    [
        "SELECT a FROM t WHERE d > DATE '2",
        "SELECT a FROM t\nWHERE note LIKE '%queja de un cli",
        "SELECT a FROM t WHERE city = '北风公",
        "select a from t where exists (",
        "-- 以最后一个为准\nselect weight, sum(total) over (",
        "INSERT INTO stores (",
        "INSERT INTO stores (a, b) VALUES ('",
        "SELECT a,",
        "SELECT a FROM t WHERE x =",
        "SELECT a FROM t ORDER BY",
        "select a from t left join",
        "UPDATE t SET a = 1 WHERE b IN (1, 2",
        "WITH a AS (SELECT",
    ],
)
def test_cut_off_sql(answer: str) -> None:
    form = look(answer)
    assert (form.kind, form.before, form.after, form.fault) == ("sql", "", "", "cut off")


@pytest.mark.parametrize(
    "answer",
    [
        "Select all that apply from the list.",
        "Select the best option from the menu",
        "select red, green, or blue from the list",
        "Select one of the options below, then send it.",
        "With this query (as asked) you get all.",
        "Update your profile, and set your name.",
        "Insert into the slot a coin (one euro).",
        "Use the first row; it is the best.",
        "Replace the filter, then start the pump.",
        "Begin with the soup; end with the cake.",
    ],
)
def test_sentences_with_verbs_of_sql_are_no_sql(answer: str) -> None:
    assert look(answer).kind in ("prose", "line")


def test_sql_in_a_program_is_code() -> None:
    assert look('query = """\nSELECT * FROM t\n"""\nprint(run(query))').kind == "code"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT a FROM t" + ";\n" * 500_000,
        "SELECT a FROM t\n" * 60_000,
        "SELECT " + "(" * 1_000_000,
        "BEGIN;" * 160_000,
    ],
    ids=["semicolons", "lines", "brackets", "begins"],
)
def test_hostile_sql_takes_linear_time(text: str) -> None:
    look("SELECT a FROM t")
    start = time.process_time()
    look(text)
    assert time.process_time() - start < 3
