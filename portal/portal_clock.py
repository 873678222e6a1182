"""The portal's time, as heard in its answers: what counts for signatures when the own clock is off."""

from __future__ import annotations

import email.utils
import logging
import time
from collections.abc import Callable
from datetime import UTC

log = logging.getLogger(__name__)

MAX_SKEW_S = 60.0
"""Up to here the own clock is right enough, and better than a header of whole seconds."""


class PortalClock:
    """Thread-safe. ``local``: the own clock, in seconds since the epoch."""

    def __init__(self, local: Callable[[], float] = time.time) -> None:
        self._local = local
        self._ahead_s = 0.0

    def heard(self, date: str | None) -> None:
        """An answer came with this Date header (RFC 9110 6.6.1). A large skew is warned of once."""
        if date is None:
            return
        try:
            at = email.utils.parsedate_to_datetime(date)
            theirs = (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
        except (ValueError, OverflowError):
            return
        ahead_s = theirs - self._local()
        off, was_off = abs(ahead_s) > MAX_SKEW_S, self._ahead_s != 0.0
        self._ahead_s = ahead_s if off else 0.0
        if off and not was_off:
            log.warning("portal.clock_wrong portal_ahead_s=%.0f", ahead_s)

    def now(self) -> int:
        """The time to sign with."""
        return int(self._local() + self._ahead_s)
