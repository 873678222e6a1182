"""Who the terminal is to the portal: its certificate and private key, in two PEM files.

The key file is kept as the outbox keeps its key: plain, readable by the terminal's user only
(0600), in the data folder. A key file that others can read is not used.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from portal.outcomes import UnreachableCode

_OTHERS = 0o077


def thumbprint(certificate: x509.Certificate) -> str:
    """``x5t#S256`` (RFC 8705 3.1): base64url of the SHA-256 of the DER certificate, unpadded."""
    return urlsafe_b64encode(certificate.fingerprint(hashes.SHA256())).rstrip(b"=").decode()


def common_name(certificate: x509.Certificate | x509.CertificateSigningRequest) -> str:
    """The subject's name: a terminal's id. Empty if there is none."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else ""


@dataclass(frozen=True, slots=True)
class TerminalIdentity:
    """A certificate and the key it belongs to."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey = field(repr=False)
    thumbprint: str

    @property
    def terminal(self) -> str:
        """The terminal's id, as certified."""
        return common_name(self.certificate)

    @property
    def not_after(self) -> dt.datetime:
        """When it ends."""
        return self.certificate.not_valid_after_utc

    def renew_from(self) -> dt.datetime:
        """From when on it is to be renewed: at two thirds of its life."""
        start = self.certificate.not_valid_before_utc
        return start + (self.not_after - start) * 2 / 3


class IdentityFiles:
    """Reads the two files again whenever they changed. Safe in several threads."""

    def __init__(self, certificate: Path, key: Path) -> None:
        self.certificate = certificate
        self.key = key
        self._lock = threading.Lock()
        self._seen: tuple[object, ...] = ()
        self._current: TerminalIdentity | UnreachableCode = UnreachableCode.NOT_ENROLLED

    def current(self) -> TerminalIdentity | UnreachableCode:
        """The identity, or why there is none."""
        try:
            certificate, key = os.stat(self.certificate), os.stat(self.key)
        except FileNotFoundError:
            return UnreachableCode.NOT_ENROLLED
        except OSError:
            return UnreachableCode.IDENTITY_UNUSABLE
        if key.st_mode & _OTHERS:
            return UnreachableCode.KEY_EXPOSED
        seen = tuple((one.st_ino, one.st_size, one.st_mtime_ns) for one in (certificate, key))
        with self._lock:
            if seen != self._seen:
                self._current, self._seen = self._read(), seen
            return self._current

    def _read(self) -> TerminalIdentity | UnreachableCode:
        try:
            certificate = x509.load_pem_x509_certificate(self.certificate.read_bytes())
            key = serialization.load_pem_private_key(self.key.read_bytes(), None)
        except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
            return UnreachableCode.IDENTITY_UNUSABLE
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            return UnreachableCode.IDENTITY_UNUSABLE
        if certificate.public_key() != key.public_key():
            return UnreachableCode.IDENTITY_UNUSABLE
        return TerminalIdentity(certificate, key, thumbprint(certificate))


def authority_fault(ca_file: Path) -> UnreachableCode | None:
    """Why the pinned authorities can't be used; None if they can."""
    try:
        found = x509.load_pem_x509_certificates(ca_file.read_bytes())
    except (OSError, ValueError):
        return UnreachableCode.AUTHORITY_UNUSABLE
    return None if found else UnreachableCode.AUTHORITY_UNUSABLE
