"""The hash of a file, as reports and the cache have it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dataaudit.loaders import Source

# Large, so that a thread that hashes while others work seldom asks for its turn.
_BLOCK: Final = 8 * 2**20


def sha256_of(source: Source) -> str | None:
    """The hash of a file's bytes; None for rows in memory."""
    if source.kind == "rows":
        return None
    digest = hashlib.sha256()
    with Path(source.location).open("rb", buffering=0) as file:
        block = memoryview(bytearray(min(_BLOCK, source.size or _BLOCK)))
        while size := file.readinto(block):
            digest.update(block[:size])
    return digest.hexdigest()
