"""Sealing a body to its receiver, so that the terminal cannot read what it stores.

Compact JWE (RFC 7516), ECDH-ES+A256KW with A256GCM (RFC 7518), through joserfc. What does not depend on
the body, which is most of the work on a small one, can be done ahead: a fresh ephemeral key agreed on with
the receiver and a fresh content key wrapped with it. Each is used for one body and forgotten.
"""

from __future__ import annotations

import json
from binascii import b2a_base64
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from offline_queue.clock import Clock, SystemClock
from offline_queue.errors import NoSealingKey

ALGORITHM = "ECDH-ES+A256KW"
ENCRYPTION = "A256GCM"

_Key = tuple[float, str, ECKey]
"""Valid until (Unix seconds), its name, the key."""


class _KeyAgreement(Protocol):
    """What joserfc's ECDH-ES+A256KW does; its own names for it are private."""

    def prepare_ephemeral_key(self, recipient: jwe.Recipient[ECKey]) -> None: ...
    def encrypt_agreed_upon_key(
        self, enc: _Encryption, recipient: jwe.Recipient[ECKey]
    ) -> bytes: ...
    def wrap_cek_with_auk(self, cek: bytes, key: bytes) -> bytes: ...


class _Encryption(Protocol):
    """What joserfc's A256GCM does."""

    def generate_cek(self) -> bytes: ...
    def generate_iv(self) -> bytes: ...
    def encrypt(
        self, plaintext: bytes, cek: bytes, iv: bytes, aad: bytes
    ) -> tuple[bytes, bytes]: ...


_REGISTRY = jwe.JWERegistry(algorithms=[ALGORITHM, ENCRYPTION])
_AGREEMENT = cast(_KeyAgreement, _REGISTRY.get_alg(ALGORITHM))
_ENCRYPTION = cast(_Encryption, _REGISTRY.get_enc(ENCRYPTION))


@dataclass(frozen=True, slots=True, repr=False)
class _Agreed:
    """A content key for one body: its protected header, but for ``cw``, and the key, wrapped."""

    header: Mapping[str, Any]
    wrapped: bytes
    key: bytes

    @classmethod
    def on(cls, kid: str, receiver: ECKey) -> _Agreed:
        """One more, of a fresh ephemeral key (RFC 7518, 4.6)."""
        envelope = jwe.CompactEncryption({"alg": ALGORITHM, "enc": ENCRYPTION, "kid": kid})
        recipient: jwe.Recipient[ECKey] = jwe.Recipient(envelope, None, receiver)
        _AGREEMENT.prepare_ephemeral_key(recipient)
        key = _ENCRYPTION.generate_cek()
        agreed = _AGREEMENT.encrypt_agreed_upon_key(_ENCRYPTION, recipient)
        return cls(envelope.protected, _AGREEMENT.wrap_cek_with_auk(key, agreed), key)


class Sealer:
    """Seals to the receivers of a JWKS document.

    Each key names its ``receiver`` and may name ``not_after`` (RFC 3339, or Unix seconds);
    of several valid keys of a receiver the one valid longest is used. Keys of other kinds and
    uses are passed over.
    """

    def __init__(self, jwks: Mapping[str, Any], *, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._keys: dict[str, list[_Key]] = {}
        #: by receiver and key: deques, as several threads may seal and prepare
        self._agreed: dict[tuple[str, str], deque[_Agreed]] = {}
        keys = jwks.get("keys", ())
        for jwk in keys if isinstance(keys, (list, tuple)) else ():
            self._add(jwk)

    def seal(self, plaintext: bytes, *, receiver: str, header: Mapping[str, Any]) -> str:
        """``plaintext`` as a compact JWE only ``receiver`` can open.

        ``header`` becomes the protected header's ``cw`` member: readable by all, changeable by
        none. Raises NoSealingKey.
        """
        _, kid, key = self._key(receiver)
        try:
            agreed = self._agreed[receiver, kid].popleft()
        except (KeyError, IndexError):
            agreed = _Agreed.on(kid, key)
        protected = json.dumps({**agreed.header, "cw": dict(header)}, separators=(",", ":"))
        aad, iv = _base64url(protected.encode()), _ENCRYPTION.generate_iv()
        sealed, tag = _ENCRYPTION.encrypt(plaintext, agreed.key, iv, aad)
        # Joined once: at a quarter of a megabyte each copy more is a quarter of a millisecond.
        parts = [aad]
        for segment in (agreed.wrapped, iv, sealed, tag):
            parts += [b".", *_base64url_parts(segment)]
        return b"".join(parts).decode()

    def prepare(self, receiver: str, count: int = 1) -> None:
        """Have what ``count`` bodies for ``receiver`` need done ahead, for an idle moment: sealing a small
        body then takes a fifth of the time. Raises NoSealingKey."""
        _, kid, key = self._key(receiver)
        agreed = self._agreed.setdefault((receiver, kid), deque())
        while len(agreed) < count:
            agreed.append(_Agreed.on(kid, key))

    def receivers(self) -> frozenset[str]:
        """Receivers with a key valid now."""
        now = self._clock.wall()
        return frozenset(
            name for name, keys in self._keys.items() if any(key[0] > now for key in keys)
        )

    def _key(self, receiver: str) -> _Key:
        now = self._clock.wall()
        valid = [key for key in self._keys.get(receiver, ()) if key[0] > now]
        if not valid:
            raise NoSealingKey(f"no valid key of receiver {receiver}")
        return max(valid, key=lambda entry: entry[:2])

    def _add(self, jwk: Any) -> None:
        if not isinstance(jwk, Mapping) or jwk.get("kty") != "EC" or jwk.get("crv") != "P-256":
            return
        if jwk.get("use", "enc") != "enc" or jwk.get("alg", ALGORITHM) != ALGORITHM:
            return
        receiver, kid, until = jwk.get("receiver"), jwk.get("kid"), _until(jwk.get("not_after"))
        if not isinstance(receiver, str) or not isinstance(kid, str) or until is None:
            return
        public = {name: jwk[name] for name in ("kty", "crv", "x", "y") if name in jwk}
        try:
            key = ECKey.import_key(public)
        except (JoseError, ValueError, KeyError, TypeError):
            return
        self._keys.setdefault(receiver, []).append((until, kid, key))


_URL = bytes.maketrans(b"+/", b"-_")
_STEP = 24 << 10
"""A multiple of three, so that only the last is padded; small enough to stay in a processor's cache."""


def _base64url(content: bytes) -> bytes:
    """Without padding (RFC 7515, 2)."""
    return b"".join(_base64url_parts(content))


def _base64url_parts(content: bytes) -> list[bytes]:
    whole = memoryview(content)
    parts = [
        b2a_base64(whole[at : at + _STEP], newline=False).translate(_URL)
        for at in range(0, len(whole), _STEP)
    ]
    if parts:
        parts[-1] = parts[-1].rstrip(b"=")
    return parts


def _until(not_after: object) -> float | None:
    """The end of validity in Unix seconds; for ever when none is named, None when unreadable."""
    if not_after is None:
        return float("inf")
    if isinstance(not_after, (int, float)):
        return float(not_after)
    try:
        moment = datetime.fromisoformat(str(not_after))
    except ValueError:
        return None
    return moment.timestamp() if moment.tzinfo else None
