"""Texts to look for near-duplicates in: real ones with planted edits, and made ones of any number."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

from benchmarks.throughput import make_chats
from dataaudit.text.normalize import normalize

SEED = 11
PLANTED_SHARE = 0.1

Pair = tuple[str, str]


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSONL file, compressed or not."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.splitlines()]


def real_pairs(corpus: Path) -> list[Pair]:
    """Prompt and answer of the real sets, each normal form once, shuffled by a fixed seed."""
    alpaca = [
        (f"{row['instruction']}\n{row['input']}".strip(), row["output"])
        for name in ("alpaca/alpaca_52k.jsonl.gz", "alpaca/alpaca_zh_part.jsonl.gz")
        for row in read(corpus / name)
    ]
    gsm8k = [(row["question"], row["answer"]) for row in read(corpus / "leakage/gsm8k_train.jsonl.gz")]
    chosen = random.Random(SEED)
    parts = [(alpaca[:52_000], 11_000), (alpaca[52_000:], 1_000), (gsm8k, 7_500)]
    pairs = [pair for rows, count in parts for pair in chosen.sample(rows, min(count, len(rows)))]
    once = {(normalize(question), normalize(answer)): (question, answer) for question, answer in pairs}
    kept = list(once.values())
    chosen.shuffle(kept)
    return kept


def with_planted(pairs: list[Pair], rows: int) -> tuple[list[Pair], list[tuple[int, int, float]]]:
    """(rows texts, planted pairs as row, original, share edited): copies with 1 to 10 % of the words edited."""
    chosen = random.Random(SEED + 1)
    count = int(rows * PLANTED_SHARE)
    texts = pairs[: rows - count]
    planted = []
    for number in range(count):
        origin = chosen.randrange(rows - count)
        share = chosen.uniform(0.01, 0.1)
        question, answer = texts[origin]
        texts.append((edited(question, share, chosen), edited(answer, share, chosen)))
        planted.append((rows - count + number, origin, share))
    return texts, planted


def edited(text: str, share: float, chosen: random.Random) -> str:
    """The text with about `share` of its words (of its characters, without blanks) dropped, doubled or mistyped."""
    if not text:
        return text
    parts = text.split(" ") if text.count(" ") * 12 > len(text) else list(text)
    glue = " " if text.count(" ") * 12 > len(text) else ""
    for _ in range(max(1, round(share * len(parts)))):
        place = chosen.randrange(len(parts))
        kind = chosen.randrange(3)
        if kind == 0 and len(parts) > 1:
            del parts[place]
        elif kind == 1:
            parts.insert(place, parts[place])
        else:
            letters = list(parts[place])
            letters.insert(chosen.randrange(len(letters) + 1), chosen.choice("aeiourstln"))
            parts[place] = "".join(letters)
    return glue.join(parts)


def write(path: Path, texts: list[Pair]) -> None:
    """A JSONL file with a row for each text; row n is line n + 1."""
    with path.open("w", encoding="utf-8") as file:
        for question, answer in texts:
            file.write(json.dumps({"prompt": question, "completion": answer}, ensure_ascii=False) + "\n")


def made(path: Path, rows: int) -> None:
    """Rows of 900 bytes as those of benchmarks/throughput.py without its system prompt; 1 in 20 is an edited copy."""
    chats = path.with_suffix(".chats")
    make_chats(chats, rows)
    chosen = random.Random(SEED + 2)
    earlier: list[Pair] = []
    with chats.open(encoding="utf-8") as source, path.open("w", encoding="utf-8") as file:
        for number, line in enumerate(source):
            _, user, assistant = json.loads(line)["messages"]
            pair = user["content"], assistant["content"]
            if number % 20 == 7 and earlier:
                question, answer = chosen.choice(earlier)
                pair = edited(question, 0.02, chosen), edited(answer, 0.02, chosen)
            elif number % 20 == 3:
                earlier.append(pair)
            file.write(json.dumps({"prompt": pair[0], "completion": pair[1]}) + "\n")
    chats.unlink()
