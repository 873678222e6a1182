"""Submissions: seal, commit durably, then news of the verdict. There is no second, online path."""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any

from kiosk.directory import ServiceDirectory
from kiosk.lookup_codes import lookup_code
from kiosk.terminal import composing, enclosing
from kiosk.terminal.clock import Now
from kiosk.terminal.enclosing import PAPERS
from kiosk.terminal.errands import canonical_json, pickup_handle
from kiosk.terminal.operations import (
    CASE,
    CLOCK,
    EVALUATION,
    FAULTS,
    SUPPLEMENT,
    UNSURE,
    WITHDRAWAL,
)
from kiosk.terminal.papers import papers_of
from kiosk.terminal.performing import Handler, Post
from kiosk.terminal.sealing import SealingKeys
from kiosk.terminal.vault import Vault
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.model import SubmissionState
from offline_queue import (
    Courier,
    ItemState,
    ItemView,
    NewAttachment,
    NewItem,
    NoSealingKey,
    OnRejection,
    Outbox,
    OutboxError,
    Refusal,
    new_item_id,
)

log = logging.getLogger(__name__)

_STATES = {
    ItemState.QUEUED: SubmissionState.STORED,
    ItemState.IN_FLIGHT: SubmissionState.STORED,
    ItemState.UNKNOWN: SubmissionState.UNKNOWN,
    ItemState.DELIVERED: SubmissionState.DELIVERED,
    ItemState.REJECTED: SubmissionState.REJECTED,
    ItemState.DEAD: SubmissionState.STUCK,
    ItemState.WITHDRAWN: SubmissionState.WITHDRAWN,
}
# Problem codes a person can do something about have words of their own.
_SHOWN = {
    "portal.slot_taken": "portal.slot_taken",
    "portal.bill_changed": "portal.bill_changed",
}
_SHOWN_OF_ACTS = {
    "portal.wrong_state": "case.wrong_state",
    "portal.expired": "case.too_late",
    "portal.not_found": "case.asking_changed",
    "portal.forbidden": "case.not_yours",
}
MAX_FOLLOWED = 64


