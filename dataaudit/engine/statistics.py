"""The numbers of a report that are no findings: rows, shapes, labels, lengths, duplicates, conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dataaudit.checks.evidence import Evidence
from dataaudit.checks.label_balance import evenness, label_counts
from dataaudit.engine.distributions import group_sizes, lengths
from dataaudit.text.columns import counted
from dataaudit.text.safe import escape, mask

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dataaudit.text.columns import Rows

_LABELS_SHOWN = 1000
_QUANTILES = (0.0, 0.25, 0.5, 0.75, 0.95, 1.0)


def statistics(evidence: Evidence) -> dict[str, Any]:
    """JSON values only; lengths are in characters of system prompt, prompt and answer together."""
    conflict_rows, conflict_firsts = evidence.conflicts
    mask_of = np.zeros(len(evidence.table), dtype=np.bool_)
    per_split = {}
    for name, rows in evidence.splits.items():
        inside = mask_of.copy()
        inside[rows] = True
        per_split[name] = {
            "rows": int(evidence.counted[rows].sum()),
            "unreadable": int((evidence.counted & ~evidence.readable)[rows].sum()),
            "invalid": int((evidence.counted & evidence.readable & evidence.invalid)[rows].sum()),
            "exact_duplicates": int(inside[evidence.exact_surplus[0]].sum()),
            "normalized_duplicates": int(inside[evidence.normal_surplus[0]].sum()),
            "conflicting_rows": int(inside[conflict_rows].sum()),
            "conflicting_groups": len(counted(conflict_firsts[inside[conflict_rows]])[0]),
            "near_duplicates": _flagged(evidence, "SIM001", inside),
            "near_conflicts": _flagged(evidence, "SIM003", inside),
            "effective": int(evidence.effective[rows].sum()),
            "characters": _lengths(evidence, rows),
            "labels": _labels(evidence, rows),
        }
    task = None if evidence.task is None else {"id": evidence.task.id, "because": evidence.task_because}
    return {
        "rows": int(evidence.counted.sum()),
        "splits": per_split,
        "lengths": lengths(evidence),
        "group_sizes": group_sizes(evidence),
        "task": task,
        "shapes": _shapes(evidence),
        **evidence.figures,
    }


def _flagged(evidence: Evidence, rule: str, inside: NDArray[np.bool_]) -> int | None:
    rows = evidence.flagged.get(rule)
    return None if rows is None else int(inside[rows].sum())


def _lengths(evidence: Evidence, rows: Rows) -> dict[str, int]:
    lengths = evidence.table["length"][rows[evidence.readable[rows]]]
    if not len(lengths):
        return {}
    values = np.quantile(lengths, _QUANTILES, method="nearest").tolist()
    return {f"p{quantile * 100:.0f}": int(value) for quantile, value in zip(_QUANTILES, values, strict=True)}


def _labels(evidence: Evidence, rows: Rows) -> dict[str, Any] | None:
    sources = sorted(map(str, evidence.label_sources_of(rows)))
    every = label_counts(evidence, evidence.label_names, rows, effective=False) if sources else {}
    if not every:
        return None
    counts = label_counts(evidence, evidence.label_names, rows)
    first = list(counts.items())[:_LABELS_SHOWN]
    return {
        "from": sources,
        "labels": len(counts),
        "evenness": round(evenness(list(counts.values())), 4),
        "rows": {mask(escape(label)): count for label, count in list(every.items())[:_LABELS_SHOWN]},
        "effective_rows": {mask(escape(label)): count for label, count in first},
    }


def _shapes(evidence: Evidence) -> dict[str, int]:
    counts = np.bincount(evidence.table["outline"], minlength=len(evidence.outlines.traits)).tolist()
    shapes: dict[str, int] = {}
    for traits, count in zip(evidence.outlines.traits, counts, strict=True):
        for trait in traits:
            if trait.startswith("shape:"):
                shapes[trait[6:]] = shapes.get(trait[6:], 0) + count
    return dict(sorted(shapes.items(), key=lambda item: (-item[1], item[0])))
