"""The panel protocol, the adapter on a real tty, and the board in a device host."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from host_bench import code, running, value
from hypothesis import given
from hypothesis import strategies as st

from drivers.failures import describe
from drivers.indicator import SerialPanel
from drivers.indicator import simulator as board
from drivers.indicator.lines import (
    ANSWER,
    EVENT,
    MAX_LINE,
    REQUEST,
    Line,
    LineReader,
    crc8,
    decode,
    encode,
    parse_board,
    parse_state,
)
from drivers.indicator.simulator import PanelSimulator
from drivers.ports import (
    AdapterContext,
    IndicatorLight,
    Light,
    LightState,
    Presence,
    PresenceSensor,
)
from drivers.results import Failure, Ok, Result
from drivers.simulation import Simulator
from drivers.status import DeviceState, MediaState

WAIT = 20.0
WORDS = st.lists(st.text("ABCXYZ019.,-=", min_size=1, max_size=8), min_size=1, max_size=6)
LINES = st.builds(
    Line, st.sampled_from([REQUEST, ANSWER, EVENT]), st.integers(0, 99), WORDS.map(tuple)
)


class Bench:
    """A simulated board and adapters on it."""

    def __init__(self, link: Path, **setup: Any) -> None:
        self.simulator = PanelSimulator(link, **setup)
        self.simulator.start()
        self.events: list[str] = []
        self.cancelled = threading.Event()
        self.opened_ones: list[SerialPanel] = []

    def _emit(self, name: str, data: Mapping[str, Any]) -> None:
        assert data == {}
        self.events.append(name)

    def adapter(self, **options: Any) -> SerialPanel:
        settings = {"port": self.simulator.address, "answer_s": 0.1, **options}
        panel = SerialPanel(AdapterContext("panel", settings, self._emit, self.cancelled.is_set))
        self.opened_ones.append(panel)
        return panel

    def opened(self, **options: Any) -> SerialPanel:
        panel = self.adapter(**options)
        assert panel.open() == Ok(None)
        return panel

    def do(self, name: str, **arguments: Any) -> Mapping[str, Any]:
        return self.simulator.command(name, **arguments)

    def light(self, light: Light) -> str:
        return str(self.simulator.state()["lights"][light])

    def close(self) -> None:
        for panel in self.opened_ones:
            panel.close()
        self.simulator.stop()


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def build_one(**setup: Any) -> Bench:
        made.append(Bench(tmp_path / "panel", **setup))
        return made[-1]

    yield build_one
    for bench in made:
        bench.close()


@pytest.fixture
def bench(build: Callable[..., Bench]) -> Bench:
    return build()


def _code(result: Result[Any]) -> str:
    assert isinstance(result, Failure), result
    describe(result.code)
    return result.code


# --- lines --------------------------------------------------------------------------------------


def test_the_examples_of_the_protocol_page() -> None:
    page = Path(__file__).parents[2] / "docs/devices/indicator.md"
    examples = [
        line.split(None, 1)[1]
        for line in page.read_text("utf-8").splitlines()
        if line.startswith(("terminal ", "board    "))
    ]
    assert len(examples) >= 8
    for example in examples:
        line = decode(example.strip().encode("ascii"))
        assert line is not None, example
        assert encode(line).decode("ascii").strip() == example.strip()


def test_the_check_is_the_catalogued_crc() -> None:
    assert crc8(b"123456789") == 0xF4


@given(LINES, st.integers(1, 9))
def test_lines_survive_any_cutting(line: Line, step: int) -> None:
    data = encode(line)
    reader = LineReader()
    found = [x for at in range(0, len(data), step) for x in reader.feed(data[at : at + step])]
    assert found == [line]
    assert len(data) <= MAX_LINE


@given(LINES, st.data())
def test_a_flipped_bit_is_noticed(line: Line, data: st.DataObject) -> None:
    sound = encode(line).rstrip(b"\r\n")
    at = data.draw(st.integers(0, len(sound) * 8 - 1))
    spoilt = bytearray(sound)
    spoilt[at // 8] ^= 1 << at % 8
    assert decode(bytes(spoilt)) is None


@given(st.lists(st.binary(max_size=200)))
def test_no_bytes_break_the_reader(chunks: list[bytes]) -> None:
    reader = LineReader()
    for chunk in chunks:
        reader.feed(chunk)
    reader.feed(b"\n")
    line = Line(ANSWER, 7, ("OK",))
    assert reader.feed(encode(line)) == [line]


@given(WORDS.map(tuple))
def test_no_words_break_the_parsers(words: tuple[str, ...]) -> None:
    parse_board(words)
    parse_state(words)


@pytest.mark.parametrize(
    "line",
    [Line(b"?", 0, ("A",)), Line(REQUEST, 100, ("A",)), Line(REQUEST, 0, ()),
     Line(REQUEST, 0, ("a",)), Line(REQUEST, 0, ("A" * 80,))],
)  # fmt: skip
def test_lines_the_protocol_cannot_carry(line: Line) -> None:
    with pytest.raises(ValueError, match=r"kind|words|long"):
        encode(line)


# --- the adapter --------------------------------------------------------------------------------


def test_shapes(bench: Bench) -> None:
    panel = bench.adapter()
    assert isinstance(panel, IndicatorLight)
    assert isinstance(panel, PresenceSensor)
    simulator: Simulator = bench.simulator
    assert "approach" in simulator.commands()
    with pytest.raises(KeyError):
        simulator.command("dance")


@pytest.mark.parametrize("state", list(LightState))
@pytest.mark.parametrize("light", list(Light))
def test_every_light_in_every_state(bench: Bench, light: Light, state: LightState) -> None:
    panel = bench.opened(flash_hz=3.0)
    assert panel.show(light, LightState.ON, WAIT) == Ok(None)
    assert panel.show(light, state, WAIT) == Ok(None)
    assert bench.light(light) == state
    assert [bench.light(other) for other in Light if other is not light] == ["off"] * 4


def test_coming_and_going(bench: Bench) -> None:
    panel = bench.opened()
    assert panel.status().media is MediaState.NOT_PRESENT
    assert bench.events == []
    bench.do("approach")
    assert panel.status().media is MediaState.PRESENT
    assert panel.presence(WAIT) == Ok(Presence.NEAR)
    bench.do("leave")
    assert panel.presence(WAIT) == Ok(Presence.AWAY)
    assert bench.events == ["person_near", "person_away"]


def test_somebody_in_passing_is_noticed_between_two_questions(bench: Bench) -> None:
    panel = bench.opened()
    panel.status()
    bench.do("approach")
    bench.do("leave")
    panel.status()
    assert bench.events == ["person_near", "person_away"]


def test_lost_events_are_made_good_by_the_state(build: Callable[..., Bench]) -> None:
    bench = build(events=False)
    panel = bench.opened()
    bench.do("approach")
    panel.status()
    assert bench.events == ["person_near"]


@pytest.mark.parametrize(("events", "uptime_s"), [(True, 0.0), (False, 1000.0)])
def test_lights_come_back_after_a_restart_of_the_board(
    build: Callable[..., Bench], events: bool, uptime_s: float
) -> None:
    bench = build(events=events, uptime_s=uptime_s)
    panel = bench.opened()
    panel.status()
    panel.show(Light.CARD, LightState.FLASH, WAIT)
    bench.do("restart")
    assert bench.light(Light.CARD) == "off"
    panel.status()
    assert bench.light(Light.CARD) == "flash"


def test_a_board_left_alone_goes_dark(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.opened().show(Light.STAFF, LightState.ON, WAIT)
    monkeypatch.setattr(board, "DARK_AFTER_S", 0.0)
    assert bench.light(Light.STAFF) == "off"


def test_a_light_and_a_sensor_the_board_does_not_have(build: Callable[..., Bench]) -> None:
    bench = build(lights=[Light.CARD], sensor=False)
    panel = bench.opened()
    assert _code(panel.show(Light.STAFF, LightState.ON, WAIT)) == "indicator.no_light"
    assert _code(panel.presence(WAIT)) == "indicator.no_sensor"
    status = panel.status()
    assert (status.media, status.failure) == (MediaState.NOT_SUPPORTED, None)


def test_broken_parts_are_named_and_the_rest_works(bench: Bench) -> None:
    panel = bench.opened()
    bench.do("lamp", light="receipt")
    assert _code(panel.show(Light.RECEIPT, LightState.ON, WAIT)) == "indicator.lamp_fault"
    assert panel.show(Light.CARD, LightState.ON, WAIT) == Ok(None)
    status = panel.status()
    assert (status.device, status.failure) == (DeviceState.ONLINE, "indicator.lamp_fault")
    assert status.detail == "RECEIPT"
    bench.do("lamp", light="receipt", broken=False)
    bench.do("sensor")
    assert panel.status().failure == "indicator.sensor_fault"
    assert panel.status().media is MediaState.UNKNOWN
    assert _code(panel.presence(WAIT)) == "indicator.sensor_fault"
    bench.do("sensor", broken=False)
    assert panel.status().failure is None


def test_another_version_is_not_guessed_at(build: Callable[..., Bench]) -> None:
    assert _code(build(version=2).adapter().open()) == "indicator.version"


@pytest.mark.parametrize("kind", ["silence", "damage", "noise", "babble", "late"])
@pytest.mark.strikes("serial-panel: noise")
def test_one_spoilt_answer_is_overcome(bench: Bench, kind: str) -> None:
    bench.do("fault", kind=kind, count=1)
    panel = bench.opened()
    bench.do("fault", kind=kind, count=1)
    assert panel.show(Light.CAMERA, LightState.ON, WAIT) == Ok(None)
    assert bench.light(Light.CAMERA) == "on"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("silence", "device.offline"), ("damage", "device.protocol"), ("babble", "device.protocol")],
)
@pytest.mark.strikes("serial-panel: checksum, silence")
def test_a_line_that_stays_bad(bench: Bench, kind: str, expected: str) -> None:
    panel = bench.opened()
    bench.do("fault", kind=kind)
    assert _code(panel.show(Light.CAMERA, LightState.ON, WAIT)) == expected
    assert panel.status().failure == expected
    assert panel.status().device in (DeviceState.OFFLINE, DeviceState.HARDWARE_ERROR)
    assert _code(bench.adapter().open()) == "device.busy_elsewhere"
    panel.close()
    assert _code(bench.adapter().open()) == "device.offline"


def test_time_out_and_giving_up(bench: Bench) -> None:
    panel = bench.opened(answer_s=1.0)
    bench.do("fault", kind="silence")
    assert _code(panel.show(Light.CAMERA, LightState.ON, 0.1)) == "device.timeout"
    bench.cancelled.set()
    assert _code(panel.presence(WAIT)) == "device.cancelled"


def test_unplugged_and_plugged_in_again(bench: Bench) -> None:
    panel = bench.opened()
    bench.do("unplug")
    assert _code(panel.show(Light.CARD, LightState.ON, WAIT)) == "device.gone"
    assert panel.status().failure == "device.offline"
    assert _code(panel.open()) == "device.gone"
    bench.do("replug")
    assert panel.open() == Ok(None)
    assert panel.show(Light.CARD, LightState.ON, WAIT) == Ok(None)
    bench.do("unplug")
    assert panel.status().device is DeviceState.NO_DEVICE


@pytest.mark.parametrize("wrong", [{"flash_hz": 3.1}, {"baud": 300}, {"port": ""}, {"hz": 1}])
def test_wrong_settings_name_their_key(bench: Bench, wrong: dict[str, Any]) -> None:
    result = bench.adapter(**wrong).open()
    assert _code(result) == "device.misconfigured"
    assert isinstance(result, Failure)
    assert next(iter(wrong)) in result.detail


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("LIGHT", "CARD", "FLASH", "31"), ("ERR", "ARGUMENT")),
        (("LIGHT", "CARD", "GLOW"), ("ERR", "ARGUMENT")),
        (("LIGHT", "MOON", "ON"), ("ERR", "LIGHT")),
        (("DANCE",), ("ERR", "COMMAND")),
    ],
)
def test_a_board_refuses(bench: Bench, words: tuple[str, ...], answer: tuple[str, ...]) -> None:
    assert bench.simulator._answer(words) == answer


def test_in_a_device_host(bench: Bench) -> None:
    with running("drivers.indicator:SerialPanel", port=bench.simulator.address) as (host, watcher):
        watcher.until_failure(None)
        assert value(host.call("show", Light.CARD, LightState.ON, timeout_s=WAIT)) is None
        assert bench.light(Light.CARD) == "on"
        bench.do("approach")
        watcher.until_event("person_near")
        watcher.until(lambda: watcher.statuses[-1].media is MediaState.PRESENT)
        bench.do("unplug")
        watcher.until_failure("device.gone")
        assert code(host.call("presence", timeout_s=5.0)) == "device.gone"
        bench.do("replug")
        watcher.until_failure(None)