class SubmissionDesk:
    """Performs Submit, WithdrawSubmission and Evaluate, and passes on what the outbox learns, also of
    what others hand over."""

    def __init__(
        self,
        *,
        outbox: Outbox | None,
        courier: Courier | None,
        terminal_id: str,
        directory: ServiceDirectory,
        keys: SealingKeys,
        vault: Vault,
        post: Post,
        now: Now,
        clock_sure: Callable[[], bool],
    ) -> None:
        self._outbox = outbox
        self._courier = courier
        self._terminal_id = terminal_id
        self._directory = directory
        self._keys = keys
        self._vault = vault
        self._post = post
        self._now = now
        self._clock_sure = clock_sure
        self._lock = threading.Lock()
        self._announced: dict[str, bool] = {}
        """Submissions of late → whether the visit knows the key already (Stored was posted)."""
        self._early: dict[str, ItemView] = {}
        self._destinations: dict[str, tuple[str, str]] = {}

    def handlers(self) -> Mapping[type[Any], Handler]:
        """What this desk performs."""
        return {
            fx.Submit: self._submit,
            fx.WithdrawSubmission: self._withdraw,
            fx.Evaluate: self._evaluate,
        }

    def item_changed(self, view: ItemView) -> None:
        """The outbox's news; called from its thread."""
        with self._lock:
            announced = self._announced.get(view.item_id)
            if announced is None:
                return
            if not announced:
                self._early[view.item_id] = view
                return
        self._post(_news(view))

    def _submit(self, effect: fx.Submit, _visit: Visit) -> None:
        item = self._directory.item(effect.item)
        if self._outbox is None or item is None:
            self._post(ev.StoreRefused(effect.effect, "outbox.storage_failed"))
            return
        at, clock_sure = self._now(), self._clock_sure()
        epoch = self._vault.epoch
        key = new_item_id()
        pickup = secrets.token_hex(32) if effect.wants_document else ""
        pickup_hash = hashlib.sha256(bytes.fromhex(pickup)).hexdigest() if pickup else None
        papers = papers_of(effect.pages, self._vault)
        if papers is None:
            self._post(ev.StoreRefused(effect.effect, "visit.internal"))
            return
        drawn = enclosing.signature_paper(composing.signature(effect.signature, at))
        enclosed = enclosing.enclose(key, papers if drawn is None else [drawn, *papers])
        content = composing.submission(
            effect, item, at=at, pickup_hash=pickup_hash, described=enclosed.described
        )
        destination = effect.route.destination
        try:
            sealed = self._keys.seal(
                content.model_dump_json(exclude=composing.unsaid(content)).encode(),
                receiver=destination,
                header={"key": key, "destination": destination, "item": effect.item},
            )
        except NoSealingKey:
            self._post(ev.StoreRefused(effect.effect, "outbox.no_sealing_key"))
            return
        code = lookup_code(key)
        envelope: dict[str, Any] = {
            "key": key,
            "terminal": self._terminal_id,
            "destination": destination,
            "item": effect.item,
            "kind": effect.kind,
            "lookup_code": code,
            "accepted_at": at.isoformat(),
            "clock_sure": clock_sure,
            "sealed": sealed,
        }
        if enclosed.referred:
            envelope["uploads"] = [one.model_dump() for one in enclosed.referred]
        if pickup:
            self._vault.keep(pickup_handle(key), pickup.encode(), epoch)
        new = NewItem(
            item_id=key,
            destination=destination,
            case_id=key,
            operation=CASE,
            body=canonical_json(envelope),
            attributes={
                "item": effect.item,
                "kind": effect.kind,
                "lookup_code": code,
                "accepted_at": at.isoformat(),
                "promised": effect.route.promised or "",
                "authority_zh": effect.route.authority.zh,
                "authority_en": effect.route.authority.en,
                **({} if clock_sure else {CLOCK: UNSURE}),
                **enclosed.attributes,
            },
            expires_after_s=effect.expires_after_s,
        )
        stored = ev.Stored(effect.effect, key, code, at.isoformat(), clock_sure)
        self.hand_over(new, enclosed.attachments, stored)
        self._keys.prepare(destination)

    def hand_over(
        self, new: NewItem, attachments: tuple[NewAttachment, ...], stored: ev.Stored
    ) -> None:
        """Commit it durably, say ``stored`` to the visit (or why not), and whatever becomes of it."""
        if self._outbox is None:
            self._post(ev.StoreRefused(stored.effect, "outbox.storage_failed"))
            return
        self._follow(new.item_id, new.destination)
        try:
            answer = self._outbox.accept(new, attachments).result()
        except OutboxError as error:
            answer = Refusal("outbox.storage_failed", str(error))
        if isinstance(answer, Refusal):
            log.error("submit.refused code=%s detail=%s", answer.code, answer.detail)
            with self._lock:
                self._announced.pop(new.item_id, None)
                self._early.pop(new.item_id, None)
            self._post(ev.StoreRefused(stored.effect, answer.code))
            return
        item = new.attributes["item"]
        log.info("submit.stored key=%s item=%s to=%s", new.item_id, item, new.destination)
        self._post(stored)
        with self._lock:
            self._announced[new.item_id] = True
            early = self._early.pop(new.item_id, None)
        if early is not None:
            self._post(_news(early))
        if self._courier is not None:
            self._courier.nudge(new.destination)

    def _follow(self, key: str, destination: str) -> None:
        with self._lock:
            self._announced[key] = False
            self._destinations[key] = (destination, key)
            while len(self._announced) > MAX_FOLLOWED:
                oldest = next(iter(self._announced))
                del self._announced[oldest]
                self._destinations.pop(oldest, None)

    def _withdraw(self, effect: fx.WithdrawSubmission, _visit: Visit) -> None:
        if self._outbox is None:
            return
        future = self._outbox.withdraw(effect.key)
        future.add_done_callback(self._withdrawn)

    def _withdrawn(self, done: Future[Any]) -> None:
        error = done.exception()
        if error is not None:
            log.error("submit.withdraw_failed error=%s", type(error).__name__)
            return
        view = done.result()
        # Still queued and not given up would be odd; in flight means: we shall see.
        if view is not None and view.state is not ItemState.QUEUED:
            state = SubmissionState.UNKNOWN if view.state is ItemState.IN_FLIGHT else None
            self._post(_news(view, state))

    def _evaluate(self, effect: fx.Evaluate, _visit: Visit) -> None:
        with self._lock:
            known = self._destinations.get(effect.case_key)
        if self._outbox is None or known is None:
            return
        destination, case_id = known
        key = new_item_id()
        body = {
            "key": key,
            "case_key": effect.case_key,
            "terminal": self._terminal_id,
            "grade": effect.grade,
        }
        new = NewItem(
            item_id=key,
            destination=destination,
            case_id=case_id,
            operation=EVALUATION,
            body=canonical_json(body),
            on_rejection=OnRejection.SKIP,
        )
        answer = self._outbox.accept(new).result()
        if isinstance(answer, Refusal):
            log.warning("rating.refused code=%s", answer.code)
        elif self._courier is not None:
            self._courier.nudge(destination)


def _news(view: ItemView, state: SubmissionState | None = None) -> ev.VerdictArrived:
    shown = state or _STATES[view.state]
    code = ""
    if shown is SubmissionState.REJECTED:
        shown_codes = _SHOWN_OF_ACTS if view.operation in (SUPPLEMENT, WITHDRAWAL) else _SHOWN
        code = shown_codes.get(view.verdict, "portal.rejected")
    elif shown is SubmissionState.STUCK:
        code = "outbox.stuck"
    elif shown is SubmissionState.UNKNOWN:
        code = "portal.not_confirmed"
    receipt = dict(view.receipt or {})
    faults, papers = receipt.pop(FAULTS, {}), tuple(receipt.pop(PAPERS, ()))
    return ev.VerdictArrived(view.item_id, shown, receipt, code, faults, papers)
