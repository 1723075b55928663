"""What is in the wheel and the source distribution, and whether the wheel works far from the checkout."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tarfile
import tomllib
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest

from tests.packaging.conftest import build

if TYPE_CHECKING:
    from pathlib import Path

    from tests.packaging.conftest import Installed

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("packaging")]

RULES = "dataaudit/_rules/"
MADE = {"dataaudit/_rules.json", "dataaudit/_providers.json"}


LIBRARY = re.compile(r"dataaudit/(similarity/_kernels|text/_normal)\.(so|dll)")


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def tracked(repository: Path, *folders: str) -> set[str]:
    if not (repository / ".git").exists():
        pytest.skip("not a git checkout: nothing to compare with")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *folders]
    listed = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=True).stdout
    return {name for name in listed.splitlines() if (repository / name).is_file()}


def test_the_wheel_holds_each_rule_file_of_the_tree(wheel: Path, repository: Path) -> None:
    rules = repository / "rules"
    in_tree = {path.relative_to(rules).as_posix() for path in rules.rglob("*") if path.suffix in {".toml", ".json"}}
    assert len(in_tree) > 20
    assert {name.removeprefix(RULES) for name in names(wheel) if name.startswith(RULES)} == in_tree


def test_rule_files_reach_the_wheel_unaltered(wheel: Path, repository: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.startswith(RULES):
                in_tree = repository / "rules" / name.removeprefix(RULES)
                assert archive.read(name) == in_tree.read_bytes(), name


def test_the_rules_are_in_the_wheel_as_json_too(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        made: dict[str, Any] = {}
        for name in sorted(MADE):
            made |= json.loads(archive.read(name))
        for name in archive.namelist():
            if name.startswith(RULES) and name.endswith(".toml"):
                data = tomllib.loads(archive.read(name).decode())
                assert json.loads(json.dumps(data, default=str)) == made.pop(name.removeprefix(RULES)), name
        assert made == {}


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path, repository: Path) -> None:
    packed = {name for name in names(wheel) if not name.startswith(RULES) and ".dist-info/" not in name}
    shipped = {name for name in packed if not LIBRARY.fullmatch(name)}
    assert shipped == tracked(repository, "dataaudit") | MADE
    assert "dataaudit/py.typed" in shipped


def test_the_wheel_holds_the_compiled_kernels_for_any_python(wheel: Path) -> None:
    if os.environ.get("DATAAUDIT_PURE") or not (shutil.which("cc") or shutil.which("cl")):
        pytest.skip("nothing to compile with")
    assert len([name for name in names(wheel) if LIBRARY.fullmatch(name)]) == 2
    assert re.search(r"-py3-none-(?!any)\w+\.whl$", wheel.name)


@pytest.mark.parametrize(
    "setting", [("DATAAUDIT_PURE", "1"), ("CC", "no-such-compiler")], ids=["asked for", "no compiler"]
)
@pytest.mark.skipif(os.name == "nt", reason="CC names the compiler of other systems")
def test_a_pure_wheel_is_built_where_nothing_can_be_compiled(
    setting: tuple[str, str], repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(*setting)
    pure = build("wheel", repository, tmp_path)
    assert pure.name.endswith("-py3-none-any.whl")
    assert not [name for name in names(pure) if LIBRARY.fullmatch(name)]


def test_the_installed_kernels_are_the_compiled_ones_if_there_are_any(installed: Installed, wheel: Path) -> None:
    code = """
from dataaudit.similarity import kernels
from dataaudit.text import compiled
print(kernels.COMPILED, compiled.COMPILED)
"""
    done = installed.run(["-c", code])
    assert done.stdout.split() == [str(not wheel.name.endswith("-none-any.whl"))] * 2, done.stderr


def test_the_wheel_carries_the_license(wheel: Path) -> None:
    assert any(PurePosixPath(name).match("*.dist-info/licenses/LICENSE") for name in names(wheel))


def test_the_source_distribution_gives_the_same_wheel(wheel: Path, wheel_of_sdist: Path) -> None:
    assert names(wheel_of_sdist) == names(wheel)


def test_the_source_distribution_holds_all_that_is_tracked(sdist: Path, repository: Path) -> None:
    with tarfile.open(sdist) as archive:
        packed = {name.partition("/")[2] for name in archive.getnames() if archive.getmember(name).isfile()}
    assert packed - {"PKG-INFO"} == tracked(repository)


def test_the_installed_package_is_the_one_from_the_wheel(installed: Installed) -> None:
    done = installed.run(["-c", "import dataaudit; print(dataaudit.__file__)"])
    assert done.returncode == 0, done.stderr
    assert str(installed.python.parent.parent) in done.stdout


def test_the_installed_command_lists_as_many_rules_as_there_are_files(installed: Installed, repository: Path) -> None:
    files = {path.name[:6] for path in (repository / "rules").glob("*/[A-Z]*[0-9]-*.toml")}
    done = installed.run(["-m", "dataaudit", "rule", "--all", "--output-format", "json"])
    assert done.returncode == 0, done.stderr
    assert {rule["code"] for rule in json.loads(done.stdout)} == files


def test_the_installed_command_audits_a_file(installed: Installed, samples: Path) -> None:
    done = installed.run(["-m", "dataaudit", "check", samples / "train.jsonl", "--output-format", "json"])
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert ("SCH001", 5) in {(finding["rule"], finding["line"]) for finding in report["findings"]}
