"""Finding an XFS4IoT service, agreeing with it on versions, and proving who is who."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from xfs_bench import context, opened, refusal, simulated
from xfs_certificates import Certificates, certificates

from drivers.host import HostPolicy
from drivers.ports import Light, LightState
from drivers.results import Ok
from drivers.xfs import XfsLights, XfsPresence, XfsReceiptPrinter, XfsScanner, opening
from drivers.xfs.options import XfsOptions
from drivers.xfs.simulated_services import Machine
from drivers.xfs.simulator import XfsSimulator
from drivers.xfs.tls import Identity


@pytest.fixture
def simulator() -> Iterator[XfsSimulator]:
    with simulated() as running:
        yield running


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("pki"))


def closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def sent(simulator: XfsSimulator, name: str) -> list[Any]:
    return [message for message in simulator.received if message.name == name]


# --- where ------------------------------------------------------------------------------------------


def test_the_ports_of_a_host_are_those_published() -> None:
    tls = XfsOptions(host="atm").publishers()
    plain = XfsOptions(host="atm", tls=False).publishers()
    assert tls[:2] == ("wss://atm:443/xfs4iot/v1.0", "wss://atm:5846/xfs4iot/v1.0")
    assert plain[0] == "ws://atm:80/xfs4iot/v1.0"
    assert plain[-1] == "ws://atm:5856/xfs4iot/v1.0"
    assert len(tls) == len(plain) == 12


def test_a_host_is_searched_for_the_publisher_that_knows_the_service(
    simulator: XfsSimulator,
) -> None:
    with simulated() as other:
        other.publishes = ("printer",)
        ports = [closed_port(), other.port, simulator.port]
        lights = opened(XfsLights(context(host="127.0.0.1", tls=False, ports=ports)))
        assert lights.show(Light.CARD, LightState.ON, 20) == Ok(None)
        lights.close()
    assert simulator.machine.lights != {}
    assert other.machine.lights == {}


def test_a_host_without_a_publisher_is_gone() -> None:
    ports = [closed_port(), closed_port()]
    assert refusal(
        XfsLights(context(host="127.0.0.1", tls=False, ports=ports)).open()
    ).code == "device.gone"  # fmt: skip


def test_ports_that_never_answer_do_not_hold_the_opening_up_for_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert HostPolicy().upkeep_limit_s > opening._OPEN_S
    monkeypatch.setattr(opening, "_OPEN_S", 1.2)
    with contextlib.ExitStack() as held:
        ports = []
        for _ in range(12):
            listener = held.enter_context(socket.socket())
            listener.bind(("127.0.0.1", 0))
            listener.listen(1)
            ports.append(listener.getsockname()[1])
        began = time.monotonic()
        failure = refusal(XfsLights(context(host="127.0.0.1", tls=False, ports=ports)).open())
        took = time.monotonic() - began
    assert failure.code == "device.offline"
    assert took < 6, "twelve ports, a second each, and no limit for all of them"


def test_a_slow_service_uses_up_the_time_of_the_whole_opening(
    simulator: XfsSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_OPEN_S", 3.0)
    simulator.command("fault", name="Common.Capabilities", kind="slow")
    lights = XfsLights(
        context(service=simulator.service("lights"), vendor_mode=simulator.service("vendorMode"))
    )
    opened(lights).close()
    first, *others = [message.timeout_ms for message in simulator.received]
    assert len(others) > 4
    assert max(others) < first * 0.7


def test_services_may_be_told_in_events(simulator: XfsSimulator) -> None:
    simulator.in_events = True
    lights = opened(XfsLights(context(publisher=simulator.address)))
    lights.close()


def test_a_publisher_that_knows_no_such_service(simulator: XfsSimulator) -> None:
    simulator.publishes = ("printer", "vendorMode")
    failure = refusal(XfsLights(context(publisher=simulator.address)).open())
    assert (failure.code, failure.detail) == ("device.misconfigured", "no service offers Lights")


def test_the_wrong_service_is_told(simulator: XfsSimulator) -> None:
    failure = refusal(XfsLights(context(service=simulator.service("printer"))).open())
    assert failure.code == "device.misconfigured"
    assert failure.detail == "the service has no Lights interface"


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"service": "ws://127.0.0.1:1/x", "host": "atm"},
        {"host": "atm/x"},
        {"service": "http://atm"},
        {"host": "atm", "client_key": "key.pem"},
        {"host": "atm", "ports": [0]},
    ],
)
def test_settings_that_make_no_sense(options: dict[str, Any]) -> None:
    assert refusal(XfsLights(context(**options)).open()).code == "device.misconfigured"


# --- what it can, and in which version ---------------------------------------------------------------


def test_the_newest_common_version_of_each_command_is_agreed_on(simulator: XfsSimulator) -> None:
    lights = opened(XfsLights(context(service=simulator.service("lights"))))
    lights.show(Light.CARD, LightState.ON, 20)
    lights.close()
    chosen = sent(simulator, "Common.SetVersions")[0].payload
    assert chosen["commands"]["Lights.SetLight"] == 3
    assert chosen["commands"]["Common.Status"] == 3
    assert chosen["events"] == {"Common.StatusChangedEvent": 3}
    assert sent(simulator, "Lights.SetLight")[0].version == "3.0"


def test_a_service_of_one_version_is_spoken_to_in_it() -> None:
    versions = dict.fromkeys(("Common.Capabilities", "Common.Status"), ("3.2",))
    with simulated(versions=versions) as simulator:
        opened(XfsLights(context(service=simulator.service("lights")))).close()
    assert [message.version for message in sent(simulator, "Common.Capabilities")] == ["2.0", "3.0"]
    assert sent(simulator, "Common.Status")[0].version == "3.0"


@pytest.mark.parametrize(
    ("versions", "detail"),
    [
        (
            {"Lights.SetLight": ("1.3", "2.1")},
            "the service offers Lights.SetLight in 1.3, 2.1; spoken here: 3.x",
        ),
        ({"Lights.SetLight": ()}, "the service does not offer Lights.SetLight"),
        ({"Common.Capabilities": ("1.0",)}, "Common.Capabilities: unsupportedCommand"),
    ],
)
def test_a_service_of_another_age_is_explained(
    versions: dict[str, tuple[str, ...]], detail: str
) -> None:
    with simulated(versions=versions) as simulator:
        failure = refusal(XfsLights(context(service=simulator.service("lights"))).open())
    assert (failure.code, failure.detail) == ("device.misconfigured", detail)


@pytest.mark.parametrize("offered", [(), ("2.0",)])
def test_versions_that_cannot_be_set_are_spoken_all_the_same(offered: tuple[str, ...]) -> None:
    with simulated(versions={"Common.SetVersions": offered}) as simulator:
        simulator.command("fault", name="Common.SetVersions", kind="error", code="hardwareError")
        adapter = XfsLights(context(service=simulator.service("lights")))
        if offered:
            assert refusal(adapter.open()).detail == "Common.SetVersions: hardwareError"
        opened(adapter).close()


class Narrow(Machine):
    """A printer that cannot cut, a machine without a sensor."""

    def __init__(self) -> None:
        super().__init__()
        self.capable = {
            "printer": {"control": {"eject": True}},
            "auxiliaries": {"proximitySensor": False},
        }


@pytest.mark.parametrize(
    ("adapter", "service", "detail"),
    [
        (XfsReceiptPrinter, "printer", "the printer cannot cut (finish)"),
        (XfsPresence, "auxiliaries", "the service has no proximity sensor"),
    ],
)
def test_what_a_device_cannot_do_is_told_at_once(adapter: Any, service: str, detail: str) -> None:
    with simulated(machine=Narrow()) as simulator:
        failure = refusal(adapter(context(service=simulator.service(service))).open())
    assert (failure.code, failure.detail) == ("device.misconfigured", detail)


def test_a_command_that_wants_a_token_is_refused_at_the_opening(simulator: XfsSimulator) -> None:
    simulator.machine.guarded = ("Lights.SetLight",)
    failure = refusal(XfsLights(context(service=simulator.service("lights"))).open())
    assert failure.code == "device.misconfigured"
    assert failure.detail == "the service wants a security token for Lights.SetLight"


# --- who is who -------------------------------------------------------------------------------------


def test_a_service_is_believed_by_its_authority_only(pki: Certificates) -> None:
    with simulated(tls=pki.server()) as simulator:
        for ca_file, accepted in ((pki.ca, True), (pki.other_ca, False), (Path(), False)):
            scanner = XfsScanner(
                context(publisher=simulator.address, ca_file=str(ca_file) if ca_file.name else "")
            )
            result = scanner.open()
            scanner.close()
            if accepted:
                assert result == Ok(None)
            else:
                assert refusal(result).code == "device.misconfigured"


def test_a_service_is_believed_at_its_own_address_only(pki: Certificates) -> None:
    with simulated(tls=pki.server("elsewhere")) as simulator:
        failure = refusal(
            XfsLights(context(service=simulator.service("lights"), ca_file=str(pki.ca))).open()
        )
    assert failure.code == "device.misconfigured"
    assert failure.detail == "the service's certificate is not accepted"


@pytest.mark.parametrize(
    ("address", "open_wire", "accepted"),
    [
        ("ws://127.0.0.1:1/x", False, True),
        ("ws://[::1]:1/x", False, True),
        ("ws://localhost:1/x", False, True),
        ("ws://192.0.2.1:1/x", False, False),
        ("ws://localhost.example:1/x", False, False),
        ("ws://192.0.2.1:1/x", True, True),
    ],
)
def test_without_tls_only_this_machine_is_spoken_to(
    address: str, open_wire: bool, accepted: bool
) -> None:
    result = Identity(open_wire=open_wire).context(address)
    if accepted:
        assert result == Ok(None)
    else:
        assert refusal(result).code == "device.misconfigured"


def test_a_publisher_leads_to_no_open_wire_to_another_machine(simulator: XfsSimulator) -> None:
    simulator.publishes = ("ws://192.0.2.1:5846/xfs4iot/v1.0/lights",)
    failure = refusal(XfsLights(context(publisher=simulator.address)).open())
    assert failure.code == "device.misconfigured"
    assert failure.detail == "no TLS to another machine (open_wire)"


def test_a_publisher_over_tls_leads_to_no_open_wire(pki: Certificates) -> None:
    with simulated(tls=pki.server()) as publisher, simulated() as plain:
        publisher.publishes = (plain.service("printer"),)
        failure = refusal(
            XfsReceiptPrinter(context(publisher=publisher.address, ca_file=str(pki.ca))).open()
        )
    assert failure.detail == "no service offers Printer"


def test_a_service_that_asks_who_we_are_is_told(pki: Certificates) -> None:
    with simulated(tls=pki.server(asks=True)) as simulator:
        known = {
            "service": simulator.service("lights"),
            "ca_file": str(pki.ca),
            "open_timeout_s": 10,
        }
        ours = {"client_cert": str(pki.client_cert), "client_key": str(pki.client_key)}
        opened(XfsLights(context(**known, **ours))).close()
        stranger = refusal(XfsLights(context(**known)).open())
    assert stranger.code == "device.misconfigured"
    assert stranger.detail == "the service does not accept us"


@pytest.mark.parametrize(
    ("key", "setting"), [("ca_file", "ca_file"), ("client_cert", "client_cert or client_key")]
)
def test_a_file_that_is_no_certificate_is_named_by_its_setting(
    tmp_path: Path, key: str, setting: str
) -> None:
    secret = tmp_path / "secret.pem"
    secret.write_text("SECRET", "utf-8")
    failure = refusal(
        XfsLights(context(service="wss://127.0.0.1:1/x", **{key: str(secret)})).open()
    )
    assert failure.code == "device.misconfigured"
    assert failure.detail == f"{setting} cannot be used"
