"""Defines the results of near-duplicate search in plain Python; `kernels` gives the same, compiled, and far faster.

Texts are normal forms: lower case, words apart by one blank, UTF-8 with surrogates let through. Any other bytes have a
result too. A text longer than `max_bytes` is cut there, or up to three bytes before, so that no character is torn.

Source of the method: Broder, On the resemblance and containment of documents (1997), with the linear permutations of
Broder and others, Min-wise independent permutations (1998).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from dataaudit.similarity.measure import Sketch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dataaudit.similarity.measure import Measure

    Hashes = NDArray[np.uint64]

_ALL: Final = (1 << 64) - 1
# Odd numbers without a pattern; kernels.c has the same.
_LENGTH: Final = 0x9E3779B97F4A7C15
_WORD: Final = 0xD6E8FEB86659FD93
_STEP: Final = 0xA0761D6478BD642F
# Scripts written without blanks: Thai and Lao, Myanmar, Khmer, Kana, Han. kernels.c has the same.
SPACELESS: Final = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA9E0, 0xA9FF),
    (0xAA60, 0xAA7F),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x1B000, 0x1B16F),
    (0x20000, 0x3FFFF),
)
# A character is a byte of ASCII, or another byte and all that continue it, so valid UTF-8 is cut at its code points.
# Its number is its bytes read as one number, modulo 2**32: in the order of the code points.
_CHARACTER = re.compile(rb"[\x00-\x7f]|[\x80-\xff][\x80-\xbf]*")
_RANGES: Final = tuple((int.from_bytes(chr(a).encode()), int.from_bytes(chr(b).encode())) for a, b in SPACELESS)
_FIELDS = 2


def numbers(seed: int) -> Iterator[int]:
    """Endless pseudo-random 64-bit numbers: splitmix64 (Steele, Lea and Flood 2014)."""
    while True:
        seed = (seed + _LENGTH) & _ALL
        yield mix(seed)


def mix(value: int) -> int:
    """Spread each bit over all: the finaliser of splitmix64."""
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _ALL
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _ALL
    return value ^ (value >> 31)


@cache
def seeds() -> tuple[int, ...]:
    """Seeds of shingles (prompt by words, by characters, answer by words, by characters), of runs and of keys."""
    source = numbers(1)
    return tuple(next(source) for _ in range(6))


@cache
def permutations(count: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """(a, b) of the functions h -> a * h + b modulo 2**32; a is odd."""
    source = numbers(2)
    pairs = [(next(source) >> 32 | 1, next(source) >> 32) for _ in range(count)]
    a, b = np.array(pairs, dtype=np.uint32).reshape(count, 2).T
    return np.ascontiguousarray(a), np.ascontiguousarray(b)


def cut(text: bytes, max_bytes: int) -> bytes:
    """The text up to `max_bytes`, without a torn character at its end."""
    if len(text) <= max_bytes:
        return text
    end = max_bytes
    while max_bytes - end < 3 and end > 0 and text[end] & 0xC0 == 0x80:
        end -= 1
    return text[:end]


class Text(NamedTuple):
    """A text in parts. Tokens are (start, end) in bytes; a token or character is covered if it is of a template."""

    tokens: list[tuple[int, int]]
    token_hashes: list[int]
    covered: list[bool]
    runs: list[int]
    characters: list[int]
    covered_characters: list[bool]


def analyse(text: bytes, template_words: int, templates: frozenset[int]) -> Text:
    """Cut a text into tokens and characters, and find which are of templates; `runs`: the template runs found."""
    starts = [(found.start(), found.group()) for found in _CHARACTER.finditer(text)]
    tokens: list[tuple[int, int]] = []
    open_end = -1
    for start, character in starts:
        end = start + len(character)
        if character != b" ":
            alone = _is_spaceless(_number(character))
            if not alone and start == open_end:
                tokens[-1] = (tokens[-1][0], end)
            else:
                tokens.append((start, end))
            open_end = -1 if alone else end
    hashes = [token_hash(text[start:end]) for start, end in tokens]
    covered = [False] * len(tokens)
    found = []
    for start, run in enumerate(run_hashes(hashes, template_words) if templates else ()):
        if run in templates:
            found.append(run)
            covered[start : start + template_words] = [True] * template_words
    inside = bytearray(len(text))
    for place, (start, end) in enumerate(tokens):
        if covered[place]:
            stop = tokens[place + 1][0] if covered[place + 1 : place + 2] == [True] else end
            inside[start:stop] = b"\x01" * (stop - start)
    characters = [_number(character) for _, character in starts]
    return Text(tokens, hashes, covered, found, characters, [inside[start] == 1 for start, _ in starts])


def _number(character: bytes) -> int:
    return int.from_bytes(character[-4:])


def _is_spaceless(number: int) -> bool:
    return any(first <= number <= last for first, last in _RANGES)


def token_hash(token: bytes) -> int:
    """64-bit hash of a token, which is taken in words of 8 bytes, filled with zeros to a multiple of 16."""
    value = (len(token) * _LENGTH) & _ALL
    for start in range(0, -(-len(token) // 16) * 16, 8):
        value = ((value ^ int.from_bytes(token[start : start + 8], "little")) * _WORD) & _ALL
        value ^= value >> 32
    return value


def sequence_hash(values: Sequence[int], seed: int) -> int:
    """64-bit hash of a sequence of numbers: a polynomial, mixed."""
    total = 0
    for value in values:
        total = (total * _STEP + value) & _ALL
    return mix((total + seed) & _ALL)


def run_hashes(hashes: Sequence[int], words: int) -> list[int]:
    """Hashes of all runs of `words` tokens, in order; never 0."""
    seed = seeds()[4]
    return [sequence_hash(hashes[start : start + words], seed) or 1 for start in range(len(hashes) - words + 1)]


def is_long(text: Text, measure: Measure) -> bool:
    """Whether a text is compared by words."""
    return len(text.tokens) >= max(measure.min_words, 1)


def shingles(text: Text, field: int, by_words: bool, measure: Measure) -> list[int]:
    """Hashes of the shingles of a text. Those wholly of a template are left out, unless nothing would be left."""
    values, covered = (text.token_hashes, text.covered) if by_words else (text.characters, text.covered_characters)
    seed = seeds()[field * 2 + (not by_words)]
    length = min(measure.word_shingle if by_words else measure.char_shingle, len(values))
    places = range(len(values) - length + 1 if length else 0)
    kept = [start for start in places if not all(covered[start : start + length])] or places
    return [sequence_hash(values[start : start + length], seed) for start in kept]


def signature(hashes: Sequence[int], count: int) -> NDArray[np.uint32]:
    """The least value of each of `count` functions; all ones of no shingles."""
    a, b = permutations(count)
    upper = np.array([value >> 32 for value in hashes], dtype=np.uint32)
    least = np.full(count, 0xFFFFFFFF, dtype=np.uint32)
    for start in range(0, len(upper), 4096):
        values = a[:, None] * upper[start : start + 4096] + b[:, None]
        least = np.minimum(least, values.min(axis=1))
    return least


def band_keys(least: NDArray[np.uint32], kind: int, measure: Measure) -> list[int]:
    """32-bit keys of the bands of a signature, never 0; kind: 0 prompt, 1 both."""
    rows, values = measure.rows_per_band, least.tolist()
    parts = (values[band * rows : (band + 1) * rows] for band in range(measure.bands))
    return [sequence_hash([band * 2 + kind, *part], seeds()[5]) >> 32 or 1 for band, part in enumerate(parts)]


def sketch(questions: Sequence[bytes], answers: Sequence[bytes], measure: Measure, templates: Hashes) -> Sketch:
    """Band keys and template cover of rows; see `Sketch`. templates: hashes of runs, ascending."""
    known = frozenset(templates.tolist())
    none, count = [0] * measure.bands, measure.permutations
    keys: list[list[list[int]]] = [[], [], [], []]
    words, covered, template, extra_row = [], [], [], []
    for row, pair in enumerate(zip(questions, answers, strict=True)):
        texts = [analyse(cut(text, measure.max_bytes), measure.template_words, known) for text in pair]
        words.append(sum(len(text.tokens) for text in texts))
        covered.append(sum(map(sum, (text.covered for text in texts))))
        template.append(min((run for text in texts for run in text.runs), default=0))
        long = [is_long(text, measure) for text in texts]
        zone = [at_words and len(text.tokens) < measure.zone_words for at_words, text in zip(long, texts, strict=True)]
        forms = [long]
        if any(zone):
            forms.append([at_words and not near for at_words, near in zip(long, zone, strict=True)])
            extra_row.append(row)
        for entry, by_words in enumerate(forms):
            fields = range(_FIELDS)
            least = [signature(shingles(texts[f], f, by_words[f], measure), count) for f in fields]
            keys[2 * entry].append(band_keys(least[0], 0, measure) if texts[0].characters else none)
            anything = any(text.characters for text in texts)
            keys[2 * entry + 1].append(band_keys(np.minimum(*least), 1, measure) if anything else none)
    prompt, both, extra_prompt, extra_both = (np.array(k, np.uint32).reshape(len(k), measure.bands) for k in keys)
    return Sketch(
        prompt,
        both,
        np.array(words, np.uint32),
        np.array(covered, np.uint32),
        np.array(template, np.uint64),
        np.array(extra_row, np.int64),
        extra_prompt,
        extra_both,
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
    known = frozenset(templates.tolist())
    sides = zip(left_questions, left_answers, right_questions, right_answers, strict=True)
    result = np.full((len(left_questions), _FIELDS + 1), np.nan)
    for row, (*left, one, two) in enumerate(sides):
        shared = total = 0
        for field, pair in enumerate(zip(left, (one, two), strict=True)):
            texts = [analyse(cut(text, measure.max_bytes), measure.template_words, known) for text in pair]
            by_words = all(is_long(text, measure) for text in texts)
            first, second = (set(shingles(text, field, by_words, measure)) for text in texts)
            if first or second:
                result[row, field] = len(first & second) / len(first | second)
            shared += len(first & second)
            total += len(first | second)
        if total:
            result[row, _FIELDS] = shared / total
    return result


def runs(texts: Sequence[bytes], words: int, max_bytes: int | None = None) -> tuple[Hashes, NDArray[np.int64]]:
    """(hashes of all runs of `words` tokens of each text, in their order; number of them a text)."""
    parts = (text if max_bytes is None else cut(text, max_bytes) for text in texts)
    found = [run_hashes(analyse(part, words, frozenset()).token_hashes, words) for part in parts]
    flat = np.array([run for part in found for run in part], dtype=np.uint64)
    return flat, np.array([len(part) for part in found], dtype=np.int64)


def repeated(keys: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """True for each key but 0 that is there more than once."""
    _, place, counts = np.unique(keys, return_inverse=True, return_counts=True)
    more: NDArray[np.bool_] = (counts[place] > 1) & (keys != 0)
    return more


def coverage(text: bytes, measure: Measure, templates: Hashes) -> list[tuple[str, bool]]:
    """(token, whether it is of a template) of each token of a text, to show a template to people."""
    text = cut(text, measure.max_bytes)
    parts = analyse(text, measure.template_words, frozenset(templates.tolist()))
    words = (text[start:end].decode("utf-8", "replace") for start, end in parts.tokens)
    return list(zip(words, parts.covered, strict=True))
