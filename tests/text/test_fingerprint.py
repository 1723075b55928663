"""Keys of rows: equal exactly where the texts (or their normal forms) are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from xxhash import xxh3_64_intdigest

from dataaudit.text.fingerprint import RowKeys, fingerprint
from dataaudit.text.normalize import normal_forms, normalize

TEXTS = st.one_of(st.text(max_size=12), st.text("aB -+!=\x00\x1e.,3 é\n", max_size=12))


def _plainly(context: str, question: str, answer: str | None) -> tuple[int, int, int]:
    asked = xxh3_64_intdigest(normalize(question), xxh3_64_intdigest(normalize(context)))
    if answer is None:
        return fingerprint(question, fingerprint(context)), asked, 0
    exact = fingerprint(answer, fingerprint(question, fingerprint(context)))
    known = asked if normalize(question) and normalize(answer) else 0
    return exact, xxh3_64_intdigest(normalize(answer), asked), known


@given(st.lists(st.tuples(TEXTS, TEXTS, st.none() | TEXTS), min_size=1, max_size=6))
def test_keys_are_those_of_the_plain_definition(rows: list[tuple[str, str, str | None]]) -> None:
    keys = RowKeys()
    expected = [_plainly(*row) for row in rows]
    contexts, questions, answers = zip(*rows, strict=True)
    assert keys.of_rows(contexts, questions, answers, *normal_forms(questions, answers)) == expected
    assert [keys.of(*row) for row in rows] == expected


def test_context_question_and_answer_all_count() -> None:
    keys = RowKeys()
    seen = {keys.of(*row)[0] for row in [("a", "b", "c"), ("", "ab", "c"), ("a", "", "bc"), ("a", "b", None)]}
    assert len(seen) == 4
