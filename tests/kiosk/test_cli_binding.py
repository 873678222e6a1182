"""``kiosk devices bind`` and its like, at an invented machine with simulators in its sockets."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from config.load import load_settings
from drivers.hotplug.simulator import SimulatedMachine
from drivers.sdt.simulator import SdtReaderSimulator
from kiosk.cli.main import app

SETTINGS = """\
# one reader, and lights
[devices.reader]
port = "id_card_reader"
adapter = "sdt-serial"
options = { port = "/dev/ttyUSB9", answer_s = 0.4 }  # to be bound

[devices.lights]
port = "indicator_light"
adapter = "serial-panel"
options = { port = "usb:2341:0043/path=1-7" }

[devices.proofs]
port = "document_printer"
adapter = "ipp"
options = { uri = "ipp://127.0.0.1:9/ipp/print" }
"""


class Desk:
    """A settings file, a machine and a reader; ``kiosk`` runs a command there."""

    def __init__(self, folder: Path, reader: SdtReaderSimulator) -> None:
        self.folder, self.reader = folder, reader
        self.machine = SimulatedMachine(folder)
        self.file = folder / "terminal.toml"
        self.file.write_text(SETTINGS, "utf-8")

    def kiosk(self, *words: str, answers: str = "", root: bool = True) -> Result:
        where = ["--root", str(self.folder)] if root else []
        return CliRunner().invoke(
            app, ["devices", *words, "-c", str(self.file), *where], input=answers
        )

    def bind(self, *words: str, answers: str = "") -> Result:
        return self.kiosk("bind", *words, answers=answers)

    def plug_reader(self, path: str = "1-2", serial: str = "READER1") -> None:
        self.machine.plug(path, "1a86:7523", "ttyUSB0", serial=serial, far_end=self.reader.address)

    def port_of(self, name: str) -> Any:
        return load_settings(self.file).settings.devices[name].options["port"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    reader = SdtReaderSimulator(tmp_path / "reader-line")
    reader.start()
    yield Desk(tmp_path, reader)
    reader.stop()


def test_bound_after_asking_and_nothing_else_changes(desk: Desk) -> None:
    desk.plug_reader()
    done = desk.bind("reader", "--port", "1-2", "--yes", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["binding"] == "usb:1a86:7523/serial=READER1/path=1-2"
    assert told["answer"] == {"code": "ok", "detail": "", "certain": True}
    assert told["written"]
    assert told["port"]["usb"]["bridge"] == "CH340"
    assert desk.reader.state()["requests"] != {}
    assert desk.file.read_text("utf-8") == SETTINGS.replace("/dev/ttyUSB9", told["binding"])
    assert "+options = { port =" in done.stderr  # the change was shown
    again = desk.bind("reader", "--port", "1-2", "--yes")
    assert again.exit_code == 0
    assert "says so already" in again.stderr


def test_chosen_from_the_list_with_consent(desk: Desk) -> None:
    desk.plug_reader()
    desk.machine.on_board("ttyS0", "4")
    done = desk.bind("reader", answers="9\n2\ny\ny\n")
    assert done.exit_code == 0, done.output
    assert "There is no such number." in done.stderr
    assert "It answers." in done.stderr
    assert desk.port_of("reader").startswith("usb:1a86:7523")


def test_without_consent_nothing_is_sent_or_written(desk: Desk) -> None:
    desk.plug_reader()
    assert desk.bind("reader", answers="1\nn\n").exit_code == 1
    assert desk.reader.state()["requests"] == {}
    done = desk.bind("reader", "--no-ask", answers="1\nn\n")
    assert done.exit_code == 1
    assert desk.reader.state()["requests"] == {}
    assert desk.file.read_text("utf-8") == SETTINGS


def test_another_kind_of_device_is_refused(desk: Desk) -> None:
    """A converter says nothing: what answers behind it is no panel."""
    desk.plug_reader()
    done = desk.bind("lights", "--port", "ttyUSB0", "--yes", "--json")
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    assert told["answer"]["code"].startswith("device.")
    assert not told["written"]
    assert desk.file.read_text("utf-8") == SETTINGS


def test_plugged_in_while_it_waits(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.cli.binding.PLUG_IN_S", 60.0)

    def asked_to_plug(text: str) -> None:
        if text.startswith("Plug the device in now"):
            threading.Thread(target=desk.plug_reader).start()

    monkeypatch.setattr("kiosk.cli.binding._say", asked_to_plug)
    done = desk.bind("reader", answers="\ny\ny\n")
    assert done.exit_code == 0, done.output
    assert desk.port_of("reader") == "usb:1a86:7523/serial=READER1/path=1-2"


def test_after_an_exchange_the_new_device_is_bound(desk: Desk) -> None:
    desk.plug_reader()
    assert desk.bind("reader", "--port", "1-2", "--yes").exit_code == 0
    desk.machine.pull("1-2")
    desk.plug_reader(serial="READER2")
    listed = json.loads(desk.kiosk("list", "--json").stdout)
    row = next(row for row in listed["devices"] if row["name"] == "reader")
    assert row["code"] == "device.swapped"
    assert row["place"]["bound"]
    assert "READER2" in row["place"]["problem"]
    assert "exchanged" in desk.kiosk("explain", "reader").output
    assert desk.bind("reader", "--port", "1-2", "--yes").exit_code == 0
    listed = json.loads(desk.kiosk("list", "--json").stdout)
    row = next(row for row in listed["devices"] if row["name"] == "reader")
    assert row["code"] == "ok"
    assert row["place"]["attached"]["usb"]["path"] == "1-2"
    plain = desk.kiosk("list").output
    assert "bound to usb:1a86:7523/serial=READER2/path=1-2: " in plain


def test_ports_say_whose_they_are_and_how_to_name_them(desk: Desk) -> None:
    assert "No ports are attached." in desk.kiosk("ports").output
    desk.machine.plug("1-7", "2341:0043", "ttyACM0", model="Uno")
    desk.machine.on_board("ttyS0", "4")
    ports = {p["name"]: p for p in json.loads(desk.kiosk("ports", "--json").stdout)}
    assert ports["usb:2341:0043/path=1-7"]["used_by"] == "lights"
    (board,) = (name for name in ports if name.endswith("/ttyS0"))
    assert ports[board]["usb"] is None
    assert "in socket 1-7" in desk.kiosk("ports").output


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("nobody",), "no device 'nobody'; those at a port: reader, lights"),
        ((), "which device?"),
        (("proofs",), "the adapter ipp is at no port"),
        (("reader", "--port", "1-9"), "no port fits '1-9'"),
        (("reader", "--yes"), "name the port"),
    ],
)
def test_what_cannot_be_bound_is_said(desk: Desk, words: tuple[str, ...], complaint: str) -> None:
    done = desk.bind(*words)
    assert done.exit_code == 2
    assert complaint in done.stderr


def test_a_settings_file_is_needed() -> None:
    done = CliRunner().invoke(app, ["devices", "bind", "reader"], env={"KIOSK_CONFIG": ""})
    assert done.exit_code == 2


def test_udev_rules_name_devices_by_what_they_are(desk: Desk) -> None:
    text = SETTINGS.replace("/dev/ttyUSB9", "usb:0403:6001/serial=A%2AB%22/path=1-2")
    desk.file.write_text(text, "utf-8")
    rules = desk.kiosk("udev-rules", "--group", "window", root=False).stdout
    assert (
        'SUBSYSTEM=="tty", ATTRS{idVendor}=="0403", ATTRS{idProduct}=="6001", '
        'ATTRS{serial}=="A?B?", GROUP="window", MODE="0660", ENV{ID_MM_DEVICE_IGNORE}="1"\n'
    ) in rules
    assert "proofs" not in rules
    desk.file.write_text(SETTINGS, "utf-8")
    assert "# reader: not bound" in desk.kiosk("udev-rules", root=False).stdout


def test_config_check_names_a_malformed_binding(desk: Desk) -> None:
    desk.file.write_text(SETTINGS.replace("path=1-7", "path=7"), "utf-8")
    done = CliRunner().invoke(app, ["config", "check", str(desk.file)])
    assert done.exit_code == 2
    assert "terminal.toml: devices.lights.options.port" in done.stderr
    assert "a socket like 1-2.1" in done.stderr
