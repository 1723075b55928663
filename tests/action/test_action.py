"""action.yml and the snippets for CI are valid, and the steps of the Action run as a runner runs them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
INSTALL, CHECK = ACTION["runs"]["steps"]
EXPRESSION = re.compile(r"\$\{\{ (inputs|steps)\.([\w-]+)(?:\.outputs\.([\w-]+))? \}\}")
YAML_BLOCK = re.compile(r"^```yaml([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SCRIPTS = Path(sys.executable).parent


@dataclass
class Runner:
    """Runs composite steps in bash, with the files and variables that a runner documents."""

    workspace: Path
    temporary: Path
    inputs: dict[str, str]
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def summary(self) -> str:
        file = self.temporary / "summary.md"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def value(self, text: str) -> str:
        known = {name: entry.get("default", "") for name, entry in ACTION["inputs"].items()} | self.inputs

        def found(match: re.Match[str]) -> str:
            kind, name, output = match.groups()
            return known[name] if kind == "inputs" else self.outputs[name][output]

        return EXPRESSION.sub(found, text)

    def run(self, step: dict[str, Any]) -> subprocess.CompletedProcess[str]:
        self.temporary.mkdir(exist_ok=True)
        script, output = self.temporary / "step.sh", self.temporary / "output.txt"
        script.write_text(step["run"], encoding="utf-8")
        output.write_text("", encoding="utf-8")
        (self.temporary / "summary.md").touch()
        environment = os.environ | {name: self.value(text) for name, text in step["env"].items()}
        environment |= {
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.temporary / "summary.md"),
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temporary),
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=self.workspace,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        lines = output.read_text(encoding="utf-8").splitlines()
        self.outputs[step["id"]] = dict(line.split("=", 1) for line in lines)
        return done


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A git repository with data, as actions/checkout leaves it."""
    folder = tmp_path / "work space"
    (folder / "data").mkdir(parents=True)
    shutil.copy(ROOT / "fixtures" / "samples" / "clean.jsonl", folder / "data" / "train.jsonl")
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    return folder


def audit(workspace: Path, **inputs: str) -> tuple[Runner, subprocess.CompletedProcess[str]]:
    """Run the second step with the program under test in place of a fresh installation."""
    names = {name.replace("_", "-"): value for name, value in inputs.items()}
    runner = Runner(workspace, workspace.parent / "temporary", names, {"install": {"bin": str(SCRIPTS)}})
    return runner, runner.run(CHECK)


