"""The person's own cases: listed and opened at the portal, never from what this terminal keeps.

Its outbox can't tell whose its items are: they are sealed, and what stands beside them names nobody.
So no list shows them. Only of a case that the portal has just shown to its holder is it said that
something done to it at this terminal has not arrived yet.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from config.catalogue import Kind, ServiceItem
from config.text import Text
from kiosk.directory import Circumstances, ServiceDirectory, scans
from kiosk.supplements import supplement_item, withdrawal_item
from kiosk.terminal import composing
from kiosk.terminal.clock import Now, china_today
from kiosk.terminal.operations import SUPPLEMENT, WITHDRAWAL
from kiosk.terminal.performing import Handler, Post
from kiosk.terminal.refused_acts import without_effect
from kiosk.terminal.sealing import SealingKeys
from kiosk.terminal.transport import shown_code
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.own import Act, Asked, Asking, Booked, CaseStep, OpenCase, OwnCase
from offline_queue import ItemState, ItemView, NoSealingKey, Outbox, OutboxError
from portal.client import PortalClient
from portal.contract.answers import AppointmentBooked, CaseReceipt
from portal.contract.base import AskedKind, CaseState
from portal.contract.progress import CaseEvents, SupplementDue
from portal.contract.sessions import (
    CaseListed,
    IdentityEnvelope,
    IdentityRequest,
    OwnCases,
    SessionOpened,
    SessionRequest,
)
from portal.outcomes import Answer, Outcome

log = logging.getLogger(__name__)

_OPEN = (
    CaseState.SUBMITTED,
    CaseState.ACCEPTED,
    CaseState.SUPPLEMENT_REQUIRED,
    CaseState.IN_PROCESS,
)
"""States in which the portal lets a case be withdrawn, unless it is paid."""
_WAITING = (ItemState.QUEUED, ItemState.IN_FLIGHT, ItemState.UNKNOWN, ItemState.DEAD)
_ACTS = {SUPPLEMENT: Act.SUPPLEMENT, WITHDRAWAL: Act.WITHDRAWAL}


class CaseDesk:
    """Performs ListCases and OpenCase. ``destination``: the receiver identities are sealed to."""

    def __init__(
        self,
        *,
        client: PortalClient,
        keys: SealingKeys,
        outbox: Outbox | None,
        directory: ServiceDirectory,
        circumstances: Callable[[], Circumstances],
        terminal_id: str,
        destination: str,
        post: Post,
        now: Now,
    ) -> None:
        self._client = client
        self._keys = keys
        self._outbox = outbox
        self._directory = directory
        self._circumstances = circumstances
        self._terminal_id = terminal_id
        self._destination = destination
        self._post = post
        self._now = now

    def handlers(self) -> Mapping[type[Any], Handler]:
        """What this desk performs."""
        return {fx.ListCases: self._list, fx.OpenCase: self._open}

    # ---- the list --------------------------------------------------------------------------------

    def _list(self, effect: fx.ListCases, _visit: Visit) -> None:
        try:
            outcome = self._listed(effect)
        except NoSealingKey:
            self._post(ev.CasesFailed(effect.effect, "case.portal_away"))
            return
        if isinstance(outcome, Answer):
            listed = tuple(self._case(one) for one in outcome.value.cases)
            self._post(ev.CasesListed(effect.effect, listed, outcome.value.more))
        else:
            self._failed(effect.effect, outcome)

    def _listed(self, effect: fx.ListCases) -> Outcome[OwnCases]:
        """In a session that lasts for this question alone: no token is kept for the next person."""
        session = self._client.open_session(SessionRequest(terminal=self._terminal_id))
        if not isinstance(session, Answer):
            return session
        try:
            known = self._client.identify_session(session.value, self._identity(effect, session))
            if not isinstance(known, Answer):
                return known
            return self._client.own_cases(session.value, effect.before)
        finally:
            ended = self._client.end_session(session.value)
            if not isinstance(ended, Answer):  # it ends by itself within a quarter of an hour
                log.info("cases.session_not_ended")

    def _identity(self, effect: fx.ListCases, session: Answer[SessionOpened]) -> IdentityEnvelope:
        sure = effect.assurance
        content = IdentityRequest.model_validate(
            {
                "subject": composing.subject(effect.holder),
                "assurance": composing.assurance(sure["level"], sure["methods"], sure["face"]),
            }
        )
        sealed = self._keys.seal(
            content.model_dump_json().encode(),
            receiver=self._destination,
            header={"session": session.value.session_id, "destination": self._destination},
        )
        return IdentityEnvelope(destination=self._destination, sealed=sealed)

    def _case(self, listed: CaseListed) -> OwnCase:
        item = self._directory.item(listed.item)
        return OwnCase(
            number=listed.case_no,
            service=item.name if item is not None else Text(zh=listed.item, en=listed.item),
            item=listed.item,
            destination=listed.destination,
            state=listed.state.value,
            accepted_at=listed.accepted_at.isoformat(),
            authority=Text(zh=listed.authority_zh, en=listed.authority_en),
            promised=listed.promised.date.isoformat() if listed.promised else "",
            estimated=bool(listed.promised and listed.promised.estimated),
            booking=item is not None and item.kind is Kind.APPOINTMENT,
        )

    # ---- one case --------------------------------------------------------------------------------

    def _open(self, effect: fx.OpenCase, _visit: Visit) -> None:
        status = self._client.case(effect.case.number)
        if not isinstance(status, Answer):
            self._failed(effect.effect, status)
            return
        events = self._client.case_events(effect.case.number)
        if not isinstance(events, Answer):
            self._failed(effect.effect, events)
            return
        opened = self._opened(effect.case, status.value.receipt, events.value)
        self._post(ev.CaseOpened(effect.effect, opened))

    def _opened(self, case: OwnCase, receipt: CaseReceipt, events: CaseEvents) -> OpenCase:
        item = self._directory.item(case.item)
        may_withdraw = item is not None and events.state in _OPEN
        kept = self._kept(receipt.key)
        moved = events.events[-1].at if events.events and events.act_refused is None else None
        booked = receipt.appointment if events.state is not CaseState.WITHDRAWN else None
        return OpenCase(
            case=_as_it_stands(case, events.state),
            key=receipt.key,
            lookup_code=receipt.lookup_code,
            steps=tuple(
                CaseStep(
                    step.at.isoformat(), step.state.value, Text(zh=step.note_zh, en=step.note_en)
                )
                for step in events.events
            ),
            decision=events.decision.value if events.decision is not None else "",
            asking=None if events.supplement is None else self._asking(item, events.supplement),
            booked=None if booked is None else _booked(booked),
            withdrawal=withdrawal_item(item) if item is not None and may_withdraw else None,
            waiting=_waiting(kept),
            signed=events.signed.value if events.signed is not None else "",
            vain=""
            if _waiting(kept)
            else without_effect(events.state, events.act_refused, kept, moved),
        )

    def _asking(self, item: ServiceItem | None, due: SupplementDue) -> Asking:
        things = tuple(
            Asked(
                one.code,
                Text(zh=one.name_zh, en=one.name_en),
                paper=one.kind is not AskedKind.FIELD,
            )
            for one in due.items
        )
        strange = any(one.kind is AskedKind.OTHER for one in due.items)
        handed = None if item is None or strange else supplement_item(item, things)
        obstacle = ""
        if due.due < china_today(self._now):
            obstacle = "case.overdue"
        elif handed is None:
            obstacle = "case.too_much"
        elif any(one.paper for one in things) and not scans(self._circumstances()):
            obstacle = "case.no_camera"
        note = Text(zh=due.note_zh, en=due.note_en)
        found = None if obstacle else handed
        return Asking(due.request_id, due.due.isoformat(), note, things, found, obstacle)

    def _kept(self, key: str) -> list[ItemView]:
        """What this terminal did to the case, oldest first."""
        if self._outbox is None:
            return []
        try:
            return self._outbox.items_with("case_key", key).result()
        except OutboxError as error:
            log.error("cases.outbox_failed error=%s", type(error).__name__)
            return []

    def _failed(self, number: int, outcome: Any) -> None:
        code = shown_code(outcome)
        log.info("cases.refused code=%s", code)
        away = code == "portal.unreachable"
        self._post(ev.CasesFailed(number, "case.portal_away" if away else code))


def _waiting(kept: Sequence[ItemView]) -> Act | None:
    acts = [_ACTS.get(view.operation) for view in kept if view.state in _WAITING]
    return next((act for act in reversed(acts) if act is not None), None)


def _as_it_stands(case: OwnCase, state: CaseState) -> OwnCase:
    """The steps were asked for after the list: they know better."""
    return case if case.state == state.value else replace(case, state=state.value)


def _booked(time: AppointmentBooked) -> Booked:
    place = Text(zh=time.place_zh, en=time.place_en)
    return Booked(time.date.isoformat(), time.start, time.end, place, time.number)
