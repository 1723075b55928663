"""Reads rules/ into values: rules, providers, tasks. The one door for built-in and users' own files."""

from dataaudit.catalogue.load import Catalogue, load_catalogue
from dataaudit.catalogue.models import Example, RowTest, Rule, Task, Threshold, Trait, trait_matches
from dataaudit.catalogue.provider import AcceptedShape, Conflict, Demand, Limit, Price, Provider, Status

__all__ = [
    "AcceptedShape",
    "Catalogue",
    "Conflict",
    "Demand",
    "Example",
    "Limit",
    "Price",
    "Provider",
    "RowTest",
    "Rule",
    "Status",
    "Task",
    "Threshold",
    "Trait",
    "load_catalogue",
    "trait_matches",
]
