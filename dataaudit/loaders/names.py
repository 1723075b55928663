"""Names that tell how a file is written: header cells that no data row holds, keys that wrap a list of records.

Knowledge about formats, not rules about data: the fields of the record shapes and of exports of labeling tools.
"""

from __future__ import annotations

from typing import Final

# fmt: off
HEADERS: Final = frozenset((
    "answer", "annotation", "assistant", "category", "choices", "chosen", "class", "comment", "completion",
    "content", "context", "conversation", "conversations", "created_at", "data", "description", "document",
    "error_type", "id", "index", "input", "instruction", "intent", "label", "labels", "language", "lead_time",
    "message", "messages", "meta", "metadata", "output", "prompt", "question", "rating", "rejected",
    "rejected_text", "response", "review", "role", "score", "sentence", "sentiment", "source", "split",
    "summary", "system", "system_prompt", "tag", "tags", "target", "text", "title", "topic", "translation",
    "type", "user", "utterance",
))
# fmt: on
# fmt: off
WRAPPERS: Final = frozenset((
    "data", "dataset", "dev", "documents", "entries", "eval", "examples", "instances", "items", "records",
    "results", "rows", "samples", "tasks", "test", "train", "training", "validation",
))
# fmt: on
EXTENSIONS: Final = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet")
COMPRESSIONS: Final = (".gz", ".gzip", ".zst", ".zstd")
