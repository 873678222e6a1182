"""Keeps the tables current: fetches the portal's signed edition and lays it ready for the next start.

Only what changed travels. The edition is verified here, by the key in the settings; the portal is not
trusted with it. A running terminal goes on with the tables it started with.
"""

from __future__ import annotations

import base64
import binascii
import logging
import threading
from dataclasses import dataclass
from datetime import date
from typing import Literal

from config.edition_store import EditionStore
from config.editions import Refused
from portal import Answer, PortalClient, Problem
from portal.contract import CatalogueEdition, ProblemCode

log = logging.getLogger(__name__)

EVERY_S = 3600.0
AGAIN_S = 300.0


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What came of one look. ``detail`` says why not, for the technician."""

    result: Literal["current", "fetched", "refused", "unreachable", "not_kept"]
    detail: str = ""
    issued: date | None = None
    valid_until: date | None = None


def update(client: PortalClient, store: EditionStore) -> Upkeep:
    """Fetch what is new, once; a difference that does not fit is followed by the whole edition."""
    known = store.known()
    found = _fetch(client, store, known)
    if known is not None and found.result == "refused":
        return _fetch(client, store, None)
    return found


def _fetch(client: PortalClient, store: EditionStore, known: str | None) -> Upkeep:
    outcome = client.catalogue(known)
    if isinstance(outcome, Problem) and outcome.code is ProblemCode.EXPIRED and known is not None:
        outcome = client.catalogue(None)
    if isinstance(outcome, Problem) and outcome.code is ProblemCode.NOT_FOUND:
        return Upkeep("current", "the portal publishes no edition")
    if not isinstance(outcome, Answer):
        return Upkeep("unreachable", f"{type(outcome).__name__} {outcome.code.value}")
    if outcome.value is None:
        return Upkeep("current")
    return _keep(store, outcome.value)


def _keep(store: EditionStore, edition: CatalogueEdition) -> Upkeep:
    try:
        upserts = {
            file.name: base64.b64decode(file.content, validate=True) for file in edition.upserts
        }
        found = store.put(
            edition.to,
            edition.manifest.encode(),
            edition.signature.encode(),
            upserts,
            base=edition.base,
            deletes=edition.deletes,
        )
    except binascii.Error:
        return Upkeep("refused", "a file is not in base64")
    except OSError as error:
        return Upkeep("not_kept", f"can't be written: {error.strerror}")
    if isinstance(found, Refused):
        return Upkeep("refused", found.reason)
    return Upkeep("fetched", issued=found.issued, valid_until=found.valid_until)


class CatalogueUpkeep:
    """Looks every hour, and sooner after a failure; one thread, which never holds up a visit."""

    def __init__(self, client: PortalClient, store: EditionStore) -> None:
        self._client = client
        self._store = store
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="catalogue", daemon=True)

    def start(self) -> None:
        """Begin, with a look at once."""
        self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """End."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._stop.is_set():
            settled = False
            try:
                settled = self._look()
            except Exception as error:
                # Without this thread the tables would grow old unnoticed.
                log.error("catalogue.upkeep_failed error=%s", type(error).__name__)
            self._stop.wait(EVERY_S if settled else AGAIN_S)

    def _look(self) -> bool:
        found = update(self._client, self._store)
        if found.result == "fetched":
            log.info("catalogue.fetched issued=%s until=%s", found.issued, found.valid_until)
        elif found.result in ("refused", "not_kept"):
            log.error("catalogue.%s reason=%s", found.result, found.detail)
        return found.result in ("current", "fetched")
