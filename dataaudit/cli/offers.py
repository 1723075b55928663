"""Words that a shell offers while a command is typed. Loaded only then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# A shell waits for the answer: seconds, and names.
_PATIENCE = 0.5
_REVISIONS = 200


def offered(known: str, incomplete: str, before: str = "") -> list[CompletionItem]:
    """The words of a kind that begin as typed, each with a line of help; `before` stands ahead of each."""
    words = _WORDS[known]()
    start = incomplete.lower()
    return [CompletionItem(before + word, help=said) for word, said in words.items() if word.lower().startswith(start)]


def _rules() -> Mapping[str, str]:
    """Codes; their families; names."""
    from dataaudit.catalogue import load_catalogue

    rules = load_catalogue().rules.values()
    families = {rule.family: f"all rules of {rule.family}" for rule in rules}
    codes = {rule.code: f"{rule.name}: {rule.title}" for rule in rules}
    return {"ALL": "every rule", **families, **codes, **{rule.name: rule.title for rule in rules}}


def _single_rules() -> Mapping[str, str]:
    return {word: said for word, said in _rules().items() if word != "ALL" and not said.startswith("all rules of")}


def _providers() -> Mapping[str, str]:
    from dataaudit.catalogue import load_catalogue

    profiles = load_catalogue().providers.values()
    usual = {profile.provider: profile.name for profile in profiles}
    return {
        "all": "every provider",
        **usual,
        **{profile.id: f"{profile.name}, {profile.method}" for profile in profiles},
    }


def _tasks() -> Mapping[str, str]:
    from dataaudit.catalogue import load_catalogue

    return {task.id: task.title for task in load_catalogue().tasks.values()}


def _shapes() -> Mapping[str, str]:
    from dataaudit.shapes import SHAPE_NAMES

    return dict.fromkeys(SHAPE_NAMES, "")


def _formats() -> Mapping[str, str]:
    from dataaudit.reporters import FORMATS

    return dict.fromkeys(FORMATS, "")


def _splits() -> Mapping[str, str]:
    from dataaudit.loaders.names import file_names

    return {f"{split}=": "" for split in dict.fromkeys(file_names().splits.values())}


def _revisions() -> Mapping[str, str]:
    """Branches and tags of the repository of the working folder; none where git does not answer at once."""
    import subprocess

    command = ["git", "for-each-ref", "--format=%(refname:short)", "--sort=-committerdate", f"--count={_REVISIONS}"]
    try:
        told = subprocess.run(
            [*command, "refs/heads", "refs/tags", "refs/remotes"],
            capture_output=True, text=True, timeout=_PATIENCE, check=False,
        ).stdout  # fmt: skip
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return {}
    return dict.fromkeys(told.split(), "")


def _settings() -> Mapping[str, str]:
    from dataaudit.config.keys import MEANINGS

    return {f"{key}=": meaning for key, meaning in MEANINGS.items()}


_WORDS: dict[str, Callable[[], Mapping[str, str]]] = {
    "rules": _rules,
    "single-rules": _single_rules,
    "providers": _providers,
    "tasks": _tasks,
    "shapes": _shapes,
    "settings": _settings,
    "formats": _formats,
    "splits": _splits,
    "revisions": _revisions,
}
