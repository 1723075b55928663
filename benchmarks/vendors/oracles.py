"""The vendors' validators: which there are, for which files, beside which profile, and how each is run."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmarks.vendors.aws_scripts import haiku_script, llama_pairs_script, llama_script, nova_script
from benchmarks.vendors.azure_scripts import validate_dpo, validate_rft, validate_sft
from benchmarks.vendors.files import crafted_files

DRIVERS = Path(__file__).resolve().parent / "drivers"

Script = Callable[[Path], "str | None"]
Verdict = Literal["ok", "refused"]


@dataclass(frozen=True, slots=True)
class Oracle:
    """One validator of a vendor.

    profiles: the profile of `dataaudit` that must agree, by group of files. packages and driver: how it runs in an
    environment of its own; parts: the tables that the driver prints, if it judges by several rule sets. script: the
    rules restated, for validators that are no package: None for a file that it takes, else why not. companion: a file
    to audit beside each file.
    """

    name: str
    title: str
    profiles: Mapping[str, str]
    packages: tuple[str, ...] = ()
    driver: str = ""
    parts: tuple[str, ...] = ()
    script: Script | None = None
    companion: str | None = None

    @property
    def records(self) -> tuple[str, ...]:
        """The names of its verdicts in the record: one, or one for each part."""
        return tuple(f"{self.name}-{part}" for part in self.parts) or (self.name,)

    def files(self) -> dict[str, str]:
        """The files it judges, and the profile for each."""
        return {
            name: self.profiles[file.group] for name, file in crafted_files().items() if file.group in self.profiles
        }


def _same(profile: str, *groups: str) -> dict[str, str]:
    return dict.fromkeys(groups, profile)


_CHATS = ("bytes", "chat", "tools", "foreign")

ORACLES = (
    Oracle(
        "together",
        "together 2.14.0, check_file",
        {**_same("together-sft", *_CHATS, "pairs"), "preference": "together-preference"},
        ("together==2.14.0",),
        "together_check.py",
    ),
    Oracle(
        "mistral",
        "mistral-common 1.13.1, finetuning mode, tokenizers v3, v7, v11 and v13",
        _same("mistral-sft", "chat", "tools", "foreign"),
        ("mistral-common==1.13.1", "jsonschema"),
        "mistral_common_check.py",
        ("v3", "v7", "v11", "v13"),
    ),
    Oracle(
        "openai-legacy",
        "openai 3.14.0, preparation of prompts and completions",
        _same("openai-completion", "pairs"),
        ("openai==3.14.0", "pandas"),
        "openai_legacy_check.py",
    ),
    Oracle(
        "nova-script",
        "aws-samples nova_ft_dataset_validator.py, model lite",
        _same("bedrock-nova-sft", "nova", "foreign"),
        script=nova_script,
    ),
    Oracle(
        "llama-script",
        "aws-samples meta-llama dataset_validation, llama3-2 models",
        _same("bedrock-llama-sft", "llama"),
        script=llama_script,
    ),
    Oracle(
        "llama-pairs-script",
        "aws-samples meta-llama dataset_validation, llama3-1 models",
        _same("bedrock-llama31-sft", "llamapairs"),
        script=llama_pairs_script,
    ),
    Oracle(
        "haiku-script",
        "aws-samples claude-haiku DataValidation",
        _same("bedrock-haiku-sft", "haiku"),
        script=haiku_script,
    ),
    Oracle(
        "azure-sft-script",
        "microsoft/azure-skills validate_sft.py",
        _same("azure-openai-sft", *_CHATS),
        script=validate_sft,
    ),
    Oracle(
        "azure-dpo-script",
        "microsoft/azure-skills validate_dpo.py",
        _same("azure-openai-dpo", "preference"),
        script=validate_dpo,
    ),
    Oracle(
        "azure-rft-script",
        "microsoft/azure-skills validate_rft.py",
        _same("azure-openai-rft", "rft"),
        script=validate_rft,
        companion="rft-good.jsonl",
    ),
)


def run(oracle: Oracle, paths: Mapping[str, Path], environments: Path) -> dict[str, dict[str, Verdict]]:
    """The verdicts of one validator by name of record and file.

    Packages are installed into a folder of `environments` if they are not there yet.

    Raises:
        subprocess.CalledProcessError: the installation or the validator failed.
    """
    if oracle.script is not None:
        return {oracle.name: restated(oracle, paths)}
    python = _environment(oracle.packages, environments)
    command = [str(python), str(DRIVERS / oracle.driver), *[str(paths[name]) for name in oracle.files()]]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    found = json.loads(output)
    tables = [found[part] for part in oracle.parts] or [found]
    return {
        record: {name: "ok" if ok else "refused" for name, (ok, _) in table.items()}
        for record, table in zip(oracle.records, tables, strict=True)
    }


def restated(oracle: Oracle, paths: Mapping[str, Path]) -> dict[str, Verdict]:
    """The verdicts of a restated script on its files; nothing for a package."""
    script = oracle.script
    if script is None:
        return {}
    return {name: "ok" if script(paths[name]) is None else "refused" for name in oracle.files()}


def _environment(packages: tuple[str, ...], environments: Path) -> Path:
    """The interpreter of an environment with some packages; a half-made one is made anew."""
    folder = environments / packages[0].replace("==", "-")
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    done = folder / "installed.txt"
    if not done.is_file():
        print(f"installing {', '.join(packages)} into {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *packages], check=True)
        done.write_text("\n".join(packages) + "\n", encoding="utf-8")
    return python
