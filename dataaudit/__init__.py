"""A linter for fine-tuning data.

`audit` judges files, DataFrames or rows; `Auditor` judges one row at a time, for labeling tools. `learn` tells what
answers look like, `consistency` whether a model's outputs keep to it. `plan` says what is still to be labeled,
`estimate` what training costs, `advise` whether to fine-tune at all.
"""

from __future__ import annotations

# Not the one of typing: nothing at all is imported here, so that Ctrl-C in the first moments ends the command cleanly.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    from dataaudit.answers import consistency, learn
    from dataaudit.api import audit
    from dataaudit.config import Settings, load_settings
    from dataaudit.decisions import advise, estimate, plan
    from dataaudit.errors import DataAuditError
    from dataaudit.model import Finding, Readiness, Report, Severity, Verdict
    from dataaudit.project import Project
    from dataaudit.session import Auditor

__all__ = [
    "Auditor",
    "DataAuditError",
    "Finding",
    "Project",
    "Readiness",
    "Report",
    "Settings",
    "Severity",
    "Verdict",
    "advise",
    "audit",
    "consistency",
    "estimate",
    "learn",
    "load_settings",
    "plan",
]

_HOMES = {
    "Auditor": "session",
    "DataAuditError": "errors",
    "Finding": "model",
    "Project": "project",
    "Readiness": "model",
    "Report": "model",
    "Settings": "config",
    "Severity": "model",
    "Verdict": "model",
    "advise": "decisions",
    "audit": "api",
    "consistency": "answers",
    "estimate": "decisions",
    "learn": "answers",
    "load_settings": "config",
    "plan": "decisions",
}


def __getattr__(name: str) -> Any:
    """Public names are imported when first used, so that `dataaudit --version` loads nothing heavy."""
    if name == "__version__":
        from dataaudit._version import __version__

        return __version__
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"dataaudit.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'dataaudit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
