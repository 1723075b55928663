"""Joins template, style, program and data into one file, and says in a policy that nothing else may load or run."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

from dataaudit.reporters.html.safe import in_script, visible

_ASSETS = Path(__file__).resolve().parent / "assets"
_STYLES = ("base.css", "layout.css", "findings.css", "groups.css", "print.css")
# In the order in which they are defined; main.js runs them.
_SCRIPTS = (
    "dom.js",
    "data.js",
    "state.js",
    "filter.js",
    "plots.js",
    "summary.js",
    "charts.js",
    "costs.js",
    "rules.js",
    "facets.js",
    "findings.js",
    "diff.js",
    "groups.js",
    "main.js",
)


class _Parts(NamedTuple):
    """The page without its data: template, style, program, and the policy that allows these two by their hashes."""

    template: str
    style: str
    script: str
    policy: str


def page(data: str, title: str) -> str:
    """The whole file. data: JSON text; title: what was audited."""
    parts = _parts()
    # Split once: what is put in is never looked through for marks.
    pieces = parts.template.split("@@")
    filled = {
        "policy": parts.policy,
        "title": escape(visible(title)),
        "style": parts.style,
        "data": in_script(data),
        "script": parts.script,
    }
    return "".join(filled[piece] if place % 2 else piece for place, piece in enumerate(pieces))


@cache
def _parts() -> _Parts:
    style = "".join(_read(name) for name in _STYLES)
    modules = "".join(_read(name) for name in _SCRIPTS)
    script = f'(function () {{\n"use strict";\n{modules}}})();\n'
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; "
        f"script-src '{_hash(script)}'; style-src '{_hash(style)}'"
    )
    return _Parts(_read("report.html"), style, script, policy)


def _read(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
