"""Signing in: PIN and one-time code, and the lock after wrong entries (S20), kept over a restart."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from config.replacing import replace_file
from kiosk.personal import Personal
from kiosk.technician.accounts import Account, Accounts
from kiosk.terminal.staff import LOCK_S, MAX_WRONG, matches_nothing, pin_matches

log = logging.getLogger(__name__)

MOST_STRANGERS = 64
LONGEST_LOCK_S = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class _Tries:
    """``until``: seconds since 1970; ``step``: of the last one-time code that was taken."""

    wrong: int = 0
    locks: int = 0
    until: float = 0.0
    step: int = 0


class Gate:
    """Lets accounts in. Thread-safe; a try takes about a tenth of a second (the PIN's hash).

    Numbers that no account has are treated as if they had one, so that nobody learns which exist.
    """

    def __init__(
        self,
        accounts: Accounts,
        memory: Path,
        now: Callable[[], datetime],
        audit: Callable[[str, Mapping[str, Any]], None],
    ) -> None:
        self._accounts = accounts
        self._memory = memory
        self._now = now
        self._audit = audit
        self._lock = threading.Lock()
        self._tries = self._remembered()
        self._strangers: dict[str, _Tries] = {}
        self._nobody = matches_nothing()

    def enter(self, number: str, pin: Personal, code: str) -> Account | str:
        """The account; or ``technician.refused`` (which of the three was wrong is not told) or
        ``technician.locked``."""
        with self._lock:
            account = self._accounts.all().get(number)
            tries = self._known(number, account)
            at = self._now().timestamp()
            if at < tries.until <= at + LONGEST_LOCK_S:  # later: the clock was set back since
                return "technician.locked"
            right = pin_matches(pin.reveal(), account.pin if account else self._nobody)
            step = account.accepts(code, at, tries.step) if account else None
            if account is not None and right and step is not None:
                self._keep(number, account, _Tries(step=step))
                self._audit("technician.signed_in", {"who": number, "role": account.role.value})
                return account
            return self._wrong(number, account, tries, at)

    def _wrong(self, number: str, account: Account | None, tries: _Tries, at: float) -> str:
        tries = replace(tries, wrong=tries.wrong + 1)
        locked = tries.wrong >= MAX_WRONG
        if locked:
            lasts = min(LOCK_S * 2**tries.locks, LONGEST_LOCK_S)
            tries = replace(tries, wrong=0, locks=tries.locks + 1, until=at + lasts)
        self._keep(number, account, tries)
        code = "technician.locked" if locked else "technician.refused"
        # A number nobody has may be a PIN typed into the wrong line: it is not written down.
        self._audit(code, {"who": number if account else ""})
        log.warning("%s known=%s", code, account is not None)
        return code

    def _known(self, number: str, account: Account | None) -> _Tries:
        return (self._tries if account else self._strangers).get(number, _Tries())

    def _keep(self, number: str, account: Account | None, tries: _Tries) -> None:
        if account is None:
            self._strangers.pop(number, None)
            self._strangers[number] = tries
            while len(self._strangers) > MOST_STRANGERS:
                del self._strangers[next(iter(self._strangers))]
            return
        self._tries[number] = tries
        try:
            kept = {number: asdict(one) for number, one in self._tries.items()}
            replace_file(self._memory, json.dumps(kept).encode())
        except OSError as error:
            log.error("technician.lock_not_kept error=%s", error.strerror)

    def _remembered(self) -> dict[str, _Tries]:
        try:
            kept = json.loads(self._memory.read_bytes())
            return {str(number): _Tries(**one) for number, one in kept.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, AttributeError) as error:
            log.error("technician.lock_unreadable error=%s", type(error).__name__)
            return {}
