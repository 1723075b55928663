"""Reads rules/ into values: rules, providers, tasks. The one door for built-in and users' own files."""

from typing import TYPE_CHECKING, Any

from dataaudit.catalogue.given import Given, given
from dataaudit.catalogue.load import Catalogue, load_catalogue
from dataaudit.catalogue.models import Example, RowTest, Rule, Task, Threshold, Trait, trait_matches

if TYPE_CHECKING:
    from dataaudit.catalogue.provider import AcceptedShape, Conflict, Demand, Limit, Price, Provider, Status

__all__ = [
    "AcceptedShape",
    "Catalogue",
    "Conflict",
    "Demand",
    "Example",
    "Given",
    "Limit",
    "Price",
    "Provider",
    "RowTest",
    "Rule",
    "Status",
    "Task",
    "Threshold",
    "Trait",
    "given",
    "load_catalogue",
    "trait_matches",
]


def __getattr__(name: str) -> Any:
    """Provider profiles are looked at only where a provider is named."""
    if name in __all__:
        from dataaudit.catalogue import provider

        return getattr(provider, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
