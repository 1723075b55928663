"""Rows for the tests of flat shapes and labeling tools: one good row of each, and hostile ones for hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

ROWS: dict[str, dict[str, Any]] = {
    "prompt-completion": {"prompt": "Capital of Peru?", "completion": "Lima"},
    "prompt-response": {"prompt": "Capital of Chile?", "response": "Santiago"},
    "alpaca": {
        "instruction": "Translate",
        "input": "the dog",
        "output": "le chien",
        "system": "Be brief",
        "history": [["Translate the cat", "le chat"]],
    },
    "prompt-only": {"prompt": "Tell me a story"},
    "stepwise": {"prompt": "2 + 3 * 4?", "completions": ["3 * 4 = 12", "2 + 12 = 14"], "labels": [True, True]},
    "text": {"text": "Rain fell on the harbour."},
    "labeled-text": {"text": "My card is lost", "label": "lost_card"},
    "segments": {"segments": [{"text": "Q: 1 + 1? A: ", "label": False}, {"text": "2", "label": True}]},
    "tokenized": {"input_ids": [5, 9, 2], "attention_mask": [1, 1, 1], "labels": [-100, 9, 2]},
    "image-caption": {"image-ref": "s3://bucket/dog.png", "caption": "A dog on a beach"},
    "nemo-embedding": {"query": "heat pump", "pos_doc": "It moves heat.", "neg_doc": ["A cat.", "A hat."]},
    "label-studio": {
        "id": 7,
        "data": {"text": "Great shoes"},
        "annotations": [
            {"result": [], "was_cancelled": True},
            {
                "result": [
                    {
                        "type": "choices",
                        "from_name": "mood",
                        "to_name": "text",
                        "value": {"choices": ["positive"]},
                    }
                ],
                "was_cancelled": False,
            },
        ],
    },
    "label-studio-min": {
        "id": 3,
        "text": "Late again",
        "sentiment": "negative",
        "annotator": 1,
        "annotation_id": 12,
        "lead_time": 3.5,
    },
    "argilla": {
        "fields": {"text": "Good film"},
        "responses": {"mood": [{"value": "positive", "user_id": "u1"}]},
        "status": "completed",
    },
    "prodigy": {"text": "Fix typo in README", "label": "DOCS", "answer": "reject", "_input_hash": 1, "_task_hash": 2},
    "doccano": {"id": 4, "text": "Bad service", "label": ["negative"]},
}

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=-(10**30), max_value=10**30)
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.sampled_from(["", " ", "accept", "ignore", "discarded", "user", "assistant", "\ud800", "\x00"])
)
NAMES = sorted(
    {key for row in ROWS.values() for key in row}
    | {"role", "content", "value", "values", "result", "type", "start", "end", "choices", "from_name", "was_cancelled"}
    | {"chatmessage", "spans", "options", "accept", "cats", "entities", "mood.responses", "mood.responses.status"}
    | {"start_offset", "end_offset", "text", "category", "Prompt", "id", "completions", "x.suggestion"}
)
KEYS = st.sampled_from(NAMES) | st.text(max_size=4)


def _deeper(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4)


JSON = st.recursive(SCALARS, _deeper, max_leaves=12)


@st.composite
def odd_rows(draw: st.DrawFn) -> dict[str, Any]:
    """A good row of some shape with fields taken out, replaced and added; or any object at all."""
    if draw(st.integers(0, 4)) == 0:
        return draw(st.dictionaries(KEYS, JSON, max_size=6))
    row = dict(draw(st.sampled_from(list(ROWS.values()))))
    for key in draw(st.lists(st.sampled_from(list(row)), max_size=2, unique=True)):
        if draw(st.booleans()):
            row[key] = draw(JSON)
        else:
            del row[key]
    return row | draw(st.dictionaries(KEYS, JSON, max_size=2))
