"""Providers' own files are read as their own shape, written back unchanged, and without traits of fault."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from dataaudit.catalogue.load import load_catalogue
from dataaudit.shapes import anatomy
from dataaudit.shapes.fast_chat import read_chat_fast
from dataaudit.shapes.recognise import kind
from tests.shapes.test_chat_schemas import is_fault
from tests.shapes.test_recognise import SHAPES

TWO_ANSWERS_IN_A_ROW = {"repeated-role:assistant"}
FILES: list[tuple[str, str, set[str]]] = [
    ("chat_tools/azure_stock_functions_legacy_train.jsonl", "openai-chat", set()),
    ("chat_tools/azure_stock_toolcall_training.jsonl", "openai-chat", set()),
    ("chat_tools/azure_zava_multiturn_tools.jsonl.gz", "openai-chat", TWO_ANSWERS_IN_A_ROW),
    ("chat_tools/bedrock_nova_tooluse_train.jsonl.gz", "bedrock-converse", set()),
    ("chat_tools/bedrock_nova_tooluse_train_source.jsonl", "bedrock-haiku", set()),
    ("chat_tools/llamafactory_glaive_toolcall_en_demo.json", "sharegpt", set()),
    # Two rows of the Chinese file hold the call inside the text of the answer.
    ("chat_tools/llamafactory_glaive_toolcall_zh_demo.json", "sharegpt", {"tool-result-orphan"}),
    # Some of its tools are declared with the type "dict".
    ("chat_tools/llamafactory_reason_tool_use_demo_50.jsonl", "openai-chat", {"tool-schema-invalid"}),
    ("chat_tools/openai_drone_training.jsonl", "openai-chat", set()),
    ("providers/anthropic_bedrock_json_mode.jsonl", "bedrock-haiku", set()),
    ("providers/axolotl_sharegpt_conversation.json", "sharegpt", set()),
    ("providers/azure_openai_dpo_orca_validation.jsonl", "openai-preference", set()),
    ("providers/llamafactory_mllm_demo.json", "openai-chat", set()),
    ("providers/llamafactory_v1_dpo_demo.jsonl", "preference-implicit", set()),
    ("providers/llamafactory_v1_sft_demo.jsonl", "openai-chat", set()),
    # One of its five rows has no user message.
    ("providers/openai_toy_chat_fine_tuning.jsonl", "openai-chat", {"starts-with:assistant"}),
    ("providers/together_coqa_10.jsonl", "openai-chat", set()),
    ("preference/llamafactory_dpo_en_demo.json.gz", "sharegpt-preference", set()),
    ("preference/llamafactory_dpo_zh_demo.json.gz", "sharegpt-preference", set()),
    ("preference/llamafactory_kto_en_demo.json.gz", "sharegpt-unpaired", set()),
    ("leakage/azure_gsm8k_chat_train.jsonl", "openai-chat", set()),
    ("leakage/bedrock_rft_train.jsonl", "openai-rft", set()),
]


def rows_of(path: Path) -> list[dict[str, Any]]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()
    if ".jsonl" in path.name:
        return [json.loads(line) for line in text.splitlines()]
    data = json.loads(text)
    return data if isinstance(data, list) else [data]


@pytest.mark.parametrize(("name", "shape", "known"), FILES, ids=[name for name, _, _ in FILES])
def test_real_files(corpus: Path, name: str, shape: str, known: set[str]) -> None:
    catalogue = load_catalogue()
    found: set[str] = set()
    rows = rows_of(corpus / name)
    assert rows
    for record in rows:
        assert kind(record) == shape
        example = SHAPES[shape].to_example(record)
        reading = anatomy.read(example, shape)
        found.update(reading.traits)
        assert SHAPES[shape].to_record(example) == record
        if shape == "openai-chat":
            assert read_chat_fast(record) in (None, reading)
    assert {trait for trait in found if is_fault(catalogue, trait)} == known


def test_the_toy_chat(corpus: Path) -> None:
    readings = [read_chat_fast(row) for row in rows_of(corpus / "providers/openai_toy_chat_fine_tuning.jsonl")]
    traits = [set(reading.traits) for reading in readings if reading is not None]
    assert len(traits) == 5
    assert sum("no-user-turn" in found for found in traits) == 1
    assert sum("has:system" not in found for found in traits) == 1
