"""64-bit fingerprints (XXH3) of texts and rows; 0 stands for "none".

With a million rows the chance that any two different texts share one is below 3 in 100 million.
"""

from __future__ import annotations

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
        found = self._contexts.get(context)
        if found is None:
            found = (
                xxh3_64_intdigest(context.encode("utf-8", "surrogatepass")),
                xxh3_64_intdigest(normalize(context)),
            )
            if len(self._contexts) < _CONTEXTS_KEPT:
                self._contexts[context] = found
        exact, normal = found
        exact = xxh3_64_intdigest(question.encode("utf-8", "surrogatepass"), exact)
        form = normalize(question)
        asked = xxh3_64_intdigest(form, normal)
        if answer is None:
            return exact, asked, 0
        exact = xxh3_64_intdigest(answer.encode("utf-8", "surrogatepass"), exact)
        answered = normalize(answer)
        return exact, xxh3_64_intdigest(answered, asked), asked if form and answered else 0
