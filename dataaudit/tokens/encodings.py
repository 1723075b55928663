"""The one door to tokenizers: texts in, counts out. Nothing else in the project calls a tokenizer."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

OPENAI = ("o200k_base", "cl100k_base")
_TEKKEN = {"tekken_240911": "tekken_240911.json"}
KNOWN = (*OPENAI, *_TEKKEN)
"""Encodings that can be counted; those of Mistral need the extra `mistral`."""


def count(texts: Sequence[str], encoding: str) -> list[int]:
    """The tokens of each text. Special-token text is counted as ordinary text; a lone surrogate as a question mark.

    o200k_base and cl100k_base give what tiktoken's `encode_ordinary` gives. One thread: the engine has a process for
    each processor.

    Raises:
        KeyError: there is no encoding of that name.
    """
    if encoding in _TEKKEN:
        tekken = _tekken(encoding)
        return [len(tekken.encode(_whole(text), bos=False, eos=False)) for text in texts]
    import toktok

    given = list(texts)
    try:
        counts: list[int] = toktok.batch_count(given, encoding, threads=1)
    except UnicodeEncodeError:
        counts = toktok.batch_count([_whole(text) for text in given], encoding, threads=1)
    return counts


def available(encoding: str) -> bool:
    """Whether an encoding can be counted in this installation."""
    if encoding not in _TEKKEN:
        return encoding in KNOWN
    from importlib.util import find_spec

    return find_spec("mistral_common") is not None


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


@cache
def _tekken(encoding: str) -> Any:
    from pathlib import Path

    import mistral_common
    from mistral_common.tokens.tokenizers.tekken import Tekkenizer

    return Tekkenizer.from_file(Path(mistral_common.__file__).parent / "data" / _TEKKEN[encoding])
