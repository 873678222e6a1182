"""Staff PINs: who may vouch for a person, and the lock after wrong entries (S20)."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from kiosk.terminal.performing import Handler, Post
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev

log = logging.getLogger(__name__)

MAX_WRONG = 5
LOCK_S = 15 * 60.0
ITERATIONS = 200_000


def hash_pin(pin: str, *, iterations: int = ITERATIONS) -> str:
    """``pbkdf2$iterations$salt$hash`` for the settings file."""
    salt = secrets.token_bytes(16)
    digest = hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, iterations)
    return f"pbkdf2${iterations}${salt.hex()}${digest.hex()}"


def matches_nothing(*, iterations: int = ITERATIONS) -> str:
    """An entry like those of :func:`hash_pin` that no PIN fits: looking at it takes as long, making it
    takes no time."""
    return f"pbkdf2${iterations}${secrets.token_hex(16)}${secrets.token_hex(32)}"


def pin_matches(pin: str, stored: str) -> bool:
    """Compare in constant time; a malformed entry matches nothing."""
    try:
        scheme, iterations, salt, digest = stored.split("$")
        expected = bytes.fromhex(digest)
        tried = hashlib.pbkdf2_hmac("sha256", pin.encode(), bytes.fromhex(salt), int(iterations))
    except (ValueError, OverflowError):
        return False
    return scheme == "pbkdf2" and hmac.compare_digest(tried, expected)


class StaffDesk:
    """Performs VerifyStaff."""

    def __init__(
        self,
        pins: Mapping[str, str],
        post: Post,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pins = dict(pins)
        self._post = post
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._wrong = 0
        self._locks = 0
        self._locked_until = 0.0

    def handlers(self) -> Mapping[type[Any], Handler]:
        """What this desk performs."""
        return {fx.VerifyStaff: self._verify}

    def _verify(self, effect: fx.VerifyStaff, _visit: Visit) -> None:
        with self._lock:
            if self._monotonic() < self._locked_until:
                self._post(ev.StaffAnswered(effect.effect, "", "staff.locked"))
                return
            pin = effect.pin.reveal()
            staff = next((code for code, h in self._pins.items() if pin_matches(pin, h)), "")
            if staff:
                self._wrong = self._locks = 0
                self._post(ev.StaffAnswered(effect.effect, staff))
                return
            self._wrong += 1
            code = "staff.pin_wrong"
            if self._wrong >= MAX_WRONG:
                self._locked_until = self._monotonic() + LOCK_S * 2**self._locks
                self._locks, self._wrong = self._locks + 1, 0
                code = "staff.locked"
                log.warning("staff.locked")
        self._post(ev.StaffAnswered(effect.effect, "", code))
