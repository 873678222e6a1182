"""Trying: which destination may be tried now, what a try means, and when to come back.

Everything a courier decides and nothing of its threads, so that the same decisions can be played
through by a simulation. Thread-safe.
"""

from __future__ import annotations

import logging
import random
import threading
from dataclasses import replace

from offline_queue.clock import Clock
from offline_queue.errors import OutboxClosed, SpoiledAttachment
from offline_queue.items import DestinationSummary
from offline_queue.moves import Claim, Settlement
from offline_queue.policy import Breaker, BreakerState, CourierPolicy
from offline_queue.verdicts import (
    Delivered,
    Interrupted,
    NoAnswer,
    NotReached,
    NotThere,
    NotUploaded,
    Parcel,
    Rejected,
    RetryLater,
    Transport,
    Uploaded,
    Uploader,
    Verdict,
)

_log = logging.getLogger(__name__)


class Attempts:
    """The tries of one courier through ``transport``."""

    def __init__(
        self, transport: Transport, policy: CourierPolicy, clock: Clock, rng: random.Random
    ) -> None:
        self._transport = transport
        self._policy = policy
        self._clock = clock
        self._rng = rng
        self._lock = threading.Lock()
        self._stopping = False
        self._breakers: dict[str, Breaker] = {}
        self._probing: set[str] = set()

    def stop(self) -> None:
        """From now on claims are handed back untouched."""
        self._stopping = True

    # -- which destinations ------------------------------------------------------------

    def open_until(self, destination: str) -> float:
        """Until when (monotonic seconds) ``destination`` is left alone; the past if it is not."""
        with self._lock:
            return self._breaker(destination).open_until

    def sound(self, destination: str) -> bool:
        """Whether ``destination`` answers, as far as is known."""
        with self._lock:
            return self._state(destination) == BreakerState.CLOSED

    def allowance(self, destination: str) -> tuple[int, bool]:
        """How many items may be claimed now, and whether as a probe: a destination on probation
        gets one in all. A probe ends with :meth:`probed`."""
        with self._lock:
            state = self._state(destination)
            if self._stopping or state == BreakerState.OPEN or destination in self._probing:
                return 0, False
            if state == BreakerState.HALF_OPEN:
                self._probing.add(destination)
                return 1, True
            return self._policy.group, False

    def probed(self, destination: str) -> None:
        """The probe of ``destination`` is over."""
        with self._lock:
            self._probing.discard(destination)

    def probe_now(self, destination: str | None) -> None:
        """Let ``destination`` (``None``: all) be tried at once, its breaker open or not."""
        with self._lock:
            for name, breaker in self._breakers.items():
                if destination in (None, name):
                    breaker.probe_now()

    def breakers(self) -> dict[str, DestinationSummary]:
        """The circuit breakers as they stand."""
        with self._lock:
            now, wall = self._clock.monotonic(), self._clock.wall()
            return {
                name: DestinationSummary(
                    0,
                    wall + breaker.open_until - now if breaker.open_until > now else None,
                    str(breaker.state(now)),
                    breaker.failures,
                )
                for name, breaker in self._breakers.items()
            }

    # -- one try -----------------------------------------------------------------------

    @property
    def stopping(self) -> bool:
        """Whether :meth:`stop` was called."""
        return self._stopping

    def make(self, destination: str, claim: Claim, parcel: Parcel | None = None) -> Settlement:
        """Deliver or ask, and say what is to be recorded; handed back if it may not be tried now.

        ``parcel`` has the attachments of a claim to be delivered. Raises OutboxClosed.
        """
        with self._lock:
            if self._stopping or self._state(destination) == BreakerState.OPEN:
                return Settlement(claim, None)
        try:
            sent = self._send_attachments(claim, parcel)
        except SpoiledAttachment as error:
            _log.error("outbox attachment spoiled: %s", error)
            return Settlement(claim, None, spoiled=True)
        if isinstance(sent, Interrupted):
            return Settlement(claim, None)
        verdict = self._verdict(claim) if sent is None else sent
        with self._lock:
            self._judge(self._breaker(destination), verdict)
            settlement = self._settlement(claim, verdict)
        if sent is None:
            return settlement
        return replace(settlement, unsent=True, ask_next=False)

    def _send_attachments(self, claim: Claim, parcel: Parcel | None) -> NotUploaded | None:
        """What keeps the item from being sent; ``None`` when all that belongs to it has gone."""
        if claim.body is None:
            return None
        for view in claim.attachments:
            if parcel is None or not isinstance(self._transport, Uploader):
                return RetryLater("outbox.no_uploads")
            try:
                sent = self._transport.upload(claim.item, view, parcel)
            except (OutboxClosed, SpoiledAttachment):
                raise
            except Exception:
                _log.exception("transport failed on an attachment of %s", claim.item.operation)
                return NotReached("outbox.transport_failed")
            if not isinstance(sent, Uploaded):
                return sent
        return None

    def _verdict(self, claim: Claim) -> Verdict:
        try:
            if claim.body is None:
                return self._transport.ask(claim.item)
            verdict = self._transport.deliver(claim.item, claim.body)
        except Exception:
            _log.exception("transport failed on %s", claim.item.operation)
            return NoAnswer("outbox.transport_failed")
        # Only asking can tell that an item is not there.
        return NoAnswer("outbox.transport_failed") if isinstance(verdict, NotThere) else verdict

    def _judge(self, breaker: Breaker, verdict: Verdict) -> None:
        match verdict:
            case NotReached() | NoAnswer():
                breaker.failed(self._clock.monotonic())
            case RetryLater(destination_wide=True, after_s=after_s):
                breaker.failed(self._clock.monotonic(), after_s)
            case _:
                breaker.answered()

    def _settlement(self, claim: Claim, verdict: Verdict) -> Settlement:
        tries, policy = claim.tries + 1, self._policy
        match verdict:
            case Delivered() | Rejected():
                return Settlement(claim, verdict)
            case NotThere():
                return Settlement(claim, verdict)  # the same bytes and key, at once
            case RetryLater(after_s=after_s):
                return Settlement(
                    claim,
                    verdict,
                    policy.delay(claim.tries, self._rng, after_s),
                    ask_next=tries % policy.ask_every == 0,
                    give_up=claim.item.attempts >= policy.tries,
                )
            case _:
                return Settlement(claim, verdict, policy.delay(claim.tries, self._rng))

    def _state(self, destination: str) -> BreakerState:
        return self._breaker(destination).state(self._clock.monotonic())

    def _breaker(self, destination: str) -> Breaker:
        return self._breakers.setdefault(destination, Breaker(self._policy, self._rng))
