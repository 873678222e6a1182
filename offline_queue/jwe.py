"""Making a compact JWE (RFC 7516): ECDH-ES+A256KW on P-256 and A256GCM (RFC 7518).

Put together from the primitives of ``cryptography``: the two operations on the curve are most of it, and a
library for every kind of JOSE spends as long again. Opening is the receiver's business, through a library.
"""

from __future__ import annotations

import json
import secrets
from binascii import b2a_base64
from collections.abc import Iterator, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash
from cryptography.hazmat.primitives.keywrap import aes_key_wrap
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ALGORITHM = "ECDH-ES+A256KW"
ENCRYPTION = "A256GCM"
_KEY_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16
_SIDE_BYTES = 32
_PIECE = 3 * (16 << 10)
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def encrypt(
    receiver: ec.EllipticCurvePublicKey, header: Mapping[str, Any], plaintext: bytes
) -> str:
    """``plaintext`` for the holder of ``receiver``'s private key, under keys used this once.

    ``header`` goes into the protected header, beside alg, enc and epk. Raises ValueError unless the
    key is on P-256.
    """
    ephemeral = ec.generate_private_key(ec.SECP256R1())
    wrapping = derived_key(ephemeral.exchange(ec.ECDH(), receiver), ALGORITHM, _KEY_BYTES)
    protected = _base64(_header(ephemeral.public_key(), header))
    key, nonce = secrets.token_bytes(_KEY_BYTES), secrets.token_bytes(_NONCE_BYTES)
    sealed = memoryview(AESGCM(key).encrypt(nonce, plaintext, protected))
    wrapped = aes_key_wrap(wrapping, key)
    text, tag = sealed[:-_TAG_BYTES], sealed[-_TAG_BYTES:]
    before = b"%b.%b.%b." % (protected, _base64(wrapped), _base64(nonce))
    return b"".join((before, *_pieces(text), b".", _base64(tag))).decode("ascii")


def derived_key(secret: bytes, algorithm: str, size: int) -> bytes:
    """The key agreed on (RFC 7518 4.6.2), neither party naming itself; ``size`` in bytes."""
    name = algorithm.encode()
    about = len(name).to_bytes(4, "big") + name + bytes(8) + (8 * size).to_bytes(4, "big")
    return ConcatKDFHash(SHA256(), size, about).derive(secret)


def _header(ephemeral: ec.EllipticCurvePublicKey, header: Mapping[str, Any]) -> bytes:
    point = ephemeral.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)[1:]
    x, y = (_base64(one).decode() for one in (point[:_SIDE_BYTES], point[_SIDE_BYTES:]))
    epk = {"kty": "EC", "crv": "P-256", "x": x, "y": y}
    return json.dumps({**header, "alg": ALGORITHM, "enc": ENCRYPTION, "epk": epk}).encode()


def _base64(content: bytes | memoryview) -> bytes:
    """Base64url without padding."""
    return b2a_base64(content, newline=False).translate(_URL_SAFE).rstrip(b"=")


def _pieces(content: memoryview) -> Iterator[bytes]:
    """Base64url of a large ``content``, piece by piece: fresh memory costs more than the work."""
    return (_base64(content[start : start + _PIECE]) for start in range(0, len(content), _PIECE))
