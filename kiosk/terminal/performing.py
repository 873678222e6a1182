"""How effects are performed: handlers on a small executor, and a definite outcome whatever happens."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.effects import Effect
from kiosk.visit.model import FaceRecord

log = logging.getLogger(__name__)

Post = Callable[[ev.Event], None]
Handler = Callable[[Any, Visit], None]

INTERNAL = "visit.internal"


class Performers:
    """All handlers of a terminal, by effect type."""

    def __init__(self, post: Post, *, workers: int = 8) -> None:
        self._post = post
        self._handlers: dict[type[Effect], Handler] = {}
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="effect")
        self._lanes: dict[type[Effect], ThreadPoolExecutor] = {}

    def add(self, handlers: Mapping[type[Any], Handler], *, in_order: bool = False) -> None:
        """Register handlers; each effect type has one.

        ``in_order``: these never overtake one another (a stop must not come before its start), so
        none of them may wait for anything.
        """
        self._handlers.update(handlers)
        if in_order:
            lane = ThreadPoolExecutor(1, thread_name_prefix="effect-lane")
            self._lanes.update(dict.fromkeys(handlers, lane))

    def perform(self, effect: Effect, visit: Visit) -> None:
        """Start performing; returns at once."""
        handler = self._handlers.get(type(effect))
        if handler is None:
            return
        self._start(self._lanes.get(type(effect), self._pool), handler, effect, visit)

    def submit(self, effect: Effect, work: Callable[[], None]) -> None:
        """Run a later part of performing ``effect``, with the same promise of an outcome."""
        self._start(self._pool, lambda _effect, _visit: work(), effect, Visit())

    def close(self) -> None:
        """Stop; running handlers end by their own time-outs."""
        for pool in (self._pool, *self._lanes.values()):
            pool.shutdown(wait=False, cancel_futures=True)

    def _start(
        self, pool: ThreadPoolExecutor, handler: Handler, effect: Effect, visit: Visit
    ) -> None:
        try:
            pool.submit(self._run, handler, effect, visit)
        except RuntimeError:  # the pool is shut: the terminal is going down
            log.debug("effect.dropped effect=%s", type(effect).__name__)

    def _run(self, handler: Handler, effect: Effect, visit: Visit) -> None:
        try:
            handler(effect, visit)
        except Exception as error:
            # The message may quote personal data; type and place are enough to find the bug.
            log.error(
                "effect.failed effect=%s error=%s at=%s",
                type(effect).__name__,
                type(error).__name__,
                _place(error),
            )
            outcome = failed(effect)
            if outcome is not None:
                self._post(outcome)


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else "?"


def failed(effect: Effect) -> ev.Event | None:
    """The outcome of an effect that could not be performed; None where nothing waits for one.

    A wipe has no failed outcome: the farewell asks for it again until it is done.
    """
    match effect:
        case fx.OpenItem():
            return ev.ItemRefused(effect.effect, INTERNAL)
        case fx.ResolveRoute():
            return ev.RouteRefused(effect.effect, INTERNAL)
        case fx.ReadCard():
            return ev.CardFailed(effect.effect, INTERNAL)
        case fx.AwaitCode() | fx.RedeemCode():
            return ev.CodeFailed(effect.effect, INTERNAL)
        case fx.AwaitSocialCard():
            return ev.SocialCardFailed(effect.effect, INTERNAL)
        case fx.ScanLookUpCode():
            return ev.LookUpScanned(effect.effect, "", INTERNAL)
        case fx.LookUp():
            return ev.LookUpFailed(effect.effect, INTERNAL)
        case fx.CheckFace():
            return ev.FaceChecked(effect.effect, FaceRecord("unavailable", reason=INTERNAL))
        case fx.VerifyStaff():
            return ev.StaffAnswered(effect.effect, "", INTERNAL)
        case fx.RunQuery():
            return ev.QueryFailed(effect.effect, INTERNAL)
        case fx.ListSlots():
            return ev.SlotsFailed(effect.effect, INTERNAL)
        case fx.KeepDraft():
            return ev.DraftNotKept(effect.effect, INTERNAL)
        case fx.CheckTicket():
            return ev.TicketChecked(effect.effect, effect.ticket, INTERNAL)
        case fx.ClaimDraft():
            return ev.ClaimFailed(effect.effect, INTERNAL)
        case fx.TakePage():
            return ev.PageFailed(effect.effect, INTERNAL)
        case fx.ListCases() | fx.OpenCase():
            return ev.CasesFailed(effect.effect, INTERNAL)
        case fx.CallStaff():
            return ev.StaffTold(effect.effect, False)
        case fx.Submit() | fx.ActOnCase():
            return ev.StoreRefused(effect.effect, INTERNAL)
        case fx.FetchDocument():
            return ev.DocumentFailed(effect.effect, "document.unavailable")
        case fx.ComposeReceipt():
            return ev.PaperComposed(effect.effect, "", 0)
        case fx.PrintReceipt() | fx.PrintProof():
            return ev.PrintEnded(effect.effect, "doubtful", INTERNAL)
        case _:
            return None
