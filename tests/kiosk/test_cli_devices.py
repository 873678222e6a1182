"""``kiosk devices list``, ``watch``, ``test`` and ``explain`` at simulators, as a technician reads them."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from config.text import Text
from drivers.escpos.simulator import EscposSimulator
from drivers.host import DeviceHost, HostSpec
from drivers.host.host import EventCallback
from drivers.hotplug.simulator import SimulatedMachine
from drivers.indicator.simulator import PanelSimulator
from drivers.ports import Light
from drivers.scanner.simulator import SerialScannerSimulator
from drivers.status import DeviceState, DeviceStatus, MediaState, SupplyState
from drivers.ups.simulator import NutSimulator
from kiosk.cli.main import app
from kiosk.device_trial import try_device
from kiosk.device_words import change_words, state_words

SETTINGS = """\
[devices.panel]
port = "indicator_light"
adapter = "serial-panel"
options = {{ port = "usb:2341:0043/path=1-3" }}

[devices.receipts]
port = "receipt_printer"
adapter = "escpos-serial"
options = {{ port = "{printer}" }}
"""


class Desk:
    """A panel and a printer, at an invented machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.machine = SimulatedMachine(folder)
        self.panel = PanelSimulator(folder / "panel-line")
        self.printer = EscposSimulator.on_pty()
        self.panel.start()
        self.printer.start()
        self.plug()
        self.file = folder / "terminal.toml"
        self.file.write_text(SETTINGS.format(printer=self.printer.address), "utf-8")

    @property
    def where(self) -> list[str]:
        return ["-c", str(self.file), "--root", str(self.folder)]

    def plug(self) -> None:
        self.machine.plug("1-3", "2341:0043", "ttyACM0", far_end=self.panel.address)

    def kiosk(self, *words: str) -> Result:
        return CliRunner().invoke(app, ["devices", *words, *self.where])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.panel.stop()
    made.printer.stop()


def test_a_status_is_told_without_what_the_device_cannot_tell() -> None:
    paper = DeviceStatus(
        DeviceState.ONLINE, paper=SupplyState.OUT, failure="printer.paper_out", detail="no roll"
    )
    assert state_words("receipt_printer", paper) == "online, paper out"
    told = change_words("receipt_printer", paper)
    assert told == "online, paper out: printer.paper_out (no roll)"
    nobody = DeviceStatus(DeviceState.ONLINE, media=MediaState.NOT_PRESENT)
    assert state_words("presence_sensor", nobody) == "online, person absent"
    assert state_words("id_card_reader", nobody) == "online, card absent"


def test_list_and_explain_say_how_each_device_is_and_where(desk: Desk) -> None:
    desk.printer.command("paper_out")
    listed = desk.kiosk("list").output
    assert "online, person absent\n" in listed
    assert "online, paper out: printer.paper_out\n" in listed
    assert "notSupported" not in listed
    assert f"at {desk.printer.address}" in listed
    told = desk.kiosk("explain", "receipts").output
    assert told.startswith("receipts: online, paper out: printer.paper_out\n")
    assert "To do: remove what is in the way" in told
    assert "Nothing is wrong with it." in desk.kiosk("explain", "panel").output


def test_a_trial_answers_in_the_language_of_the_call(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    chinese = desk.kiosk("test", "receipts")
    assert chinese.exit_code == 0, chinese.output
    assert "打印好了，打印机已确认" in chinese.output
    assert "在 " in chinese.output.splitlines()[0]
    monkeypatch.setenv("LC_ALL", "C")
    english = desk.kiosk("test", "receipts")
    assert "printed, and confirmed by the printer" in english.output
    assert not any("一" <= sign <= "鿿" for sign in english.output)
    asked = desk.kiosk("test", "receipts", "-l", "zh")
    assert "打印好了" in asked.output


def test_ports_say_whose_they_are_in_words(desk: Desk) -> None:
    desk.machine.plug("1-4", "1a86:7523", "ttyUSB0")
    told = desk.kiosk("ports").output
    assert "used by panel; its lasting name: usb:2341:0043/path=1-3" in told
    assert "used by no device of the settings; its lasting name: usb:1a86:7523/path=1-4" in told


def test_watch_tells_each_change_once_until_it_is_interrupted(desk: Desk) -> None:
    command = [sys.executable, "-c", "from kiosk.cli.main import app; app()", "devices", "watch"]
    with subprocess.Popen(
        [*command, *desk.where], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as watch:
        assert watch.stdout is not None
        told: list[str] = []

        def until(*wanted: str) -> None:
            for line in watch.stdout or ():
                told.append(line)
                if all(any(words in each for each in told) for words in wanted):
                    return
            raise AssertionError(told)

        until("panel              online", "receipts           online, paper full")
        desk.panel.command("unplug")
        desk.machine.pull("1-3")
        until("panel              noDevice: device.gone", "port               - ")
        desk.panel.command("replug")
        desk.plug()
        until("port               + ")
        watch.send_signal(signal.SIGINT)
        told += watch.stdout.readlines()
        assert watch.wait(30) == 0
    assert sum(line.count("noDevice") for line in told) == 1


@contextmanager
def tried(
    device: str, adapter: str, on_event: EventCallback | None = None, **options: object
) -> Iterator[DeviceHost]:
    host = DeviceHost(HostSpec("device", device, adapter, options), on_event=on_event)
    host.start()
    try:
        yield host
    finally:
        host.stop()


def test_the_lights_a_board_has_are_shown_in_every_state(tmp_path: Path) -> None:
    board = PanelSimulator(tmp_path / "board", lights=[Light.CARD, Light.STAFF])
    board.start()
    said: list[str] = []
    with tried("indicator_light", "serial-panel", port=board.address) as host:
        good, words = try_device(host, lambda text: said.append(text.en), look_s=0.0)
    assert good
    assert words.en.startswith("shown: card, staff.")
    assert said == ["Watch the lights: each comes on, flashes and goes out, one after another."]
    assert board.state()["requests"] >= 6
    with tried("presence_sensor", "serial-panel", port=board.address) as host:
        told = Text(zh="感应器的回答：没有人", en="the sensor says: away")
        assert try_device(host) == (True, told)
    board.stop()


def test_of_a_scanned_code_only_kind_and_length_are_told(tmp_path: Path) -> None:
    scanner = SerialScannerSimulator(tmp_path / "scanner")
    scanner.start()

    def hold_code(name: str, event: str, data: object) -> None:
        scanner.command("scan", text="SECRET-0001")

    with tried("scanner", "serial-scanner", hold_code, port=scanner.address) as host:
        good, words = try_device(host)
    scanner.stop()
    assert good
    assert words.en == "a code was read: unknown, 11 characters"
    assert words.zh == "读到了一个码：unknown，11 个字符"


def test_a_supply_is_asked_how_it_is() -> None:
    supply = NutSimulator()
    supply.start()
    with tried("power_supply", "nut", port=supply.port) as host:
        good, words = try_device(host)
        assert good
        assert words.en.startswith("on mains, charged to ")
        assert words.zh.startswith("市电供电，电量 ")
        supply.command("set", values={"ups.status": "OL RB"})
        good, words = try_device(host)
        assert not good
        assert words.en.endswith("battery to be replaced")
    supply.stop()


def test_a_port_without_a_trial_is_said() -> None:
    host = DeviceHost(HostSpec("device", "gate", "nut"))
    assert try_device(host)[1].en == "no trial for port gate"
