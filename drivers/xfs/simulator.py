"""XFS4IoT services at a real WebSocket server: publisher, printer, scanner, lights, vendor mode."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Mapping
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from drivers.xfs.messages import Message, XfsProtocolError, decode, encode, known

_ROOT = "/xfs4iot/v1.0"
_SERVICES = ("printer", "barcodeReader", "lights", "vendorMode")
_COMMANDS = {
    "code": "hold a code before the scanner: text",
    "paper": "state of the paper: state (full, low, out, jammed)",
    "device": "state of every device: state (online, powerOff, ...)",
    "fault": "strike with the next command called name: kind (silence, no_acknowledge, wrong_id, "
    "broken_json, huge, invalid_payload, close, paper_out)",
    "enter_vendor_mode": "a technician asks for the devices",
    "exit_vendor_mode": "the technician hands them back",
}


class XfsSimulator:
    """Implements :class:`drivers.simulation.Simulator`. ``violations``: what did not follow the
    schemas, in either direction; deliberate faults are not among it."""

    def __init__(self) -> None:
        self._server: Server | None = None
        self._changed = threading.Condition()
        self._device, self._paper = "online", "full"
        self._codes: list[str] = []
        self._faults: dict[str, str] = {}
        self._clients: list[ServerConnection] = []
        self.violations: list[str] = []
        self.received: list[str] = []
        self.lights: dict[str, Any] = {}
        self.printed: list[bytes] = []

    @property
    def address(self) -> str:
        """The publisher's address."""
        if self._server is None:
            raise RuntimeError("the simulator is not started")
        return f"ws://127.0.0.1:{self._server.socket.getsockname()[1]}{_ROOT}"

    def service(self, name: str) -> str:
        """The address of one service."""
        return f"{self.address}/{name}"

    def start(self) -> None:
        """Listen."""
        self._server = serve(self._serve, "127.0.0.1", 0, close_timeout=0.5)
        threading.Thread(target=self._server.serve_forever, name="xfs", daemon=True).start()

    def stop(self) -> None:
        """Stop listening and drop every client."""
        if self._server is not None:
            self._server.shutdown()
            self._server = None

    def commands(self) -> Mapping[str, str]:
        """See :class:`drivers.simulation.Simulator`."""
        return dict(_COMMANDS)

    def command(self, name: str, /, **arguments: Any) -> Mapping[str, Any]:
        """See :class:`drivers.simulation.Simulator`."""
        if name not in _COMMANDS:
            raise KeyError(name)
        with self._changed:
            match name:
                case "code":
                    self._codes.append(arguments["text"])
                case "paper":
                    self._paper = arguments["state"]
                case "device":
                    self._device = arguments["state"]
                case "fault":
                    self._faults[arguments["name"]] = arguments["kind"]
                case _:
                    word = "Enter" if name.startswith("enter") else "Exit"
                    self._tell_all(f"VendorMode.{word}ModeRequestEvent")
            self._changed.notify_all()
        return self.state()

    def state(self) -> Mapping[str, Any]:
        """Nothing of what was printed or scanned."""
        return {"device": self._device, "paper": self._paper, "violations": len(self.violations)}

    def wait_received(self, name: str, timeout_s: float = 20.0) -> bool:
        """Wait until a command of this name has come."""
        with self._changed:
            return self._changed.wait_for(lambda: name in self.received, timeout_s)

    def _tell_all(self, name: str) -> None:
        for client in self._clients:
            self._send(client, Message("unsolicited", name, None))

    def _send(self, client: ServerConnection, message: Message) -> None:
        try:
            client.send(encode(message))
        except XfsProtocolError as error:
            self.violations.append(f"sent: {error}")

    def _serve(self, client: ServerConnection) -> None:
        path = client.request.path if client.request is not None else ""
        service = path.removeprefix(_ROOT).strip("/")
        try:
            for text in client:
                try:
                    message = decode(text)
                except XfsProtocolError as error:
                    self.violations.append(f"received: {error}")
                    continue
                if message.type != "command" or not known("command", message.name):
                    self.violations.append(f"received: unknown {message.type}")
                    continue
                self._take(client, service, message)
        except ConnectionClosed:
            return
        finally:
            with self._changed:
                self._clients = [each for each in self._clients if each is not client]

    def _take(self, client: ServerConnection, service: str, command: Message) -> None:
        with self._changed:
            self.received.append(command.name)
            fault = self._faults.pop(command.name, "")
            self._changed.notify_all()
        if fault == "no_acknowledge":
            return
        if fault == "close":
            client.close()
            return
        self._send(client, Message("acknowledge", command.name, command.request_id))
        match fault:
            case "silence":
                return
            case "broken_json":
                client.send('{"header":')
            case "huge":
                client.send("x" * (2 << 20))
            case "invalid_payload":
                header: dict[str, Any] = {
                    "type": "completion",
                    "name": command.name,
                    "version": "2.0",
                }
                header |= {"requestId": command.request_id, "completionCode": "success"}
                client.send(json.dumps({"header": header, "payload": [1]}))
            case _:
                self._complete(client, service, command, fault)

    def _complete(
        self, client: ServerConnection, service: str, command: Message, fault: str
    ) -> None:
        code, payload = self._do(client, service, command)
        if fault == "paper_out":
            code, payload = "commandErrorCode", {"errorCode": "paperOut"}
        number = (command.request_id or 0) + (1000 if fault == "wrong_id" else 0)
        self._send(client, Message("completion", command.name, number, code=code, payload=payload))
        if command.name.endswith("ModeAcknowledge"):
            word = "Entered" if "Enter" in command.name else "Exited"
            self._send(client, Message("unsolicited", f"VendorMode.Mode{word}Event", None))

    def _do(
        self, client: ServerConnection, service: str, command: Message
    ) -> tuple[str, dict[str, Any]]:
        match command.name:
            case "ServicePublisher.GetServices":
                uris = [{"serviceURI": self.service(name)} for name in _SERVICES]
                return "success", {"vendorName": "Simulator", "services": uris}
            case "Common.Status":
                return "success", self._status(service)
            case "Printer.PrintRaw":
                self.printed.append(base64.b64decode(command.payload["data"]))
            case "Lights.SetLight":
                self.lights.update(command.payload)
            case "BarcodeReader.Read":
                with self._changed:
                    limit = (command.timeout_ms or 0) / 1000
                    if not self._changed.wait_for(lambda: self._codes, limit):
                        return "timeOut", {}
                    codes, self._codes = self._codes, []
                read = [
                    {
                        "symbology": "qrCode",
                        "barcodeData": base64.b64encode(text.encode()).decode("ascii"),
                    }
                    for text in codes
                ]
                return "success", {"readOutput": read}
            case "VendorMode.Register":
                with self._changed:
                    self._clients.append(client)
        return "success", {}

    def _status(self, service: str) -> dict[str, Any]:
        own: dict[str, Any] = {}
        if service == "printer":
            own = {"media": "notPresent", "paper": {"upper": self._paper}}
        if service == "vendorMode":
            own = {"device": "online", "service": "inactive"}
        return {"common": {"device": self._device}, service or "lights": own}
