"""The hashes of a file, as reports and the cache have them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from xxhash import xxh3_128

if TYPE_CHECKING:
    from dataaudit.loaders import Source

# Large, so that a thread that hashes while others work seldom asks for its turn.
_BLOCK: Final = 8 * 2**20


class Hashes(NamedTuple):
    """sha256: names the content. quick: XXH3 with 128 bits, in a fifth of the time: no proof against craft."""

    sha256: str
    quick: str


def sha256_of(source: Source) -> str | None:
    """The hash of a file's bytes; None for rows in memory."""
    if source.kind == "rows":
        return None
    digest = hashlib.sha256()
    _feed(source, digest)
    return digest.hexdigest()


def hashes_of(source: Source, believed: Hashes | None = None) -> Hashes:
    """Both hashes of a file's bytes; those that are believed where the quick one agrees."""
    if believed is not None:
        again = xxh3_128()
        _feed(source, again)
        if again.hexdigest() == believed.quick:
            return believed
    digest, quick = hashlib.sha256(), xxh3_128()
    _feed(source, digest, quick)
    return Hashes(digest.hexdigest(), quick.hexdigest())


def _feed(source: Source, *digests: Any) -> None:
    with Path(source.location).open("rb", buffering=0) as file:
        block = memoryview(bytearray(min(_BLOCK, source.size or _BLOCK)))
        while size := file.readinto(block):
            for digest in digests:
                digest.update(block[:size])
