"""Settings from afar: a document that the operators signed for one terminal, and the newest kept of them.

The document is JSON: ``terminal``, ``revision`` (counts up), ``not_after`` (it is not taken later than
that) and ``settings``, of which only those in :data:`FROM_AFAR` may be given. Who carries it is not
trusted: it can withhold a revision, not forge one, and not bring an old one back.
"""

from __future__ import annotations

import base64
import binascii
import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from config.changes import changes_of
from config.editions import Refused
from config.load import ConfigError, Layer, Loaded, load_settings
from config.replacing import replace_file
from config.settings import Settings, Trim

FROM_AFAR = (
    "terminal.hours", "notices.shown", "queue.max_items", "queue.max_age_h", "queue.min_free_mib",
)  # fmt: skip
"""What may be set from afar: nothing that decides whom the terminal trusts, or what its devices are."""


class RemoteDocument(BaseModel):
    """What is signed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    terminal: str
    revision: Annotated[int, Field(ge=1)]
    not_after: AwareDatetime
    settings: dict[str, Any]

    def layer(self) -> Layer:
        """Its values, for :func:`config.load.load_settings`."""
        return f"portal revision {self.revision}", self.settings


@dataclass(frozen=True, slots=True)
class Effective:
    """The settings in force at the next start; ``remote`` is what came from afar (None: nothing),
    ``changes_fault`` why what a technician changed is left out ("": it is not)."""

    loaded: Loaded
    remote: RemoteDocument | Refused | None
    changes_fault: str = ""


def sign_remote(document: RemoteDocument, key_pem: bytes) -> tuple[str, str, str]:
    """The document as it travels, its signature, and the public key as settings want it (base64).

    Raises ValueError for a key that is none of Ed25519, or settings that may not come from afar.
    """
    wrong = _wrong(document.settings)
    if wrong:
        raise ValueError(wrong)
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = serialization.load_pem_private_key(key_pem, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("not an Ed25519 key")
    text = document.model_dump_json()
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode("ascii")
    return text, base64.b64encode(key.sign(text.encode())).decode("ascii"), public


class RemoteStore:
    """The newest good document for ``terminal`` signed by ``key``, in one file. Several processes may
    put; one at a time does."""

    def __init__(self, path: Path, key: str, terminal: str) -> None:
        self._path = path
        self._key = key
        self._terminal = terminal

    def current(self) -> RemoteDocument | Refused | None:
        """The one kept; None if none ever came."""
        kept = self._kept()
        return kept if kept is None or isinstance(kept, Refused) else self._read(*kept)

    def known(self) -> str | None:
        """The text of the document kept, while it is sound."""
        kept = self._kept()
        if not isinstance(kept, tuple) or isinstance(self._read(*kept), Refused):
            return None
        return kept[0]

    def judge(self, document: str, signature: str, now: datetime) -> RemoteDocument | Refused:
        """Would it be taken at this moment?"""
        found = self._read(document, signature)
        if isinstance(found, Refused):
            return found
        if now > found.not_after:
            return Refused(f"revision {found.revision} was not to be taken after {found.not_after}")
        had = self.current()
        if not isinstance(had, RemoteDocument):
            return found
        if found.revision < had.revision:
            return Refused(f"revision {found.revision}, older than what is here ({had.revision})")
        if found.revision == had.revision and found != had:
            return Refused(f"revision {found.revision} is here already, with other content")
        return found

    def put(self, document: str, signature: str, now: datetime) -> RemoteDocument | Refused:
        """Judge it, and keep it for the next start. Raises OSError where nothing can be written."""
        with self._locked():
            found = self.judge(document, signature, now)
            if isinstance(found, RemoteDocument):
                text = json.dumps({"document": document, "signature": signature})
                replace_file(self._path, text.encode())
            return found

    def _kept(self) -> tuple[str, str] | Refused | None:
        try:
            kept = json.loads(self._path.read_bytes())
            return str(kept["document"]), str(kept["signature"])
        except FileNotFoundError:
            return None
        except OSError as error:
            return Refused(f"what is kept can't be read: {error.strerror}")
        except (ValueError, KeyError, TypeError):
            return Refused("what is kept was spoilt")

    def _read(self, document: str, signature: str) -> RemoteDocument | Refused:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            key = Ed25519PublicKey.from_public_bytes(base64.b64decode(self._key, validate=True))
            key.verify(base64.b64decode(signature, validate=True), document.encode())
        except (InvalidSignature, binascii.Error, ValueError):
            return Refused("the signature is not by portal.config_key")
        try:
            found = RemoteDocument.model_validate_json(document)
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            return Refused(f"{'.'.join(map(str, first['loc'])) or 'document'}: {first['msg']}")
        if found.terminal != self._terminal:
            return Refused(f"signed for terminal {found.terminal!r}")
        wrong = _wrong(found.settings)
        return Refused(wrong) if wrong else found

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self._path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def remote_store(settings: Settings) -> RemoteStore | None:
    """Where settings from afar are kept; None without ``portal.config_key``."""
    if not settings.portal.config_key:
        return None
    return RemoteStore(
        settings.terminal.data_dir / "remote.json", settings.portal.config_key, settings.terminal.id
    )


def load_effective(
    path: Path | None = None, *, trim: Trim | str | None = None, changed: Layer | None = None
) -> Effective:
    """The settings of a terminal's next start: as :func:`load_settings`, with what came from afar and
    what a technician changed.

    What the local file says stays over what came from afar. Bad settings from afar are left out, and
    told in ``remote``; so are bad changes, in ``changes_fault``. ``changed``: judge these instead of those
    that are kept; :class:`ConfigError` if they are bad.
    """
    plain = load_settings(path, trim=trim)
    store = remote_store(plain.settings)
    found = None if store is None else store.current()
    afar = found.layer() if isinstance(found, RemoteDocument) else None
    try:
        loaded = load_settings(path, trim=trim, afar=afar)
    except ConfigError as error:
        # good alone, but not beside what this file says
        found, afar, loaded = Refused(str(error.mistakes[0])), None, plain
    if changed is not None:
        return Effective(load_settings(path, trim=trim, afar=afar, changed=changed), found)
    try:
        changed = changes_of(plain.settings).layer()
        if changed[1]:
            loaded = load_settings(path, trim=trim, afar=afar, changed=changed)
    except ConfigError as error:
        return Effective(loaded, found, str(error.mistakes[0]))
    return Effective(loaded, found)


def _wrong(settings: Mapping[str, Any]) -> str:
    """The first thing wrong with settings from afar, "" if nothing is."""
    foreign = next(_foreign(settings, ""), None)
    if foreign is not None:
        return f"{foreign} may not be set from afar"
    try:
        Settings.model_validate(settings)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return ""


def _foreign(values: Mapping[str, Any], prefix: str) -> Iterator[str]:
    for key, value in values.items():
        dotted = f"{prefix}{key}"
        if dotted in FROM_AFAR:
            continue
        if isinstance(value, Mapping) and any(k.startswith(f"{dotted}.") for k in FROM_AFAR):
            yield from _foreign(value, f"{dotted}.")
        else:
            yield dotted
