"""The vendor-mode handshake: a technician may have the devices once every client has agreed."""

from __future__ import annotations

from collections.abc import Callable

from drivers.results import Failure, Ok, Result
from drivers.xfs.client import Connection
from drivers.xfs.messages import SUCCESS

_ANSWER_S = 0.4


class VendorMode:
    """Registers at a VendorMode service, and answers it at every :meth:`poll`.

    The adapter polls between its operations only, so an agreement is never given in mid-command.
    """

    def __init__(self, connection: Connection, leave: Callable[[], None]) -> None:
        """``leave``: what is done before the technician is let in."""
        self._connection = connection
        self._leave = leave
        self.active = False

    def register(self, name: str, timeout_s: float) -> Result[None]:
        """Ask to be asked. Failures as of :meth:`Connection.call`, ``device.misconfigured``."""
        answer = self._connection.call("VendorMode.Register", {"appName": name}, timeout_s)
        if isinstance(answer, Failure):
            return answer
        if answer.value.code != SUCCESS:
            return Failure("device.misconfigured", f"VendorMode.Register: {answer.value.code}")
        return Ok(None)

    def poll(self) -> Result[None]:
        """Take in requests and agree to them. From the agreement to enter until the mode is left,
        :attr:`active` is True."""
        arrived = self._connection.poll()
        if isinstance(arrived, Failure):
            return arrived
        while self._connection.events:
            name = self._connection.events.popleft().name
            if name in ("VendorMode.EnterModeRequestEvent", "VendorMode.ExitModeRequestEvent"):
                entering = "Enter" in name
                self.active = True
                self._leave()
                reply = f"VendorMode.{'Enter' if entering else 'Exit'}ModeAcknowledge"
                answer = self._connection.call(reply, {}, _ANSWER_S)
                if isinstance(answer, Failure):
                    return answer
            elif name == "VendorMode.ModeEnteredEvent":
                self.active = True
            elif name == "VendorMode.ModeExitedEvent":
                self.active = False
        return Ok(None)

    def close(self) -> None:
        """Leave the service."""
        self._connection.close()
