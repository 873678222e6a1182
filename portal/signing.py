"""Signing what a terminal submits with the key of its certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from portal.contract.signatures import COVERED, Message, content_digest, sign
from portal.identity import TerminalIdentity

_DEFAULT_PORTS = {"http": 80, "https": 443}


def authority_of(url: str) -> str:
    """``@authority`` (RFC 9421 2.2.3): lower case, no port where it is the scheme's own."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    if parts.port is None or parts.port == _DEFAULT_PORTS.get(parts.scheme):
        return host
    return f"{host}:{parts.port}"


def signed_headers(
    identity: TerminalIdentity,
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    created: int,
    covered: Sequence[str] = COVERED,
) -> dict[str, str]:
    """The headers to add to a request. ``created``: the portal's time."""
    digest = {"Content-Digest": content_digest(body)}
    lower = {name.lower(): value for name, value in {**headers, **digest}.items()}
    message = Message(method, authority_of(url), urlsplit(url).path, lower)
    return {**digest, **sign(identity.key, identity.thumbprint, message, created, covered)}
