"""Reading a social-security card: device → checked record → holder. Each card once, and nobody else's."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import date
from typing import Any

from drivers.host import DeviceHost
from drivers.ports import IdDocumentKind, SocialSecurityCard
from drivers.results import Failure, Ok, Result
from drivers.status import MediaState
from kiosk.identity import identity_fault, same_number
from kiosk.personal import Holder, Personal
from kiosk.terminal.clock import Now, china_today
from kiosk.terminal.performing import Handler, Performers, Post
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.journey import SOCIAL_CARD

log = logging.getLogger(__name__)

LOOK_S = 0.25
"""Between two looks whether a card that may not be read again has gone; only while one is wanted."""
FRESH_S = 1.5
"""After a reading, until "no card" in the device's status is believed: it is asked once a second."""

_NO_CARD_WAS_READ = ("smartcard.none", "smartcard.removed", "device.")


class SocialCardDesk:
    """Performs AwaitSocialCard and StopSocialCard.

    A card stays in a contact reader. So one that was read, or lay there when a visit ended, counts
    for nothing until it was taken out: neither is the next person taken for the last, nor does a
    card that is no good keep the ID card from being waited for.
    """

    def __init__(
        self,
        reader: DeviceHost | None,
        performers: Performers,
        post: Post,
        now: Now,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._reader = reader
        self._performers = performers
        self._post = post
        self._now = now
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._wanted = 0
        """The effect that a card is still wanted for, 0 for none."""
        self._spent_at: float | None = None
        """Since when the card in the reader counts for nothing; None: the next one counts."""

    def handlers(self) -> Mapping[type[Any], Handler]:
        """What this desk performs, in order."""
        return {fx.AwaitSocialCard: self._await, fx.StopSocialCard: self._stop}

    def device_event(self, name: str, event: str) -> None:
        """Progress of the reader."""
        if self._reader is None or name != self._reader.name or event != "card_found":
            return
        with self._lock:
            wanted = self._wanted
        if wanted:
            self._post(ev.SocialCardSeen(wanted))

    def visit_ended(self) -> None:
        """A card that lies in the reader now is nobody's in the next visit."""
        with self._lock:
            if self._reader is not None and self._reader.status.media is MediaState.PRESENT:
                self._spent_at = self._monotonic()

    def _await(self, effect: fx.AwaitSocialCard, _visit: Visit) -> None:
        with self._lock:
            self._wanted = effect.effect
        self._look(effect)

    def _look(self, effect: fx.AwaitSocialCard) -> None:
        """Begin to read, unless the card in the reader is spent: then look again later."""
        reader = self._reader
        with self._lock:
            if self._wanted != effect.effect:
                return
            usable = reader is not None and reader.status.usable
            spent = usable and self._spent()
            if not usable:
                self._wanted = 0
        if reader is None or not usable:
            self._post(ev.SocialCardFailed(effect.effect, "device.gone"))
        elif spent:
            later = threading.Timer(LOOK_S, self._look, (effect,))
            later.daemon = True
            later.start()
        else:
            self._read(reader, effect)

    def _spent(self) -> bool:
        """Does the card of before still lie there? Called with the lock."""
        if self._spent_at is None:
            return False
        lies = self._reader is not None and self._reader.status.media is MediaState.PRESENT
        if lies or self._monotonic() - self._spent_at < FRESH_S:
            return True
        self._spent_at = None
        return False

    def _read(self, reader: DeviceHost, effect: fx.AwaitSocialCard) -> None:
        self._post(ev.SocialCardAwaited(effect.effect))
        future = reader.call("read_social_card", timeout_s=effect.timeout_s)
        future.add_done_callback(
            lambda done: self._performers.submit(effect, lambda: self._finish(effect, done))
        )

    def _stop(self, _effect: fx.StopSocialCard, _visit: Visit) -> None:
        with self._lock:
            self._wanted = 0
        if self._reader is not None:
            self._reader.cancel()

    def _finish(self, effect: fx.AwaitSocialCard, done: Future[Result[Any]]) -> None:
        result = done.result()
        with self._lock:
            if not (isinstance(result, Failure) and result.code.startswith(_NO_CARD_WAS_READ)):
                self._spent_at = self._monotonic()
            if self._wanted != effect.effect:
                return
            self._wanted = 0
        match result:
            case Failure(code, detail):
                if code != "smartcard.none":
                    log.info("social_card.failed code=%s detail=%s", code, detail)
                self._post(ev.SocialCardFailed(effect.effect, code))
            case Ok(card):
                self._accept(effect, card)

    def _accept(self, effect: fx.AwaitSocialCard, card: SocialSecurityCard) -> None:
        fault = card_fault(card, china_today(self._now))
        if fault:
            log.info("social_card.refused code=%s", fault)
            self._post(ev.SocialCardFailed(effect.effect, fault))
        else:
            self._post(ev.SocialCardRead(effect.effect, holder_of(card)))


def card_fault(card: SocialSecurityCard, today: date) -> str:
    """Failure code for a card that was read but can't be used; empty if it can.

    Of foreigners the number is another one than that of their document: it names nobody here.
    """
    return identity_fault(IdDocumentKind.RESIDENT, card.number, card.expires, today)


def holder_of(card: SocialSecurityCard) -> Holder:
    """The person a card names. What the card's own validity ends is the card, not the number."""
    return Holder(
        document_kind=IdDocumentKind.RESIDENT.value,
        name=Personal(card.name),
        number=Personal(same_number(card.number)),
        sex=Personal(card.sex),
        nation=Personal(card.nation),
        birth=card.birth,
        address=Personal(""),
        valid_to=None,
        method=SOCIAL_CARD,
    )
