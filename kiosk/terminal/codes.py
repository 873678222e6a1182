"""A code shown to the scanner instead of a card: read, redeemed at the portal, never kept."""

from __future__ import annotations

import base64
import binascii
import io
import logging
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from datetime import date
from typing import Any

from PIL import Image
from pydantic import ValidationError

from drivers.host import DeviceHost
from drivers.ports import IdDocumentKind, ScannedCode
from drivers.results import Failure, Ok, Result
from kiosk.identity import identity_fault, same_number
from kiosk.personal import Holder, Personal
from kiosk.terminal.clock import Now, china_today
from kiosk.terminal.performing import Handler, Performers, Post
from kiosk.terminal.sealing import SealingKeys
from kiosk.terminal.transport import shown_code
from kiosk.terminal.vault import Vault
from kiosk.visit import Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from offline_queue import NoSealingKey
from portal.client import PortalClient
from portal.contract.answers import CredentialHolder
from portal.contract.base import ProblemCode
from portal.contract.requests import CredentialEnvelope, CredentialRequest
from portal.outcomes import Answer, Problem

log = logging.getLogger(__name__)

PORTRAIT = (102, 126)
"""Pixels, as on a card: what the comparison takes."""
MAX_PORTRAIT_PIXELS = 4_000_000

_CODES = {
    ProblemCode.EXPIRED: "identity.code_expired",
    ProblemCode.NOT_FOUND: "identity.code_unknown",
    ProblemCode.INVALID_REQUEST: "identity.code_unknown",
    ProblemCode.IDENTITY_REJECTED: "identity.code_unknown",
}


class CodeDesk:
    """Performs AwaitCode, StopCode and RedeemCode.

    ``keyboard``: a scanner in keyboard mode is configured, whose codes come through the screen.
    ``destination``: the receiver that the portal's own questions are sealed to.
    """

    def __init__(
        self,
        scanner: DeviceHost | None,
        *,
        keyboard: bool,
        client: PortalClient,
        keys: SealingKeys,
        terminal_id: str,
        destination: str,
        performers: Performers,
        post: Post,
        vault: Vault,
        now: Now,
    ) -> None:
        self._now = now
        self._scanner = scanner
        self._keyboard = keyboard
        self._client = client
        self._keys = keys
        self._terminal_id = terminal_id
        self._destination = destination
        self._performers = performers
        self._post = post
        self._vault = vault
        self._lock = threading.Lock()
        self._wanted = 0
        """The effect whose code is still wanted, 0 for none: what is scanned later is not redeemed."""

    def ordered_handlers(self) -> Mapping[type[Any], Handler]:
        """What it performs in order: a scan and its end."""
        return {fx.AwaitCode: self._await, fx.StopCode: self._stop}

    def handlers(self) -> Mapping[type[Any], Handler]:
        """What else it performs."""
        return {fx.RedeemCode: self._typed}

    def device_event(self, name: str, event: str) -> None:
        """Progress of the scanner: from here on a code that is shown counts."""
        if self._scanner is None or name != self._scanner.name or event != "scan_ready":
            return
        with self._lock:
            wanted = self._wanted
        if wanted:
            self._post(ev.CodeAwaited(wanted))

    def _await(self, effect: fx.AwaitCode, _visit: Visit) -> None:
        scanner = self._scanner
        usable = scanner is not None and scanner.status.usable
        if self._keyboard:
            self._post(ev.CodeAwaited(effect.effect))
        if scanner is None or not usable:
            if not self._keyboard:
                self._post(ev.CodeFailed(effect.effect, "device.gone"))
            return
        with self._lock:
            self._wanted = effect.effect
        epoch = self._vault.epoch
        future = scanner.call("scan", timeout_s=effect.timeout_s)
        future.add_done_callback(
            lambda done: self._performers.submit(effect, lambda: self._scanned(effect, done, epoch))
        )

    def _stop(self, _effect: fx.StopCode, _visit: Visit) -> None:
        with self._lock:
            self._wanted = 0
        if self._scanner is not None:
            self._scanner.cancel()

    def _scanned(self, effect: fx.AwaitCode, done: Future[Result[Any]], epoch: int) -> None:
        with self._lock:
            if self._wanted != effect.effect:
                return  # ended by now, and perhaps another wait has begun
            self._wanted = 0
        match done.result():
            case Failure(code, detail):
                if code != "scanner.none":
                    log.info("code.failed code=%s detail=%s", code, detail)
                self._post(ev.CodeFailed(effect.effect, code))
            case Ok(ScannedCode(text=text)):
                self._post(ev.CodeSeen(effect.effect))
                self._redeem(effect.effect, Personal(text), epoch)

    def _typed(self, effect: fx.RedeemCode, _visit: Visit) -> None:
        self._redeem(effect.effect, effect.code, self._vault.epoch)

    def _redeem(self, effect: int, code: Personal, epoch: int) -> None:
        try:
            content = CredentialRequest(credential=code.reveal()).model_dump_json().encode()
        except ValidationError:
            self._post(ev.CodeFailed(effect, "identity.code_unknown"))
            return
        try:
            sealed = self._keys.seal(
                content, receiver=self._destination, header={"destination": self._destination}
            )
        except NoSealingKey:
            self._post(ev.CodeFailed(effect, "portal.unreachable"))
            return
        outcome = self._client.redeem_credential(
            CredentialEnvelope(
                terminal=self._terminal_id, destination=self._destination, sealed=sealed
            )
        )
        if isinstance(outcome, Answer):
            fault = _fault(outcome.value, china_today(self._now))
            if fault:
                log.info("code.refused code=%s", fault)
                self._post(ev.CodeFailed(effect, fault))
            else:
                self._post(ev.CodeRead(effect, self._holder(outcome.value, epoch)))
            return
        log.info("code.refused outcome=%s", outcome)
        known = _CODES.get(outcome.code) if isinstance(outcome, Problem) else None
        self._post(ev.CodeFailed(effect, known or shown_code(outcome)))

    def _holder(self, found: CredentialHolder, epoch: int) -> Holder:
        bgr = portrait_bgr(found.portrait) if found.portrait else None
        return Holder(
            document_kind=found.document_kind,
            name=Personal(found.name),
            number=Personal(same_number(found.number)),
            sex=Personal(found.sex or ""),
            nation=Personal(found.nation or ""),
            birth=found.birth,
            address=Personal(found.address or ""),
            valid_to=found.valid_to,
            photo=self._vault.put(bgr, epoch) if bgr else "",
            method="qr_code",
        )


def _fault(found: CredentialHolder, today: date) -> str:
    try:
        kind = IdDocumentKind(found.document_kind)
    except ValueError:
        return "portal.error"  # a newer portal than this terminal
    return identity_fault(kind, found.number, found.valid_to, today)


def portrait_bgr(encoded: str) -> bytes | None:
    """The portrait as a card's would be: BGR of :data:`PORTRAIT`. None if it is no usable picture."""
    try:
        with Image.open(
            io.BytesIO(base64.b64decode(encoded, validate=True)), formats=("JPEG", "PNG")
        ) as picture:
            if picture.width * picture.height > MAX_PORTRAIT_PIXELS:
                return None
            return picture.convert("RGB").resize(PORTRAIT).tobytes("raw", "BGR")
    except (
        binascii.Error,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ) as error:
        log.info("code.portrait error=%s", type(error).__name__)
        return None
