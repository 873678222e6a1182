"""The NUT client against a simulated upsd on TCP, and in a device host."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from host_bench import code, running, value
from hypothesis import given
from hypothesis import strategies as st

from drivers.failures import describe
from drivers.ports import AdapterContext, PowerReport, PowerSource, PowerSupply
from drivers.results import Failure, Ok, Result
from drivers.simulation import Simulator
from drivers.status import DeviceState
from drivers.ups import NutPowerSupply
from drivers.ups.protocol import (
    NutSyntaxError,
    error_of,
    quote,
    report_of,
    split_words,
    variables_of,
)
from drivers.ups.simulator import NutSimulator

WAIT = 20.0


class Bench:
    """A simulated upsd, and what the adapters emitted."""

    def __init__(self) -> None:
        self.simulator = NutSimulator()
        self.simulator.start()
        self.events: list[str] = []
        self.data: list[Mapping[str, Any]] = []
        self.cancelled = threading.Event()

    def _emit(self, name: str, data: Mapping[str, Any]) -> None:
        self.events.append(name)
        self.data.append(data)

    def adapter(self, **options: Any) -> NutPowerSupply:
        settings = {"port": self.simulator.port, **options}
        return NutPowerSupply(AdapterContext("ups", settings, self._emit, self.cancelled.is_set))

    def opened(self) -> NutPowerSupply:
        supply = self.adapter()
        assert supply.open() == Ok(None)
        return supply

    def do(self, name: str, **arguments: Any) -> None:
        self.simulator.command(name, **arguments)


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.simulator.stop()


def _code(result: Result[Any]) -> str:
    assert isinstance(result, Failure), result
    describe(result.code)
    return result.code


# --- the protocol -------------------------------------------------------------------------------


def test_words() -> None:
    assert split_words(r'VAR ups device.mfr "Maker \"A\" \\ B"') == [
        "VAR", "ups", "device.mfr", 'Maker "A" \\ B',
    ]  # fmt: skip
    assert split_words("  A   B ") == ["A", "B"]
    assert split_words('""') == [""]
    assert split_words("") == []


@pytest.mark.parametrize("line", ['"open', "a\\", 'a"b"', '"a"b', "a\x00b", "a\tb", '"a\\"'])
def test_lines_that_are_not_of_the_protocol(line: str) -> None:
    with pytest.raises(NutSyntaxError):
        split_words(line)


@given(st.lists(st.text(st.characters(min_codepoint=0x20, exclude_characters="\x7f"))))
def test_quoted_words_come_back(values: list[str]) -> None:
    assert split_words(" ".join(map(quote, values))) == values


@given(st.text())
def test_any_text_gives_words_or_a_syntax_error(line: str) -> None:
    try:
        words = split_words(line)
    except NutSyntaxError:
        return
    error_of(words)
    with pytest.raises(NutSyntaxError):
        variables_of("no such ups here", [[*words, "", "", "", "", ""]])


FLAG = st.sampled_from(["OL", "OB", "LB", "FSD", "RB", "OVER", "WAIT", "CHRG", "OFF", "BYPASS", ""])


@given(st.lists(FLAG), st.text() | st.floats().map(str), st.text() | st.floats(-10, 1e9).map(repr))
def test_reports_keep_their_ranges(flags: list[str], charge: str, runtime: str) -> None:
    result = report_of(
        {"ups.status": " ".join(flags), "battery.charge": charge, "battery.runtime": runtime}
    )
    if isinstance(result, Failure):
        assert not {"OL", "OB", "FSD"} & set(flags)
        return
    report = result.value
    assert report.charge_percent is None or 0 <= report.charge_percent <= 100
    assert report.runtime_s is None or report.runtime_s >= 0
    assert not report.low or report.source is PowerSource.BATTERY


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("OL", PowerReport(PowerSource.MAINS)),
        ("OL CHRG LB", PowerReport(PowerSource.MAINS)),
        ("OL RB", PowerReport(PowerSource.MAINS, replace_battery=True)),
        ("OL OVER TRIM", PowerReport(PowerSource.MAINS, overload=True)),
        ("OB DISCHRG", PowerReport(PowerSource.BATTERY)),
        ("OB LB", PowerReport(PowerSource.BATTERY, low=True)),
        ("FSD OL", PowerReport(PowerSource.BATTERY, low=True)),
        ("CAL OL OB", PowerReport(PowerSource.BATTERY)),
    ],
)
def test_status_flags(status: str, expected: PowerReport) -> None:
    assert report_of({"ups.status": status}) == Ok(expected)


@pytest.mark.parametrize("status", ["", "WAIT", "OFF", "BYPASS"])
def test_a_driver_that_does_not_know(status: str) -> None:
    assert _code(report_of({"ups.status": status})) == "ups.stale"
    assert _code(report_of({})) == "ups.stale"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ERR DATA-STALE", "ups.stale"),
        ("ERR DRIVER-NOT-CONNECTED", "ups.driver_down"),
        ("ERR UNKNOWN-UPS", "device.misconfigured"),
        ("ERR ACCESS-DENIED", "device.misconfigured"),
        ("ERR FEATURE-NOT-SUPPORTED", "device.protocol"),
        ("ERR", "device.protocol"),
    ],
)
def test_error_codes(line: str, expected: str) -> None:
    failure = error_of(split_words(line))
    assert failure is not None
    assert _code(failure) == expected


# --- the adapter --------------------------------------------------------------------------------


def test_shapes(bench: Bench) -> None:
    assert isinstance(bench.adapter(), PowerSupply)
    simulator: Simulator = bench.simulator
    assert "mains_fail" in simulator.commands()
    with pytest.raises(KeyError):
        simulator.command("dance")


def test_a_power_cut_from_beginning_to_end(bench: Bench) -> None:
    supply = bench.opened()
    assert supply.status().failure is None
    bench.do("mains_fail", charge=80, runtime=600)
    assert supply.status().failure == "ups.on_battery"
    assert supply.power(WAIT) == Ok(PowerReport(PowerSource.BATTERY, 80.0, 600.0))
    bench.do("mains_fail", charge=9, runtime=50, low=True)
    status = supply.status()
    assert (status.failure, status.usable) == ("ups.low_battery", True)
    supply.status()
    bench.do("mains_return")
    assert supply.status().failure is None
    assert bench.events == ["on_line", "on_battery", "low_battery", "on_line"]
    assert bench.data[2] == {"charge_percent": 9.0, "runtime_s": 50.0}
    supply.close()


def test_a_power_cut_before_the_start_is_told(bench: Bench) -> None:
    bench.do("mains_fail", low=True)
    bench.opened().close()
    assert bench.events == ["on_battery", "low_battery"]


@pytest.mark.parametrize(
    ("flags", "expected"), [("OL RB", "ups.replace_battery"), ("OL OVER RB", "ups.overload")]
)
def test_a_supply_in_need_of_care(bench: Bench, flags: str, expected: str) -> None:
    supply = bench.opened()
    bench.do("set", values={"ups.status": flags, "battery.charge": None, "battery.runtime": "?"})
    status = supply.status()
    assert (status.device, status.failure) == (DeviceState.ONLINE, expected)
    report = supply.power(WAIT)
    assert isinstance(report, Ok)
    assert (report.value.charge_percent, report.value.runtime_s) == (None, None)
    supply.close()


@pytest.mark.parametrize(
    ("error", "expected"),
    [("DATA-STALE", "ups.stale"), ("DRIVER-NOT-CONNECTED", "ups.driver_down")],
)
def test_upsd_without_news_stays_open_and_recovers(bench: Bench, error: str, expected: str) -> None:
    bench.do("error", code=error)
    supply = bench.opened()
    status = supply.status()
    assert (status.device, status.failure) == (DeviceState.HARDWARE_ERROR, expected)
    assert _code(supply.power(WAIT)) == expected
    bench.do("error", code=None)
    assert supply.status().failure is None
    supply.close()


def test_a_ups_that_upsd_does_not_know_and_one_it_may_not_show(bench: Bench) -> None:
    assert _code(bench.adapter(ups="other").open()) == "device.misconfigured"
    bench.do("error", code="ACCESS-DENIED")
    assert _code(bench.adapter().open()) == "device.misconfigured"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("silence", "device.offline"),
        ("garbage", "device.protocol"),
        ("endless", "device.protocol"),
        ("cut", "device.offline"),
        ("hang_up", "device.offline"),
        ("foreign", "device.protocol"),
    ],
)
@pytest.mark.strikes("nut: noise, silence, unplug")
def test_a_server_that_misbehaves(bench: Bench, kind: str, expected: str) -> None:
    supply = bench.opened()
    bench.do("fault", kind=kind)
    assert _code(supply.power(0.3)) == expected
    assert _code(supply.power(0.3)) == "device.offline"  # such a connection is not used again
    bench.do("fault", kind=None)
    assert supply.open() == Ok(None)
    supply.close()


def test_unasked_words_spoil_the_connection(bench: Bench) -> None:
    supply = bench.opened()
    bench.do("fault", kind="talk")
    results = [supply.status().failure for _ in range(3)]
    assert "device.protocol" in results
    supply.close()


@pytest.mark.strikes("nut: power_cycle")
def test_upsd_restarted(bench: Bench) -> None:
    supply = bench.opened()
    bench.do("off")
    assert supply.status().device is DeviceState.OFFLINE
    assert _code(supply.open()) == "device.offline"
    bench.do("on")
    assert supply.open() == Ok(None)
    supply.close()


def test_giving_up(bench: Bench) -> None:
    supply = bench.opened()
    bench.do("fault", kind="silence")
    bench.cancelled.set()
    assert _code(supply.power(WAIT)) == "device.cancelled"


def test_a_flood_of_variables_is_refused(bench: Bench) -> None:
    supply = bench.opened()
    bench.do("set", values={f"x.{n}": "1" for n in range(1001)})
    assert _code(supply.power(WAIT)) == "device.protocol"


@pytest.mark.parametrize("wrong", [{"port": 0}, {"host": ""}, {"ups": "a b"}, {"user": "x"}])
def test_wrong_settings_name_their_key(bench: Bench, wrong: dict[str, Any]) -> None:
    result = bench.adapter(**wrong).open()
    assert _code(result) == "device.misconfigured"
    assert isinstance(result, Failure)
    assert next(iter(wrong)) in result.detail


def test_the_simulator_speaks_to_other_clients(bench: Bench) -> None:
    with socket.create_connection(("127.0.0.1", bench.simulator.port), WAIT) as client:
        stream = client.makefile("rwb")
        for line, expected in (
            (b"GET VAR ups battery.charge\n", b'VAR ups battery.charge "100"\n'),
            (b"GET VAR ups no.such\n", b"ERR VAR-NOT-SUPPORTED\n"),
            (b"GET VAR other x\n", b"ERR UNKNOWN-UPS\n"),
            (b"NETVER\n", b"1.3\n"),
            (b"DANCE\n", b"ERR UNKNOWN-COMMAND\n"),
            (b'"\n', b"ERR INVALID-ARGUMENT\n"),
            (b"LOGOUT\n", b""),
        ):
            stream.write(line)
            stream.flush()
            assert stream.readline() == expected


def test_in_a_device_host(bench: Bench) -> None:
    with running("drivers.ups:NutPowerSupply", port=bench.simulator.port) as (host, watcher):
        watcher.until_event("on_line")
        bench.do("mains_fail", charge=50)
        watcher.until_event("on_battery")
        watcher.until_failure("ups.on_battery")
        assert value(host.call("power", timeout_s=WAIT)).charge_percent == 50.0
        bench.do("off")
        watcher.until_failure("device.offline")
        assert code(host.call("power", timeout_s=5.0)) == "device.offline"
        bench.do("on")
        watcher.until_failure("ups.on_battery")
