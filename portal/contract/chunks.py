"""Sealing what is too large for a case's body: chunks of AES-256-GCM (NIST SP 800-38D).

Each attachment has a secret of its own, used for nothing else, which travels to the receiver inside
the sealed case: whoever stores or carries the chunks cannot read them. The nonce is the chunk's
index. Case, upload, index and number of chunks are authenticated with every chunk, so that none can
be changed, moved, dropped, or used for another case.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.contract.sealing import SealError

TAG_BYTES = 16
CHUNK_BYTES = 1 << 20
"""Bytes of a sealed chunk, the last one excepted, unless somebody chooses fewer."""
SECRET_BYTES = 32


def new_secret() -> bytes:
    """A fresh secret for one attachment."""
    return secrets.token_bytes(SECRET_BYTES)


def sealed_size(size: int, step: int = CHUNK_BYTES) -> int:
    """Bytes of all sealed chunks of ``size`` bytes in chunks of ``step``."""
    return size + -(-size // (step - TAG_BYTES)) * TAG_BYTES


def seal_chunks(
    content: bytes, secret: bytes, case: str, upload: str, step: int = CHUNK_BYTES
) -> Iterator[bytes]:
    """``content`` (not empty) in sealed chunks of ``step`` bytes, one in memory at a time.

    The same bytes come out whenever the arguments are the same; a secret must never be used for
    two contents.
    """
    cipher, inner = AESGCM(secret), step - TAG_BYTES
    count = -(-len(content) // inner)
    view = memoryview(content)
    for index in range(count):
        part = view[index * inner : (index + 1) * inner]
        yield cipher.encrypt(_nonce(index), part, _place(case, upload, index, count))


def open_chunks(
    chunks: Iterable[bytes], secret: bytes, case: str, upload: str, count: int
) -> Iterator[bytes]:
    """The content of ``count`` sealed chunks, one at a time. Raises :class:`SealError`."""
    cipher, seen = AESGCM(secret), 0
    for index, chunk in enumerate(chunks):
        try:
            yield cipher.decrypt(_nonce(index), chunk, _place(case, upload, index, count))
        except InvalidTag as error:
            raise SealError(f"chunk {index} is not the one that was sealed") from error
        seen += 1
    if seen != count:
        raise SealError(f"{seen} of {count} chunks")


def _nonce(index: int) -> bytes:
    return index.to_bytes(12, "big")


def _place(case: str, upload: str, index: int, count: int) -> bytes:
    return f"cw-chunk|{case}|{upload}|{index}|{count}".encode()
