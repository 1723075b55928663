"""The commands: in which group of the help they stand, the module that holds each, and its line in the help."""

from __future__ import annotations

# Title of the group: name of each command: its module, which holds it under the same name, and what it says of itself.
GROUPS: dict[str, dict[str, tuple[str, str]]] = {
    "Check": {
        "check": ("dataaudit.cli.check", "Audit data files: will they be taken, can a model learn from them?"),
        "fix": ("dataaudit.cli.fix", "Mend what needs no person to decide, or show it as a patch."),
        "baseline": ("dataaudit.cli.baseline", "Write down known findings, so that only new ones are told."),
    },
    "Decide": {
        "plan": ("dataaudit.cli.plan", "What is still to be labeled and reviewed, in hours and money?"),
        "estimate": ("dataaudit.cli.estimate", "What do training and running the model cost, by provider?"),
        "advise": ("dataaudit.cli.advise", "Prompting, retrieval or fine-tuning: which fits?"),
    },
    "Understand": {
        "learn": ("dataaudit.cli.learn", "Learn what answers look like, and write it down as a contract."),
        "consistency": (
            "dataaudit.cli.consistency",
            "How consistent are a model's outputs with the training set?",
        ),
        "rule": ("dataaudit.cli.rule", "Explain a rule, or list all."),
        "providers": ("dataaudit.cli.providers", "List providers, or show what one demands."),
    },
    "Housekeeping": {
        "init": ("dataaudit.cli.init", "Look at the data and write a settings file for it."),
        "config": ("dataaudit.cli.config", "Show the settings that count, and where each comes from."),
        "clean": ("dataaudit.cli.clean", "Remove what is remembered of files between runs."),
        "completion": ("dataaudit.cli.completion", "Print the script that completes commands in a shell."),
        "version": ("dataaudit.cli.version", "Show the version."),
    },
}

COMMANDS = {name: entry for group in GROUPS.values() for name, entry in group.items()}

EXAMPLES = (
    "dataaudit check                          # the data files of this folder",
    "dataaudit check train.jsonl --provider openai --summary",
    "dataaudit init data/                     # a settings file for the data",
    "dataaudit rule DUP001                    # what a rule demands, and why",
    "dataaudit check --help                   # all flags of a command",
)
