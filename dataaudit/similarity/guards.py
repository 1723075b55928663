"""Why two almost equal prompts may rightly have different answers, and whether two texts state the same facts.

A typing error, another ending, politeness, punctuation, other order and dropped words are no reason. A number, a name,
a negation, another question about the same text are: the small edits that Gardner and others, Evaluating Models' Local
Decision Boundaries via Contrast Sets (2020), show to change the answer. No grammar and no dictionary of meaning: where
in doubt there is a reason, since a finding that is none costs more than one that is missed. Linear time.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from dataaudit.similarity import differences
from dataaudit.similarity.differences import is_plain, is_spelled, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

NUMBER: Final = "another number"
SIGN: Final = "another sign"
NEGATION: Final = "a negation"
NAME: Final = "another name"
WORD: Final = "another word"
QUESTION: Final = "another question about the same text"

# A word of a script without spaces is at least so long; what is shorter is a typing error.
_LEAST_SPELLED = 3
# Two words are compared by so many letters.
_LETTERS = 64
# So many names at most are held against each other.
_NAMES = 64


class _Text(NamedTuple):
    raw: str
    parts: list[str]
    tokens: list[str]


def excused(first: str, second: str, closed: bool) -> str | None:
    """Why the answers of two almost equal prompts may differ, in a few words; None where nothing tells why.

    Args:
        first: one prompt as it is.
        second: the other; the order does not matter.
        closed: the answers are labels of a closed set; then numbers, signs and names are no reason.
    """
    first, second = _window(*sorted((first, second)))
    one, other = _read(first), _read(second)
    if not closed:
        if _other_numbers(one.tokens, other.tokens):
            return NUMBER
        if _other_signs(one.tokens, other.tokens):
            return SIGN
    if differences.negations(one.parts) != differences.negations(other.parts):
        return NEGATION
    if not closed and _other_names(one, other):
        return NAME
    left, right = _apart(one.parts, other.parts)
    pairs, left, right = _paired(left, right, alone=len(one.parts) == len(other.parts) == 1)
    if any(map(_has_content, left)) and any(map(_has_content, right)):
        return QUESTION
    ends = {part for text in (one, other) for part in (text.parts[:1] + text.parts[-1:])}
    reasons = {
        _exchanged(a, b, differences.names(first) | differences.names(second))
        for a, b in pairs
        if a in ends and b in ends
    }
    if closed:
        reasons.discard(NAME)
    return next((reason for reason in (NEGATION, NAME, WORD) if reason in reasons), None)


def same_facts(first: str, second: str) -> bool:
    """Whether two texts of one meaning agree in their numbers, in how often they negate, and in the names they give."""
    first, second = _window(*sorted((first, second)))
    one, other = _read(first), _read(second)
    return (
        _values(one.tokens) == _values(other.tokens)
        and differences.negations(one.parts) == differences.negations(other.parts)
        and not _missing(differences.names(first), other.tokens)
        and not _missing(differences.names(second), one.tokens)
    )


def _window(first: str, second: str) -> tuple[str, str]:
    """Both texts, or of long ones the piece where they begin to differ."""
    most = int(words().limits["long_text"])
    if max(len(first), len(second)) <= most:
        return first, second
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if first[low:middle] == second[low:middle] else (low, middle - 1)
    start = max(0, low - most // 4)
    return first[start : start + most], second[start : start + most]


def _read(text: str) -> _Text:
    parts = differences.sentences(text)
    return _Text(text, parts, [token for part in parts for token in differences.tokens(part)])


def _values(found: list[str]) -> Counter[str]:
    spelled = [value for value in differences.number_words(found) if value.isascii()]
    return Counter(differences.digits(found)) + Counter(spelled)


def _other_numbers(one: list[str], other: list[str]) -> bool:
    mine, theirs = differences.digits(one), differences.digits(other)
    # "1,000" is written "1 000" and "1000".
    if Counter(mine) != Counter(theirs) and "".join(mine) != "".join(theirs):
        return _values(one) != _values(other)
    return _exchange(Counter(differences.number_words(one)), Counter(differences.number_words(other)))


def _other_signs(one: list[str], other: list[str]) -> bool:
    return _exchange(differences.signs(one), differences.signs(other))


def _exchange(one: Counter[str], other: Counter[str]) -> bool:
    return bool(one - other) and bool(other - one)


def _other_names(one: _Text, other: _Text) -> bool:
    return bool(
        _missing(differences.names(one.raw), other.tokens) and _missing(differences.names(other.raw), one.tokens)
    )


def _missing(names: set[str], found: list[str]) -> list[str]:
    """Names that the other text has not, not even mistyped."""
    there = set(found)
    parts = {token for name in names for token in differences.tokens(name)}
    wanted = [part for part in sorted(parts - there) if not (is_plain(part) or part[0].isdecimal())]
    known = {token for token in there if len(token) > 1}
    starts: dict[str, list[str]] = {}
    for token in sorted(known):
        starts.setdefault(token[0], []).append(token)
    return [
        name for name in wanted[:_NAMES] if not any(_alike(name, token) for token in starts.get(name[0], ())[:_NAMES])
    ]


def _apart(one: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    """The sentences that only one of the two texts has."""
    mine, theirs = Counter(one), Counter(other)
    return sorted((mine - theirs).elements()), sorted((theirs - mine).elements())


def _paired(left: list[str], right: list[str], *, alone: bool) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Two versions of one sentence are put together; what has no partner is left on its side.

    alone: both texts are one sentence, so nothing is about the same text and these are two versions.
    """
    if alone:
        return [*zip(left, right, strict=True)], [], []
    limits = words().limits
    most = int(limits["compared_parts"])
    if not left or not right or max(len(left), len(right)) > most:
        return [], [], []
    grams = {part: _trigrams(part) for part in {*left, *right}}
    scored = sorted(((_dice(grams[a], grams[b]), a, b) for a in left for b in right), key=lambda s: (-s[0], s[1], s[2]))
    pairs: list[tuple[str, str]] = []
    rest_left, rest_right = Counter(left), Counter(right)
    for score, a, b in scored:
        if score >= limits["same_part"] and rest_left[a] and rest_right[b]:
            pairs.append((a, b))
            rest_left[a] -= 1
            rest_right[b] -= 1
    return pairs, sorted(rest_left.elements()), sorted(rest_right.elements())


