"""The vendor-mode handshake: a technician may have the devices once every client has agreed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from drivers.results import Failure, Ok, Result
from drivers.xfs.client import Connection
from drivers.xfs.messages import SUCCESS, Message
from drivers.xfs.negotiation import Limit, agree, ask

_ANSWER_S = 0.4
_NEEDS = (
    "VendorMode.Register",
    "VendorMode.EnterModeAcknowledge",
    "VendorMode.ExitModeAcknowledge",
)
# while a request is pending nothing has changed hands yet
_ACTIVE = {"active": True, "exitPending": True, "inactive": False}


class VendorMode:
    """Registers at a VendorMode service, and answers it at every :meth:`poll`.

    The adapter polls between its operations only, so an agreement is never given in mid-command.
    """

    def __init__(self, connection: Connection, leave: Callable[[], None]) -> None:
        """``leave``: what is done before the technician is let in."""
        self._connection = connection
        self._leave = leave
        self.active = False

    def register(self, name: str, limit: Limit) -> Result[None]:
        """Ask to be asked, and see whether a technician is there already; ``limit()``: seconds for a
        question that begins now. Failures as of :meth:`Connection.call`, ``device.misconfigured``."""
        asked = ask(self._connection, limit)
        if isinstance(asked, Failure):
            return asked
        agreed = agree(self._connection, asked.value, _NEEDS, ("Common.Status",), limit)
        if isinstance(agreed, Failure):
            return agreed
        answer = self._connection.call("VendorMode.Register", {"appName": name}, limit())
        if isinstance(answer, Failure):
            return answer
        if answer.value.code != SUCCESS:
            return Failure("device.misconfigured", f"VendorMode.Register: {answer.value.code}")
        return self._look(limit())

    def poll(self) -> Result[None]:
        """Take in requests and agree to them. From the agreement to enter until the mode is left, or
        the request withdrawn, :attr:`active` is True."""
        arrived = self._connection.poll()
        if isinstance(arrived, Failure):
            return arrived
        while self._connection.events:
            taken = self._take(self._connection.events.popleft())
            if isinstance(taken, Failure):
                return taken
        # that a request is withdrawn is told by no event of the interface's own
        return self._look(_ANSWER_S) if self.active else Ok(None)

    def _take(self, event: Message) -> Result[None]:
        match event.name:
            case "VendorMode.EnterModeRequestEvent":
                self.active = True
                self._leave()
                return self._agree("VendorMode.EnterModeAcknowledge")
            case "VendorMode.ExitModeRequestEvent":
                return self._agree("VendorMode.ExitModeAcknowledge")
            case "VendorMode.ModeEnteredEvent":
                self.active = True
                self._leave()
            case "VendorMode.ModeExitedEvent":
                self.active = False
            case "Common.StatusChangedEvent":
                self._told(event.payload)
        return Ok(None)

    def _agree(self, name: str) -> Result[None]:
        answer = self._connection.call(name, {}, _ANSWER_S, cancellable=False)
        return answer if isinstance(answer, Failure) else Ok(None)

    def _look(self, timeout_s: float) -> Result[None]:
        answer = self._connection.call("Common.Status", {}, timeout_s, cancellable=False)
        if isinstance(answer, Failure):
            return answer
        if answer.value.code == SUCCESS:
            self._told(answer.value.payload)
        return Ok(None)

    def _told(self, payload: Mapping[str, Any]) -> None:
        word = (payload.get("vendorMode") or {}).get("service")
        self.active = _ACTIVE.get(word or "", self.active)

    def close(self) -> None:
        """Leave the service."""
        self._connection.close()
