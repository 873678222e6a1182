"""Sealing a body to its receiver, so that the terminal cannot read what it stores.

Compact JWE (RFC 7516), ECDH-ES+A256KW with A256GCM (RFC 7518), through joserfc.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from offline_queue.clock import Clock, SystemClock
from offline_queue.errors import NoSealingKey

ALGORITHM = "ECDH-ES+A256KW"
ENCRYPTION = "A256GCM"


class Sealer:
    """Seals to the receivers of a JWKS document.

    Each key names its ``receiver`` and may name ``not_after`` (RFC 3339, or Unix seconds);
    of several valid keys of a receiver the one valid longest is used. Keys of other kinds and
    uses are passed over.
    """

    def __init__(self, jwks: Mapping[str, Any], *, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._keys: dict[str, list[tuple[float, str, ECKey]]] = {}
        keys = jwks.get("keys", ())
        for jwk in keys if isinstance(keys, (list, tuple)) else ():
            self._add(jwk)

    def seal(self, plaintext: bytes, *, receiver: str, header: Mapping[str, Any]) -> str:
        """``plaintext`` as a compact JWE only ``receiver`` can open.

        ``header`` becomes the protected header's ``cw`` member: readable by all, changeable by
        none. Raises NoSealingKey.
        """
        now = self._clock.wall()
        valid = [key for key in self._keys.get(receiver, ()) if key[0] > now]
        if not valid:
            raise NoSealingKey(f"no valid key of receiver {receiver}")
        _, kid, key = max(valid, key=lambda entry: entry[:2])
        protected = {"alg": ALGORITHM, "enc": ENCRYPTION, "kid": kid, "cw": dict(header)}
        # "cw" is ours, so unknown to the registry of header parameters
        registry = jwe.JWERegistry(algorithms=[ALGORITHM, ENCRYPTION], strict_check_header=False)
        return jwe.encrypt_compact(protected, plaintext, key, registry=registry)

    def receivers(self) -> frozenset[str]:
        """Receivers with a key valid now."""
        now = self._clock.wall()
        return frozenset(
            name for name, keys in self._keys.items() if any(key[0] > now for key in keys)
        )

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
