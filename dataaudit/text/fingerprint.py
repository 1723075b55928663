"""64-bit fingerprints (XXH3) of texts and rows; 0 stands for "none".

With a million rows the chance that any two different texts share one is below 3 in 100 million.
"""

from __future__ import annotations

from collections.abc import Sequence

from xxhash import xxh3_64_hexdigest, xxh3_64_intdigest

from dataaudit.text.normalize import normalize

_CONTEXTS_KEPT = 4096


def fingerprint(text: str, seed: int = 0) -> int:
    """The fingerprint of a text, chained to `seed`."""
    return xxh3_64_intdigest(text.encode("utf-8", "surrogatepass"), seed)


def finding_fingerprint(rule: str, content: str) -> str:
    """16 hex digits made of a rule's code and what the finding is about, so that it survives a moved row."""
    return xxh3_64_hexdigest(f"{rule}\x1e{content}".encode("utf-8", "surrogatepass"))


class RowKeys:
    """Makes the keys of rows; contexts (system prompts), which many rows share, are worked out once."""

    def __init__(self) -> None:
        self._contexts: dict[str, tuple[int, int]] = {}

    def of(self, context: str, question: str, answer: str | None) -> tuple[int, int, int]:
        """(exact, normal, question) keys. `question` is 0 where nothing is asked or answered."""
        return self.of_rows([context], [question], [answer], *([normalize(text or "")] for text in (question, answer)))[
            0
        ]

    def of_rows(
        self,
        contexts: Sequence[str],
        questions: Sequence[str],
        answers: Sequence[str | None],
        asked_forms: Sequence[bytes],
        answered_forms: Sequence[bytes],
    ) -> list[tuple[int, int, int]]:
        """The keys of each row; the last two columns are the normal forms of questions and answers."""
        digest = xxh3_64_intdigest
        rows = []
        for context, question, answer, asked, answered in zip(
            contexts, questions, answers, asked_forms, answered_forms, strict=True
        ):
            exact, normal = self._contexts.get(context) or self._of_context(context)
            exact = digest(question.encode("utf-8", "surrogatepass"), exact)
            normal = digest(asked, normal)
            if answer is None:
                rows.append((exact, normal, 0))
            else:
                known = normal if asked and answered else 0
                exact = digest(answer.encode("utf-8", "surrogatepass"), exact)
                rows.append((exact, digest(answered, normal), known))
        return rows

    def _of_context(self, context: str) -> tuple[int, int]:
        keys = fingerprint(context), xxh3_64_intdigest(normalize(context))
        if len(self._contexts) < _CONTEXTS_KEPT:
            self._contexts[context] = keys
        return keys
