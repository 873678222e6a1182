"""Faults of a simulated XFS4IoT service, each striking one command in the middle of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from websockets.sync.server import ServerConnection

from drivers.xfs.messages import SUCCESS, Message, encode
from drivers.xfs.simulated_services import Call

if TYPE_CHECKING:
    from drivers.xfs.simulator import XfsSimulator

FAULTS = (
    "silence",
    "no_acknowledge",
    "refuse",
    "wrong_id",
    "late",
    "slow",
    "broken_json",
    "huge",
    "no_text",
    "invalid_payload",
    "flood",
    "close",
    "killed",
    "vendor_mode",
    "error",
)
_FLOOD = 2000
_HUGE = 2 << 20
_SLOW = 0.4  # of a command's own time limit


class Faults:
    """What is to strike, by command name."""

    def __init__(self, simulator: XfsSimulator) -> None:
        self._simulator = simulator
        self._armed: dict[str, tuple[str, str]] = {}

    def arm(self, name: str, kind: str, code: str = "") -> None:
        """Strike the next command called ``name``. ``code``: the errorCode of an ``error``, or a
        completion code where it is one; the status of a ``refuse``."""
        if kind not in FAULTS:
            raise ValueError(kind)
        self._armed[name] = (kind, code)

    def struck(self, name: str) -> tuple[str, str]:
        """The fault for this command, used up; two empty words for none."""
        return self._armed.pop(name, ("", ""))

    def before(self, fault: tuple[str, str], client: ServerConnection, command: Message) -> bool:
        """Before the acknowledge; False if nothing more comes."""
        match fault[0]:
            case "no_acknowledge":
                return False
            case "refuse":
                refused = Message("acknowledge", command.name, command.request_id, refusal=fault[1])
                client.send(encode(refused))
                return False
            case "close":
                client.close()
                return False
        return True

    def after_acknowledge(
        self, fault: tuple[str, str], client: ServerConnection, call: Call
    ) -> bool:
        """Between acknowledge and completion; False if nothing proper comes any more."""
        match fault[0]:
            case "silence":
                return False
            case "broken_json":
                client.send('{"header":')
                return False
            case "no_text":
                client.send(b"\xff\xfe", text=True)
                return False
            case "huge":
                client.send("x" * _HUGE)
                return False
            case "invalid_payload":
                client.send(_invalid(call))
                return False
            case "killed":
                client.socket.close()
                return False
            case "flood":
                for _ in range(_FLOOD):
                    self._simulator.tell_status(whole=True)
            case "vendor_mode":
                self._simulator.vendor_mode.ask("Enter")
        return True

    def in_completion(
        self, fault: tuple[str, str], code: str, payload: dict[str, Any], call: Call
    ) -> tuple[str, dict[str, Any], int]:
        """What becomes of the completion."""
        number = call.message.request_id or 0
        match fault[0]:
            case "wrong_id":
                number += 1000
            case "slow":
                call.cancelled.wait(call.limit_s * _SLOW)
            case "late":
                call.cancelled.wait(30)
                code = SUCCESS
            case "error" if fault[1] in ("timeOut", "hardwareError", "deviceNotReady"):
                code, payload = fault[1], {}
            case "error":
                if fault[1] == "mediaRetained":
                    self._simulator.machine.slot.retain()
                code, payload = "commandErrorCode", {"errorCode": fault[1]}
        return code, payload, number


def _invalid(call: Call) -> str:
    header = {
        "type": "completion",
        "name": call.message.name,
        "version": "2.0",
        "requestId": call.message.request_id,
    }
    return json.dumps({"header": header, "payload": [1]})
