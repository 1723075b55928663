"""Files over files, lines of TOML over files: what stands above, and where each value is from."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataaudit.catalogue import load_catalogue
from dataaudit.config import Layer, Settings, load_settings, read_settings, selected
from dataaudit.config.layers import choice_over
from dataaudit.errors import DataAuditError, SettingsError, UsageError
from dataaudit.model import Severity


def put(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file_stands_over_the_ones_that_it_extends(tmp_path: Path) -> None:
    far = put(tmp_path / "far.toml", 'fail_on = "info"\nmax_findings = 3\nexclude = ["far/*.csv"]')
    base = put(tmp_path / "base.toml", 'extend = "far.toml"\nmax_findings = 4\nlabels = ["a", "b"]')
    own = put(tmp_path / "sub/dataaudit.toml", 'extend = "../base.toml"\nlabels = ["c"]')
    loaded = read_settings(tmp_path / "sub")
    assert (loaded.settings.fail_on, loaded.settings.max_findings) == (Severity.INFO, 4)
    assert loaded.settings.labels == ("c",)
    assert loaded.settings.exclude == (f"{tmp_path.as_posix()}/far/*.csv",)
    assert (loaded.file, loaded.files) == (own, (far, base, own))
    assert loaded.origins == {
        "labels": (own,),
        "fail_on": (far,),
        "max_findings": (base,),
        "exclude": (far,),
    }


def test_tables_are_merged_and_folders_of_rules_added(tmp_path: Path) -> None:
    put(tmp_path / "base.toml", 'rules = ["r"]\nseverity = {DUP001 = "off", DUP002 = "off"}\nproject.epochs = 3')
    put(
        tmp_path / "a/dataaudit.toml",
        'extend = "../base.toml"\nrules = ["r"]\n[severity]\nDUP001 = "info"\n'
        "[project]\ncalls_per_day = 7\n[thresholds.SIM001]\nleast = 0.5",
    )
    settings, _ = load_settings(tmp_path / "a", config="thresholds.SIM001 = {other = 0.25}\nthresholds.X = {y = 1}")
    assert settings.severity == {"DUP001": "info", "DUP002": "off"}
    assert (settings.project.epochs, settings.project.calls_per_day, settings.project.judge) == (3, 7, None)
    assert settings.rules == (tmp_path / "r", tmp_path / "a/r")
    assert settings.thresholds == {"SIM001": {"least": 0.5, "other": 0.25}, "X": {"y": 1.0}}


def test_per_file_ignores_are_replaced(tmp_path: Path) -> None:
    put(tmp_path / "base.toml", 'per_file_ignores = {"*.csv" = ["DUP"]}')
    put(tmp_path / "dataaudit.toml", 'extend = "base.toml"\nper_file_ignores = {"raw/*.jsonl" = ["SCH001"]}')
    settings, _ = load_settings(tmp_path)
    assert settings.per_file_ignores == {f"{tmp_path.as_posix()}/raw/*.jsonl": ("SCH001",)}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param({"a.toml": 'extend = "b.toml"'}, "b.toml: cannot be read: .*; .*a.toml extends it", id="missing"),
        pytest.param(
            {"a.toml": 'extend = "a.toml"'}, "a.toml: extends .*a.toml, which extends it in turn", id="itself"
        ),
        pytest.param(
            {"a.toml": 'extend = "b.toml"', "b.toml": 'extend = "a.toml"'},
            "b.toml: extends .*a.toml, which extends it in turn",
            id="circle",
        ),
        pytest.param({"a.toml": 'extend = "a\\u0000"'}, "a.toml:1: extend: should be the path", id="nul"),
        pytest.param({"a.toml": "\nextend = 3"}, "a.toml:2: extend: should be the path", id="no-path"),
        pytest.param(
            {"a.toml": 'extend = "pyproject.toml"', "pyproject.toml": "[tool.x]"},
            r"pyproject.toml: there is no table \[tool.dataaudit\]; .*a.toml extends it",
            id="no-table",
        ),
        pytest.param({"a.toml": 'extend = "b.toml"', "b.toml": "x ="}, "b.toml:1: not valid TOML", id="broken"),
        pytest.param(
            {"a.toml": 'extend = "b.toml"', "b.toml": "\n[severity]\nDUP001 = 3"},
            "b.toml:3: severity.DUP001: should be",
            id="wrong-value",
        ),
    ],
)
def test_a_wrong_file_that_is_extended_is_named(tmp_path: Path, files: dict[str, str], message: str) -> None:
    for name, text in files.items():
        put(tmp_path / name, text)
    with pytest.raises(SettingsError, match=message):
        load_settings(tmp_path, config=tmp_path / "a.toml")


def test_the_line_of_a_wrong_key_in_a_pyproject(tmp_path: Path) -> None:
    file = put(tmp_path / "pyproject.toml", '[tool.x]\nfail-on = 1\n\n[tool.dataaudit]\nfail-on = "bad"')
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path)
    assert str(caught.value).startswith(f"{file}:5: fail_on: should be 'info'")


def test_lines_of_toml_stand_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = put(tmp_path / "other.toml", 'max_findings = 5\nfail_on = "info"')
    put(tmp_path / "dataaudit.toml", "max_findings = 9")
    snippets = ["max_findings = 6", "exclude = ['x/*.csv']"]
    loaded = read_settings(tmp_path, config=[str(file), *snippets])
    assert (loaded.file, loaded.settings.max_findings, loaded.settings.fail_on) == (file, 6, Severity.INFO)
    assert loaded.settings.exclude == (f"{tmp_path.as_posix()}/x/*.csv",)
    assert loaded.origins["max_findings"] == ("--config max_findings = 6",)
    assert read_settings(tmp_path, config=snippets, isolated=True).file is None


@pytest.mark.parametrize(
    ("config", "message"),
    [
        pytest.param(["fail_on = warning"], "--config fail_on = warning: not valid TOML.*needs quotes", id="no-quotes"),
        pytest.param(["fail_no = 'info'"], "unknown key 'fail_no'; did you mean fail_on", id="unknown"),
        pytest.param(["extend = 'a.toml'"], "extend stands in a settings file only", id="extend"),
        pytest.param(["a.toml", "b.toml"], "--config names two files, a.toml and b.toml", id="two-files"),
    ],
)
def test_a_wrong_line_of_toml_is_named(tmp_path: Path, config: list[str], message: str) -> None:
    with pytest.raises(DataAuditError, match=message):
        load_settings(tmp_path, config=config)


def test_isolated_excludes_a_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--isolated and --config exclude each other"):
        load_settings(tmp_path, config=tmp_path / "a.toml", isolated=True)


def test_an_origin_of_rules_is_every_file_that_had_a_say(tmp_path: Path) -> None:
    base = put(tmp_path / "base.toml", 'select = ["ALL", "DUP001"]\nignore = ["SCH"]')
    own = put(tmp_path / "dataaudit.toml", 'extend = "base.toml"\nignore = ["DUP"]')
    loaded = read_settings(tmp_path, over=Layer({"extend_select": ("SCH001",)}, {"extend_select": "--extend-select"}))
    settings = loaded.settings
    assert (settings.select, settings.ignore, settings.extend_select) == (("ALL",), ("SCH", "DUP"), ("SCH001",))
    assert loaded.origins["select"] == (base, own)
    assert loaded.origins["ignore"] == (base, own)
    assert loaded.origins["extend_select"] == ("--extend-select",)


RULES = load_catalogue().rules
WORDS = ["ALL", "DUP", "DUP0", "DUP00", "DUP001", "dup002", "exact-duplicate", "SCH", "SCH01", "SCH012", "LAB"]
LISTS = st.lists(st.sampled_from(WORDS), max_size=3).map(tuple)
LAYERS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("select", "ignore", "extend_select", "extend_ignore"), LISTS)
)
NAMES = {rule.name: code for code, rule in RULES.items()}


def codes(choice: dict[str, tuple[str, ...]]) -> frozenset[str]:
    try:
        return selected(Settings(**{"preview": True, **choice}), RULES)  # type: ignore[arg-type]
    except UsageError:
        return frozenset()


@given(LAYERS, LAYERS)
def test_flags_over_a_file_choose_what_ruff_would(
    below: dict[str, tuple[str, ...]], above: dict[str, tuple[str, ...]]
) -> None:
    """`select` above starts anew; else what is added and ignored above goes over what is chosen below."""
    both = codes(choice_over(below, above, lambda: NAMES))
    if "select" in above:
        assert both == codes(above)
        return
    added = {key: value for key, value in above.items() if key == "extend_select"}
    on = codes({"select": (), **added, **{key: above.get(key, ()) for key in ("ignore", "extend_ignore")}})
    # What the layer above speaks of: chosen with every word of it as an addition.
    spoken = codes({"select": (), "extend_select": tuple(word for words in above.values() for word in words)})
    assert both == (codes(below) - spoken) | on
