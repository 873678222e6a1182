"""Look-ups by code: this terminal's own outbox first, also without a line, then the portal."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from config.text import Text
from drivers.host import DeviceHost
from drivers.ports import ScannedCode
from drivers.results import Failure, Ok, Result
from kiosk.directory import ServiceDirectory
from kiosk.lookup_codes import typed_code
from kiosk.terminal.enclosing import PAPERS
from kiosk.terminal.operations import CASE, FAULTS, SUPPLEMENT
from kiosk.terminal.performing import Handler, Post
from kiosk.terminal.refused_acts import EXPIRED, without_effect
from kiosk.terminal.transport import shown_code
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.model import Found
from kiosk.visit.papers import kind_of, of_item
from offline_queue import ItemState, ItemView, Outbox, OutboxError
from portal.client import PortalClient
from portal.contract.answers import LookupAnswer, Refused
from portal.contract.base import CaseState, ProblemCode, SubmissionEnd
from portal.outcomes import Answer, Problem

log = logging.getLogger(__name__)

_OWN = {
    ItemState.QUEUED: "stored",
    ItemState.IN_FLIGHT: "unknown",
    ItemState.UNKNOWN: "unknown",
    ItemState.DELIVERED: "arrived",
    ItemState.REJECTED: "rejected",
    ItemState.DEAD: "stuck",
    ItemState.WITHDRAWN: "taken_back",
}
_REFUSED = {
    "identity_rejected": "refused_identity",
    "slot_taken": "refused_time",
    "bill_changed": "refused_bill",
}
_ENDED = {
    SubmissionEnd.EXPIRED.value: "expired_unsent",
    SubmissionEnd.WITHDRAWN.value: "taken_back",
    SubmissionEnd.REFUSED.value: "rejected",
    SubmissionEnd.STUCK.value: "stuck",
    SubmissionEnd.SPOILED.value: "spoiled",
}
_TAMPERED = "outbox.tampered"
_ON_ITS_WAY = (ItemState.QUEUED, ItemState.IN_FLIGHT, ItemState.UNKNOWN)
_SUPPLEMENT_HERE = "supplement_stored"
# Here nothing of it was ever applied: the portal could only say what it was told from here.
_FINAL_HERE = (ItemState.QUEUED, ItemState.WITHDRAWN)


class LookUpDesk:
    """Performs ScanLookUpCode, StopLookUpScan and LookUp. A mistyped code is asked of nobody."""

    def __init__(
        self,
        scanner: DeviceHost | None,
        *,
        client: PortalClient,
        outbox: Outbox | None,
        directory: ServiceDirectory,
        post: Post,
    ) -> None:
        self._scanner = scanner
        self._client = client
        self._outbox = outbox
        self._directory = directory
        self._post = post
        self._lock = threading.Lock()
        self._wanted = 0

    def ordered_handlers(self) -> Mapping[type[Any], Handler]:
        """What it performs in order: a scan and its end."""
        return {fx.ScanLookUpCode: self._scan, fx.StopLookUpScan: self._stop}

    def handlers(self) -> Mapping[type[Any], Handler]:
        """What else it performs."""
        return {fx.LookUp: self._look_up}

    def _scan(self, effect: fx.ScanLookUpCode, _visit: Visit) -> None:
        scanner = self._scanner
        if scanner is None or not scanner.status.usable:
            self._post(ev.LookUpScanned(effect.effect, "", "device.gone"))
            return
        with self._lock:
            self._wanted = effect.effect
        future = scanner.call("scan", timeout_s=effect.timeout_s)
        future.add_done_callback(lambda done: self._scanned(effect, done))

    def _stop(self, _effect: fx.StopLookUpScan, _visit: Visit) -> None:
        with self._lock:
            self._wanted = 0
        if self._scanner is not None:
            self._scanner.cancel()

    def _scanned(self, effect: fx.ScanLookUpCode, done: Future[Result[Any]]) -> None:
        with self._lock:
            if self._wanted != effect.effect:
                return
            self._wanted = 0
        match done.result():
            case Ok(ScannedCode(text=text)):
                # Perhaps not a slip's code but one that tells of a person: no other text goes on.
                self._post(ev.LookUpScanned(effect.effect, typed_code(text) or "?"))
            case Failure(code):
                self._post(ev.LookUpScanned(effect.effect, "", code))

    def _look_up(self, effect: fx.LookUp, _visit: Visit) -> None:
        code = typed_code(effect.lookup_code)
        if code is None:
            self._post(ev.LookUpFailed(effect.effect, "lookup.mistyped"))
            return
        own = self._own(code)
        if own is not None and own.state in _FINAL_HERE:
            self._post(ev.LookedUp(effect.effect, self._from_here(code, own)))
            return
        outcome = self._client.lookup(code)
        acts = self._kept("case_code", code)
        later = _on_its_way(acts)
        if isinstance(outcome, Answer) and own is not None and _known_here(own, outcome.value):
            self._post(ev.LookedUp(effect.effect, self._from_here(code, own)))
        elif isinstance(outcome, Answer):
            found = self._from_portal(code, outcome.value)
            vain = without_effect(found.state, outcome.value.act_refused, acts)
            if later is not None and found.state == CaseState.SUPPLEMENT_REQUIRED.value:
                found = replace(found, state=_SUPPLEMENT_HERE, here=True)
            elif vain:
                found = replace(found, state=vain)
            self._post(ev.LookedUp(effect.effect, found))
        elif later is not None:
            found = self._from_here(code, own or later)
            self._post(ev.LookedUp(effect.effect, replace(found, state=_SUPPLEMENT_HERE)))
        elif vain := without_effect(None, None, acts):
            found = self._from_here(code, own or acts[-1])
            self._post(ev.LookedUp(effect.effect, replace(found, state=vain)))
        elif own is not None:
            self._post(ev.LookedUp(effect.effect, self._from_here(code, own)))
        else:
            self._post(ev.LookUpFailed(effect.effect, _why(outcome)))

    def _own(self, code: str) -> ItemView | None:
        return next((v for v in self._kept("lookup_code", code) if v.operation == CASE), None)

    def _kept(self, attribute: str, code: str) -> list[ItemView]:
        if self._outbox is None:
            return []
        try:
            return self._outbox.items_with(attribute, code).result()
        except OutboxError as error:
            log.error("lookup.outbox_failed error=%s", type(error).__name__)
            return []

    def _from_here(self, code: str, view: ItemView) -> Found:
        said, refused = view.attributes, _refused_here(view)
        return Found(
            lookup_code=code,
            state=_stands(view) if refused is None else _refused(refused, "rejected"),
            service=self._service(said.get("item", "")),
            wrong=() if refused is None else self._wrong(said.get("item", ""), refused),
            received_at=said.get("accepted_at", view.accepted_at),
            authority=Text(zh=said.get("authority_zh", ""), en=said.get("authority_en", "")),
            promised=said.get("promised", ""),
            here=True,
        )

    def _from_portal(self, code: str, answer: LookupAnswer) -> Found:
        refused, received = answer.refused, answer.received_at
        if received is None and answer.ended is None:
            received = answer.accepted_at  # of what ended it is when it did
        return Found(
            lookup_code=code,
            state=_at_portal(answer),
            wrong=() if refused is None else self._wrong(answer.item, refused),
            service=self._service(answer.item),
            received_at=received.isoformat() if received is not None else "",
            authority=Text(zh=answer.authority_zh, en=answer.authority_en),
            promised=answer.promised.date.isoformat() if answer.promised else "",
            estimated=bool(answer.promised and answer.promised.estimated),
        )

    def _wrong(self, code: str, refused: Refused) -> tuple[Text, ...]:
        """What has to be put right, by the names it has in the form and among the papers."""
        item = self._directory.item(code)
        if item is None:
            return ()
        fields = item.form.fields if item.form is not None else {}
        labels = {name: field.label for name, field in fields.items()}
        papers = {kind_of(paper, n): paper.name for n, paper in enumerate(of_item(item))}
        named = [labels.get(name) for name in refused.form]
        named += [papers.get(kind) for kind in refused.materials]
        return tuple(text for text in named if text is not None)

    def _service(self, code: str) -> Text:
        item = self._directory.item(code)
        return item.name if item is not None else Text(zh=code, en=code)


def _on_its_way(acts: Sequence[ItemView]) -> ItemView | None:
    """What was handed in here later for a case, if it has not arrived yet."""
    return next((v for v in acts if v.operation == SUPPLEMENT and v.state in _ON_ITS_WAY), None)


def _stands(view: ItemView) -> str:
    """The key of ``kiosk/evidence.toml``: nobody took back what ran out of time, and what was changed can't
    be sent by anybody."""
    if view.state is ItemState.DEAD and view.verdict == _TAMPERED:
        return "spoiled"
    expired = view.state is ItemState.WITHDRAWN and view.verdict == EXPIRED
    return "expired_unsent" if expired else _OWN[view.state]


def _refused_here(view: ItemView) -> Refused | None:
    """What the portal said when it refused it, as this terminal was told."""
    if view.state is not ItemState.REJECTED:
        return None
    told = view.receipt or {}
    code = view.verdict.removeprefix("portal.")
    return Refused(code=code, form=list(told.get(FAULTS, {})), materials=list(told.get(PAPERS, [])))


def _known_here(own: ItemView, answer: LookupAnswer) -> bool:
    """Whether the portal has no case of it and this outbox knows more: it was refused, as this terminal
    heard; or it is on its way again since the portal was told that it had ended. But a stick may have
    brought what was refused here."""
    if own.state is ItemState.REJECTED:
        return answer.ended is not None or answer.refused is not None
    return own.state in _ON_ITS_WAY and answer.ended is not None


def _at_portal(answer: LookupAnswer) -> str:
    """The key of ``kiosk/evidence.toml`` for what the portal says; how it ended elsewhere it only knows
    from the terminal that took it."""
    state = answer.state.value
    if answer.ended is not None:
        state = _ENDED.get(answer.ended.how, state)
    return state if answer.refused is None else _refused(answer.refused, state)


def _refused(refused: Refused, otherwise: str) -> str:
    """The key of ``kiosk/evidence.toml`` for a refusal."""
    if refused.materials:
        return "refused_paper"
    return "refused_form" if refused.form else _REFUSED.get(refused.code, otherwise)


def _why(outcome: Any) -> str:
    if isinstance(outcome, Problem):
        if outcome.code is ProblemCode.NOT_FOUND:
            return "lookup.not_known"
        if outcome.code is ProblemCode.RATE_LIMITED:
            return "lookup.too_many"
    code = shown_code(outcome)
    return "lookup.portal_away" if code == "portal.unreachable" else code
