"""Bytes to records. The one door to all formats: paths, standard input, DataFrames, rows in memory."""

from dataaudit.loaders.base import UNREAD, Block, Dialect, Loader, Source, Unit
from dataaudit.loaders.choice import FileChoice, choice_of
from dataaudit.loaders.choose import loader_for, memory_source
from dataaudit.loaders.data import Data, sources_of
from dataaudit.loaders.excerpts import excerpt_rows, seekable
from dataaudit.loaders.json_value import parse
from dataaudit.loaders.paths import open_sources
from dataaudit.loaders.sampling import sample

__all__ = [
    "UNREAD",
    "Block",
    "Data",
    "Dialect",
    "FileChoice",
    "Loader",
    "Source",
    "Unit",
    "choice_of",
    "excerpt_rows",
    "loader_for",
    "memory_source",
    "open_sources",
    "parse",
    "sample",
    "seekable",
    "sources_of",
]
