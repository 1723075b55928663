"""Learns the format of a set of answers from a sample: of each group of rows the properties that most answers share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dataaudit.formats.affixes import (
    Edges,
    bare,
    common_prefix,
    common_suffix,
    edges_of,
    is_mark,
    is_sentence,
    stop_mark,
)
from dataaudit.formats.closed import Closed, learn_closed
from dataaudit.formats.form import Form
from dataaudit.formats.formats import Formats, GroupFormat
from dataaudit.formats.groups import GroupKey, Sample, find_groups
from dataaudit.formats.kinds import STRUCTURED, TEXT_KINDS, fence_of, fits, kind_of, out_of_place, settled_kind
from dataaudit.formats.lengths import learn_band
from dataaudit.formats.limits import Limits
from dataaudit.formats.look import look
from dataaudit.formats.names import learn_names
from dataaudit.formats.resolve import resolve
from dataaudit.formats.styles import NAMED_KINDS, STYLED_KINDS, names_of, style_of
from dataaudit.formats.tree import Seen
from dataaudit.formats.votes import Aspect, leading

__all__ = ["Sample", "learn_formats"]

_PIECE = 4000


class Row(NamedTuple):
    """One answer of the sample, looked at once for all its groups."""

    answer: str
    text: str
    form: Form
    kind: str
    edges: Edges


def learn_formats(samples: Sequence[Sample], threshold: Callable[[str, str], float]) -> Formats:
    """What the answers of the sample look like, in all and group by group.

    threshold: by code of the rule and name. The order of the samples does not matter; blank answers are left aside.
    Never raises because of the data.
    """
    limits = Limits.by(threshold)
    answers = [sample.answer for sample in samples if sample.answer.strip()]
    stop = _stop_mark([answer.strip() for answer in answers], limits)
    rows = {answer: _row(answer, stop) for answer in answers}
    grouping = find_groups(samples, limits)
    members: list[list[Row]] = [[] for _ in grouping.keys]
    for sample in samples:
        row = rows.get(sample.answer)
        if row is not None:
            members[0].append(row)
            for number in grouping.of(sample.context, sample.question, sample.label):
                if number:
                    members[number].append(row)
    groups = [_group(key, group, stop, limits) for key, group in zip(grouping.keys, members, strict=True)]
    groups[1:] = [
        group._replace(kept=_kept(rows, groups[0].aspects)) for group, rows in zip(groups[1:], members[1:], strict=True)
    ]
    chains = sorted(grouping.formats, key=lambda chain: grouping.formats[chain])
    resolved = [resolve([(n, groups[n]) for n in (0, *filter(None, chain))], limits) for chain in chains]
    return Formats(tuple(groups), grouping, tuple(resolved))


def _group(key: GroupKey, rows: Sequence[Row], stop: str, limits: Limits) -> GroupFormat:
    own = _stop_mark([row.text for row in rows], limits)
    if own != stop:
        rows = [_row(row.answer, own) for row in rows]
    return GroupFormat(key, len(rows), {aspect.name: aspect for aspect in _aspects(rows, key.what, own, limits)})


def _kept(rows: Sequence[Row], aspects: Mapping[str, Aspect]) -> dict[str, float]:
    """What share of the rows keeps to properties of the whole set that every row shows."""
    shares = {}
    for name in ("kind", "leading", "trailing", "prefix", "suffix"):
        if rows and name in aspects:
            value = aspects[name].value
            shares[name] = sum(_keeps(row, name, value) for row in rows) / len(rows)
    return shares


def _keeps(row: Row, name: str, value: str) -> bool:
    if name == "kind":
        return row.kind in TEXT_KINDS if value == "label" else fits(row.kind, value)
    if name == "prefix":
        return row.text.startswith(value)
    return row.text.endswith(value) if name == "suffix" else bool(getattr(row.edges, name) == value)


def _stop_mark(texts: Sequence[str], limits: Limits) -> str:
    """The mark at the end of nearly all answers that is no part of any structure, or nothing."""
    if len(texts) < limits.min_rows:
        return ""
    return stop_mark(common_suffix(texts, limits, limits.min_share))


def _row(answer: str, stop: str) -> Row:
    text = answer.strip()
    marked = bool(stop) and text.endswith(stop)
    form = look(text.removesuffix(stop) if marked else answer)
    return Row(answer, text, form, kind_of(form), edges_of(answer, "", stop if marked else ""))


def _aspects(rows: Sequence[Row], what: str, stop: str, limits: Limits) -> Iterator[Aspect]:
    """All that can be said of the rows of one group; which group decides is settled when groups are put together."""
    if len(rows) < limits.min_rows:
        return
    prefix, suffix = _affixes([row.text for row in rows], limits)
    kind = settled_kind([row.kind for row in rows], limits)
    if kind is not None and what == "opening" and kind.share < limits.sure_share:
        kind = None
    labels = _labels(rows, kind, prefix, suffix, limits)
    mixed = kind is None and labels is None
    yield from (vote for vote in _edges(rows, limits) if vote.value or not mixed)
    if labels is not None:
        inside = sum(1 for row in rows if bare(row.text, prefix, suffix) in set(labels.values))
        yield Aspect("kind", "label", inside / len(rows), len(rows))
        yield Aspect("labels", labels, inside / len(rows), len(rows))
    elif kind is not None:
        yield kind
        yield Aspect(
            "pure",
            out_of_place(
                ["prose" if row.kind == "line" and is_sentence(row.text) else row.kind for row in rows], limits
            ),
            kind.share,
            len(rows),
        )
        members = [row for row in rows if fits(row.kind, str(kind.value))]
        yield from _of_kind(members, str(kind.value), prefix, limits)
    if labels is not None or kind is None or not str(kind.value).startswith(STRUCTURED):
        yield from _affix_votes(rows, prefix, suffix)
    elif stop:
        yield from _affix_votes(rows, "", stop)
    if labels is None and kind is not None and len(rows) >= limits.habit_rows:
        between = (
            [edges_of(row.answer, prefix, suffix) for row in rows] if prefix or suffix else [row.edges for row in rows]
        )
        yield from _manner(between, limits)
        band = learn_band([len(bare(row.text, prefix, suffix)) for row in rows], limits)
        if str(kind.value).startswith("json"):
            # An empty list or object is short, not a stump: what it lacks is told by its keys.
            band = band._replace(low=0.0)
        yield Aspect("length", band, 1.0, len(rows))


def _edges(rows: Sequence[Row], limits: Limits) -> Iterator[Aspect]:
    for name in ("leading", "trailing"):
        vote = leading(name, (getattr(row.edges, name) for row in rows))
        if vote is not None and vote.share >= limits.min_share:
            yield vote


def _manner(rows: Sequence[Edges], limits: Limits) -> Iterator[Aspect]:
    """Habits of writing, which nobody may have meant: they count only where hardly any row is without."""
    cased = [edges.case != "upper" for edges in rows if edges.case is not None]
    if len(cased) >= limits.habit_rows and sum(cased) >= limits.plain_share * len(rows):
        yield Aspect("capitals", False, sum(cased) / len(cased), len(cased))
    shares = {"case": limits.habit_share, "end": limits.habit_share, "lines": limits.lines_share}
    for name, least in shares.items():
        vote = leading(name, (value for edges in rows if (value := getattr(edges, name)) is not None))
        if vote is None or vote.rows < limits.habit_rows:
            continue
        if name == "end" and vote.value == "stop":
            broken = sum(edges.broken for edges in rows)
            share = 1 - broken / (broken + vote.share * vote.rows)
            vote, least = vote._replace(share=share), limits.end_share
        others = round((1 - vote.share) * vote.rows)
        if vote.share >= least or (others <= 1 and name != "lines"):
            yield vote


def _affixes(texts: Sequence[str], limits: Limits) -> tuple[str, str]:
    if len(set(texts)) < 2:
        return "", ""
    found = []
    for grow in (common_prefix, common_suffix):
        affix = grow(texts, limits, limits.min_share)
        found.append(affix if is_mark(affix) else "")
    prefix, suffix = found
    return prefix, suffix


def _affix_votes(rows: Sequence[Row], prefix: str, suffix: str) -> Iterator[Aspect]:
    if prefix:
        yield Aspect("prefix", prefix, sum(row.text.startswith(prefix) for row in rows) / len(rows), len(rows))
    if suffix:
        yield Aspect("suffix", suffix, sum(row.text.endswith(suffix) for row in rows) / len(rows), len(rows))


def _labels(rows: Sequence[Row], kind: Aspect | None, prefix: str, suffix: str, limits: Limits) -> Closed | None:
    """The closed set of labels that the answers are, if they are."""
    if kind is not None and str(kind.value).startswith((*STRUCTURED, "sql")):
        return None
    short = (row for row in rows if row.kind in TEXT_KINDS and row.form.fence is None and len(row.text) <= _PIECE)
    counts = Counter(bare(row.text, prefix, suffix) for row in short)
    if sum(counts.values()) < limits.min_share * len(rows):
        return None
    return learn_closed(counts, limits)


def _of_kind(rows: Sequence[Row], kind: str, prefix: str, limits: Limits) -> Iterator[Aspect]:
    """Properties that only answers of the settled kind have, learned from those that are of it."""
    whole = [row for row in rows if row.form.fault is None]
    forms = [row.form for row in rows]
    for name in ("fence", "before", "after", "fault"):
        vote = leading(name, (fence_of(form) if name == "fence" else getattr(form, name) for form in forms))
        if vote is not None and vote.share >= limits.min_share:
            yield vote
    if kind.startswith("json"):
        seen = Seen()
        for row in whole:
            seen.add(row.form.value, limits)
        if seen.rows >= limits.min_rows:
            yield Aspect("tree", seen.node(limits), 1.0, seen.rows)
    if kind in NAMED_KINDS:
        names = learn_names(Counter(names_of(row.form, prefix) for row in whole), limits)
        if names is not None:
            yield Aspect("names", names, 1.0, names.rows)
    for style in STYLED_KINDS.get(kind, ()):
        seen_styles = [found for row in whole if (found := style_of(row.form, style)) is not None]
        vote = leading(f"style:{style}", seen_styles)
        if vote is not None and vote.rows >= limits.min_rows and vote.share >= limits.plain_share:
            yield vote
