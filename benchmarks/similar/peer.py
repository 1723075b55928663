"""Runs one other tool over a JSONL file, in an environment that has it: PYTHON peer.py TOOL FILE OUT.

Stands alone: nothing of this project is imported. Each tool is called as its own documentation does for texts: lower
case words, word 3-shingles, 128 permutations, threshold 0.8. OUT gets the pairs (rows from 0) and the seconds without
the start of Python and the import of the tool.
"""

import importlib.metadata
import json
import re
import sys
import time
from pathlib import Path

WORD = re.compile(r"\w+")
PERMUTATIONS = 128
THRESHOLD = 0.8
# Two sets of equal size with Jaccard similarity 0.8 have this cosine.
COSINE = 2 * THRESHOLD / (1 + THRESHOLD)


def shingles(text):
    words = WORD.findall(text.lower())
    return {" ".join(words[n : n + 3]) for n in range(max(1, len(words) - 2))}


def datasketch(texts):
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    pairs = []
    for row, text in enumerate(texts):
        minhash = MinHash(num_perm=PERMUTATIONS)
        minhash.update_batch([shingle.encode() for shingle in shingles(text)])
        pairs.extend((row, other) for other in index.query(minhash))
        index.insert(row, minhash)
    return pairs


def rensa(texts):
    from rensa import RMinHash, RMinHashLSH

    hashes = RMinHash.from_token_sets([list(shingles(text)) for text in texts], PERMUTATIONS, 42)
    index = RMinHashLSH(THRESHOLD, PERMUTATIONS, 16)
    index.insert_pairs(list(enumerate(hashes)))
    found = index.query_all(hashes)
    return [(row, other) for row, others in enumerate(found) for other in others if other < row]


class HashedTrigrams:
    """An encoder for semhash that knows no meaning: character trigrams hashed into 2,048 places."""

    def encode(self, texts, **_):
        import zlib

        import numpy as np

        vectors = np.zeros((len(texts), 2048), dtype=np.float32)
        for row, text in enumerate(texts):
            text = " ".join(text.lower().split())
            grams = {text[n : n + 3] for n in range(max(1, len(text) - 2))}
            vectors[row, [zlib.crc32(gram.encode("utf-8", "replace")) % 2048 for gram in grams]] = 1
        return vectors


def semhash(texts):
    from semhash import SemHash

    records = [{"id": str(row), "text": text} for row, text in enumerate(texts)]
    found = SemHash.from_records(records, columns=["text"], model=HashedTrigrams())
    result = found.self_deduplicate(threshold=COSINE)
    return [(int(entry.record["id"]), int(other["id"])) for entry in result.filtered for other, _ in entry.duplicates]


def text_dedup(texts):
    from datasets import Dataset
    from text_dedup.config.algorithms.minhash import MinHashAlgorithmConfig
    from text_dedup.minhash import cluster

    algorithm = MinHashAlgorithmConfig(
        algorithm_name="minhash",
        num_perm=PERMUTATIONS,
        ngram_size=3,
        threshold=THRESHOLD,
        min_length=1,
        text_column="text",
        num_proc=1,
    )
    index = algorithm.internal_index_column
    data = Dataset.from_dict({"text": texts, index: list(range(len(texts)))})
    embedded = data.map(
        function=algorithm.get_embed_func(), input_columns=["text", index], remove_columns=["text"],
        batched=True, batch_size=1, num_proc=1,
    )  # fmt: skip
    config = type("Config", (), {"algorithm": algorithm})
    firsts = {}
    pairs = []
    for row, group in sorted(cluster(config, embedded).items()):
        if row != firsts.setdefault(group, row):
            pairs.append((row, firsts[group]))
    return pairs


TOOLS = {"datasketch": datasketch, "rensa": rensa, "semhash": semhash, "text-dedup": text_dedup}


def main():
    tool, path, out = sys.argv[1:4]
    importlib.import_module(tool.replace("-", "_"))
    with Path(path).open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    start = time.perf_counter()
    texts = [f"{row['prompt']}\n{row['completion']}" for row in rows]
    pairs = TOOLS[tool](texts)
    seconds = time.perf_counter() - start
    version = importlib.metadata.version(tool)
    Path(out).write_text(json.dumps({"seconds": seconds, "pairs": pairs, "version": version}), encoding="utf-8")


if __name__ == "__main__":
    main()
