"""The smart-card port over a CardReader service: ReadRawData waits, ChipIO talks, Move gives back."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import Field

from drivers.failure_codes import FailureCode
from drivers.ports import AdapterContext, BankCard, SocialSecurityCard
from drivers.results import Failure, Ok, Result
from drivers.smartcard.apdu import Transmit
from drivers.smartcard.bank import read_bank_card
from drivers.smartcard.social import read_social_card
from drivers.status import DeviceState, DeviceStatus, MediaState
from drivers.xfs.adapter import XfsAdapter
from drivers.xfs.chip import Chip, chip_failure, protocols_of, wait_for_chip
from drivers.xfs.client import Connection
from drivers.xfs.messages import SUCCESS, Message
from drivers.xfs.negotiation import Capabilities
from drivers.xfs.options import XfsOptions

T = TypeVar("T")

_HOLDING = frozenset({"motor", "latchedDip"})
_NOT_FOR_CHIPS = frozenset({"swipe", "permanent"})
_MEDIA = {
    "present": MediaState.PRESENT,
    "latched": MediaState.PRESENT,
    "notPresent": MediaState.NOT_PRESENT,
    "jammed": MediaState.JAMMED,
    "entering": MediaState.ENTERING,
    None: MediaState.NOT_SUPPORTED,
}
_BROKEN = frozenset({"device.gone", "device.protocol"})
_GIVE_BACK_S = 5.0
_KEPT_BACK = 0.3  # of an operation's time, for giving the card back
_MOST_KEPT_BACK_S = 3.0
_POWER_OFF_S = 1.0
_LOOK_S = 0.2


class XfsCardReaderOptions(XfsOptions):
    """``take_s``: how long a card may lie in the slot before it is reported as forgotten."""

    take_s: float = Field(default=10.0, gt=0, le=120)


class XfsCardReader(XfsAdapter):
    """Options: :class:`XfsCardReaderOptions`.

    A reader that holds the card (motorised, latched) gives it back at the end of every reading,
    however it ended, and at the opening. Emits ``insert_card``, ``card_found``, ``card_ejected``,
    ``take_card`` (one is still in the slot) and ``card_taken``.
    """

    interface = "CardReader"
    section = "cardReader"
    needs = ("CardReader.ReadRawData", "CardReader.ChipIO")
    wishes = ("CardReader.Move", "CardReader.ChipPower")
    reset = ("CardReader.Reset", {"to": "exit"})
    options_model = XfsCardReaderOptions

    def __init__(self, context: AdapterContext) -> None:
        super().__init__(context)
        self._ejected_at: float | None = None
        self._retained = False

    def _unable(self, capabilities: Capabilities) -> str:
        about = capabilities.section(self.section)
        if about.get("type") in _NOT_FOR_CHIPS:
            return f"the reader is of type {about['type']}: no chip of a person's card"
        if not protocols_of(capabilities):
            return "the reader speaks no chip protocol"
        if about.get("type") in _HOLDING and "CardReader.Move" not in capabilities.commands:
            return "the reader holds cards, and the service offers no CardReader.Move"
        return ""

    def _opened(self, connection: Connection) -> Result[None]:
        # left by a process or a service that ended in the middle
        given = self._give_back(connection)
        # what a service cannot give back shows in the status; a wire that broke is worth a new one
        if isinstance(given, Failure) and given.code in _BROKEN:
            return given
        return Ok(None)

    def read_social_card(self, timeout_s: float) -> Result[SocialSecurityCard]:
        """See :meth:`drivers.ports.SmartCardReader.read_social_card`; further failures:
        ``smartcard.jam``, ``smartcard.retained``, ``smartcard.not_taken``."""
        return self._reading(read_social_card, timeout_s)

    def read_bank_card(self, timeout_s: float) -> Result[BankCard]:
        """See :meth:`drivers.ports.SmartCardReader.read_bank_card`; failures as above."""
        return self._reading(read_bank_card, timeout_s)

    def _reading(self, read: Callable[[Transmit], Result[T]], timeout_s: float) -> Result[T]:
        deadline = time.monotonic() + timeout_s
        ready = self._ready(timeout_s)
        if isinstance(ready, Failure):
            return ready
        connection = ready.value
        if self._holds:
            deadline -= min(_MOST_KEPT_BACK_S, timeout_s * _KEPT_BACK)
        taken = self._await_taking(connection, deadline)
        if isinstance(taken, Failure):
            return taken
        self._retained = False
        result = self._read_chip(connection, read, deadline)
        if isinstance(result, Failure) and result.code in _BROKEN:
            return result  # nothing more goes over this wire; the next opening gives the card back
        given = self._give_back(connection)
        return given if isinstance(given, Failure) else result

    def _read_chip(
        self, connection: Connection, read: Callable[[Transmit], Result[T]], deadline: float
    ) -> Result[T]:
        met = wait_for_chip(connection, self._capabilities, deadline, self._context.emit)
        if isinstance(met, Failure):
            return met
        result = read(Chip(connection, met.value, deadline).transmit)
        if "CardReader.ChipPower" in connection.versions and self._about("chipPower").get("off"):
            connection.call(
                "CardReader.ChipPower", {"chipPower": "off"}, _POWER_OFF_S, cancellable=False
            )
        return result

    @property
    def _holds(self) -> bool:
        return self._capabilities.section(self.section).get("type") in _HOLDING

    def _about(self, key: str) -> Mapping[str, Any]:
        told: Mapping[str, Any] = self._capabilities.section(self.section).get(key) or {}
        return told

    # --- giving it back -------------------------------------------------------------------------

    def _give_back(self, connection: Connection) -> Result[None]:
        """Move a card that is held to the exit. Failures: ``smartcard.jam``,
        ``smartcard.retained``, ``device.*``."""
        if not self._holds:
            return Ok(None)
        status = self._ask(connection)
        if status.media is MediaState.JAMMED:
            return Failure("smartcard.jam", "media jammed")
        if status.failure == "device.gone":
            return Failure("device.gone", status.detail)
        if status.media is not MediaState.PRESENT:
            return Ok(None)
        moved = connection.call(
            "CardReader.Move", {"from": "transport", "to": "exit"}, _GIVE_BACK_S, cancellable=False
        )
        if isinstance(moved, Failure):
            return moved
        return self._moved(connection, moved.value)

    def _moved(self, connection: Connection, message: Message) -> Result[None]:
        error = message.payload.get("errorCode")
        if message.code == SUCCESS or error == "occupied":
            self._ejected_at = time.monotonic()
            self._context.emit("card_ejected", {})
            self._ask(connection)
            return Ok(None)
        if error == "noMedia":
            return Ok(None)  # taken while it came
        if error == "mediaRetained":
            self._retained = True
        return chip_failure(message)

    def _await_taking(self, connection: Connection, deadline: float) -> Result[None]:
        """A card given back before must be out of the slot: it may be another person's."""
        if self._ejected_at is None:
            return Ok(None)
        self._ask(connection)
        told = False
        while self._ejected_at is not None:
            if not told:
                self._context.emit("take_card", {})
                told = True
            if self._context.cancelled():
                return Failure("device.cancelled")
            left = deadline - time.monotonic()
            if left <= 0:
                return Failure("smartcard.not_taken", "the card before is still in the slot")
            arrived = connection.poll(min(_LOOK_S, left))
            if isinstance(arrived, Failure):
                return arrived
            lost = self._ask(connection)
            if lost.failure is not None and lost.failure.startswith("device."):
                return Failure(lost.failure, lost.detail)
        return Ok(None)

    def _taken(self) -> None:
        if self._ejected_at is not None:
            self._ejected_at = None
            self._context.emit("card_taken", {})

    def _happened(self, event: Message) -> None:
        if event.name == "CardReader.MediaRemovedEvent":
            self._taken()

    # --- status ---------------------------------------------------------------------------------

    def _told(self) -> DeviceStatus:
        media = (self._known.payload.get(self.section) or {}).get("media")
        if media in ("notPresent", None):
            self._taken()
        return super()._told()

    def _read(self, payload: Mapping[str, Any]) -> DeviceStatus:
        base = super()._read(payload)
        told = payload.get(self.section) or {}
        media = _MEDIA.get(told.get("media"), MediaState.UNKNOWN)
        failure: FailureCode | None = base.failure
        device = base.device
        if told.get("chipModule") == "inoperable":
            device, failure = DeviceState.HARDWARE_ERROR, "device.offline"
        if failure is None:
            failure = self._media_failure(media)
        return replace(base, device=device, media=media, failure=failure)

    def _media_failure(self, media: MediaState) -> FailureCode | None:
        if media is MediaState.JAMMED:
            return "smartcard.jam"
        if self._retained:
            return "smartcard.retained"
        waited = 0.0 if self._ejected_at is None else time.monotonic() - self._ejected_at
        if self._ejected_at is not None and waited > self._options.take_s:
            return "smartcard.not_taken"
        return None
