"""How the outbox's own key lies on the disk: as it is, or encrypted with a secret from elsewhere.

The secret comes from hardware where there is some (a TPM, through systemd's credentials: docs/outbox.md)
and is in memory only. Without it, whoever has the disk has the key's ciphertext and nothing to open it with.
"""

from __future__ import annotations

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from offline_queue.errors import OutboxStorageError

KEY_BYTES = 32
SECRET_BYTES = 16
"""A secret shorter than this is none."""
_MARK = b"CWOK1"
_NONCE_BYTES = 12
_PROTECTED_BYTES = len(_MARK) + _NONCE_BYTES + KEY_BYTES + 16


class KeyKeeper:
    """Keeps keys of :data:`KEY_BYTES` bytes. ``secret`` ``None``: as they are."""

    def __init__(self, secret: bytes | None = None) -> None:
        self._cipher: AESGCM | None = None
        if secret is None:
            return
        if len(secret) < SECRET_BYTES:
            raise OutboxStorageError("outbox.key_missing", "the secret for the key is too short")
        self._cipher = AESGCM(hmac.digest(secret, b"citizen-window outbox key", "sha256"))

    def kept(self, key: bytes) -> bytes:
        """``key`` as it is written down."""
        if self._cipher is None:
            return key
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _MARK + nonce + self._cipher.encrypt(nonce, key, _MARK)

    def key(self, written: bytes) -> bytes | None:
        """The key that was written down; ``None`` if that is damaged. Raises OutboxStorageError
        (``outbox.key_missing``) when it can be opened with another secret only."""
        if len(written) == KEY_BYTES:
            return written
        if len(written) != _PROTECTED_BYTES or not written.startswith(_MARK):
            return None
        if self._cipher is None:
            raise OutboxStorageError(
                "outbox.key_missing", "the key is protected, and what opens it was not given"
            )
        nonce, sealed = written[len(_MARK) :][:_NONCE_BYTES], written[len(_MARK) + _NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, sealed, _MARK)
        except InvalidTag:
            raise OutboxStorageError(
                "outbox.key_missing", "the key was protected with another secret, or is damaged"
            ) from None

    def exposed(self, written: bytes) -> bool:
        """Whether a key lies there as it is, though it could be protected."""
        return self._cipher is not None and len(written) == KEY_BYTES
