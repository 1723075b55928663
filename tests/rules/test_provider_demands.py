"""The demands of a provider on single traits, against what its own checker said of one fault in a good file."""

from __future__ import annotations

import pytest

from dataaudit.catalogue import load_catalogue

CATALOGUE = load_catalogue()

# (provider file, trait, whether the trait is an error)
RECORDED = [
    ("together-sft", "byte-order-mark", True),
    ("together-sft", "blank-line", True),
    ("together-sft", "line-ends:crlf", False),
    ("together-sft", "invalid-utf8", True),
    ("together-sft", "ends-with:user", False),
    ("together-sft", "no-assistant-turn", True),
    ("together-sft", "empty-prompt", False),
    ("together-sft", "empty-answer", False),
    ("together-sft", "weight:other", True),
    ("together-sft", "field:id", True),
    ("together-sft", "field:parallel_tool_calls", True),
    ("together-sft", "field:tools", False),
    ("together-sft", "turn-field:name", False),
    ("together-sft", "role:bot", True),
    ("together-sft", "role:developer", True),
    ("together-sft", "role:tool", False),
    ("together-sft", "empty-file", True),
    ("together-sft", "repeated-role:user", False),
    ("together-sft", "system-later", False),
    ("together-sft", "json-array", True),
    ("together-sft", "other-shape", True),
    ("together-sft", "tool-result-orphan", False),
    ("together-sft", "null-answer", False),
    ("together-sft", "content:other", True),
    ("together-sft", "duplicate-key", False),
    ("together-sft", "not-a-number", False),
    ("together-sft", "all-weights-zero", False),
    ("together-preference", "chosen-several-turns", True),
    ("together-preference", "prompt-ends-with-answer", True),
    ("together-preference", "chosen-equals-rejected", False),
    ("mistral-sft", "line-ends:crlf", False),
    ("mistral-sft", "blank-line", False),
    ("mistral-sft", "field:id", False),
    ("mistral-sft", "turn-pair:user>user", False),
    ("mistral-sft", "turn-pair:user>system", False),
    ("mistral-sft", "turn-pair:assistant>system", True),
    ("mistral-sft", "ends-with:user", True),
    ("mistral-sft", "no-assistant-turn", True),
    ("mistral-sft", "weight:other", True),
    ("mistral-sft", "turn-field:foo", True),
    ("mistral-sft", "content:other", True),
    ("mistral-sft", "tool-result-missing", True),
    ("mistral-sft", "ends-with-call", False),
    ("mistral-sft", "empty-answer", True),
    ("mistral-sft", "null-answer", True),
    ("mistral-sft", "tool-id:other", True),
    ("mistral-sft", "tool-id:nine", False),
    ("mistral-sft", "tool-id-mismatch", True),
    ("azure-openai-sft", "ends-with:user", False),
    ("azure-openai-sft", "weight:other", False),
    ("azure-openai-sft", "null-answer", False),
    ("azure-openai-sft", "has:tools", False),
    ("azure-openai-sft", "role:developer", True),
    ("azure-openai-sft", "byte-order-mark", False),
    ("azure-openai-sft", "blank-line", False),
    ("azure-openai-sft", "field:id", False),
    ("azure-openai-sft", "no-user-turn", True),
    ("azure-openai-dpo", "chosen-equals-rejected", False),
    ("azure-openai-rft", "ends-with:assistant", True),
    ("bedrock-nova-sft", "blank-line", True),
    ("bedrock-nova-sft", "byte-order-mark", True),
    ("bedrock-nova-sft", "field:id", False),
    ("bedrock-nova-sft", "schema-version:other", False),
    ("bedrock-nova-sft", "ends-with:user", True),
    ("bedrock-nova-sft", "repeated-role:user", True),
    ("bedrock-nova2-sft", "field:id", True),
    ("bedrock-nova2-sft", "reserved:nova-forge", True),
    ("bedrock-nova2-sft", "empty-answer", True),
    ("bedrock-nova2-sft", "has:tool-calls", False),
    ("bedrock-llama-sft", "ends-with:user", False),
    ("bedrock-llama-sft", "field:id", False),
    ("bedrock-llama-sft", "empty-answer", False),
    ("bedrock-llama-sft", "schema-version:other", True),
    ("bedrock-llama-sft", "few-turns", True),
    ("bedrock-haiku-sft", "reserved:haiku", True),
    ("bedrock-haiku-sft", "empty-answer", False),
    ("bedrock-haiku-sft", "field:id", False),
    ("bedrock-haiku-sft", "repeated-role:assistant", True),
    ("openai-completion", "field:id", False),
    ("openai-completion", "empty-answer", False),
    ("openai-completion", "missing-field:prompt", True),
    ("openai-completion", "field-case:Prompt", False),
    ("together-sft", "field-case:Prompt", True),
]


@pytest.mark.parametrize(("name", "trait", "refused"), RECORDED, ids=lambda value: str(value))
def test_a_trait_is_judged_as_the_checker_did(name: str, trait: str, refused: bool) -> None:
    provider = CATALOGUE.providers[name]
    shape = f"shape:{provider.shapes[0].name}"
    demands = [demand for demand in provider.demands if demand.forbid and demand.where in (None, shape)]
    assert any(demand.severity == "hard" and demand.matches(trait) for demand in demands) is refused
