"""The receivers' public keys: fetched from the portal, kept on disk so that offline work can be sealed."""

from __future__ import annotations

import contextlib
import json
import logging
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from offline_queue import NoSealingKey, Sealer
from portal.client import PortalClient
from portal.outcomes import Answer

log = logging.getLogger(__name__)


class SealingKeys:
    """Thread-safe. Only public keys are in the file."""

    def __init__(self, file: Path, client: PortalClient) -> None:
        self._file = file
        self._client = client
        self._lock = threading.Lock()
        self._sealer = self._from_disk()

    def refresh(self) -> bool:
        """Fetch the keys; True if that worked."""
        outcome = self._client.keys()
        if not isinstance(outcome, Answer):
            return False
        jwks = outcome.value.model_dump(mode="json")
        try:
            sealer = Sealer(jwks)
        except (ValueError, KeyError, TypeError) as error:
            log.error("sealing.keys_refused error=%s", type(error).__name__)
            return False
        with self._lock:
            self._sealer = sealer
        try:
            fresh = self._file.with_suffix(".new")
            fresh.write_text(json.dumps(jwks), "utf-8")
            fresh.replace(self._file)
        except OSError as error:
            log.warning("sealing.keys_not_kept error=%s", type(error).__name__)
        return True

    def seal(self, plaintext: bytes, *, receiver: str, header: Mapping[str, Any]) -> str:
        """Compact JWE for ``receiver``; :class:`NoSealingKey` if none was ever fetched."""
        return self._sealer_of(receiver).seal(plaintext, receiver=receiver, header=header)

    def prepare(self, receiver: str) -> None:
        """Do what the next sealing for ``receiver`` needs ahead, now that nobody waits."""
        with contextlib.suppress(NoSealingKey):
            self._sealer_of(receiver).prepare(receiver)

    def _sealer_of(self, receiver: str) -> Sealer:
        with self._lock:
            sealer = self._sealer
        if sealer is None and self.refresh():
            with self._lock:
                sealer = self._sealer
        if sealer is None:
            raise NoSealingKey(receiver)
        return sealer

    def _from_disk(self) -> Sealer | None:
        try:
            return Sealer(json.loads(self._file.read_text("utf-8")))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("sealing.keys_unreadable error=%s", type(error).__name__)
            return None
