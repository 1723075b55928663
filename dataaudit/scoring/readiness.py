"""The grade of a set from counts of its rows. Pure arithmetic: every formula is in one line of the report."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from dataaudit.model import Cap, Dimension, Readiness
from dataaudit.scoring.caps import caps
from dataaudit.scoring.scheme import GRADES
from dataaudit.text.intervals import wilson
from dataaudit.text.safe import escape, mask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataaudit.model import Grade
    from dataaudit.scoring.measures import Category, Measures
    from dataaudit.scoring.need import Need
    from dataaudit.scoring.scheme import Scheme

_NOT_YET = "text quality, privacy and leaks between splits do not count yet"


class Scored(NamedTuple):
    """The numbers of the grade, without words: what is worked out again and again to see what an action would bring.

    score: 0 to 100, unrounded. caps: name and grade of those that hold.
    """

    score: float
    caps: dict[str, Grade]
    grade: Grade


def scored(measures: Measures, need: Need, scheme: Scheme) -> Scored:
    """Score, caps and grade of the counts."""
    scores = _scores(measures, need, scheme)
    weights = _shares(scores, scheme)
    score = sum(weights[name] * value for name, value in scores.items())
    found = {name: scheme.caps[name].grade for name in caps(measures, need, scheme)}
    own = scheme.grade(round(score, 1)) if measures.sound else "F"
    return Scored(score, found, max(own, *found.values(), key=GRADES.index) if found else own)


def readiness(measures: Measures, need: Need, scheme: Scheme) -> Readiness:
    """The grade with all that is needed to recompute it; without `next`."""
    scores = _scores(measures, need, scheme)
    weights = _shares(scores, scheme)
    found = scored(measures, need, scheme)
    return Readiness(
        score=round(found.score, 1),
        grade=found.grade,
        ready=not scheme.worse(found.grade, scheme.grade(scheme.ready["least"].value)),
        because=_because(measures, scheme, found),
        interval=_interval(measures, scheme, found.score, scores, weights),
        dimensions=(*_dimensions(measures, need, scheme, scores, weights), _integrity()),
        caps=tuple(_caps(measures, need, scheme)),
        categories={mask(escape(category.label)): category.sound for category in measures.categories},
    )


def _scores(measures: Measures, need: Need, scheme: Scheme) -> dict[str, float]:
    """0 to 100 by dimension. Every share is sound rows against sound and faulty ones.

    So a faulty row more can raise no share, and a copy more dilutes no fault.
    """
    sound = measures.sound
    scores = {
        "validity": _share(sound, measures.invalid),
        "uniqueness": _share(sound, measures.copies),
        "consistency": _consistency(measures, scheme),
    }
    if measures.categories:
        scores["balance"] = 100 * evenness([category.sound for category in measures.categories])
    scores["sufficiency"] = _sufficiency(measures, need, scheme)
    return scores


def _share(sound: int, faulty: float) -> float:
    return 100 * sound / (sound + faulty) if sound else 0.0


def _wrong(measures: Measures, scheme: Scheme) -> float:
    """Rows that teach the wrong thing; a contradicted one less than others, as the right answer is there too."""
    return scheme.curve["contradicted"].value * measures.contradicted + measures.mislabeled + measures.off_format


def _consistency(measures: Measures, scheme: Scheme) -> float:
    share = _share(measures.sound, _wrong(measures, scheme))
    return scheme.curve["unlearned"].value * share if measures.unlearned else share


def evenness(counts: list[int]) -> float:
    """Effective number of categories (e to the Shannon entropy of the shares) over their number.

    1 for equal counts; 1 / n where one category has all. Source: Hill, Diversity and evenness (1973), order 1.
    """
    total = sum(counts)
    if not total:
        return 0.0
    entropy = -sum(count / total * math.log(count / total) for count in counts if count)
    return math.exp(entropy) / len(counts)


def _sufficiency(measures: Measures, need: Need, scheme: Scheme) -> float:
    half = half_way(measures, need, scheme)
    counts = _counts(measures, need)
    return 100 * sum(count / (count + half) for count in counts) / len(counts)


def half_way(measures: Measures, need: Need, scheme: Scheme) -> float:
    """Examples that are worth half of the marks: of each category, where the task says what one needs."""
    each = need.of_each(len(measures.categories))
    return scheme.caps["unreliable"].value if each is None else scheme.curve["sufficiency"].value * each


def _counts(measures: Measures, need: Need) -> list[int]:
    """Sound rows of each category, or of all where the task has no figure for one."""
    if need.per_category is None or not measures.categories:
        return [measures.sound]
    return [category.sound for category in measures.categories]


def _shares(scores: dict[str, float], scheme: Scheme) -> dict[str, float]:
    """The weights of the dimensions that were judged, adding up to 1."""
    weights = {name: scheme.weights[name].value for name in scores}
    total = sum(weights.values())
    return {name: weight / total if total else 1 / len(weights) for name, weight in weights.items()}


def _caps(measures: Measures, need: Need, scheme: Scheme) -> list[Cap]:
    """The caps that hold, the lowest grade first."""
    found = [
        Cap(
            rule=", ".join((measures.refusals[0].rules if name == "refused" else ()) or scheme.caps[name].rules),
            grade=scheme.caps[name].grade,
            because=mask(escape(because)),
        )
        for name, because in caps(measures, need, scheme).items()
    ]
    return sorted(found, key=lambda cap: (-GRADES.index(cap.grade), cap.rule))


def _because(measures: Measures, scheme: Scheme, found: Scored) -> str:
    if not measures.rows:
        return "there are no training rows"
    if not measures.sound:
        return f"none of the {measures.rows:,} training rows is sound"
    own = scheme.grade(round(found.score, 1))
    if own != found.grade:
        return f"{found.score:.1f} points would be {own}, but the worst finding leaves {found.grade} at most"
    return f"{found.score:.1f} points"


def _interval(
    measures: Measures, scheme: Scheme, score: float, scores: dict[str, float], weights: dict[str, float]
) -> tuple[float, float]:
    """What the score may be for another sample of this size: the 95 % intervals of the shares, put together as errors.

    Source of putting together: Zou and Donner, Construction of confidence limits about effect measures (2008).
    """
    below = above = 0.0
    wrong = round(_wrong(measures, scheme))
    for name, faulty in (("validity", measures.invalid), ("uniqueness", measures.copies), ("consistency", wrong)):
        share = measures.sound / max(1, measures.sound + faulty)
        marks = scores[name] / share if share else 0.0
        low, high = wilson(measures.sound, measures.sound + faulty)
        below += (weights[name] * marks * max(0.0, share - low)) ** 2
        above += (weights[name] * marks * max(0.0, high - share)) ** 2
    if not measures.rows:
        return 0.0, 0.0
    return round(max(0.0, score - math.sqrt(below)), 1), round(min(100.0, score + math.sqrt(above)), 1)


def _dimensions(
    measures: Measures, need: Need, scheme: Scheme, scores: dict[str, float], weights: dict[str, float]
) -> Iterator[Dimension]:
    sound = measures.sound
    half = scheme.curve["contradicted"].value
    labels = f"{half:g} x {measures.contradicted:,} contradicted + {measures.mislabeled:,} mislabeled"
    marks = 100 * scheme.curve["unlearned"].value if measures.unlearned else 100
    words = {
        "validity": (
            "100 x sound / (sound + invalid)",
            f"100 x {sound:,} / ({sound:,} + {measures.invalid:,})",
            (),
        ),
        "uniqueness": (
            "100 x sound / (sound + copies)",
            f"100 x {sound:,} / ({sound:,} + {measures.duplicates:,} equal + {measures.near:,} nearly equal)",
            ("duplicates", "near"),
        ),
        "consistency": (
            f"100 x sound / (sound + {half:g} x contradicted + mislabeled + off format)",
            f"{marks:g} x {sound:,} / ({sound:,} + {labels} + {measures.off_format:,} off format)",
            ("contradicted", "mislabeled", "off_format"),
        ),
        "balance": (
            "100 x effective number of labels / labels",
            _balance_in_words(measures.categories),
            (),
        ),
        "sufficiency": (*_sufficiency_in_words(measures, need, half_way(measures, need, scheme)), ("labels",)),
    }
    for name, score in scores.items():
        formula, because, fields = words[name]
        blind = [field.replace("_", " ") for field in fields if field in measures.unjudged]
        yield Dimension(
            name=name,
            score=round(score, 1),
            weight=round(weights[name], 4),
            formula=formula,
            because=because,
            unchecked=f"not judged: {', '.join(blind)}" if blind else None,
        )


def _balance_in_words(categories: tuple[Category, ...]) -> str:
    if not categories:
        return ""
    effective = evenness([category.sound for category in categories]) * len(categories)
    first, last = categories[0], categories[-1]
    names = [mask(escape(category.label)) for category in (first, last)]
    return (
        f"100 x {effective:.2f} / {len(categories):,} "
        f"(fewest {names[0]!r} {first.sound:,}, most {names[1]!r} {last.sound:,} sound rows)"
    )


def _sufficiency_in_words(measures: Measures, need: Need, half: float) -> tuple[str, str]:
    why = f"({need.task}, {need.because})"
    counts = _counts(measures, need)
    if len(counts) == 1:
        return "100 x sound / (sound + k)", f"100 x {counts[0]:,} / ({counts[0]:,} + {half:.5g}) {why}"
    first, last = counts[0], counts[-1]
    return "100 x mean over labels of sound / (sound + k)", (
        f"100 x mean of {len(counts):,} labels, from {first:,} / ({first:,} + {half:.5g}) "
        f"to {last:,} / ({last:,} + {half:.5g}) {why}"
    )


def _integrity() -> Dimension:
    return Dimension(
        name="integrity",
        score=None,
        weight=0.0,
        formula="not in the sum",
        because="",
        unchecked=_NOT_YET,
    )
