"""A certificate authority for tests and the sandbox. Its private key lies in a file: never for service."""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from portal.enrolment import write_private

CA_FILE = "ca.pem"
CA_KEY_FILE = "ca.key"
CA_DAYS = 3650
SERVER_DAYS = 365
TERMINAL_DAYS = 90
_SLACK = dt.timedelta(minutes=5)
"""Certificates begin so much before now, so that a clock slightly behind accepts them."""


@dataclass(frozen=True)
class Issued:
    """A certificate with its private key, as PEM."""

    certificate: bytes
    key: bytes = field(repr=False)

    @property
    def serial(self) -> int:
        """The certificate's serial number."""
        return x509.load_pem_x509_certificate(self.certificate).serial_number

    def write(self, certificate: Path, key: Path) -> tuple[Path, Path]:
        """Into these two files, the key readable by its owner only."""
        certificate.write_bytes(self.certificate)
        write_private(key, self.key)
        return certificate, key


class Authority:
    """Signs certificates for terminals and servers; ECDSA on P-256 throughout."""

    def __init__(self, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
        self.certificate = certificate
        self._key = key

    @classmethod
    def new(cls, name: str = "Citizen Window test CA") -> Authority:
        """A fresh authority that nobody trusts yet."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(_named(name), _named(name), key.public_key(), CA_DAYS)
        builder = builder.add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
        builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
        return cls(builder.sign(key, hashes.SHA256()), key)

    @classmethod
    def load(cls, folder: Path) -> Authority:
        """The one :meth:`save` left in ``folder``. Raises OSError, or ValueError if it is damaged."""
        certificate = x509.load_pem_x509_certificate((folder / CA_FILE).read_bytes())
        key = serialization.load_pem_private_key((folder / CA_KEY_FILE).read_bytes(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError(f"{CA_KEY_FILE} holds no EC key")
        return cls(certificate, key)

    def save(self, folder: Path) -> Path:
        """Write certificate and key into ``folder``; returns the certificate's file."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / CA_FILE).write_bytes(self.pem)
        write_private(folder / CA_KEY_FILE, _private_pem(self._key))
        return folder / CA_FILE

    @property
    def pem(self) -> bytes:
        """The certificate that clients and servers pin."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def server(
        self, names: Sequence[str] = ("localhost", "127.0.0.1"), *, days: float = SERVER_DAYS,
        start: dt.datetime | None = None,
    ) -> Issued:  # fmt: skip
        """A server certificate for host names and addresses, valid ``days`` from ``start`` (now)."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(
            _named(names[0]), self.certificate.subject, key.public_key(), days, start
        ).add_extension(x509.SubjectAlternativeName([_host(name) for name in names]), False)
        return Issued(self._sign(builder, ExtendedKeyUsageOID.SERVER_AUTH), _private_pem(key))

    def terminal(
        self, terminal: str, *, days: float = TERMINAL_DAYS, start: dt.datetime | None = None
    ) -> Issued:
        """A terminal's certificate with a key made here: for tests, a real key never leaves its terminal."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self.certify(terminal, key.public_key(), days=days, start=start)
        return Issued(certificate, _private_pem(key))

    def certify(
        self, terminal: str, key: ec.EllipticCurvePublicKey, *, days: float = TERMINAL_DAYS,
        start: dt.datetime | None = None,
    ) -> bytes:  # fmt: skip
        """PEM certificate of ``terminal`` for a public key."""
        builder = _builder(_named(terminal), self.certificate.subject, key, days, start)
        return self._sign(builder, ExtendedKeyUsageOID.CLIENT_AUTH)

    def _sign(self, builder: x509.CertificateBuilder, purpose: x509.ObjectIdentifier) -> bytes:
        signed = (
            builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), False
            )
            .sign(self._key, hashes.SHA256())
        )
        return signed.public_bytes(serialization.Encoding.PEM)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    days: float,
    start: dt.datetime | None = None,
) -> x509.CertificateBuilder:
    start = start or dt.datetime.now(dt.UTC) - _SLACK
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _named(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _host(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _private_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
