"""Journeys broken off and gone on with: sealed into the outbox here, claimed from the portal there.

The ticket is made here, shown and printed; only its hash is stored or sent with the draft.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import secrets
import threading
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from kiosk.lookup_codes import claim_ticket, typed_code
from kiosk.personal import Personal
from kiosk.terminal import composing
from kiosk.terminal.clock import Now
from kiosk.terminal.errands import canonical_json
from kiosk.terminal.operations import DRAFT
from kiosk.terminal.performing import Handler, Post
from kiosk.terminal.sealing import SealingKeys
from kiosk.terminal.transport import shown_code
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.tickets import Claimed, Kept
from offline_queue import (
    Courier,
    ItemState,
    NewItem,
    NoSealingKey,
    OnRejection,
    Outbox,
    OutboxError,
    Refusal,
    new_item_id,
)
from portal.client import PortalClient
from portal.contract.base import ProblemCode
from portal.contract.drafts import (
    DRAFT_DAYS,
    ClaimedDraft,
    DraftClaim,
    DraftClaimRequest,
    DraftContent,
)
from portal.outcomes import Answer, NoAnswer, Problem

log = logging.getLogger(__name__)

VALID = dt.timedelta(days=DRAFT_DAYS)
_WAITING = (ItemState.QUEUED, ItemState.IN_FLIGHT, ItemState.UNKNOWN)
_REFUSED = {
    ProblemCode.NOT_FOUND: "ticket.not_known",
    ProblemCode.FORBIDDEN: "ticket.not_yours",
    ProblemCode.EXPIRED: "ticket.used",
    ProblemCode.RATE_LIMITED: "lookup.too_many",
}


class DraftDesk:
    """Performs KeepDraft, CheckTicket and ClaimDraft. ``destination``: the receiver drafts and
    claims are sealed to."""

    def __init__(
        self,
        *,
        outbox: Outbox | None,
        courier: Courier | None,
        client: PortalClient,
        keys: SealingKeys,
        terminal_id: str,
        destination: str,
        post: Post,
        now: Now,
    ) -> None:
        self._outbox = outbox
        self._courier = courier
        self._client = client
        self._keys = keys
        self._terminal_id = terminal_id
        self._destination = destination
        self._post = post
        self._now = now
        self._lock = threading.Lock()
        self._claim: tuple[str, str, str] = ("", "", "")
        """Visit, hash of the ticket, and key of the latest claim: the same one is answered again."""

    def handlers(self) -> Mapping[type[Any], Handler]:
        """What this desk performs."""
        return {
            fx.KeepDraft: self._keep,
            fx.CheckTicket: self._check,
            fx.ClaimDraft: self._ask,
        }

    # ---- breaking off ----------------------------------------------------------------------------

    def _keep(self, effect: fx.KeepDraft, _visit: Visit) -> None:
        at = self._now()
        ticket = claim_ticket(secrets.token_hex(32))
        try:
            code = self._store(self._draft(effect, ticket, at))
        except NoSealingKey:
            code = "outbox.no_sealing_key"
        if code:
            log.error("draft.refused code=%s", code)
            self._post(ev.DraftNotKept(effect.effect, code))
        else:
            until = (at + VALID).date().isoformat()
            self._post(ev.DraftKept(effect.effect, Kept(Personal(ticket), until)))

    def _draft(self, effect: fx.KeepDraft, ticket: str, at: dt.datetime) -> NewItem:
        key = new_item_id()
        content = DraftContent.model_validate(
            {
                "item": effect.item,
                "item_version": effect.item_version,
                "subject": composing.subject(effect.holder),
                "place": effect.place or None,
                "form": {name: value.reveal() for name, value in effect.form.items()},
            }
        )
        sealed = self._keys.seal(
            content.model_dump_json().encode(),
            receiver=self._destination,
            header={"key": key, "destination": self._destination, "item": effect.item},
        )
        envelope = {
            "key": key,
            "terminal": self._terminal_id,
            "destination": self._destination,
            "item": effect.item,
            "ticket_hash": _hash(ticket),
            "broken_off_at": at.isoformat(),
            "sealed": sealed,
        }
        return NewItem(
            item_id=key,
            destination=self._destination,
            case_id=key,
            operation=DRAFT,
            body=canonical_json(envelope),
            attributes={"ticket_hash": _hash(ticket)},
            expires_after_s=VALID.total_seconds(),
            on_rejection=OnRejection.SKIP,
        )

    def _store(self, new: NewItem) -> str:
        """Durably; the code of the refusal, "" if it is."""
        if self._outbox is None:
            return "outbox.storage_failed"
        try:
            answer = self._outbox.accept(new).result()
        except OutboxError:
            return "outbox.storage_failed"
        if isinstance(answer, Refusal):
            return answer.code
        log.info("draft.stored key=%s", new.item_id)
        if self._courier is not None:
            self._courier.nudge(new.destination)
        return ""

    # ---- going on --------------------------------------------------------------------------------

    def _check(self, effect: fx.CheckTicket, _visit: Visit) -> None:
        ticket = typed_code(effect.ticket.reveal())
        if ticket is None:
            self._post(ev.TicketChecked(effect.effect, Personal(""), "ticket.mistyped"))
        else:
            self._post(ev.TicketChecked(effect.effect, Personal(ticket), self._own(ticket)))

    def _own(self, ticket: str) -> str:
        """Why a ticket of this very terminal can't be claimed (yet); "" if the portal is to say."""
        if self._outbox is None:
            return ""
        try:
            found = self._outbox.items_with("ticket_hash", _hash(ticket)).result()
        except OutboxError as error:
            log.error("draft.outbox_failed error=%s", type(error).__name__)
            return ""
        state = next((view.state for view in found if view.operation == DRAFT), None)
        if state is None or state is ItemState.DELIVERED:
            return ""
        return "ticket.waiting_here" if state in _WAITING else "ticket.not_kept"

    def _ask(self, effect: fx.ClaimDraft, visit: Visit) -> None:
        ticket = effect.ticket.reveal()
        sure = effect.assurance
        content = DraftClaimRequest.model_validate(
            {
                "ticket": ticket,
                "subject": composing.subject(effect.holder),
                "assurance": composing.assurance(sure["level"], sure["methods"], sure["face"]),
            }
        )
        key = self._claim_key(visit.visit_id, _hash(ticket))
        try:
            sealed = self._keys.seal(
                content.model_dump_json().encode(),
                receiver=self._destination,
                header={"key": key, "destination": self._destination},
            )
        except NoSealingKey:
            self._post(ev.ClaimFailed(effect.effect, "ticket.portal_away"))
            return
        claim = DraftClaim(
            key=key, terminal=self._terminal_id, destination=self._destination, sealed=sealed
        )
        outcome = self._client.claim_draft(claim)
        if isinstance(outcome, NoAnswer):  # it may have been given already: the same claim again
            outcome = self._client.claim_draft(claim)
        if isinstance(outcome, Answer):
            self._post(ev.DraftClaimed(effect.effect, _claimed(outcome.value)))
            return
        code = _REFUSED.get(outcome.code) if isinstance(outcome, Problem) else None
        code = code or shown_code(outcome)
        log.info("draft.claim_refused code=%s", code)
        away = code == "portal.unreachable"
        self._post(ev.ClaimFailed(effect.effect, "ticket.portal_away" if away else code))

    def _claim_key(self, visit_id: str, ticket_hash: str) -> str:
        with self._lock:
            if self._claim[:2] != (visit_id, ticket_hash):
                self._claim = (visit_id, ticket_hash, new_item_id())
            return self._claim[2]


def _hash(ticket: str) -> str:
    return hashlib.sha256(ticket.encode()).hexdigest()


def _text(value: object) -> str:
    """A value as the form's fields hold it."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _claimed(answer: ClaimedDraft) -> Claimed:
    form = {name: Personal(_text(value)) for name, value in answer.form.items()}
    return Claimed(
        item=answer.item,
        item_version=answer.item_version,
        place=answer.place or "",
        form=MappingProxyType(form),
        broken_off_at=answer.broken_off_at.isoformat(),
    )
