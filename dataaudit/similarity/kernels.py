"""The fast side of near-duplicate search: what `plain` defines, computed by kernels.c where it was compiled.

Texts are normal forms; `plain` says how they are cut into tokens, shingles and keys. Without the compiled library (a
machine without a C compiler) the functions are those of `plain`. Nothing is kept between calls.
"""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from dataaudit.similarity import plain
from dataaudit.similarity.measure import Sketch
from dataaudit.similarity.plain import coverage
from dataaudit.text.libraries import BYTES, NUMBER, POINTER, address, open_library

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dataaudit.similarity.measure import Measure
    from dataaudit.similarity.plain import Hashes

__all__ = ["COMPILED", "Sketch", "coverage", "repeated", "runs", "scores", "sketch"]

_INTERFACE: Final = 1
# The library reads texts in blocks of 64 bytes, and a block may start at the last byte of a text.
_PADDING: Final = bytes(128)
_COUNTS: Final = (
    "word_shingle",
    "char_shingle",
    "min_words",
    "zone_words",
    "template_words",
    "permutations",
    "bands",
    "rows_per_band",
)


class _Parameters(ctypes.Structure):
    _fields_ = (
        ("a", ctypes.c_void_p),
        ("b", ctypes.c_void_p),
        ("seeds", ctypes.c_uint64 * 6),
        *((name, ctypes.c_int64) for name in _COUNTS),
    )


_LIBRARY: Final = open_library(
    Path(__file__).with_name("kernels.c"),
    _INTERFACE,
    {
        "sketch": (POINTER, BYTES, POINTER, NUMBER, POINTER, NUMBER, *(POINTER,) * 8),
        "scores": (POINTER, BYTES, POINTER, NUMBER, POINTER, NUMBER, POINTER),
        "runs": (BYTES, POINTER, NUMBER, NUMBER, ctypes.c_uint64, POINTER, POINTER),
        "repeated": (POINTER, NUMBER, POINTER),
    },
)
COMPILED: Final = _LIBRARY is not None


def sketch(questions: Sequence[bytes], answers: Sequence[bytes], measure: Measure, templates: Hashes) -> Sketch:
    """Band keys and template cover of rows; see `Sketch`. templates: hashes of runs (uint64), ascending."""
    if _LIBRARY is None:
        return plain.sketch(questions, answers, measure, templates)
    parameters, bands, _ = _parameters(measure)
    texts, offsets = _joined([questions, answers], measure.max_bytes)
    known = np.ascontiguousarray(templates, np.uint64)
    rows = len(questions)
    kept = np.empty((2 * bands + 4) * rows, np.uint32)
    spare = np.empty((2 * bands + 2) * rows, np.uint32)
    start, start_spare, column = address(kept), address(spare), 4 * rows
    extras = _LIBRARY.dataaudit_sketch(
        parameters,
        texts,
        offsets.buffer_info()[0],
        rows,
        address(known) if len(known) else None,
        len(known),
        start + 2 * column,
        start + (2 + bands) * column,
        start + (2 + 2 * bands) * column,
        start + (3 + 2 * bands) * column,
        start,
        start_spare,
        start_spare + 2 * column,
        start_spare + (2 + bands) * column,
    )
    _check(extras)
    shape, size, extra_shape, extra_size = (rows, bands), rows * bands, (extras, bands), extras * bands
    prompt, extra_prompt = 2 * rows, 2 * rows
    both, extra_both = prompt + size, extra_prompt + size
    words = both + size
    return Sketch(
        kept[prompt:both].reshape(shape),
        kept[both:words].reshape(shape),
        kept[words : words + rows],
        kept[words + rows :],
        kept[:prompt].view(np.uint64),
        spare[: 2 * extras].view(np.int64).copy(),
        spare[extra_prompt : extra_prompt + extra_size].reshape(extra_shape).copy(),
        spare[extra_both : extra_both + extra_size].reshape(extra_shape).copy(),
    )


