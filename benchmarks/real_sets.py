"""Expected and found on public data sets whose truth is known, as a Markdown table.

    DATAAUDIT_CORPUS=FOLDER python benchmarks/real_sets.py

FOLDER holds the sets and `facts.json`, which gives for each file the exact duplicates, the groups of equal prompts with
different answers, and the empty answers, worked out by plain rules. The sets are not part of this repository.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dataaudit


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    file: str
    what: str
    expected: str
    found: str
    why: str = ""

    @property
    def equal(self) -> bool:
        """Whether the truth was found."""
        return self.expected == self.found


# Where the plain rules of facts.json and ours differ on purpose: file and figure -> why.
EXPLAINED: dict[tuple[str, str], str] = {
    ("near_duplicates/toolformer_7673.jsonl.gz", "conflicting groups"): (
        "two groups of the plain rule differ in a sign (x^3 - 2x^2 against x^3 + 2x^2) or a path, so they ask other "
        "things; one group more differs in a path of the answer"
    ),
    ("preference/llamafactory_kto_en_demo.json.gz", "conflicting groups"): (
        "unpaired preference data judges several answers to a prompt; a conflict is one answer judged twice"
    ),
    ("code/new_codealpaca.json.gz", "conflicting groups"): (
        "all six pairs ask for C in one row and C++ in the other; the plain rule sees no difference"
    ),
    ("label_tools/prodigy_annotated_reddit-PRODUCT-ner.jsonl.gz", "exact duplicates"): (
        "different spans of one text are different questions; the plain rule looks at the text only"
    ),
    ("label_tools/prodigy_annotated_reddit-PRODUCT-ner.jsonl.gz", "conflicting groups"): (
        "as above, and an ignored row is no answer"
    ),
    ("providers/mistral_wandb_fib-train.jsonl.gz", "read"): (
        "premise and hypothesis are equally good prompts: the tool asks which one is meant"
    ),
    ("providers/mistral_wandb_fib-val.jsonl.gz", "read"): (
        "premise and hypothesis are equally good prompts: the tool asks which one is meant"
    ),
}

# Provider's or trainer's own sample file -> profile that must accept it (limits on the number of rows apart).
SAMPLES = {
    "providers/openai_toy_chat_fine_tuning.jsonl": "openai-sft",
    "chat_tools/openai_drone_training.jsonl": "openai-sft",
    "chat_tools/azure_stock_toolcall_training.jsonl": "azure-openai-sft",
    "chat_tools/azure_stock_functions_legacy_train.jsonl": "azure-openai-sft",
    "chat_tools/azure_zava_multiturn_tools.jsonl.gz": "azure-openai-sft",
    "leakage/azure_gsm8k_chat_train.jsonl": "azure-openai-sft",
    "providers/azure_openai_dpo_orca_validation.jsonl": "azure-openai-dpo",
    "providers/azure_openai_rft_medmcq_first500.jsonl": "azure-openai-rft",
    "providers/anthropic_bedrock_json_mode.jsonl": "bedrock-haiku-sft",
    "chat_tools/bedrock_nova_tooluse_train.jsonl.gz": "bedrock-nova-sft",
    "providers/bedrock_distillation_prompt_completion.jsonl.gz": "bedrock-titan-sft",
    "providers/together_coqa_10.jsonl": "together-sft",
    "providers/mistral_finetune_readme_examples.jsonl": "mistral-finetune-sft",
    "providers/openai_legacy_taxgpt_training_prepared.jsonl": "openai-completion",
    "providers/llamafactory_alpaca_en_demo.json": "llama-factory-sft",
    "providers/llamafactory_alpaca_zh_demo.json": "llama-factory-sft",
    "providers/llamafactory_identity.json": "llama-factory-sft",
    "providers/llamafactory_mllm_demo.json": "llama-factory-sft",
    "providers/llamafactory_v1_sft_demo.jsonl": "llama-factory-sft",
    "providers/llamafactory_v1_dpo_demo.jsonl": "llama-factory-dpo",
    "chat_tools/llamafactory_glaive_toolcall_en_demo.json": "llama-factory-sft",
    "chat_tools/llamafactory_glaive_toolcall_zh_demo.json": "llama-factory-sft",
    "chat_tools/llamafactory_reason_tool_use_demo_50.jsonl": "llama-factory-sft",
    "preference/llamafactory_dpo_en_demo.json.gz": "llama-factory-dpo",
    "preference/llamafactory_dpo_zh_demo.json.gz": "llama-factory-dpo",
    "preference/llamafactory_kto_en_demo.json.gz": "llama-factory-kto",
    "providers/axolotl_sharegpt_conversation.json": "axolotl-sft",
    "alpaca/alpaca_52k.jsonl.gz": "axolotl-sft",
}

CLEAN = [
    "leakage/gsm8k_train.jsonl.gz",
    "leakage/gsm8k_test.jsonl.gz",
    "chat_tools/openai_drone_training.jsonl",
    "chat_tools/azure_stock_toolcall_training.jsonl",
    "providers/azure_openai_dpo_orca_validation.jsonl",
    "intents/clinc150_full_train.csv.gz",
]

# Files with one known fault: the rules that must tell it, or "refused" for what is no training data.
EDGES = {
    "git_lfs_pointer_train.jsonl.gz": "SCH022",
    "git_lfs_pointer_samples.jsonl": "SCH022",
    "doccano_example.utf16.csv": "SCH004",
    "doccano_text_classification.invalid.2.csv": "SCH023",
    "doccano_example_out_of_order_columns.csv": "LAB004, SCH012",
    "doccano_seq2seq.csv": "LAB004, SCH012",
    "doccano_text_classification.csv": "LAB004, SCH012",
    "doccano_labeling.invalid.conll": "refused",
    "doccano_text_classification.xlsx": "refused",
    "data_juicer_demo.parquet": "",
    "data_juicer_demo_deduplication.jsonl": "DUP001, SIM001",
    "mmlu_redux_moral_scenarios.csv": "SCH004",
    "mmlu_redux_business_ethics.csv": "",
    "mmlu_redux_econometrics.csv": "SCH023",
    "mmlu_redux_virology.csv": "",
    "axolotl_conversation_missing_turns.json": "SCH001, SCH012",
}

# Reasons about the number of rows or the file around the rows say nothing about the rows of a short sample.
_ABOUT_THE_FILE = {"MIN001", "MIN005", "MIN007", "SCH022", "SCH005", "SCH006"}


def facts_lines(corpus: Path) -> Iterator[Line]:
    """Duplicates, conflicts and empty answers against facts.json."""
    facts: dict[str, dict[str, Any]] = json.loads((corpus / "facts.json").read_text(encoding="utf-8"))["files"]
    for name, truth in facts.items():
        try:
            report = dataaudit.audit(corpus / name)
        except dataaudit.DataAuditError as error:
            yield Line(name, "read", "yes", error.what, EXPLAINED.get((name, "read"), ""))
            continue
        split = next(iter(report.statistics["splits"].values()))
        figures = {
            "rows": (truth["rows"], split["rows"]),
            "exact duplicates": (truth["exact_duplicate_rows"], split["exact_duplicates"]),
            "conflicting groups": (len(truth["conflict_groups"]), split["conflicting_groups"]),
        }
        for what, (expected, found) in figures.items():
            yield Line(name, what, str(expected), str(found), EXPLAINED.get((name, what), ""))


def label_lines(corpus: Path) -> Iterator[Line]:
    """Labels, and how evenly they are spread."""
    for name, expected in {
        "intents/clinc150_full_train.csv.gz": "150 labels, 100 to 100",
        "intents/clinc150_small_train.csv.gz": "150 labels, 50 to 50",
        "intents/clinc150_imbalanced_train.csv.gz": "150 labels, 100 to 25",
        "intents/banking77_train.csv": "77 labels, 187 to 35",
        "sms_spam/SMSSpamCollection.tsv": "2 labels, 4827 to 747",
    }.items():
        split = next(iter(dataaudit.audit(corpus / name).statistics["splits"].values()))
        counts = split["labels"]["rows"].values() if split["labels"] else [0]
        found = f"{len(counts)} labels, {max(counts)} to {min(counts)}"
        yield Line(name, "labels", expected, found)


def sample_lines(corpus: Path) -> Iterator[Line]:
    """Each provider's own sample is accepted for it."""
    for name, profile in SAMPLES.items():
        verdict = dataaudit.audit(corpus / name, providers=[profile]).verdicts[0]
        hard = [r for r in verdict.reasons if r.severity == "hard" and r.rule not in _ABOUT_THE_FILE]
        found = "accepted" if not hard else "; ".join(f"{r.rule} line {r.line}: {r.message}" for r in hard)
        yield Line(name, f"for {profile}", "accepted", found)


