"""One verdict a provider, from what one pass measured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from dataaudit.checks.batch import UNREADABLE
from dataaudit.checks.demands import breaches, says
from dataaudit.checks.evidence import BLANK, Evidence
from dataaudit.checks.limits import limit_breaches
from dataaudit.model import Reason, Verdict
from dataaudit.text.safe import escape, mask

if TYPE_CHECKING:
    from dataaudit.catalogue import Provider

_ORDER = {"hard": 0, "soft": 1, "advice": 2}


def verdicts(evidence: Evidence) -> list[Verdict]:
    """What each provider asked for would do, in the order asked."""
    return [_verdict(evidence, name, profile) for name, profile in evidence.providers.items()]


def _verdict(evidence: Evidence, name: str, profile: Provider) -> Verdict:
    demanded = [*_demands(evidence, profile)]
    known = {(reason.rule, reason.path, reason.line) for reason in demanded}
    unread = [reason for reason in _unreadable(evidence) if (reason.rule, reason.path, reason.line) not in known]
    reasons = sorted(
        [*unread, *demanded, *_limits(evidence, profile)],
        key=lambda reason: (
            _ORDER[reason.severity],
            reason.path or "",
            reason.line or 0,
            reason.rule,
            reason.message,
        ),
    )
    status = profile.status
    closed = status.state in ("retired", "none")
    refused = any(reason.severity == "hard" for reason in reasons)
    note = status.note or (f"{status.state} on {status.until}" if status.until else status.state)
    return Verdict(
        provider=name,
        name=profile.name,
        method=profile.method,
        status=status.state,
        status_note=note,
        answer="unavailable" if closed else "refused" if refused else "accepted",
        reasons=tuple(reasons),
    )


def _unreadable(evidence: Evidence) -> Iterator[Reason]:
    """A record that cannot be parsed is refused by every reader."""
    by_trait: dict[str, list[int]] = {}
    for number, traits in enumerate(evidence.outlines.traits):
        if UNREADABLE in traits and BLANK not in traits:
            for trait in traits:
                if trait != UNREADABLE and evidence.catalogue.of_trait(trait) is not None:
                    by_trait.setdefault(trait, []).append(number)
    for trait, numbers in sorted(by_trait.items()):
        rows = np.flatnonzero(np.isin(evidence.table["outline"], numbers))
        found = evidence.catalogue.of_trait(trait)
        if len(rows) and found is not None:
            path, line = evidence.place(int(rows[0]))
            source = found[0].sources[0]
            yield Reason(
                rule=found[0].code, severity="hard", message=_safe(says(evidence.catalogue, trait)), count=len(rows),
                path=path, line=line, source=source.title, date=source.date.isoformat(),
            )  # fmt: skip


def _demands(evidence: Evidence, profile: Provider) -> Iterator[Reason]:
    for breach in breaches(evidence, profile):
        path, line = None, breach.line
        if len(breach.rows):
            path, line = evidence.place(int(breach.rows[0]))
        elif breach.source is not None:
            path = evidence.sources[breach.source].path
        yield Reason(
            rule=breach.rule, severity=breach.demand.severity, message=_safe(breach.message),
            count=max(1, len(breach.rows)), path=path, line=line,
            source=_titles(profile, breach.demand.source), date=profile.dated(breach.demand),
        )  # fmt: skip


def _limits(evidence: Evidence, profile: Provider) -> Iterator[Reason]:
    """Where sources give several values, the strict one decides and the others are said."""
    seen: set[str] = set()
    order = sorted(limit_breaches(evidence, profile), key=lambda breach: _ORDER[breach.limit.severity])
    for breach in order:
        if breach.limit.name in seen:
            continue
        seen.add(breach.limit.name)
        path, line = None, None
        if breach.rows is not None:
            path, line = evidence.place(int(breach.rows[0]))
        elif breach.source is not None:
            path = evidence.sources[breach.source].path
        lax = [
            str(other.value) for other in profile.limits if other.name == breach.limit.name and other != breach.limit
        ]
        message = breach.message + (f"; other sources say {', '.join(lax)}" if lax else "")
        yield Reason(
            rule=breach.rule, severity=breach.limit.severity, message=_safe(message), count=breach.count,
            path=path, line=line, source=_titles(profile, breach.limit.source), date=profile.dated(breach.limit),
        )  # fmt: skip


def _titles(profile: Provider, names: str) -> str:
    return "; ".join(profile.sources[name].title for name in names.split())


def _safe(message: str) -> str:
    return mask(escape(message))
