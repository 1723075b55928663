"""All crafted files, and which are for which validator. Made anew on every run: the same bytes every time."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from benchmarks.vendors.bedrock_files import haiku, llama, nova
from benchmarks.vendors.chats import broken_bytes, chats
from benchmarks.vendors.crafting import Crafted
from benchmarks.vendors.pairs_and_preferences import foreign, preferences, prompt_completions, reinforcement
from benchmarks.vendors.tool_calls import tool_chats


@cache
def crafted_files() -> dict[str, Crafted]:
    """The files by name.

    Raises:
        ValueError: two files have one name.
    """
    made = [
        *broken_bytes(),
        *chats(),
        *tool_chats(),
        *prompt_completions(),
        *preferences(),
        *reinforcement(),
        *foreign(),
        *nova(),
        *llama(),
        *haiku(),
    ]
    by_name = {file.name: file for file in made}
    if len(by_name) != len(made):
        names = [file.name for file in made]
        raise ValueError(f"two crafted files are named {next(name for name in names if names.count(name) > 1)}")
    return by_name


def write_files(folder: Path) -> dict[str, Path]:
    """Write all crafted files into `folder` and give their paths by name."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for name, file in crafted_files().items():
        paths[name] = folder / name
        paths[name].write_bytes(file.data)
    return paths
