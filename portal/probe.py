"""Trying the way to the portal piece by piece, for a technician: name, connection, TLS."""

from __future__ import annotations

import contextlib
import datetime as dt
import select
import socket
import ssl
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509

from portal.identity import IdentityFiles, common_name
from portal.outcomes import UnreachableCode
from portal.tls_faults import refusal, server_fault

_VERDICT_S = 1.0
"""How long a TLS 1.3 server is given to say what it thinks of our certificate. Most say it at once,
by a session ticket or an alert; silence for longer is no refusal."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a base URL leads."""

    host: str
    port: int
    tls: bool

    @classmethod
    def of(cls, base_url: str) -> Place:
        """From a URL that :func:`portal.transport.checked_base_url` accepts."""
        parts = urlsplit(base_url)
        tls = parts.scheme == "https"
        return cls(parts.hostname or "", parts.port or (443 if tls else 80), tls)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a server's certificate says, whether it is to be believed or not."""

    subject: str
    issuer: str
    names: tuple[str, ...]
    not_before: dt.datetime
    not_after: dt.datetime


def resolve(place: Place) -> tuple[str, ...] | UnreachableCode:
    """The addresses of the host. Takes as long as the system's resolver."""
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except OSError:
        return UnreachableCode.DNS
    return tuple(dict.fromkeys(str(each[4][0]) for each in found))


def connect(place: Place, timeout_s: float) -> socket.socket | UnreachableCode:
    """A connection, to be closed by the caller."""
    try:
        return socket.create_connection((place.host, place.port), timeout_s)
    except ConnectionRefusedError:
        return UnreachableCode.REFUSED
    except TimeoutError:
        return UnreachableCode.CONNECT_TIMEOUT
    except OSError:
        return UnreachableCode.NO_ROUTE


def shake_hands(
    place: Place,
    plain: socket.socket,
    *,
    ca_file: Path | None,
    identity: IdentityFiles | None,
    timeout_s: float,
) -> str | UnreachableCode:
    """TLS over ``plain``, which is closed: protocol and cipher, or why it failed on either side.

    No request is sent, so that a refusal of our certificate is heard whenever it comes.
    """
    context = ssl.create_default_context(cafile=None if ca_file is None else str(ca_file))
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    plain.settimeout(timeout_s)
    try:
        if identity is not None:
            context.load_cert_chain(identity.certificate, identity.key, "")
    except OSError:
        plain.close()
        return UnreachableCode.IDENTITY_UNUSABLE
    try:
        with plain, context.wrap_socket(plain, server_hostname=place.host) as secured:
            _await_verdict(secured, min(timeout_s, _VERDICT_S))
            cipher = secured.cipher()
            return f"{secured.version()}, {cipher[0] if cipher else '?'}"
    except TimeoutError:
        return UnreachableCode.CONNECT_TIMEOUT
    except ssl.SSLError as error:
        return refusal([error]) or server_fault([error]) or UnreachableCode.TLS
    except OSError:
        return UnreachableCode.RESET


def _await_verdict(secured: ssl.SSLSocket, limit_s: float) -> None:
    """Read until a TLS 1.3 server has sent a ticket or an alert (raised as ssl.SSLError)."""
    deadline = time.monotonic() + limit_s
    secured.setblocking(False)
    while secured.version() == "TLSv1.3":
        with contextlib.suppress(ssl.SSLWantReadError):
            if not secured.recv(1):
                raise ConnectionResetError
        if secured.session is not None and secured.session.has_ticket:
            return
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([secured], [], [], left)[0]:
            return


def shown_certificate(place: Place, timeout_s: float) -> Shown | None:
    """The server's certificate without any check, to be looked at only."""
    try:
        pem = ssl.get_server_certificate((place.host, place.port), timeout=timeout_s)
        certificate = x509.load_pem_x509_certificate(pem.encode())
    except (OSError, ValueError):
        return None
    return Shown(
        subject=common_name(certificate),
        issuer=certificate.issuer.rfc4514_string(),
        names=_names(certificate),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
    )


def _names(certificate: x509.Certificate) -> tuple[str, ...]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return ()
    addresses = (str(each) for each in found.get_values_for_type(x509.IPAddress))
    return (*found.get_values_for_type(x509.DNSName), *addresses)
