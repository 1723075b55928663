"""Tokens of other tokenizers for each token of o200k_base, by class of scripts: the median of all files, and where 95
of 100 files lie."""

from __future__ import annotations

import json
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.tokens.texts import of_sets, of_translations
from dataaudit.tokens.encodings import count
from dataaudit.tokens.scripts import SCRIPTS, script_of

PEERS = Path(__file__).with_name("peers.py")
LEAST = 2_000
"""Tokens that a file must have in a class of scripts to be looked at."""
_OPEN = ("llama-3", "qwen-2.5", "qwen-3.5", "mistral-tekken", "mistral-v3", "deepseek-v3", "glm-4", "minimax")
_KNOWN = (*_OPEN, "cl100k_base", "o200k_base", "claude-3")
FAMILIES = {
    "cl100k": ("cl100k_base",),
    "llama-3": ("llama-3",),
    "qwen": ("qwen-2.5",),
    "qwen-3.5": ("qwen-3.5",),
    "mistral-tekken": ("mistral-tekken",),
    "mistral-v3": ("mistral-v3",),
    "deepseek": ("deepseek-v3",),
    "glm": ("glm-4",),
    "claude-3": ("claude-3",),
    "claude": ("claude-3", "claude-4.7"),
    "open-models": _OPEN,
    "gemini": _KNOWN,
    "nova": _KNOWN,
    "titan": _KNOWN,
    "command": _KNOWN,
}
"""What the ratios of each tokenizer are measured with: several others where it is not to be had itself."""


def measured(corpus: Path, translations: list[Path], peers: list[Path]) -> dict[str, Any]:
    groups = [*of_sets(corpus), *of_translations(translations)]
    texts = [text for group in groups for text in group.texts]
    counts = {"o200k_base": count(texts, "o200k_base"), "cl100k_base": count(texts, "cl100k_base")}
    for python in peers:
        for name in json.loads(_run(python, "names", "")):
            if name not in counts:
                counts[name] = json.loads(_run(python, name, json.dumps(texts)))
    classes = [SCRIPTS[script_of(text.encode(), len(text))] for text in texts]
    borders = np.cumsum([0, *(len(group.texts) for group in groups)]).tolist()
    by_class: dict[str, dict[str, list[float]]] = {script: {name: [] for name in counts} for script in SCRIPTS}
    files = dict.fromkeys(SCRIPTS, 0)
    for first, last in pairwise(borders):
        for script in SCRIPTS:
            rows = [row for row in range(first, last) if classes[row] == script]
            base = sum(counts["o200k_base"][row] for row in rows)
            if base >= LEAST:
                files[script] += 1
                for name, numbers in counts.items():
                    by_class[script][name].append(sum(numbers[row] for row in rows) / base)
    return {
        "files": files,
        "characters": sum(map(len, texts)),
        "tokenizers": sorted(counts),
        "families": {
            family: {script: _range([by_class[script][name] for name in names]) for script in SCRIPTS}
            for family, names in FAMILIES.items()
        },
    }


def _range(files: list[list[float]]) -> list[float]:
    """The median of all files, and where 95 of 100 lie: of the tokenizers the least and the most of these ends."""
    middle = float(np.median([ratio for one in files for ratio in one]))
    ends = [np.quantile(one, (0.025, 0.975)).tolist() for one in files]
    return [round(middle, 2), round(min(low for low, _ in ends), 2), round(max(high for _, high in ends), 2)]


def _run(python: Path, name: str, given: str) -> bytes:
    return subprocess.run([python, PEERS, name], input=given.encode(), stdout=subprocess.PIPE, check=True).stdout
