"""The VendorMode service of the simulator: every registered client must agree before it changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from websockets.sync.server import ServerConnection

from drivers.xfs.messages import SUCCESS

if TYPE_CHECKING:
    from drivers.xfs.simulated_services import Machine

Tell = Callable[[ServerConnection, str], None]

COMMANDS = {
    "enter_vendor_mode": "a technician asks for the devices",
    "exit_vendor_mode": "the technician hands them back",
    "withdraw_vendor_mode": "the technician no longer wants them, before everybody has agreed",
}


class SimulatedVendorMode:
    """``tell``: send an event without content to a client."""

    def __init__(self, machine: Machine, tell: Tell) -> None:
        self._machine = machine
        self._tell = tell
        self._registered: list[ServerConnection] = []
        self._missing: list[ServerConnection] = []

    def register(self, client: ServerConnection) -> None:
        """It is asked from now on."""
        with self._machine.changed:
            self._registered.append(client)

    def gone(self, client: ServerConnection) -> None:
        """It is not asked any more."""
        with self._machine.changed:
            self._registered = [each for each in self._registered if each is not client]
        self._agreed(client)

    def command(self, name: str) -> None:
        """What the technician does."""
        match name:
            case "enter_vendor_mode":
                self.ask("Enter")
            case "exit_vendor_mode":
                self.ask("Exit")
            case "withdraw_vendor_mode":
                with self._machine.changed:
                    if self._machine.vendor_mode == "enterPending":
                        self._machine.vendor_mode = "inactive"

    def ask(self, word: str) -> None:
        """Ask every registered client to let the technician ``Enter``, or ``Exit``."""
        with self._machine.changed:
            self._machine.vendor_mode = f"{word.lower()}Pending"
            self._missing = asked = [*self._registered]
        for client in asked:
            self._tell(client, f"VendorMode.{word}ModeRequestEvent")
        self._settle()

    def asks(self, name: str) -> bool:
        """Whether an acknowledge of this name is waited for."""
        with self._machine.changed:
            return (
                name == f"VendorMode.{self._machine.vendor_mode[:-7].capitalize()}ModeAcknowledge"
            )

    def answered(self, client: ServerConnection, code: str) -> None:
        """An acknowledge was answered so: the mode changes with the last success. With a failure of
        the device it is what it was before, and no event of its own says so."""
        if code == SUCCESS:
            self._agreed(client)
        elif code != "sequenceError":
            with self._machine.changed:
                entering = self._machine.vendor_mode == "enterPending"
                self._machine.vendor_mode = "inactive" if entering else "active"

    def _agreed(self, client: ServerConnection) -> None:
        with self._machine.changed:
            self._missing = [each for each in self._missing if each is not client]
        self._settle()

    def _settle(self) -> None:
        with self._machine.changed:
            pending = self._machine.vendor_mode
            if self._missing or not pending.endswith("Pending"):
                return
            entering = pending == "enterPending"
            self._machine.vendor_mode = "active" if entering else "inactive"
            told = [*self._registered]
        for client in told:
            self._tell(client, f"VendorMode.Mode{'Entered' if entering else 'Exited'}Event")