def clean_lines(corpus: Path) -> Iterator[Line]:
    """Clean controls without one error, duplicate or conflict."""
    for name in CLEAN:
        report = dataaudit.audit(corpus / name)
        bad = sorted({f.rule for f in report.findings if f.severity == "error"} | set(report.counts) & {"DUP001"})
        yield Line(name, "no false alarm", "", ", ".join(bad))


def edge_lines(corpus: Path) -> Iterator[Line]:
    """Odd files: each gets its own finding, or is refused with what to do."""
    for name, expected in EDGES.items():
        try:
            report = dataaudit.audit(corpus / "edge_cases" / name, ignore=["MIN"])
        except dataaudit.DataAuditError as error:
            yield Line(
                f"edge_cases/{name}", "told", expected, "refused" if error.hint or ";" in error.what else error.what
            )
            continue
        found = ", ".join(sorted({f.rule for f in report.findings if f.severity != "info"}))
        yield Line(f"edge_cases/{name}", "told", expected, found)


def lines(corpus: Path) -> list[Line]:
    """The whole table."""
    return [
        *facts_lines(corpus),
        *label_lines(corpus),
        *sample_lines(corpus),
        *clean_lines(corpus),
        *edge_lines(corpus),
    ]


def main() -> None:
    if "DATAAUDIT_CORPUS" not in os.environ:
        sys.exit("set DATAAUDIT_CORPUS to the folder of the sets")
    table = lines(Path(os.environ["DATAAUDIT_CORPUS"]))
    print("| set | figure | expected | found | equal, or why not |\n|---|---|---|---|---|")
    for line in table:
        print(f"| {line.file} | {line.what} | {line.expected} | {line.found} | {'yes' if line.equal else line.why} |")
    print(f"\n{sum(line.equal for line in table)} of {len(table)} equal.")


if __name__ == "__main__":
    main()
