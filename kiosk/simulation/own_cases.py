"""A person's cases as portal and outbox answer for them: listed, opened, acted on, refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from config.catalogue import Kind, ServiceItem
from config.text import Text
from kiosk.evidence import table
from kiosk.simulation import world as ground
from kiosk.supplements import supplement_item, withdrawal_item
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.own import Act, Asked, Asking, Booked, CaseStep, OpenCase, OwnCase

_NAME = Text(zh="示例", en="Example")
_AT = "2026-03-01T10:00:00+08:00"
_FAILED = ("case.portal_away", *ground.ONLINE)


@dataclass(slots=True)
class OwnCases:
    """``faults``: probability that something is refused; ``scans``: papers can be taken in here."""

    random: Random
    post: Callable[[float, ev.Event], None]
    faults: float
    scans: bool = True

    def perform(self, effect: fx.ListCases | fx.OpenCase) -> None:
        """Answer it in a while."""
        random = self.random
        if random.random() < self.faults:
            return self._later(ev.CasesFailed(effect.effect, random.choice(_FAILED)))
        match effect:
            case fx.ListCases():
                some = tuple(self._case() for _ in range(random.choice((0, 1, 2, 5))))
                older = bool(some) and random.random() < 0.3
                return self._later(ev.CasesListed(effect.effect, some, older))
            case fx.OpenCase():
                return self._later(ev.CaseOpened(effect.effect, self.opened(effect.case)))

    def _later(self, event: ev.Event) -> None:
        self.post(self.random.uniform(0.05, 5.0), event)

    def _case(self) -> OwnCase:
        item = self.random.choice(ground.world().catalogue.items)
        return OwnCase(
            number=f"SIM-{self.random.randrange(10**6)}",
            service=item.name,
            item=item.code,
            destination=self.random.choice(("440500", "440100")),
            state=self.random.choice(("supplement_required", *table())),
            accepted_at=_AT,
            authority=_NAME,
            booking=item.kind is Kind.APPOINTMENT,
        )

    def opened(self, case: OwnCase) -> OpenCase:
        """One case, with what it asks for if its state says that it does."""
        random, item = self.random, ground.world().catalogue.item(case.item)
        assert item is not None  # noqa: S101  drawn from this catalogue
        asks = case.state == "supplement_required"
        return OpenCase(
            case=case,
            key=f"case-{case.number}",
            lookup_code="7K4M92QF3TX7",
            steps=(CaseStep(_AT, case.state, _NAME),),
            decision="granted" if case.state == "decided" else "",
            asking=self._asking(item) if asks else None,
            booked=Booked("2026-03-09", "9:00", "10:00", _NAME, "0901") if case.booking else None,
            withdrawal=withdrawal_item(item) if random.random() < 0.7 else None,
            waiting=random.choice(tuple(Act)) if random.random() < self.faults / 3 else None,
        )

    def _asking(self, item: ServiceItem) -> Asking:
        random = self.random
        own = tuple(item.form.fields) if item.form is not None else ()
        codes = random.sample(("extra", *own), k=random.randint(1, min(3, 1 + len(own))))
        things = tuple(Asked(code, _NAME, paper=random.random() < 0.4) for code in codes)
        obstacle = random.choice(ground.OBSTACLES) if random.random() < self.faults / 2 else ""
        if not self.scans and any(thing.paper for thing in things):
            obstacle = "case.no_camera"
        handed = None if obstacle else supplement_item(item, things)
        return Asking("S1", "2026-03-20", _NAME, things, handed, obstacle)