def valid(schema: str, *files: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_action_is_valid() -> None:
    valid("vendor.github-actions", ROOT / "action.yml")


def test_the_gitlab_snippet_is_valid() -> None:
    valid("vendor.gitlab-ci", ROOT / "docs" / "ci" / "gitlab.yml")


def test_workflows_in_the_documentation_are_valid_and_give_inputs_that_exist(tmp_path: Path) -> None:
    documents = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    blocks = [block[2] for file in documents for block in YAML_BLOCK.finditer(file.read_text(encoding="utf-8"))]
    workflows = [block for block in blocks if "runs-on:" in block]
    assert workflows
    used = []
    for number, text in enumerate(workflows):
        file = tmp_path / f"workflow-{number}.yml"
        file.write_text(text, encoding="utf-8")
        used += [step for job in yaml.safe_load(text)["jobs"].values() for step in job["steps"]]
    valid("vendor.github-workflows", *tmp_path.glob("*.yml"))
    given = {name for step in used if "/dataaudit@" in step.get("uses", "") for name in step.get("with", {})}
    assert given
    assert given <= set(ACTION["inputs"])


def test_no_expression_stands_in_a_script() -> None:
    assert [step["name"] for step in ACTION["runs"]["steps"] if "${{" in step["run"]] == []


def test_every_output_is_written(workspace: Path) -> None:
    runner, done = audit(workspace)
    assert done.returncode == 0, done.stdout
    names = {EXPRESSION.fullmatch(entry["value"]) for entry in ACTION["outputs"].values()}
    assert {match[3] for match in names if match} == set(runner.outputs["check"])


def test_good_data_pass_and_the_reports_are_there(workspace: Path) -> None:
    runner, done = audit(workspace, html="report.html")
    assert done.returncode == 0, done.stdout
    outputs = runner.outputs["check"]
    assert outputs["exit-code"] == "0"
    assert outputs["grade"] in set("ABCDF")
    assert json.loads(Path(outputs["sarif-file"]).read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert json.loads(Path(outputs["report"]).read_text(encoding="utf-8"))["readiness"]["grade"] == outputs["grade"]
    assert Path(outputs["markdown-file"]).read_text(encoding="utf-8") in runner.summary
    assert (workspace / "report.html").stat().st_size > 0


def test_findings_are_annotations_and_fail_the_step(workspace: Path) -> None:
    shutil.copy(ROOT / "fixtures" / "samples" / "train.jsonl", workspace / "data" / "more.jsonl")
    runner, done = audit(workspace, paths="data", provider="openai", args="--select SCH  --workers 1")
    assert done.returncode == 1, done.stdout
    assert re.search(r"^::error file=data/more\.jsonl,line=5\b", done.stdout, re.MULTILINE)
    assert runner.outputs["check"]["exit-code"] == "1"
    assert "SCH001" in runner.summary


def test_wrong_usage_ends_with_two(workspace: Path) -> None:
    runner, done = audit(workspace, args="--select DUB001")
    assert done.returncode == 2
    assert runner.outputs["check"] == {"exit-code": "2"}
    assert "did you mean" in done.stdout


def test_settings_beside_the_data_count(workspace: Path) -> None:
    shutil.copy(ROOT / "fixtures" / "samples" / "train.jsonl", workspace / "data" / "more.jsonl")
    (workspace / "data" / "dataaudit.toml").write_text('select = ["DUP"]\n', encoding="utf-8")
    runner, done = audit(workspace, paths="data", fail_on="warning", summary="false")
    assert done.returncode == 1, done.stdout
    assert "SCH001" not in done.stdout
    assert runner.summary == ""


@pytest.mark.parametrize("name", ["paths", "provider", "fail_on", "args", "html"])
def test_what_stands_in_inputs_is_never_run(workspace: Path, name: str) -> None:
    audit(workspace, **{name: '$(touch hacked)`touch hacked`\'; touch hacked; "; touch hacked; "\ntouch hacked'})
    assert not list(workspace.parent.rglob("hacked"))


def test_names_with_spaces_and_stars_reach_the_program(workspace: Path) -> None:
    shutil.copy(workspace / "data" / "train.jsonl", workspace / "data" / "the other.jsonl")
    _, done = audit(workspace, paths="data/the other.jsonl\n", args="--select *")
    assert done.returncode == 2
    assert "unknown rule '*'" in done.stdout
    _, done = audit(workspace, paths="data/train.jsonl\ndata/the other.jsonl", args="--select DUP001 --fail-on warning")
    assert done.returncode == 1, done.stdout


@pytest.mark.slow
@pytest.mark.xdist_group("hook")
def test_it_installs_itself(workspace: Path) -> None:
    runner = Runner(workspace, workspace.parent / "temporary", {"python": sys.executable})
    done = runner.run(INSTALL)
    assert done.returncode == 0, done.stdout
    done = runner.run(CHECK)
    assert done.returncode == 0, done.stdout
    assert str(workspace.parent) in runner.outputs["install"]["bin"]


def test_an_old_python_is_refused(workspace: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    for name in ("python", "python3"):
        (old / name).write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        (old / name).chmod(0o755)
    runner = Runner(workspace, tmp_path / "temporary", {"python": str(old / "python3")})
    step = INSTALL | {"run": f'PATH="{old}:$PATH"\n{INSTALL["run"]}'}
    done = runner.run(step)
    assert done.returncode == 2
    assert "Python 3.11 or newer" in done.stdout
