"""XFS4IoT services at a real WebSocket server: publisher, and the services of simulated_services."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Mapping
from queue import SimpleQueue
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from drivers.xfs.messages import SUCCESS, Message, XfsProtocolError, decode, encode, known
from drivers.xfs.options import PATH
from drivers.xfs.simulated_faults import FAULTS, Faults
from drivers.xfs.simulated_services import (
    SERVICES,
    Answer,
    Call,
    Machine,
    capabilities,
    changes,
    run,
    status,
)
from drivers.xfs.simulated_vendor_mode import COMMANDS as VENDOR_MODE_COMMANDS
from drivers.xfs.simulated_vendor_mode import SimulatedVendorMode

_COMMANDS = {
    "code": "hold a code before the scanner: text",
    "no_code": "take every code away",
    "paper": "state of the paper: state (full, low, out, jammed)",
    "device": "state of every device: state (online, powerOff, hardwareError, starting, ...)",
    "heal": "a fault that the next Reset puts right: state, as of device",
    "power_saving": "seconds until the devices are awake: seconds",
    "person": "somebody before the machine: near (true, false)",
    "fault": "strike with the next command called name: kind "
    f"({', '.join(FAULTS)}); error and refuse take a code too",
    "off": "end the services, in mid-command too",
    "on": "start them again at the same address",
}


class XfsSimulator:
    """Implements :class:`drivers.simulation.Simulator`.

    ``violations``: what did not follow the schemas, in either direction; deliberate faults are not
    among it. ``says_success``: write out the code of success, as one framework does. ``versions``:
    offered instead of the usual ones, by command. ``tls``: serve ``wss`` with it. ``publishes``:
    services' names or addresses; ``in_events``: they are told in events, one each.
    """

    def __init__(
        self,
        *,
        says_success: bool = False,
        versions: Mapping[str, tuple[str, ...]] | None = None,
        tls: ssl.SSLContext | None = None,
        machine: Machine | None = None,
    ) -> None:
        self.machine = machine or Machine()
        self.versions = dict(versions or {})
        self.violations: list[str] = []
        self.received: list[Message] = []
        self.in_events = False
        self.publishes: tuple[str, ...] = SERVICES
        self._faults = Faults(self)
        self._says_success = says_success
        self._tls = tls
        self._server: Server | None = None
        self._port = 0
        self._clients: dict[ServerConnection, str] = {}
        self._telling = threading.Lock()
        self._told = {service: status(self.machine, service) for service in SERVICES}
        self.vendor_mode = SimulatedVendorMode(self.machine, self._tell)

    @property
    def port(self) -> int:
        """Where it listens, or listened."""
        if not self._port:
            raise RuntimeError("the simulator is not started")
        return self._port

    @property
    def address(self) -> str:
        """The publisher's address."""
        return f"{'wss' if self._tls else 'ws'}://127.0.0.1:{self.port}{PATH}"

    def service(self, name: str) -> str:
        """The address of one service."""
        return f"{self.address}/{name}"

    def start(self) -> None:
        """Listen; at the port it had before, if it had one."""
        self._server = serve(self._serve, "127.0.0.1", self._port, ssl=self._tls, close_timeout=0.5)
        self._port = self._server.socket.getsockname()[1]
        threading.Thread(target=self._server.serve_forever, name="xfs", daemon=True).start()

    def stop(self) -> None:
        """Stop listening and drop every client, as a service that is killed would."""
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
        with self.machine.changed:
            clients = [*self._clients]
            self.machine.changed.notify_all()
        for client in clients:
            client.socket.close()

    def commands(self) -> Mapping[str, str]:
        """See :class:`drivers.simulation.Simulator`."""
        return {**_COMMANDS, **VENDOR_MODE_COMMANDS, **self.machine.commands()}

    def command(self, name: str, /, **arguments: Any) -> Mapping[str, Any]:
        """See :class:`drivers.simulation.Simulator`."""
        if name not in self.commands():
            raise KeyError(name)
        match name:
            case "fault":
                self._faults.arm(**arguments)
            case _ if name in VENDOR_MODE_COMMANDS:
                self.vendor_mode.command(name)
                self.tell_status()
            case "off":
                self.stop()
            case "on":
                self.start()
            case _:
                self.machine.command(name, **arguments)
                self._tell_slot()
                self.tell_status()
        return self.state()

    def state(self) -> Mapping[str, Any]:
        """Nothing of what was printed, scanned, read from a chip or photographed."""
        return {**self.machine.state(), "violations": len(self.violations)}

    def wait_received(self, name: str, timeout_s: float = 20.0) -> bool:
        """Wait until a command of this name has come."""
        with self.machine.changed:
            return self.machine.changed.wait_for(
                lambda: any(message.name == name for message in self.received), timeout_s
            )

    def _tell_slot(self) -> None:
        with self.machine.changed:
            pushes, self.machine.slot.pushes = self.machine.slot.pushes, []
            clients = [each for each, service in self._clients.items() if service == "cardReader"]
        for name in pushes:
            for client in clients:
                self._tell(client, name)

    def _tell(
        self, client: ServerConnection, name: str, payload: Mapping[str, Any] | None = None
    ) -> None:
        self._send(client, Message("unsolicited", name, None, payload=dict(payload or {})))

    def tell_status(self, *, whole: bool = False) -> None:
        """Push to each service's clients what has changed there; ``whole``: all of it in any case."""
        with self._telling:
            with self.machine.changed:
                clients = dict(self._clients)
                now = {service: status(self.machine, service) for service in SERVICES}
            for client, service in clients.items():
                told = now.get(service, {})
                payload = told if whole else changes(self._told.get(service, {}), told)
                if payload:
                    self._tell(client, "Common.StatusChangedEvent", payload)
            self._told = now

    # --- one client -----------------------------------------------------------------------------

    def _send(self, client: ServerConnection, message: Message) -> None:
        try:
            client.send(encode(message, says_success=self._says_success))
        except XfsProtocolError as error:
            self.violations.append(f"sent: {error}")
        except (ConnectionClosed, OSError):
            return

    def _serve(self, client: ServerConnection) -> None:
        path = client.request.path if client.request is not None else ""
        service = path.removeprefix(PATH).strip("/")
        waiting: SimpleQueue[Call | None] = SimpleQueue()
        running: dict[int, Call] = {}
        with self.machine.changed:
            self._clients[client] = service
        worker = threading.Thread(
            target=self._work, args=(client, service, waiting), name="xfs-device", daemon=True
        )
        worker.start()
        try:
            self._read(client, service, waiting, running)
        finally:
            waiting.put(None)
            for call in running.values():
                call.cancelled.set()
            with self.machine.changed:
                self._clients.pop(client, None)
                self.machine.changed.notify_all()
            self.vendor_mode.gone(client)
            worker.join()

    def _read(
        self,
        client: ServerConnection,
        service: str,
        waiting: SimpleQueue[Call | None],
        running: dict[int, Call],
    ) -> None:
        try:
            for text in client:
                message = self._understood(text)
                if message is None:
                    continue
                call = Call(message, lambda sent: self._send(client, sent))
                running[message.request_id or 0] = call
                if message.name == "Common.Cancel":
                    self._cancel(message, running)
                # what asks only is answered while a device is at work
                if message.name.startswith(("Common.", "ServicePublisher.", "VendorMode.")):
                    self._take(client, service, call)
                else:
                    waiting.put(call)
        except (ConnectionClosed, OSError):
            return

    def _understood(self, text: str | bytes) -> Message | None:
        try:
            message = decode(text)
        except XfsProtocolError as error:
            self.violations.append(f"received: {error}")
            return None
        if message.type != "command" or not known("command", message.name):
            self.violations.append(f"received: unknown {message.type}")
            return None
        with self.machine.changed:
            self.received.append(message)
            self.machine.changed.notify_all()
        return message

    def _cancel(self, message: Message, running: Mapping[int, Call]) -> None:
        with self.machine.changed:
            for number in message.payload["requestIds"]:
                if number in running:
                    running[number].cancelled.set()
            self.machine.changed.notify_all()

    def _work(
        self, client: ServerConnection, service: str, waiting: SimpleQueue[Call | None]
    ) -> None:
        while (call := waiting.get()) is not None:
            self._take(client, service, call)

    def _take(self, client: ServerConnection, service: str, call: Call) -> None:
        fault = self._faults.struck(call.message.name)
        if not self._faults.before(fault, client, call.message):
            return
        command = call.message
        self._send(client, Message("acknowledge", command.name, command.request_id))
        if not self._faults.after_acknowledge(fault, client, call):
            return
        code, payload = self._answer(client, service, call)
        code, payload, number = self._faults.in_completion(fault, code, payload, call)
        self._send(client, Message("completion", command.name, number, code=code, payload=payload))
        if command.name.endswith("ModeAcknowledge"):
            self.vendor_mode.answered(client, code)
        self.tell_status()

    def _answer(self, client: ServerConnection, service: str, call: Call) -> Answer:
        match call.message.name:
            case "ServicePublisher.GetServices":
                return self._services(call)
            case "Common.Status":
                return SUCCESS, status(self.machine, service)
            case "Common.Capabilities":
                if call.message.version.partition(".")[0] not in self._majors():
                    return "unsupportedCommand", {}
                return SUCCESS, capabilities(service, self.machine, self.versions)
            case "VendorMode.Register":
                self.vendor_mode.register(client)
                return SUCCESS, {}
            case name if name.endswith("ModeAcknowledge") and not self.vendor_mode.asks(name):
                return "sequenceError", {}
            case name if name.startswith(("Common.", "VendorMode.")):
                return SUCCESS, {}
        return run(self.machine, service, call)

    def _majors(self) -> set[str]:
        offered = self.versions.get("Common.Capabilities", ("2.0", "3.0"))
        return {version.partition(".")[0] for version in offered}

    def _services(self, call: Call) -> Answer:
        items = [
            {"serviceURI": name if "://" in name else self.service(name)} for name in self.publishes
        ]
        said: dict[str, Any] = {"vendorName": "Simulator"}
        if not self.in_events:
            return SUCCESS, {**said, "services": items}
        for item in items:
            call.event("ServicePublisher.ServiceDetailEvent", {**said, "services": [item]})
        return SUCCESS, said
