"""What each key of a settings file means, in one line: for editors, `init` and the docs."""

from __future__ import annotations

EXTEND = 'a settings file that this one stands over, such as "../base.toml"'

MEANINGS = {
    "select": "the rules to check: codes (DUP001), names (exact-duplicate), prefixes (DUP) or ALL",
    "ignore": "the rules not to check; the more exact word wins, and ignore between equally exact ones",
    "extend_select": "rules to check besides those of select",
    "extend_ignore": "rules not to check besides those of ignore",
    "per_file_ignores": "a glob of files to rules that are silent there",
    "preview": "whether ALL and prefixes take rules in preview too",
    "severity": "code or name to error, warning, info or off",
    "thresholds": "code or name to thresholds of that rule",
    "providers": "the providers that give a verdict, as listed by `dataaudit providers`; all asks every one",
    "task": "the task profile for minimums, hours and cost: behaviour, domain-knowledge or classification",
    "splits": "a file, folder or glob to train, validation or test, where its name does not tell",
    "shape": "the record shape of the files, where it should not be found",
    "prompt_column": "the column or field that holds the prompt",
    "completion_column": "the column or field that holds the answer",
    "system_column": "the column or field that holds the system prompt",
    "label_column": "the column or field that holds the label",
    "text_column": "the column or field that holds the text of labeled text",
    "id_column": "the column or field that holds the id",
    "labels": "the labels that may occur; others are findings",
    "format_contract": "what answers must look like, a file that `dataaudit learn` writes",
    "rules": "folders of rules of your own",
    "exclude": "globs of files and folders to leave out; one without a slash fits any part of a path",
    "force_exclude": "whether exclude holds for files that are named too",
    "respect_gitignore": "whether files that git ignores are left out of folders and globs",
    "fail_on": "the least severity that gives exit code 1",
    "max_warnings": "more warnings than this give exit code 1",
    "fail_below": "a grade worse than this, A to F, gives exit code 1",
    "exit_zero": "whether findings leave the exit code 0",
    "exit_non_zero_on_fix": "whether a run that fixed something gives exit code 1",
    "max_findings": "findings of one rule that are listed; all are counted",
    "tokens": "whether an audit counts tokens: off, sample or exact",
    "figures": "a figure of the task profile to a range of your own, such as [3, 5]",
    "scoring": "numbers of the grade: weights, curve, borders, ready, caps",
    "project": "what you say of the project: volume, prompts, circumstances; for costs and advice",
    "ignore_file": "the file of findings that are silent, by the content of their rows",
    "baseline": "the file of findings that were there before, which are silent",
}
