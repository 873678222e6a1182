"""Sealing to a receiver: compact JWE (RFC 7516), ECDH-ES+A256KW with A256GCM (RFC 7518).

The protected header carries ``kid`` and, under ``cw``, a copy of the envelope's routing fields,
so that an envelope cannot be re-addressed without breaking the seal.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from typing import Any

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwe import JWERegistry
from joserfc.jwk import ECKey

ALGORITHM = "ECDH-ES+A256KW"
ENCRYPTION = "A256GCM"
MAX_SEALED_CHARS = 4 * 1024 * 1024


class SealError(ValueError):
    """The JWE is malformed, is sealed to another key, or was altered. Says nothing of content."""


def _registry() -> JWERegistry:
    registry = JWERegistry(algorithms=[ALGORITHM, ENCRYPTION], strict_check_header=False)
    # joserfc stops at 64 KiB; a signature with many strokes is larger
    registry.max_ciphertext_length = MAX_SEALED_CHARS
    return registry


def seal(plaintext: bytes, public_jwk: Mapping[str, Any], cw: Mapping[str, str]) -> str:
    """Seal ``plaintext`` to ``public_jwk`` (needs ``kid, kty, crv, x, y``).

    ``cw`` goes readable into the protected header: routing only, never personal data.
    """
    key = ECKey.import_key({name: public_jwk[name] for name in ("kty", "crv", "x", "y")})
    protected = {
        "alg": ALGORITHM,
        "enc": ENCRYPTION,
        "kid": str(public_jwk["kid"]),
        "cw": dict(cw),
    }
    return jwe.encrypt_compact(protected, plaintext, key, registry=_registry())


def protected_header(sealed: str) -> dict[str, Any]:
    """The protected header, not yet authenticated. Raises :class:`SealError`."""
    head = sealed.split(".", 1)[0]
    try:
        header = json.loads(urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except ValueError as error:
        raise SealError("protected header is not JSON") from error
    if not isinstance(header, dict):
        raise SealError("protected header is not an object")
    return header


def open_sealed(sealed: str, private_key: ECKey) -> bytes:
    """Open with the receiver's key. Raises :class:`SealError`."""
    try:
        opened = jwe.decrypt_compact(sealed, private_key, registry=_registry())
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise SealError(type(error).__name__) from error
    if opened.plaintext is None:
        raise SealError("no content")
    return opened.plaintext
