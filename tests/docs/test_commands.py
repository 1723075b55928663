"""What README and documentation show is true: commands and Python blocks run, and give the output shown.

A block fenced as `console` holds commands after `$ ` and their output, in which `...` stands for anything. Its last
command may end otherwise than with 0: then the fence says so, as in `console exit=1`; `console in=NAME` runs in that
folder. A fence such as `csv file=faq.csv` makes that file. All blocks of one document run in order, in one folder that
has copies of fixtures/samples, fixtures/formats and fixtures/grades.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from docs.website.hooks import generated_pages

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
GENERATED = {f"docs/{path}" for path, _ in generated_pages("")}
# The command on this page needs the vendors' own programs, and writes the page anew.
BY_HAND = {"vendor-agreement.md"}
RUN = [document for document in DOCUMENTS if document.name not in BY_HAND]
PERSON = {f"GIT_{who}_{key}": "tester" for who in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}
FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, what stands behind it, its text, and where it starts."""

    language: str
    info: dict[str, str]
    text: str
    place: str


@dataclass(frozen=True)
class Step:
    """One command of a console block, the output shown for it, and the exit code it must have."""

    command: str
    output: str
    code: int


def blocks(document: Path) -> list[Block]:
    text = document.read_text(encoding="utf-8")
    found = []
    for fence in FENCE.finditer(text):
        line = text.count("\n", 0, fence.start()) + 1
        info = dict(word.split("=", 1) for word in fence[2].split())
        found.append(Block(fence[1], info, fence[3], f"{document.name}:{line}"))
    return found


def of_language(*languages: str) -> list[Block]:
    return [block for document in DOCUMENTS for block in blocks(document) if block.language in languages]


def steps(block: Block) -> list[Step]:
    commands: list[str] = []
    outputs: list[list[str]] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            commands.append(line[2:])
            outputs.append([])
        else:
            outputs[-1].append(line)
    last = int(block.info.get("exit", 0))
    codes = [0] * (len(commands) - 1) + [last]
    return [Step(*parts) for parts in zip(commands, map("\n".join, outputs), codes, strict=True)]


def matches(shown: str, real: str) -> bool:
    """Whether the pieces between `...` follow one another in the real output, the first and last at its ends."""
    left = "\n".join(line.rstrip() for line in real.splitlines()).strip()
    first, *pieces = shown.strip().split("...")
    if not pieces:
        return left == first
    if not left.startswith(first) or not left.endswith(pieces[-1]):
        return False
    left = left[len(first) :]
    for piece in pieces[:-1]:
        if piece not in left:
            return False
        left = left.partition(piece)[2]
    return len(left) >= len(pieces[-1])


def run_console(block: Block, folder: Path) -> None:
    scripts = Path(sys.executable).parent
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "DATAAUDIT_"))}
    environment = (
        kept
        | PERSON
        | {
            "COLUMNS": "100",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "NO_COLOR": "1",
            "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
            "PYTHONUTF8": "1",
            "XDG_CACHE_HOME": str(folder / ".cache"),
        }
    )
    for step in steps(block):
        done = subprocess.run(
            ["bash", "-c", step.command],
            cwd=folder / block.info.get("in", "."),
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        place = f"{block.place}: $ {step.command}\n{done.stdout}"
        assert done.returncode == step.code, f"exit code {done.returncode} of {place}"
        assert not step.output or matches(step.output, done.stdout), f"other output of {place}"


@pytest.mark.parametrize("document", RUN, ids=lambda document: document.relative_to(ROOT).as_posix())
def test_document(document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("samples", "formats", "grades"):
        shutil.copytree(ROOT / "fixtures" / name, tmp_path / "fixtures" / name)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "__main__"}
    for block in blocks(document):
        if "file" in block.info:
            file = tmp_path / block.info["file"]
            file.parent.mkdir(exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            run_console(block, tmp_path)
        elif block.language == "python":
            exec(compile(block.text, block.place, "exec"), names)


@pytest.mark.parametrize("block", of_language("json", "jsonl", "toml"), ids=lambda block: block.place)
def test_data_block_is_well_formed(block: Block) -> None:
    if block.language == "toml":
        assert tomllib.loads(block.text)
    elif block.language == "jsonl":
        assert all(isinstance(json.loads(line), dict) for line in block.text.splitlines())
    else:
        assert json.loads(block.text)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", document.read_text(encoding="utf-8"))
    targets = {link: Path(os.path.normpath(document.parent / link)) for link in links}
    missing = [link for link, target in targets.items() if not (target.exists() or in_the_site(target))]
    assert missing == []


def in_the_site(target: Path) -> bool:
    """Whether it is a page that is only made when the site is built."""
    return target.is_relative_to(ROOT) and target.relative_to(ROOT).as_posix() in GENERATED


def test_readme_opens_with_the_two_commands_that_set_all_up() -> None:
    first, second = [block for block in blocks(ROOT / "README.md") if block.language == "sh"][:2]
    assert "dataaudit check fixtures/samples/train.jsonl" in first.text
    assert "-m pytest" in second.text
    assert [block.text.count("\n") for block in (first, second)] == [1, 1]


def test_the_hooks_shown_exist() -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    known = re.findall(r"^- id: (\S+)", hooks, re.MULTILINE)
    settings = [block.text for block in of_language("yaml") if "runs-on:" not in block.text]
    shown = [name for text in settings for name in re.findall(r"\bid: (\S+)", text)]
    assert set(shown) == set(known)


@pytest.mark.parametrize(
    ("shown", "real", "same"),
    [
        pytest.param("a\nb", "a\nb\n", True, id="equal"),
        pytest.param("a\n...\nd", "a\nb\nc\nd\n", True, id="left-out-lines"),
        pytest.param("took ... s", "took 0.25 s", True, id="left-out-word"),
        pytest.param("a\nb", "a\nb\nc\n", False, id="more-than-shown"),
        pytest.param("...b\n...\nb", "a b\nc\nb", True, id="twice"),
        pytest.param("a...a", "a", False, id="nothing-counts-twice"),
        pytest.param("c\n...\nb", "a\nb\nc\n", False, id="other-order"),
        pytest.param("a.c", "abc", False, id="dots-are-dots"),
    ],
)
def test_output_is_compared(shown: str, real: str, same: bool) -> None:
    assert matches(shown, real) is same
