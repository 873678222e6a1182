"""Claim tickets as outbox and portal answer them: kept, waiting, given back once, refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from types import MappingProxyType

from kiosk.personal import Personal
from kiosk.simulation import world as ground
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.tickets import Claimed, Kept

TICKET = Personal("7K4M92QF3TX7")


@dataclass(slots=True)
class Tickets:
    """``faults``: probability that something is refused. A draft broken off within the simulated
    visits is what the next claim gives back, otherwise one of a service drawn from the catalogue."""

    random: Random
    post: Callable[[float, ev.Event], None]
    faults: float
    kept: fx.KeepDraft | None = None

    def perform(self, effect: fx.KeepDraft | fx.CheckTicket | fx.ClaimDraft) -> None:
        """Answer it in a while."""
        wrong = self.random.random() < self.faults
        match effect:
            case fx.KeepDraft() if wrong:
                self._later(ev.DraftNotKept(effect.effect, self.random.choice(ground.STORE)))
            case fx.KeepDraft():
                self.kept = effect
                self._later(ev.DraftKept(effect.effect, Kept(TICKET, "2026-03-09")))
            case fx.CheckTicket():
                code = self.random.choice(ground.TICKET) if wrong else ""
                self._later(ev.TicketChecked(effect.effect, effect.ticket, code))
            case fx.ClaimDraft() if wrong:
                code = self.random.choice((*ground.TICKET, *ground.ONLINE))
                self._later(ev.ClaimFailed(effect.effect, code))
            case fx.ClaimDraft():
                self._later(ev.DraftClaimed(effect.effect, self._draft()))

    def _later(self, event: ev.Event) -> None:
        self.post(self.random.uniform(0.05, 3.0), event)

    def _draft(self) -> Claimed:
        kept, at = self.kept, "2026-03-01T10:00:00+08:00"
        if kept is not None:
            return Claimed(kept.item, kept.item_version, kept.place, kept.form, at)
        item = self.random.choice(ground.world().catalogue.items)
        places = ground.world().places.get(item.code) or ("",)
        form = {"phone": Personal("13800000000"), "name": Personal("不是本人")}
        place = self.random.choice(places)
        return Claimed(item.code, item.version, place, MappingProxyType(form), at)
