"""Simulated people: what they touch next, and how long they take."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from config.catalogue import Form, ServiceItem
from kiosk import forms
from kiosk.personal import Personal
from kiosk.simulation import world as ground
from kiosk.visit import events as ev
from kiosk.visit import finder, papers
from kiosk.visit.errand import consent_version
from kiosk.visit.model import Step, Visit
from kiosk.visit.signature import STATEMENT

_TYPED = {
    "phone": "13800000000", "account": "6222020000000000", "month": "2026-12",
    "relative_number": "440599198001010014", "meter": "00012345", "case_no": "2026031200042",
    "company_code": "91440500MA5EXAMP0N", "household_division": "440507",
    "deceased_number": "440599194001010016",
}  # fmt: skip
_GUIDES = 0.1
"""Share of people who look at a service that can't be finished here."""
_FINDS = 0.04
"""Share who look for policies: one service of many, with pages of its own."""
_CANT_DRAW = 0.2


@dataclass(slots=True)
class Person:
    """One person. ``patience``: touches before walking away; ``confusion``: chance that a touch
    is not what the screen asks for; ``least``/``most``: seconds between touches."""

    random: Random
    patience: int
    confusion: float
    least: float
    most: float

    def pause(self) -> float:
        """Seconds until the next touch."""
        return self.random.uniform(self.least, self.most)

    def touch(self, visit: Visit) -> ev.Event | None:
        """The next touch, None for looking at the screen only."""
        self.patience -= 1
        if self.patience < 0:
            return None
        if self.random.random() < self.confusion:
            return self._stray(visit)
        if _at_work(visit):
            return None
        if visit.idle_warning:
            return ev.MoreTimeWanted()
        if visit.leaving:
            leave = ev.LeaveAnswered(self.random.random() < 0.5)
            return ev.ElsewhereWanted() if self.random.random() < 0.3 else leave
        if visit.trouble is not None:
            return self._troubled(visit.trouble.actions)
        return self._next(visit)

    def _troubled(self, actions: tuple[str, ...]) -> ev.Event:
        answers: dict[str, ev.Event] = {
            "retry": ev.Retried(),
            "back": ev.WentBack(),
            "staff": ev.StaffRequested(),
            "leave": ev.LeaveRequested(),
            "dismiss": ev.TroubleDismissed(),
            "later": ev.PaperLeftOut(),
            "elsewhere": ev.ElsewhereWanted(),
        }
        return answers[self.random.choice(actions)]

    def _next(self, visit: Visit) -> ev.Event | None:
        random, item = self.random, visit.item
        match visit.step:
            case Step.ATTRACT:
                return ev.Started(f"visit-{random.randrange(10**6)}", random.random() < 0.2)
            case Step.HOME if random.random() < 0.05:
                return ev.LookUpWanted()
            case Step.HOME if random.random() < 0.05:
                return ev.ResumeWanted()
            case Step.HOME if random.random() < 0.1:
                return ev.CasesWanted()
            case Step.CASES | Step.CASE:
                return self._in_cases(visit)
            case Step.WITHDRAW if random.random() < 0.3:
                return ev.WentBack()
            case Step.RESUME:
                return ev.TicketTyped(Personal("7K4M92QF3TX7"))
            case Step.LOOKUP:
                code = ev.LookUpCodeTyped("7K4M92QF3TX7")
                return code if visit.found is None else random.choice((ev.WentBack(), code))
            case Step.HOME:
                wanted = self._wanted().code
                cities = ground.world().places.get(wanted) or ("",)
                return ev.ItemChosen(wanted, random.choice(cities) if random.random() < 0.2 else "")
            case Step.GUIDE if not visit.availability.possible:
                return random.choice((ev.WentBack(), ev.LeaveRequested()))
            case Step.PLACE:
                return ev.PlaceChosen(random.choice(_places(visit)))
            case Step.STAFF:
                return ev.StaffPinEntered(Personal("478215"))
            case Step.BILLS if visit.answer is not None and not visit.bills_chosen:
                return ev.WentBack()
            case Step.SLOTS if visit.slot is None:
                return ev.SlotChosen(random.choice(visit.slots)) if visit.slots else ev.WentBack()
            case Step.FORM if item is not None:
                return self._fill(item, visit)
            case Step.MATERIALS:
                return self._lay(visit)
            case Step.REVIEW if not visit.consent:
                return ev.ConsentChanged(consent_version(visit))
            case Step.SIGN if visit.confirming:
                return self._confirm()
            case Step.SIGN if visit.signature is None and random.random() < _CANT_DRAW:
                return ev.SignByConfirming()
            case Step.SIGN if visit.signature is None:
                return ev.SignatureDrawn(ground.signature(random))
            case Step.PAYMENT:
                return None if random.random() < 0.8 else ev.Continued()
            case Step.RESULT if visit.own is not None and random.random() < 0.3:
                return ev.CasesWanted()
            case Step.POLICIES if random.random() < 0.6:
                return self._in_policies(visit)
            case Step.RESULT | Step.ANSWER if random.random() < 0.3:
                return random.choice(
                    (ev.PrintRequested("receipt"), ev.PrintRequested("proof"), ev.AnotherWanted())
                )
            case Step.RATING:
                return ev.Rated(random.choice((None, 1, 2, 3, 4, 5)))
            case _:
                return ev.Continued()

    def _confirm(self) -> ev.Event:
        """Read, press, press; one or another draws after all."""
        draws = self.random.random() < 0.1
        return ev.SignByConfirming(wanted=False) if draws else ev.StatementConfirmed(STATEMENT)

    def _in_cases(self, visit: Visit) -> ev.Event:
        """Look at one or another; hand in what is missing, or take it back."""
        random, own = self.random, visit.own
        if visit.step is Step.CASES:
            if own is None or not own.cases or random.random() < 0.1:
                return ev.WentBack()
            if own.more and random.random() < 0.3:
                return ev.OlderCasesWanted()
            return ev.CaseChosen(random.randrange(len(own.cases)))
        opened = own.opened if own is not None else None
        if opened is not None and opened.asking is not None and random.random() < 0.7:
            return ev.SupplementWanted() if opened.asking.item is not None else ev.WentBack()
        return random.choice((ev.WithdrawalWanted(), ev.WentBack()))

    def _in_policies(self, visit: Visit) -> ev.Event:
        """Look at one, answer what it depends on, apply; print the list, or leave a number."""
        random, found = self.random, visit.answer.policies if visit.answer is not None else ()
        opened = finder.opened(visit)
        if opened is None:
            wanted: tuple[ev.Event, ...] = (ev.PrintRequested("receipt"), ev.RemindersWanted())
            looked_at = tuple(ev.PolicyOpened(one.code) for one in found)
            return random.choice((*wanted, *looked_at))
        decisive: list[ev.Event] = [ev.WentBack(), ev.PolicyApplied()]
        decisive += [ev.QuestionReopened(name) for name in (*opened.open, *opened.against)]
        return random.choice(decisive)

    def _wanted(self) -> ServiceItem:
        """By kind first: payments and bookings are few, and all that can happen there should."""
        world, random = ground.world(), self.random
        if random.random() < _FINDS:
            return world.finder
        if random.random() < _GUIDES:
            return random.choice(world.catalogue.items)
        return random.choice(world.offered[random.choice(tuple(world.offered))])

    def _fill(self, item: ServiceItem, visit: Visit) -> ev.Event:
        form = item.form
        if form is None:
            return ev.Continued()
        values = {name: value.reveal() for name, value in visit.form.items()}
        errors = forms.check_page(item, visit.form_page, values)
        if not errors:
            return ev.FormPageDone({})
        name = next(iter(errors))
        options = form.schema_["properties"].get(name, {}).get("enum")
        text = self.random.choice(options) if options else _typed(form, name)
        if self.random.random() < 0.1:
            text = "?"
        return ev.FormEdited(name, Personal(text))

    def _lay(self, visit: Visit) -> ev.Event | None:
        """Most papers have one page; who waits for the camera touches nothing."""
        random = self.random
        if visit.poor_page is not None:
            return random.choice((ev.PageWanted(), ev.PageKept()))
        if not papers.pages(visit):
            if papers.may_leave_out(papers.present(visit)) and random.random() < 0.5:
                return ev.PaperLeftOut()
            return None if "page" in visit.awaiting else ev.PageWanted()
        draw = random.random()
        if draw < 0.2:
            return ev.PageWanted()
        return ev.PageDropped(0) if draw < 0.3 else ev.Continued()

    def _stray(self, visit: Visit) -> ev.Event:
        random = self.random
        strays: tuple[ev.Event, ...] = (
            ev.Touched(), ev.Continued(), ev.Continued(), ev.WentBack(), ev.Retried(),
            ev.TroubleDismissed(), ev.HelpWanted(), ev.HelpWithdrawn(), ev.StaffRequested(),
            ev.LeaveRequested(),
            ev.LanguageChosen(random.choice(("zh_CN", "en"))), ev.Rated(None),
            ev.AssistChanged(replace(visit.assist, slower=random.random() < 0.5)),
            ev.AssistChanged(replace(visit.assist, voice=random.random() < 0.5)),
            ev.AssistChanged(replace(visit.assist, volume=random.randrange(9), rate=random.random() * 3)),
            ev.ConsentChanged(random.choice(("", "other/1"))), ev.SignatureDrawn(None),
            ev.StatementConfirmed(STATEMENT), ev.StatementConfirmed("confirm/0"),
            ev.PlaceChosen(random.choice(("", "999999", "440500"))), ev.ItemChosen("no-such-item"),
            ev.BillToggled(f"bill-{random.randrange(3)}"), ev.FormPageDone({}),
            ev.FormEdited("phone", Personal("13900000000")), ev.LeaveAnswered(False),
            ev.PageWanted(), ev.PageKept(), ev.PageDropped(random.randrange(2)), ev.PaperLeftOut(),
            ev.PolicyApplied(), ev.RemindersWanted(), ev.PolicyOpened("?"),
            ev.ElsewhereWanted(), ev.ResumeWanted(), ev.TicketTyped(Personal("?")),
        )  # fmt: skip
        return random.choice(strays)


def _typed(form: Form, name: str) -> str:
    """A sound value for a field."""
    if form.schema_["properties"].get(name, {}).get("format") == "date":
        return "2026-02-27"
    return _TYPED.get(name, "示例填写内容")


def _at_work(visit: Visit) -> bool:
    """The screen says "please wait": most people do."""
    return (
        visit.busy
        or visit.step in (Step.SUBMITTING, Step.FAREWELL)
        or (not {"card", "face"}.isdisjoint(visit.awaiting) and not visit.idle_warning)
    )


def _places(visit: Visit) -> tuple[str, ...]:
    code = visit.item.code if visit.item is not None else ""
    return ground.world().places.get(code) or ("",)


def somebody(random: Random) -> Person:
    """One of: a steady person, one in a hurry, a slow one, a confused one, one who wanders off."""
    patience, confusion, least, most = random.choice(
        (
            (150, 0.02, 1.0, 6.0),
            (150, 0.05, 0.1, 1.0),
            (150, 0.02, 5.0, 58.0),
            (120, 0.35, 1.0, 20.0),
            (random.randint(1, 25), 0.05, 1.0, 10.0),
        )
    )
    return Person(random, patience, confusion, least, most)