def _trigrams(form: str) -> set[str]:
    padded = f" {form} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def _dice(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def _has_content(part: str) -> bool:
    found = [token for token in differences.tokens(differences.without_particles(part)) if not is_plain(token)]
    return len(found) > 1 or len("".join(found)) > _LEAST_SPELLED


def _exchanged(first: str, second: str, names: set[str]) -> str | None:
    """What was exchanged between two versions of a short sentence; None for a long one and for wording."""
    one, other = (
        differences.without_negations(differences.tokens(differences.without_particles(form)))
        for form in (first, second)
    )
    if max(_length(one), _length(other)) > words().limits["short_part"]:
        return None
    for old, new in _blocks(one, other):
        if _opposite("".join(old), "".join(new)):
            return NEGATION
        if old and new and not _same(old, new):
            return NAME if names.intersection(old) and names.intersection(new) else WORD
    return None


def _length(found: list[str]) -> int:
    """Words; of a script without spaces that spells its words, a quarter of the letters."""
    spelled = sum(map(is_spelled, found))
    return len(found) - spelled + spelled // 4


def _blocks(one: list[str], other: list[str]) -> Iterable[tuple[list[str], list[str]]]:
    """The places where two short sentences differ, without what only moved and without words of no content."""
    from rapidfuzz.distance import Levenshtein

    places: list[tuple[list[str], list[str]]] = [([], [])]
    gap: list[str] = []
    for step in Levenshtein.opcodes(one, other):
        if step.tag != "equal":
            if gap and len(gap) < _LEAST_SPELLED and all(map(is_spelled, gap)):
                places[-1][0].extend(gap)
                places[-1][1].extend(gap)
            elif gap:
                places.append(([], []))
            places[-1][0].extend(one[step.src_start : step.src_end])
            places[-1][1].extend(other[step.dest_start : step.dest_end])
            gap = []
        else:
            gap = one[step.src_start : step.src_end]
    mine = Counter(token for old, _ in places for token in old if not is_spelled(token))
    theirs = Counter(token for _, new in places for token in new if not is_spelled(token))
    moved = mine & theirs
    return [(_content(old, moved), _content(new, moved)) for old, new in places]


def _content(found: list[str], moved: Counter[str]) -> list[str]:
    return [token for token in found if not (is_plain(token) or token in moved or token[0].isdecimal())]


def _same(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether two places say the same word, mistyped, inflected or split otherwise."""
    if all(map(is_spelled, [*old, *new])):
        return min(len(old), len(new)) < _LEAST_SPELLED or _alike("".join(old), "".join(new))
    if _alike("".join(old), "".join(new)):
        return True
    return _all_alike(old, new, _alike) or _all_alike(new, old, _alike)


def _all_alike(some: Sequence[str], others: Sequence[str], alike: Callable[[str, str], bool]) -> bool:
    return all(any(alike(word, other) for other in others) for word in some)


def _opposite(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=lambda word: (len(word), word))
    return len(short) > 2 and long.endswith(short) and long[: len(long) - len(short)] in words().prefixes


def _alike(one: str, other: str) -> bool:
    """Whether one word may be the other, mistyped or with another ending."""
    import unicodedata

    from rapidfuzz.distance import Indel

    one, other = one[:_LETTERS], other[:_LETTERS]
    if one == other:
        return True
    short, long = sorted((one, other), key=lambda word: (len(word), word))
    if len(short) >= _LEAST_SPELLED and (long.startswith(short) or sorted(short) == sorted(long)):
        return True
    limits = words().limits
    least = limits["same_word"] if one[:1] == other[:1] else limits["same_word_other_start"]
    # Decomposed, a Korean syllable with another vowel is still half the same.
    similarity: float = Indel.normalized_similarity(
        unicodedata.normalize("NFD", one), unicodedata.normalize("NFD", other)
    )
    return similarity >= least
