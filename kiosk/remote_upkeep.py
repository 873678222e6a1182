"""Keeps the settings from afar current: fetches what the operators signed and keeps it for the next start."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Literal

from config.editions import Refused
from config.remote import Effective, RemoteDocument, RemoteStore
from kiosk.terminal.clock import Now
from portal import Answer, PortalClient, Problem
from portal.contract import ProblemCode

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one look. ``detail`` says why not, for the technician."""

    result: Literal["none", "current", "fetched", "refused", "unreachable", "not_kept"]
    detail: str = ""
    revision: int = 0


def update(client: PortalClient, store: RemoteStore, now: Now, *, keep: bool = True) -> Found:
    """Ask once; what is good is kept for the next start. ``keep=False`` only looks."""
    outcome = client.config(store.known())
    if isinstance(outcome, Problem) and outcome.code is ProblemCode.NOT_FOUND:
        return Found("none")
    if not isinstance(outcome, Answer):
        return Found("unreachable", f"{type(outcome).__name__} {outcome.code.value}")
    if outcome.value is None:
        kept = store.current()
        return Found("current", revision=getattr(kept, "revision", 0))
    take = store.put if keep else store.judge
    try:
        found = take(outcome.value.document, outcome.value.signature, now())
    except OSError as error:
        return Found("not_kept", f"can't be written: {error.strerror}")
    if isinstance(found, Refused):
        return Found("refused", found.reason)
    return Found("fetched", revision=found.revision)


class RemoteUpkeep:
    """Looks, and logs what changed: a revision refused every hour is told once."""

    def __init__(self, client: PortalClient, store: RemoteStore, now: Now) -> None:
        self._client = client
        self._store = store
        self._now = now
        self._told = ""

    def look(self) -> bool:
        """Once; False: look again soon."""
        found = update(self._client, self._store, self._now)
        if found.result == "fetched":
            log.info("settings.fetched revision=%d", found.revision)
        elif found.result in ("refused", "not_kept") and found.detail != self._told:
            log.error("settings.%s reason=%s", found.result, found.detail)
        self._told = found.detail
        return found.result not in ("unreachable", "not_kept")


def tell(effective: Effective) -> None:
    """Log at the start which settings from afar are in force, or why they and changes are not."""
    if effective.changes_fault:
        log.error("settings.changes_refused reason=%s", effective.changes_fault)
    if isinstance(effective.remote, RemoteDocument):
        log.info("settings.from_afar revision=%d", effective.remote.revision)
    elif isinstance(effective.remote, Refused):
        log.error("settings.from_afar_refused reason=%s", effective.remote.reason)
