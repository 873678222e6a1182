"""The form of a binding, and which port it means on an invented machine."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.hotplug.binding import Binding, BindingError, binding_for
from drivers.hotplug.inventory import PortKind, Roots, attached_ports, look_again
from drivers.hotplug.locate import BoundOptions, locate, port_options
from drivers.hotplug.simulator import SimulatedMachine
from drivers.registry import SHIPPED, adapter_class
from drivers.results import Failure, Ok

hex4 = st.text("0123456789abcdef", min_size=4, max_size=4)
paths = st.from_regex(r"[1-9][0-9]?-[1-9](\.[1-9]){0,4}", fullmatch=True)
bindings = st.builds(
    Binding,
    vendor=hex4,
    product=hex4,
    serial=st.none() | st.text(st.characters(codec="utf-8"), min_size=1, max_size=40),
    path=st.none() | paths,
    interface=st.none() | st.text("0123456789abcdef", min_size=2, max_size=2),
    line=st.none() | st.integers(0, 255),
)


@given(bindings)
def test_a_binding_written_is_read_again(binding: Binding) -> None:
    text = str(binding)
    assert Binding.parse(text) == binding
    assert text.isascii()
    assert '"' not in text
    assert text.isprintable()


@given(st.text(max_size=60) | st.text("usb:/=%0123456789abcdefseriapthn-.", max_size=60))
def test_whatever_is_written_is_a_binding_or_a_plain_refusal(text: str) -> None:
    for given_text in (text, f"usb:{text}", f"usb:1a86:7523/{text}"):
        try:
            binding = Binding.parse(given_text)
        except BindingError:
            continue
        assert Binding.parse(str(binding)) == binding


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("/dev/ttyUSB0", "begins with"),
        ("usb:1a86", "four hex digits"),
        ("usb:1a86:75234", "four hex digits"),
        ("usb:1a86:7523/serial=", "serial: expected at least one character"),
        ("usb:1a86:7523/path=2.1", "path: expected a socket like 1-2.1"),
        ("usb:1a86:7523/path=1-2/path=1-2", "path is named twice"),
        ("usb:1a86:7523/seriel=1", "expected one of serial, path, interface, line"),
        ("usb:1a86:7523/interface=0", "interface: expected two hex digits"),
        ("usb:1a86:7523/serial=%FF", "no UTF-8"),
    ],
)
def test_a_mistake_is_named(text: str, wrong: str) -> None:
    with pytest.raises(BindingError, match=wrong):
        Binding.parse(text)


@pytest.fixture
def machine(tmp_path: Path) -> SimulatedMachine:
    return SimulatedMachine(tmp_path)


def found(machine: SimulatedMachine, text: str, kind: PortKind = PortKind.SERIAL) -> str:
    result = locate(text, kind, machine.roots)
    assert isinstance(result, Ok), result
    return result.value.device.removeprefix(str(machine.roots.dev))


def refused(
    machine: SimulatedMachine, text: str, kind: PortKind = PortKind.SERIAL
) -> tuple[str, str]:
    result = locate(text, kind, machine.roots)
    assert isinstance(result, Failure), result
    return result.code, result.detail


def test_the_inventory_names_what_is_there_and_no_phantom(machine: SimulatedMachine) -> None:
    machine.plug("1-2.1", "1A86:7523", "ttyUSB0", model="USB\x1b[31m Serial")
    machine.plug("1-3", "04b8:0202", "lp0", serial="X1", kind=PortKind.PRINTER)
    machine.plug("1-4", "046d:0825", "video0", "video1", kind=PortKind.VIDEO, one_interface=True)
    camera = machine.roots.sys / "class/video4linux/video1"
    (camera / "index").write_text("1\n", "ascii")
    machine.on_board("ttyS0", "4")
    machine.on_board("ttyS1", "0")
    machine.console("tty1")
    by_id = machine.roots.dev / "serial/by-id"
    by_id.mkdir(parents=True)
    (by_id / "usb-1a86_USB_Serial-if00-port0").symlink_to("../../ttyUSB0")
    ports = {Path(port.device).name: port for port in attached_ports(machine.roots)}
    assert set(ports) == {"ttyUSB0", "ttyS0", "lp0", "video0"}
    assert ports["ttyS0"].usb is None
    serial = ports["ttyUSB0"]
    assert serial.usb is not None
    assert (serial.usb.vid_pid, serial.usb.path, serial.usb.bridge) == (
        "1a86:7523",
        "1-2.1",
        "CH340",
    )
    assert serial.usb.model == "USB?[31m Serial"
    assert serial.links == (str(by_id / "usb-1a86_USB_Serial-if00-port0"),)
    assert ports["lp0"].device.endswith("/dev/usb/lp0")


def test_a_machine_without_usb_has_no_ports(tmp_path: Path) -> None:
    assert attached_ports(Roots(tmp_path / "sys", tmp_path / "dev")) == []


def test_the_binding_holds_whatever_the_port_is_called(machine: SimulatedMachine) -> None:
    machine.plug("1-2.1", "1a86:7523", "ttyUSB0", serial="A/1 %")
    (port,) = attached_ports(machine.roots)
    text = str(binding_for(port, [port]))
    assert text == "usb:1a86:7523/serial=A%2F1%20%25/path=1-2.1"
    assert found(machine, text) == "/ttyUSB0"
    machine.pull("1-2.1")
    assert refused(machine, text)[0] == "device.gone"
    machine.plug("1-2.1", "1a86:7523", "ttyUSB7", serial="A/1 %")
    assert found(machine, text) == "/ttyUSB7"
    assert not look_again(port, machine.roots)


def test_another_device_in_the_socket_is_a_swap(machine: SimulatedMachine) -> None:
    text = "usb:0403:6001/serial=READER1/path=1-2"
    machine.plug("1-2", "0403:6001", "ttyUSB0", serial="LIGHTS7")
    machine.plug("1-3", "0403:6001", "ttyUSB1", serial="READER1")
    code, detail = refused(machine, text)
    assert code == "device.swapped"
    assert (
        "expected 0403:6001, serial number READER1, there is 0403:6001, serial number LIG" in detail
    )
    assert "the device bound is at 1-3 now" in detail
    machine.pull("1-2")
    machine.plug("1-2", "0781:5567")  # a memory stick, which has no port at all
    assert refused(machine, text)[0] == "device.swapped"
    machine.pull("1-2")
    code, detail = refused(machine, text)
    assert (code, detail) == ("device.gone", "nothing at 1-2; the device bound is at 1-3 now")
    assert found(machine, "usb:0403:6001/serial=READER1") == "/ttyUSB1"


def test_attached_but_without_a_port_is_said_so(machine: SimulatedMachine) -> None:
    machine.plug("1-2", "1a86:7523")
    code, detail = refused(machine, "usb:1a86:7523/path=1-2")
    assert code == "device.gone"
    assert "has no such port" in detail


def test_two_alike_are_told_apart_by_their_sockets_only(machine: SimulatedMachine) -> None:
    machine.plug("1-2", "10c4:ea60", "ttyUSB0", serial="0001")
    machine.plug("1-3", "10c4:ea60", "ttyUSB1", serial="0001")
    code, detail = refused(machine, "usb:10c4:ea60/serial=0001")
    assert code == "device.misconfigured"
    assert "at 1-2" in detail
    assert "at 1-3" in detail
    ports = attached_ports(machine.roots)
    assert [found(machine, str(binding_for(port, ports))) for port in ports] == [
        "/ttyUSB0",
        "/ttyUSB1",
    ]
    code, detail = refused(machine, "usb:10c4:ea60/serial=0002")
    assert code == "device.gone"
    assert "of the same make there is: 10c4:ea60, serial number 0001" in detail


@pytest.mark.parametrize("one_interface", [False, True])
def test_the_ports_of_one_device_have_names_of_their_own(
    machine: SimulatedMachine, one_interface: bool
) -> None:
    names = ("ttyUSB0", "ttyUSB1", "ttyUSB2")
    machine.plug("2-1.4", "0403:6011", *names, one_interface=one_interface)
    ports = attached_ports(machine.roots)
    texts = [str(binding_for(port, ports)) for port in ports]
    assert len(set(texts)) == 3
    assert [found(machine, text) for text in texts] == [f"/{name}" for name in names]
    assert refused(machine, "usb:0403:6011/path=2-1.4")[0] == "device.misconfigured"


def test_a_malformed_binding_is_a_matter_of_the_settings(machine: SimulatedMachine) -> None:
    class Adapter:
        port_options: ClassVar = {"port": "serial"}

    bound = BoundOptions({"port": "usb:1a86", "baud": 9600}, machine.roots)
    result = bound.resolve(Adapter)
    assert isinstance(result, Failure)
    assert result.code == "device.misconfigured"
    assert result.detail.startswith("port: usb:1a86")
    plain = BoundOptions({"port": "/dev/ttyS0"}, machine.roots)
    assert plain.resolve(Adapter) == Ok({"port": "/dev/ttyS0"})
    assert plain.lost() is None


def test_shipped_adapters_declare_options_they_have() -> None:
    declared = {name: port_options(adapter_class(name)) for name in SHIPPED}
    assert declared["sdt-serial"] == {"port": PortKind.SERIAL}
    assert declared["escpos-usb"] == {"device": PortKind.PRINTER}
    assert declared["opencv-camera"] == {"source": PortKind.VIDEO}
    assert declared["ipp"] == {}
