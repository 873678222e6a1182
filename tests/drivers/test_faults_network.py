"""Faults that strike a power supply's server and a network camera in the middle of an operation."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from drivers.camera import FrameReader, OpenCvCamera
from drivers.camera.simulator import MjpegCameraSimulator
from drivers.ports import AdapterContext, PowerReport, PowerSource
from drivers.results import Failure, Ok
from drivers.status import DeviceState
from drivers.ups import NutPowerSupply
from drivers.ups.simulator import NutSimulator

WAIT = 20.0
FULL = Ok(PowerReport(PowerSource.MAINS, 100.0, 1800.0))


def reached(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        pause.wait(0.02)


@pytest.fixture
def upsd() -> Iterator[NutSimulator]:
    simulator = NutSimulator()
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def supply(upsd: NutSimulator) -> Iterator[NutPowerSupply]:
    supply = NutPowerSupply(
        AdapterContext("ups", {"port": upsd.port}, lambda name, data: None, lambda: False)
    )
    assert supply.open() == Ok(None)
    yield supply
    supply.close()


@pytest.mark.parametrize("kind", ["pieces", "slow"])
@pytest.mark.strikes("nut: fragmentation")
def test_an_answer_that_trickles_in_is_read_whole(
    upsd: NutSimulator, supply: NutPowerSupply, kind: str
) -> None:
    upsd.command("fault", kind=kind)
    assert supply.power(WAIT) == FULL
    upsd.command("fault", kind=None)
    assert supply.power(WAIT) == FULL


@pytest.mark.strikes("nut: slow")
def test_an_answer_slower_than_its_time_is_never_taken_for_the_next(
    upsd: NutSimulator, supply: NutPowerSupply
) -> None:
    upsd.command("fault", kind="slow")
    late = supply.power(0.2)
    assert isinstance(late, Failure)
    assert late.code == "device.offline"
    upsd.command("fault", kind=None)
    upsd.command("mains_fail", charge=40, runtime=300)
    assert supply.open() == Ok(None)
    assert supply.power(WAIT) == Ok(PowerReport(PowerSource.BATTERY, 40.0, 300.0))


@pytest.mark.strikes("nut: killed")
def test_upsd_killed_in_mid_answer_is_offline_and_found_again(
    upsd: NutSimulator, supply: NutPowerSupply
) -> None:
    upsd.command("fault", kind="killed")
    cut = supply.power(WAIT)
    assert isinstance(cut, Failure)
    assert cut.code == "device.offline"
    upsd.command("fault", kind=None)
    reached(lambda: not upsd.state()["on"])
    assert isinstance(supply.open(), Failure)
    upsd.command("on")
    assert supply.open() == Ok(None)
    assert supply.power(WAIT) == FULL


# --- the network camera ---------------------------------------------------------------------------


@pytest.fixture
def scene() -> Iterator[MjpegCameraSimulator]:
    simulator = MjpegCameraSimulator(width=160, height=120)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def reader(scene: MjpegCameraSimulator) -> Iterator[tuple[OpenCvCamera, FrameReader]]:
    settings = {"source": scene.address, "width": 160, "height": 120}
    camera = OpenCvCamera(
        AdapterContext("camera", settings, lambda name, data: None, lambda: False)
    )
    assert camera.open() == Ok(None)
    started = camera.start(WAIT)
    assert isinstance(started, Ok)
    with FrameReader(started.value) as frames:
        yield camera, frames
    camera.close()


@pytest.mark.parametrize("kind", ["pieces", "slow", "damage", "noise", "cut"])
@pytest.mark.strikes("opencv-camera: fragmentation, noise, checksum, slow")
def test_pictures_struck_on_the_wire_are_got_over(
    scene: MjpegCameraSimulator, reader: tuple[OpenCvCamera, FrameReader], kind: str
) -> None:
    camera, frames = reader
    scene.command("fault", kind=kind, count=3)
    reached(lambda: scene.state()["fault"] is None)
    first = frames.latest()
    before = 0 if first is None else first.sequence

    def goes_on() -> bool:
        frame = frames.latest()
        return frame is not None and frame.sequence > before + 5 and frame.age_s < 1

    reached(goes_on)
    reached(lambda: camera.status().device is DeviceState.ONLINE)
    frame = frames.latest()
    assert frame is not None
    assert frame.bgr().shape == (120, 160, 3)
    # The pattern's leftmost bar is nearly white: the picture is the camera's again.
    reached(lambda: (now := frames.latest()) is not None and now.bgr()[10, 5].min() > 200)


def test_a_fault_nobody_knows_is_refused(scene: MjpegCameraSimulator) -> None:
    with pytest.raises(ValueError, match="damage"):
        scene.command("fault", kind="dance")
