"""Settings: what a user may set in a file, in the environment, on the command line and in calls, as one value.

Nothing here knows data. The one door: `Settings`, how it is read (`load_settings`, `read_settings`), which rules it
takes (`selected`, `selection_of`), and how its globs match (`glob_matches`).
"""

from dataaudit.config.files import FILE_NAMES
from dataaudit.config.globs import glob_matches
from dataaudit.config.layers import Layer, Origin
from dataaudit.config.read import Loaded, load_settings, read_settings
from dataaudit.config.selection import Selection, selected, selection_of
from dataaudit.config.settings import Names, Settings

__all__ = [
    "FILE_NAMES",
    "Layer",
    "Loaded",
    "Names",
    "Origin",
    "Selection",
    "Settings",
    "glob_matches",
    "load_settings",
    "read_settings",
    "selected",
    "selection_of",
]
