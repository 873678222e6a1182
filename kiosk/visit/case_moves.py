"""What the person touches in "my cases", and what comes of it: the way through cases' steps."""

from __future__ import annotations

from kiosk.visit import cases, power
from kiosk.visit import events as ev
from kiosk.visit import navigation as nav
from kiosk.visit.draft import Draft
from kiosk.visit.model import Step
from kiosk.visit.own import Act


def touched(d: Draft, event: ev.CaseTouch) -> None:
    """To the list, into a case, or on to what is done to it."""
    match event:
        case ev.CasesWanted():
            done = d.visit.step is Step.RESULT and d.visit.own is not None
            if power.may_begin(d, Step.RESULT if done else Step.HOME):
                nav.own_cases(d)
        case ev.OlderCasesWanted():
            cases.older(d)
        case ev.CaseChosen():
            cases.choose(d, event.place)
        case ev.SupplementWanted():
            if cases.begin_act(d, Act.SUPPLEMENT):
                nav.go_on(d, Step.CASE)
        case ev.WithdrawalWanted():
            if cases.begin_act(d, Act.WITHDRAWAL):
                nav.go_on(d, Step.CASE)


def happened(d: Draft, event: ev.CaseOutcome) -> None:
    """The portal's answers."""
    match event:
        case ev.CasesListed():
            cases.listed(d, event)
        case ev.CaseOpened():
            cases.opened(d, event)
        case ev.CasesFailed():
            cases.failed(d, event)
