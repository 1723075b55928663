"""SQL statements of all kinds, with literals and comments in the language of the set."""

from __future__ import annotations

from random import Random

from benchmarks.formats.language import Language, length

TABLES = ("orders", "customers", "products", "returns", "invoices", "parcels", "stores", "payments")
COLUMNS = ("id", "name", "city", "total", "created_at", "status", "price", "weight", "category", "quantity")


def statement(random: Random, language: Language) -> str:
    """One statement without its semicolon: mostly a query, else a change of rows or of tables."""
    kind = random.choices([_query, _change, _define], weights=[75, 18, 7])[0]
    text = kind(random, language)
    if random.random() < 0.08:
        return f"-- {language.fill(random, random.choice(language.comments))}\n{text}"
    return text


def _literal(random: Random, language: Language) -> str:
    slot = random.choice(["product", "place", "company"])
    return "'" + random.choice(language.slots[slot]).replace("'", "''") + "'"


def _condition(random: Random, language: Language) -> str:
    column = random.choice(COLUMNS)
    number = length(random, 40, 1.5, 0, 100_000)
    return random.choice(
        [
            f"{column} = {_literal(random, language)}",
            f"{column} {random.choice(['>', '<', '>=', '<>'])} {number}",
            f"{column} IS {random.choice(['NOT ', ''])}NULL",
            f"{column} LIKE '%{random.choice(language.labels)}%'",
            f"{column} IN ({', '.join(_literal(random, language) for _ in range(random.randint(1, 4)))})",
            f"{column} BETWEEN {number} AND {number * 2 + 5}",
            f"created_at >= DATE '{random.randint(2019, 2026)}-0{random.randint(1, 9)}-{random.randint(10, 28)}'",
            f"EXISTS (SELECT 1 FROM {random.choice(TABLES)} x WHERE x.id = t.{column})",
        ]
    )


def _where(random: Random, language: Language) -> str:
    conditions = [_condition(random, language) for _ in range(length(random, 1.2, 0.5, 1, 4))]
    return "WHERE " + random.choice([" AND ", " OR "]).join(conditions)


def _expression(random: Random) -> str:
    column = random.choice(COLUMNS)
    return random.choice(
        [
            column,
            column,
            f"COUNT(DISTINCT {column})",
            f"ROUND(AVG({column}), {random.randint(0, 3)}) AS mean_{column}",
            f"SUM({column}) OVER (PARTITION BY city ORDER BY created_at)",
            f"CASE WHEN {column} > {random.randint(1, 99)} THEN 1 ELSE 0 END AS big",
            f"COALESCE({column}, 0)",
        ]
    )


def _query(random: Random, language: Language) -> str:
    joint = random.choice([" ", "\n"])
    columns = ", ".join(_expression(random) for _ in range(length(random, 1.7, 0.6, 1, 6)))
    parts = [f"SELECT {random.choice([columns, columns, columns, '*', 'COUNT(*)'])}", f"FROM {random.choice(TABLES)} t"]
    if random.random() < 0.35:
        join = random.choice(["JOIN", "LEFT JOIN", "INNER JOIN"])
        parts.append(f"{join} {random.choice(TABLES)} u ON u.id = t.{random.choice(COLUMNS)}")
    if random.random() < 0.75:
        parts.append(_where(random, language))
    if random.random() < 0.3:
        parts.append(f"GROUP BY {random.choice(COLUMNS)}")
        if random.random() < 0.3:
            parts.append(f"HAVING COUNT(*) > {random.randint(1, 50)}")
    if random.random() < 0.35:
        parts.append(f"ORDER BY {random.choice(COLUMNS)}{random.choice([' DESC', ''])}")
    if random.random() < 0.3:
        parts.append(f"LIMIT {random.choice([1, 5, 10, 100])}")
    text = joint.join(parts)
    if random.random() < 0.06:
        return f"WITH recent AS (SELECT * FROM {random.choice(TABLES)} {_where(random, language)}){joint}{text}"
    if random.random() < 0.05:
        return f"{text}{joint}UNION ALL{joint}SELECT {random.choice(COLUMNS)} FROM {random.choice(TABLES)}"
    return text


def _change(random: Random, language: Language) -> str:
    table = random.choice(TABLES)
    first, second = random.sample(COLUMNS, 2)
    value = length(random, 20, 1, 0, 9999)
    return random.choice(
        [
            f"UPDATE {table} SET {first} = {_literal(random, language)} {_where(random, language)}",
            f"DELETE FROM {table} {_where(random, language)}",
            f"INSERT INTO {table} ({first}, {second}) VALUES ({_literal(random, language)}, {value})",
        ]
    )


def _define(random: Random, language: Language) -> str:
    table, column = random.choice(TABLES), random.choice(COLUMNS)
    return random.choice(
        [
            f"CREATE INDEX idx_{table}_{column} ON {table} ({column})",
            f"ALTER TABLE {table} ADD COLUMN {column}_2 TEXT DEFAULT {_literal(random, language)}",
            f"CREATE TABLE {table}_old (id INTEGER PRIMARY KEY, {column} TEXT NOT NULL, note VARCHAR(80))",
        ]
    )
