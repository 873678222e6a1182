"""A terminal's key and certificate: making the key, asking for certification, keeping both."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from portal.codes import CROCKFORD
from portal.identity import common_name

CODE_LENGTH = 16


def signing_request(terminal: str, key: ec.EllipticCurvePrivateKey) -> str:
    """PKCS #10 request in PEM, signed with the key it asks a certificate for."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, terminal)])
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    return request.public_bytes(serialization.Encoding.PEM).decode()


def normal_code(typed: str) -> str | None:
    """An enrolment code as typed (any case, spaces and dashes, O for 0, I or L for 1); None if it
    can't be one."""
    code = typed.upper().translate(str.maketrans("OIL", "011", " -·"))
    return code if len(code) == CODE_LENGTH and set(code) <= set(CROCKFORD) else None


def pending_key(file: Path) -> ec.EllipticCurvePrivateKey:
    """The key in ``file``, made now if there is none: an enrolment whose answer was lost goes on with
    the key it began with. Raises OSError; a file that holds no such key is replaced."""
    try:
        found = serialization.load_pem_private_key(file.read_bytes(), None)
        if isinstance(found, ec.EllipticCurvePrivateKey):
            return found
    except (FileNotFoundError, ValueError, TypeError):
        pass
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    write_private(file, pem)
    return key


def fits(pem: str, terminal: str, key: ec.EllipticCurvePrivateKey, now: dt.datetime) -> bool:
    """Whether what came back is a certificate of this terminal for this key that has not ended."""
    try:
        certificate = x509.load_pem_x509_certificate(pem.encode())
    except ValueError:
        return False
    return (
        certificate.public_key() == key.public_key()
        and common_name(certificate) == terminal
        and certificate.not_valid_after_utc > now
    )


def write_private(path: Path, content: bytes) -> None:
    """Create or replace ``path`` (0600) so that it is whole after a power cut. Raises OSError."""
    scratch = path.with_name(path.name + ".new")
    scratch.unlink(missing_ok=True)
    with open(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
