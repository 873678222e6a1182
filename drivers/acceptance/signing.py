"""Signing reports with the terminal's own Ed25519 key (RFC 8032), and checking them elsewhere.

The signature says which terminal ran the checks and that nothing was changed since; it does not
say that the terminal is honest. What is signed is the report as JSON with sorted keys, no white
space and no ASCII escapes, in UTF-8.
"""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from drivers.acceptance.report import AcceptanceReport

KEY_FILE = "acceptance-key.pem"
_ALGORITHM = "Ed25519"


def load_or_create_key(data_dir: Path) -> Ed25519PrivateKey:
    """The key in ``data_dir``, made on first use and readable by the terminal's user alone.

    Raises OSError, and ValueError for a file that is no Ed25519 key.
    """
    path = data_dir / KEY_FILE
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        _create(path)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path.name} is not an Ed25519 key")
    return key


def _create(path: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        # Unlike a rename this leaves a key that another process made in the meantime.
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


def public_key_text(key: Ed25519PrivateKey | Ed25519PublicKey) -> str:
    """The public key's 32 bytes in base64, to be kept where reports are checked."""
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    return base64.b64encode(public.public_bytes_raw()).decode("ascii")


def sign_report(report: AcceptanceReport, key: Ed25519PrivateKey) -> str:
    """The report as JSON with its signature, for people to read and machines to check."""
    document = report.as_dict()
    signature = {
        "algorithm": _ALGORITHM,
        "public_key": public_key_text(key),
        "value": base64.b64encode(key.sign(_canonical(document))).decode("ascii"),
    }
    return json.dumps({**document, "signature": signature}, ensure_ascii=False, indent=2) + "\n"


def verify_report(text: str, public_key: str) -> bool:
    """True if the report in ``text`` was signed with the key ``public_key`` belongs to and is
    unchanged. The key is the caller's, never the one in the report, which anybody can write."""
    try:
        document = json.loads(text)
        signature = document.pop("signature")
        if signature["algorithm"] != _ALGORITHM:
            return False
        value = base64.b64decode(signature["value"], validate=True)
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(value, _canonical(document))
    except (InvalidSignature, ValueError, KeyError, TypeError, AttributeError):
        return False
    return True


def _canonical(document: dict[str, Any]) -> bytes:
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode("utf-8")