def scores(
    left_questions: Sequence[bytes],
    left_answers: Sequence[bytes],
    right_questions: Sequence[bytes],
    right_answers: Sequence[bytes],
    measure: Measure,
    templates: Hashes,
) -> NDArray[np.float64]:
    """[n, 3]: exact Jaccard similarity of prompts, of answers, of both together; nan where there is nothing."""
    sides = [left_questions, left_answers, right_questions, right_answers]
    if _LIBRARY is None:
        return plain.scores(left_questions, left_answers, right_questions, right_answers, measure, templates)
    texts, offsets = _joined(sides, measure.max_bytes)
    known = np.ascontiguousarray(templates, np.uint64)
    result = np.full((len(left_questions), 3), np.nan)
    place, start, end = offsets.buffer_info()[0], address(known), address(result)
    _check(_LIBRARY.dataaudit_scores(_parameters(measure)[0], texts, place, len(result), start, len(known), end))
    return result


def runs(texts: Sequence[bytes], words: int, max_bytes: int | None = None) -> tuple[Hashes, NDArray[np.int64]]:
    """(hashes of all runs of `words` tokens of each text, in their order; number of them a text)."""
    if _LIBRARY is None:
        return plain.runs(texts, words, max_bytes)
    if words < 1:
        raise ValueError(f"a run has at least one word, not {words}")
    joined, offsets = _joined([texts], max_bytes)
    found = np.empty(offsets[-1], np.uint64)
    counts = np.empty(len(texts), np.int64)
    place, start, end = offsets.buffer_info()[0], address(found), address(counts)
    _check(_LIBRARY.dataaudit_runs(joined, place, len(texts), words, plain.seeds()[4], start, end))
    return found[: counts.sum()].copy(), counts


def repeated(keys: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """True for each key but 0 that is there more than once; compiled also for a few that are there once."""
    if _LIBRARY is None:
        return plain.repeated(keys)
    keys = np.ascontiguousarray(keys, np.uint32)
    marks = np.empty(len(keys), np.bool_)
    _check(_LIBRARY.dataaudit_repeated(address(keys), len(keys), address(marks)))
    return marks


def _joined(columns: Sequence[Sequence[bytes]], max_bytes: int | None) -> tuple[bytes, array[int]]:
    """(all texts in one, the offsets of their starts and of the end), column by column, texts cut to `max_bytes`."""
    texts = [text for column in columns for text in column]
    if len(texts) != len(columns) * len(columns[0]):
        raise ValueError(f"columns of different lengths: {[len(column) for column in columns]}")
    offsets = array("q", accumulate(map(len, texts), initial=0))
    if max_bytes is not None and offsets[-1] > max_bytes and max(map(len, texts)) > max_bytes:
        texts = [plain.cut(text, max_bytes) for text in texts]
        offsets = array("q", accumulate(map(len, texts), initial=0))
    texts.append(_PADDING)
    return b"".join(texts), offsets


@lru_cache(maxsize=64)
def _parameters(measure: Measure) -> tuple[Any, int, object]:
    """(reference to what the library wants to know, number of bands, what must outlive the reference)."""
    # Whole registers of functions: those added are computed and not used.
    arrays = [np.pad(array, (0, -len(array) % 16)) for array in plain.permutations(measure.permutations)]
    counts = {name: getattr(measure, name) for name in _COUNTS}
    lengths = ("word_shingle", "char_shingle", "template_words", "permutations")
    if min(counts[name] for name in lengths) < 1 or min(measure.min_words, measure.max_bytes) < 0:
        # The library takes them at their word, and would write over memory of others.
        raise ValueError(f"nothing can be measured by {measure}")
    counts["permutations"] = len(arrays[0])
    parameters = _Parameters(*map(address, arrays), plain.seeds(), **counts)
    return ctypes.byref(parameters), measure.bands, arrays


def _check(result: int) -> None:
    if result < 0:
        raise MemoryError("no memory to compare texts")
