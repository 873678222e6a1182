"""Keeps the tables current: fetches the portal's signed edition and lays it ready for the next start.

Only what changed travels. The edition is verified here, by the key in the settings; the portal is not
trusted with it. A running terminal goes on with the tables it started with. When to look:
:mod:`kiosk.upkeep`.
"""

from __future__ import annotations

import base64
import binascii
import logging
from dataclasses import dataclass
from datetime import date
from typing import Literal

from config.edition_store import EditionStore
from config.editions import Refused
from portal import Answer, PortalClient, Problem
from portal.contract import CatalogueEdition, ProblemCode

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one look. ``detail`` says why not, for the technician."""

    result: Literal["current", "fetched", "refused", "unreachable", "not_kept"]
    detail: str = ""
    issued: date | None = None
    valid_until: date | None = None


def update(client: PortalClient, store: EditionStore) -> Found:
    """Fetch what is new, once; a difference that does not fit is followed by the whole edition."""
    known = store.known()
    found = _fetch(client, store, known)
    if known is not None and found.result == "refused":
        return _fetch(client, store, None)
    return found


def _fetch(client: PortalClient, store: EditionStore, known: str | None) -> Found:
    outcome = client.catalogue(known)
    if isinstance(outcome, Problem) and outcome.code is ProblemCode.EXPIRED and known is not None:
        outcome = client.catalogue(None)
    if isinstance(outcome, Problem) and outcome.code is ProblemCode.NOT_FOUND:
        return Found("current", "the portal publishes no edition")
    if not isinstance(outcome, Answer):
        return Found("unreachable", f"{type(outcome).__name__} {outcome.code.value}")
    if outcome.value is None:
        return Found("current")
    return _keep(store, outcome.value)


def _keep(store: EditionStore, edition: CatalogueEdition) -> Found:
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
        return Found("refused", "a file is not in base64")
    except OSError as error:
        return Found("not_kept", f"can't be written: {error.strerror}")
    if isinstance(found, Refused):
        return Found("refused", found.reason)
    return Found("fetched", issued=found.issued, valid_until=found.valid_until)


def look_at_catalogue(client: PortalClient, store: EditionStore) -> bool:
    """Fetch what is new and log what came of it; False: look again soon."""
    found = update(client, store)
    if found.result == "fetched":
        log.info("catalogue.fetched issued=%s until=%s", found.issued, found.valid_until)
    elif found.result in ("refused", "not_kept"):
        log.error("catalogue.%s reason=%s", found.result, found.detail)
    return found.result in ("current", "fetched")
