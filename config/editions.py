"""Editions: a folder of tables that an authority signed and a terminal uses in place of the shipped one.

``manifest.json`` lists every file with its SHA-256; ``manifest.sig`` is an Ed25519 signature (RFC 8032)
of the manifest's bytes, in base64. Its dates are those of ``edition.toml``. An edition is taken whole or
not at all: if anything is wrong with it the shipped tables stay, and the reason is told.
"""

from __future__ import annotations

import base64
import binascii
import csv
import hashlib
import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from config import tables
from config.authorities import load_authorities
from config.cross_city import load_partner_cities, load_support
from config.divisions import divisions_edition, load_divisions, load_former_divisions
from config.item_files import load_library
from config.policies import load_policies
from config.powers import load_delegations
from config.shipped import CatalogueError, load_catalogue
from config.working_days import load_working_days

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
_LOADERS: tuple[Callable[[], object], ...] = (
    load_divisions, divisions_edition, load_former_divisions, load_authorities, load_delegations,
    load_support, load_partner_cities, load_working_days, load_library, load_catalogue,
    load_policies,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edition:
    """A sound edition and its dates."""

    folder: Path
    issued: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an edition is not used, for the log and the technician."""

    reason: str


def sign(folder: Path, key_pem: bytes) -> str:
    """Write manifest and signature; returns the public key in base64, as settings want it.

    Raises ValueError for a key that is none of Ed25519, OSError where nothing can be written.
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = serialization.load_pem_private_key(key_pem, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("not an Ed25519 key")
    listed = {"files": {name: _digest(folder / name) for name in _files(folder)}}
    manifest = json.dumps(listed, indent=1, sort_keys=True).encode()
    (folder / MANIFEST).write_bytes(manifest)
    (folder / SIGNATURE).write_bytes(base64.b64encode(key.sign(manifest)) + b"\n")
    return base64.b64encode(key.public_key().public_bytes_raw()).decode("ascii")


def verify(folder: Path, public_key: str) -> Edition | Refused:
    """Is the edition signed by this key, whole, and not older than the shipped one?"""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        manifest = (folder / MANIFEST).read_bytes()
        signature = base64.b64decode((folder / SIGNATURE).read_bytes().strip(), validate=True)
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(signature, manifest)
    except OSError as error:
        return Refused(f"manifest or signature can't be read: {error.strerror}")
    except (InvalidSignature, binascii.Error, ValueError):
        return Refused("the signature is not by the key in the settings")
    try:
        listed = dict(json.loads(manifest)["files"])
        there = {name: _digest(folder / name) for name in _files(folder)}
        edition = _dates(folder)
        shipped = _dates(tables.SHIPPED)
    except OSError as error:
        return Refused(f"a file can't be read: {error.strerror}")
    except (KeyError, TypeError, ValueError) as error:
        return Refused(f"manifest or edition.toml: {type(error).__name__}")
    different = sorted({name for name, _ in listed.items() ^ there.items()})
    if different:
        return Refused(f"changed, missing or not listed: {', '.join(different[:5])}")
    if edition.issued < shipped.issued:
        return Refused(f"issued {edition.issued}, older than what is shipped ({shipped.issued})")
    return edition


def adopt(folder: Path, public_key: str) -> Edition | Refused:
    """Use a sound edition from now on. Call it before anything that keeps tables is built."""
    found = verify(folder, public_key)
    if isinstance(found, Refused):
        return found
    tables.use(folder)
    try:
        for load in _LOADERS:
            load()
    except (CatalogueError, OSError, KeyError, TypeError, ValueError, csv.Error) as error:
        tables.use(tables.SHIPPED)
        first = (str(error).splitlines() or [""])[0]
        return Refused(f"its tables can't be used: {type(error).__name__}: {first}")
    return found


def _files(folder: Path) -> list[str]:
    own = {MANIFEST, SIGNATURE}
    paths = (path for path in folder.rglob("*") if path.is_file())
    return sorted(name for p in paths if (name := p.relative_to(folder).as_posix()) not in own)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _dates(folder: Path) -> Edition:
    data = tomllib.loads((folder / "edition.toml").read_text("utf-8"))
    return Edition(
        folder, date.fromisoformat(data["issued"]), date.fromisoformat(data["valid_until"])
    )
