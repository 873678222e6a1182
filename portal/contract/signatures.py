"""HTTP message signatures (RFC 9421) of submissions, over a digest of the body (RFC 9530).

A submission carries one signature, labelled ``cw``, by the key of the terminal's certificate
(``keyid``: its ``x5t#S256``) with ``ecdsa-p256-sha256``. It covers :data:`COVERED`, in this order; a
change in a session :data:`IN_SESSION`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

LABEL = "cw"
ALGORITHM = "ecdsa-p256-sha256"
COVERED = (
    "@method", "@authority", "@path", "content-type", "content-digest", "idempotency-key", "terminal-id",
)  # fmt: skip
IN_SESSION = (
    "@method", "@authority", "@path", "content-digest", "authorization", "terminal-id",
)  # fmt: skip
"""What is signed of a change in a person's session: its token takes the key's place, and what has no
body has the digest of none."""
MAX_AGE_S = 300
"""Seconds between ``created`` and the portal's clock, in either direction."""

_FIELD = 32
"""Bytes of a P-256 coordinate."""
_INPUT = re.compile(
    rf'{LABEL}=(\((?:"[a-z@][a-z0-9-]*"(?: "[a-z@][a-z0-9-]*")*)?\)'
    r';created=([0-9]{1,15});keyid="([A-Za-z0-9_-]{1,100})";alg="([a-z0-9-]{1,40})")'
)
_SIGNATURE = re.compile(rf"{LABEL}=:([A-Za-z0-9+/]+=*):")


class SignatureError(ValueError):
    """A signature that doesn't hold. ``rule`` names what is wrong: missing, malformed, covers_less,
    algorithm, key, digest, signature."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Message:
    """The parts of a request that are signed. ``headers``: names in lower case."""

    method: str
    authority: str
    path: str
    headers: Mapping[str, str]

    def values(self, components: Sequence[str]) -> list[tuple[str, str]]:
        """Component → value; raises :class:`SignatureError` for a header that is not there."""
        derived = {"@method": self.method, "@authority": self.authority, "@path": self.path}
        found = []
        for name in components:
            value = derived.get(name, self.headers.get(name))
            if value is None:
                raise SignatureError("missing")
            found.append((name, value.strip()))
        return found


def content_digest(body: bytes) -> str:
    """The field value of Content-Digest, by SHA-256."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def signature_params(
    components: Sequence[str], *, created: int, keyid: str, alg: str | None = None
) -> str:
    """The inner list of RFC 9421 2.3; ``keyid`` and ``alg`` must need no escaping."""
    names = " ".join(f'"{name}"' for name in components)
    algorithm = "" if alg is None else f';alg="{alg}"'
    return f'({names});created={created};keyid="{keyid}"{algorithm}'


def signature_base(values: Sequence[tuple[str, str]], params: str) -> bytes:
    """What is signed (RFC 9421 2.5)."""
    lines = [f'"{name}": {value}' for name, value in values]
    return "\n".join([*lines, f'"@signature-params": {params}']).encode("ascii", "strict")


def sign_bytes(key: ec.EllipticCurvePrivateKey, base: bytes) -> bytes:
    """r and s side by side (RFC 9421 3.3.4), not the DER of X.509."""
    r, s = decode_dss_signature(key.sign(base, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(_FIELD, "big") + s.to_bytes(_FIELD, "big")


def verify_bytes(key: ec.EllipticCurvePublicKey, signature: bytes, base: bytes) -> bool:
    """Whether ``signature`` (r and s) is the key's over ``base``."""
    if len(signature) != 2 * _FIELD:
        return False
    r, s = (int.from_bytes(signature[at : at + _FIELD], "big") for at in (0, _FIELD))
    try:
        key.verify(encode_dss_signature(r, s), base, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def sign(
    key: ec.EllipticCurvePrivateKey,
    keyid: str,
    message: Message,
    created: int,
    covered: Sequence[str] = COVERED,
) -> dict[str, str]:
    """The headers that sign ``message``; Content-Digest must be among its headers already."""
    params = signature_params(covered, created=created, keyid=keyid, alg=ALGORITHM)
    signature = sign_bytes(key, signature_base(message.values(covered), params))
    return {
        "Signature-Input": f"{LABEL}={params}",
        "Signature": f"{LABEL}=:{base64.b64encode(signature).decode()}:",
    }


def verify(
    key: ec.EllipticCurvePublicKey,
    keyid: str,
    message: Message,
    body: bytes,
    covered: Sequence[str] = COVERED,
) -> int:
    """Check signature and digest of a request; returns ``created`` (seconds since the epoch), whose
    age is the caller's to judge. Raises :class:`SignatureError`.

    ``key`` and ``keyid`` are those of who asks, known otherwise. Strict: one signature, parameters
    in the order a terminal writes them.
    """
    given, signed = message.headers.get("signature-input"), message.headers.get("signature")
    if given is None or signed is None:
        raise SignatureError("missing")
    parts, octets = _INPUT.fullmatch(given.strip()), _SIGNATURE.fullmatch(signed.strip())
    if parts is None or octets is None:
        raise SignatureError("malformed")
    params, created, named, algorithm = parts.groups()
    if algorithm != ALGORITHM:
        raise SignatureError("algorithm")
    if named != keyid:
        raise SignatureError("key")
    components = re.findall(r'"([^"]+)"', params.partition(")")[0])
    if components != list(covered):
        raise SignatureError("covers_less")
    try:
        base = signature_base(message.values(components), params)
        signature = base64.b64decode(octets.group(1), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise SignatureError("malformed") from error
    if not verify_bytes(key, signature, base):
        raise SignatureError("signature")
    digest = message.headers["content-digest"].strip()
    if not hmac.compare_digest(digest.encode(), content_digest(body).encode()):
        raise SignatureError("digest")
    return int(created)
