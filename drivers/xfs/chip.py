"""The chip on a card in a CardReader service: waiting for it, and exchanging APDUs with it."""

from __future__ import annotations

import base64
import binascii
import time
from collections.abc import Callable, Mapping
from typing import Any

from drivers.failure_codes import FailureCode
from drivers.results import Failure, Ok, Result
from drivers.xfs.client import Connection
from drivers.xfs.messages import SUCCESS, Message
from drivers.xfs.negotiation import Capabilities
from drivers.xfs.state import completion_failure, left

Emit = Callable[[str, Mapping[str, Any]], None]

_ANSWER_S = 5.0
_CONTACTLESS = ("chipTypeAPart4", "chipTypeB", "chipTypeNFC", "chipTypeAPart3")
_ERRORS: Mapping[str, FailureCode] = {
    "mediaJam": "smartcard.jam",
    "mediaRetained": "smartcard.retained",
    "noMedia": "smartcard.removed",
    "invalidMedia": "smartcard.mute",
    "atrNotObtained": "smartcard.mute",
    "invalidData": "smartcard.unreadable",
    "cardCollision": "smartcard.unreadable",
    "securityFail": "smartcard.unreadable",
    "cardTooShort": "smartcard.unsupported",
    "cardTooLong": "smartcard.unsupported",
    "shutterFail": "device.offline",
    "full": "device.offline",
    "retainBinFull": "device.offline",
    "protocolNotSupported": "device.misconfigured",
}


def chip_failure(message: Message) -> Failure:
    """What a CardReader command that was no success comes to."""
    error = message.payload.get("errorCode") or ""
    if error in _ERRORS:
        return Failure(_ERRORS[error], f"{message.name}: {error}")
    return completion_failure(message)


def protocols_of(capabilities: Capabilities) -> frozenset[str]:
    """Chip protocols the reader offers."""
    told = capabilities.section("cardReader").get("chipProtocols") or {}
    return frozenset(name for name, offered in told.items() if offered)


def protocol_for(atr: bytes, offered: frozenset[str]) -> str:
    """The protocol to speak with a chip: the service's own choice where it makes one, else the first
    one the answer to reset names (ISO/IEC 7816-3: low half of TD1, T=0 without it), else any."""
    if "chipProtocolNotRequired" in offered:
        return "chipProtocolNotRequired"
    named = _first_protocol(atr)
    if named in offered:
        return named
    for name in (*_CONTACTLESS, "chipT0", "chipT1"):
        if name in offered:
            return name
    raise ValueError("no protocol is offered")


def _first_protocol(atr: bytes) -> str:
    if len(atr) < 2 or not atr[1] & 0x80:
        return "chipT0"
    at = 2 + (atr[1] & 0x70).bit_count()
    return f"chipT{atr[at] & 0x0F}" if at < len(atr) else "chipT0"


def wait_for_chip(
    connection: Connection, capabilities: Capabilities, deadline: float, emit: Emit
) -> Result[str]:
    """Wait for a card and contact its chip; the protocol to speak with it. Emits ``insert_card`` and
    ``card_found``. Failures: ``smartcard.*``, ``device.*``."""
    seen: list[str] = []

    def note(event: Message) -> None:
        name = {
            "CardReader.InsertCardEvent": "insert_card",
            "CardReader.MediaInsertedEvent": "card_found",
        }.get(event.name)
        if name is not None and name not in seen:
            seen.append(name)
            emit(name, {})

    answer = connection.call(
        "CardReader.ReadRawData", {"chip": True}, left(deadline), on_event=note
    )
    found = "card_found" in seen
    if isinstance(answer, Failure):
        return _unmet(answer, found)
    if answer.value.code == "timeOut":
        return _unmet(Failure("device.timeout"), found)
    if answer.value.code != SUCCESS:
        return chip_failure(answer.value)
    if not found:
        emit("card_found", {})
    return _met(answer.value.payload.get("chip") or [], protocols_of(capabilities))


def _unmet(failure: Failure, found: bool) -> Failure:
    if failure.code != "device.timeout":
        return failure
    return Failure("smartcard.mute", "no answer to reset") if found else Failure("smartcard.none")


def _met(slots: list[Mapping[str, Any]], offered: frozenset[str]) -> Result[str]:
    if len(slots) > 1:
        return Failure("smartcard.unreadable", f"{len(slots)} chips at once")
    slot = slots[0] if slots else {}
    if slot.get("status") is not None or not slot.get("data"):
        return Failure("smartcard.mute", f"chip: {slot.get('status') or 'no answer to reset'}")
    atr = _decoded(slot["data"])
    return atr if isinstance(atr, Failure) else Ok(protocol_for(atr.value, offered))


def _decoded(text: str) -> Result[bytes]:
    try:
        return Ok(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        return Failure("device.protocol", "chip data is not Base64")


class Chip:
    """A chip that was contacted, until ``deadline``."""

    def __init__(self, connection: Connection, protocol: str, deadline: float) -> None:
        self._connection = connection
        self._protocol = protocol
        self._deadline = deadline

    def transmit(self, apdu: bytes) -> Result[bytes]:
        """See :data:`drivers.smartcard.apdu.Transmit`."""
        if time.monotonic() >= self._deadline:
            return Failure("device.timeout", "the time was over in the middle of the card")
        payload = {
            "chipProtocol": self._protocol,
            "chipData": base64.b64encode(apdu).decode("ascii"),
        }
        answer = self._connection.call(
            "CardReader.ChipIO", payload, min(left(self._deadline), _ANSWER_S)
        )
        if isinstance(answer, Failure):
            if answer.code == "device.timeout":
                return Failure("smartcard.mute", "the chip gave no answer")
            return answer
        message = answer.value
        if message.code == "timeOut":
            return Failure("smartcard.mute", "the chip gave no answer")
        if message.code != SUCCESS:
            return chip_failure(message)
        return _decoded(message.payload.get("chipData") or "")
