"""Catalogue, routes, and everything that is looked up online."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from threading import Event, Lock, Thread
from typing import Any

from kiosk.directory import Circumstances, ServiceDirectory, judge, scans
from kiosk.routing import NoRoute, Router
from kiosk.terminal import composing
from kiosk.terminal.clock import Now, china_today
from kiosk.terminal.performing import Handler, Post
from kiosk.terminal.sealing import SealingKeys
from kiosk.terminal.transport import shown_code
from kiosk.terminal.vault import Vault
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.journey import finds_policies
from kiosk.visit.model import PaymentState
from offline_queue import NoSealingKey
from portal.client import PortalClient
from portal.contract.requests import QueryEnvelope, QueryRequest
from portal.outcomes import Answer

log = logging.getLogger(__name__)

PAYMENT_POLL_S = 1.5


class ErrandDesk:
    """Performs OpenItem, ResolveRoute, RunQuery, ListSlots, payment watching and FetchDocument."""

    def __init__(
        self,
        *,
        client: PortalClient,
        terminal_id: str,
        directory: ServiceDirectory,
        router: Router,
        circumstances: Callable[[], Circumstances],
        keys: SealingKeys,
        vault: Vault,
        post: Post,
        now: Now,
    ) -> None:
        self._client = client
        self._terminal_id = terminal_id
        self._directory = directory
        self._router = router
        self._circumstances = circumstances
        self._keys = keys
        self._vault = vault
        self._post = post
        self._now = now
        self._lock = Lock()
        self._watch = Event()

    def handlers(self) -> Mapping[type[Any], Handler]:
        """What this desk performs."""
        return {
            fx.OpenItem: self._open,
            fx.ResolveRoute: self._route,
            fx.RunQuery: self._query,
            fx.ListSlots: self._slots,
            fx.FetchDocument: self._fetch,
        }

    def payment_handlers(self) -> Mapping[type[Any], Handler]:
        """What it performs in order: a watch and its end."""
        return {fx.WatchPayment: self._start_watch, fx.StopPaymentWatch: self._stop_watch}

    def close(self) -> None:
        """End a running payment watch."""
        self._watch.set()

    def _open(self, effect: fx.OpenItem, _visit: Visit) -> None:
        item = self._directory.item(effect.code)
        if item is None:
            self._post(ev.ItemRefused(effect.effect, "item.unknown"))
            return
        now = self._circumstances()
        found = judge(item, now, self._directory.destination(item), china_today(self._now))
        self._post(ev.ItemOpened(effect.effect, item, found, scans(now)))

    def _route(self, effect: fx.ResolveRoute, _visit: Visit) -> None:
        item = self._directory.item(effect.code)
        if item is None:
            self._post(ev.RouteRefused(effect.effect, "item.unknown"))
            return
        today = china_today(self._now)
        route = self._router.resolve(item, effect.place, today)
        if isinstance(route, NoRoute):
            self._post(ev.RouteRefused(effect.effect, *route.told))
            return
        availability = judge(item, self._circumstances(), route.destination, today)
        self._post(ev.RouteResolved(effect.effect, route, availability))

    def _query(self, effect: fx.RunQuery, _visit: Visit) -> None:
        item = self._directory.item(effect.item)
        if item is not None and finds_policies(item):
            from kiosk.finder import find  # its tables are wanted here alone

            found = find(effect.form, china_today(self._now))
            self._post(ev.QueryAnswered(effect.effect, found))
            return
        given = effect.assurance
        request = QueryRequest(
            item=effect.item,
            subject=composing.subject(effect.holder),
            assurance=composing.assurance(given["level"], given["methods"], given["face"]),
            params={},
        )
        try:
            sealed = self._keys.seal(
                request.model_dump_json().encode(),
                receiver=effect.destination,
                header={"destination": effect.destination, "item": effect.item},
            )
        except NoSealingKey:
            self._post(ev.QueryFailed(effect.effect, "portal.unreachable"))
            return
        outcome = self._client.query(
            QueryEnvelope(
                terminal=self._terminal_id,
                item=effect.item,
                destination=effect.destination,
                sealed=sealed,
            )
        )
        if isinstance(outcome, Answer):
            self._post(ev.QueryAnswered(effect.effect, composing.query_answer(outcome.value)))
        else:
            log.info("query.failed item=%s outcome=%s", effect.item, outcome)
            self._post(ev.QueryFailed(effect.effect, shown_code(outcome)))

    def _slots(self, effect: fx.ListSlots, _visit: Visit) -> None:
        today = china_today(self._now)
        outcome = self._client.slots(effect.item, effect.division, today)
        if isinstance(outcome, Answer):
            slots = tuple(composing.slot(free) for free in outcome.value.slots if free.free > 0)
            self._post(ev.SlotsListed(effect.effect, slots))
        else:
            log.info("slots.failed item=%s outcome=%s", effect.item, outcome)
            self._post(ev.SlotsFailed(effect.effect, shown_code(outcome)))

    def _start_watch(self, effect: fx.WatchPayment, _visit: Visit) -> None:
        with self._lock:
            self._watch.set()
            stop = self._watch = Event()
        Thread(target=self._poll, args=(effect, stop), name="payment", daemon=True).start()

    def _poll(self, effect: fx.WatchPayment, stop: Event) -> None:
        while not stop.is_set():
            outcome = self._client.payment(effect.order_id)
            if isinstance(outcome, Answer) and outcome.value.state.value != "pending":
                state = PaymentState(outcome.value.state.value)
                self._post(ev.PaymentChanged(effect.effect, state))
                return
            stop.wait(PAYMENT_POLL_S)

    def _stop_watch(self, _effect: fx.StopPaymentWatch, _visit: Visit) -> None:
        with self._lock:
            self._watch.set()

    def _fetch(self, effect: fx.FetchDocument, visit: Visit) -> None:
        epoch = self._vault.epoch
        pickup = self._vault.get(pickup_handle(effect.key))
        if pickup is None:
            self._post(ev.DocumentFailed(effect.effect, "document.unavailable"))
            return
        outcome = self._client.document_content(effect.document_id, pickup.decode())
        if not isinstance(outcome, Answer):
            log.info("document.failed outcome=%s", outcome)
            self._post(ev.DocumentFailed(effect.effect, "document.unavailable"))
            return
        receipt = visit.submission.receipt if visit.submission else {}
        pages = int((receipt.get("document") or {}).get("pages", 1))
        self._post(ev.DocumentFetched(effect.effect, self._vault.put(outcome.value, epoch), pages))


def pickup_handle(key: str) -> str:
    """The vault handle of a submission's pickup key."""
    return f"pickup:{key}"


def canonical_json(value: Mapping[str, Any]) -> bytes:
    """The final bytes of a request: what is stored is what is sent."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
