"""The world as a process: its door, its commands, and its end."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.load import load_settings
from config.settings import Settings
from kiosk.terminal.staff import pin_matches
from kiosk.world.client import WorldClient, WorldError
from kiosk.world.launch import DEMO_PIN, DEMO_STAFF, RunningWorld, WorldNotStarted, launch_world

DEADLINE_S = 30.0
ROOT = Path(__file__).resolve().parents[2]
PARENT = """
import sys
from pathlib import Path
from kiosk.world.launch import launch_world
world = launch_world(Path(sys.argv[1]))
print(world.pid, flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("world")


@pytest.fixture(scope="module")
def world(folder: Path) -> Iterator[RunningWorld]:
    with launch_world(folder, out=folder / "out", fast=True) as running:
        yield running


def test_every_device_is_on_and_known_by_name(world: RunningWorld) -> None:
    state = world.client.state()
    assert state["card_reader"]["plugged"] is True
    assert state["line"]["mode"] == "up"
    assert state["camera"]["scene"] == "empty"
    assert state["paper"] == {"receipts": [], "proofs": []}
    assert set(world.client.commands()) == set(state) - {"paper"}


def test_the_portal_answers_over_the_line_and_directly(world: RunningWorld) -> None:
    for base in (world.addresses.portal, world.addresses.sandbox):
        with urllib.request.urlopen(f"{base}/v1/health", timeout=DEADLINE_S) as answer:
            assert json.loads(answer.read())["status"] == "ok"


def test_the_portal_serves_the_shipped_catalogue_with_its_forms(world: RunningWorld) -> None:
    address = f"{world.addresses.sandbox}/v1/items/mz-0058/form"
    with urllib.request.urlopen(address, timeout=DEADLINE_S) as answer:
        form = json.loads(answer.read())
    assert form["required"]


def test_the_line_is_cut_and_mended_by_command(world: RunningWorld) -> None:
    world.client.command("line", "refuse")
    try:
        with pytest.raises(urllib.error.URLError):
            urllib.request.urlopen(f"{world.addresses.portal}/v1/health", timeout=DEADLINE_S)
    finally:
        assert world.client.command("line", "up")["mode"] == "up"


def test_a_card_is_laid_and_taken_away(world: RunningWorld) -> None:
    assert world.client.command("card_reader", "lay_card", card="elder")["card"] == "elder"
    other = {"base": "resident", "name": "王样例"}
    state = world.client.command("card_reader", "lay_card", card=other, face="lin")
    assert state["card"] == "custom"
    assert world.client.command("card_reader", "remove_card")["card"] is None


def test_somebody_steps_in_front_of_the_camera(world: RunningWorld) -> None:
    assert world.client.command("camera", "show", scene="chen")["scene"] == "chen"
    assert world.client.command("camera", "show", scene="empty")["scene"] == "empty"


def test_a_gateway_is_set_and_released(world: RunningWorld) -> None:
    closed = world.client.command("portal", "gateway", destination="440100", state="closed")
    assert closed["gateways"]["440100"] == "closed"
    freed = world.client.command("portal", "gateway", destination="440100")
    assert freed["gateways"]["440100"] == "available"


def test_paper_comes_out_as_files(world: RunningWorld, folder: Path) -> None:
    with socket.create_connection(world.addresses.receipt_printer, DEADLINE_S) as printer:
        # print a line, feed and cut, then wait for the status byte that follows in order
        printer.sendall(b"\x1b@hello\n\x1dV\x42\x00\x1dr\x01")
        assert printer.recv(1)
    assert world.client.state()["paper"]["receipts"] == ["receipts/001.png"]
    assert (folder / "out/receipts/001.png").read_bytes().startswith(b"\x89PNG")
    assert b"hello" in (folder / "out/receipts/001.bin").read_bytes()


@pytest.mark.parametrize(
    ("device", "name", "arguments", "words"),
    [
        ("toaster", "toast", {}, "toaster"),
        ("line", "explode", {}, "explode"),
        ("card_reader", "lay_card", {"card": "nobody"}, "nobody"),
        ("card_reader", "lay_card", {"card": "elder", "face": "nobody"}, "nobody"),
        ("camera", "show", {"scene": "nobody"}, "nobody"),
        ("portal", "gateway", {"destination": "999999", "state": "down"}, "999999"),
        ("portal", "pay", {}, "nothing is waiting"),
        ("receipt_printer", "paper_out", {"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(
    world: RunningWorld, device: str, name: str, arguments: dict[str, str], words: str
) -> None:
    with pytest.raises(WorldError, match=words):
        world.client.command(device, name, **arguments)


def test_nobody_plays_the_world_without_the_token(world: RunningWorld) -> None:
    stranger = WorldClient(world.addresses.control, "guess")
    with pytest.raises(WorldError, match="token"):
        stranger.state()
    with pytest.raises(WorldError, match="token"):
        stranger.command("line", "refuse")
    assert world.client.state()["line"]["mode"] == "up"


def test_the_overlay_is_a_valid_configuration(world: RunningWorld, tmp_path: Path) -> None:
    base = load_settings(trim="demo").settings.model_dump(mode="json")
    settings = Settings.model_validate({**base, **world.settings_overlay()})
    assert settings.portal.url == world.addresses.portal
    assert {device.port for device in settings.devices.values()} == {
        "id_card_reader", "receipt_printer", "document_printer", "camera",
        "document_camera",
        "indicator_light", "scanner", "power_supply", "smart_card_reader",
        "headset_jack",
    }  # fmt: skip
    assert pin_matches(DEMO_PIN, settings.staff.pins[DEMO_STAFF])


def test_stopping_ends_the_process(tmp_path: Path) -> None:
    running = launch_world(tmp_path, fast=True)
    running.stop()
    assert not running.running
    with pytest.raises(OSError, match="refused"):
        running.client.state()
    running.stop()


def test_the_world_dies_with_its_parent(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert parent.stdin is not None
    assert parent.stdout is not None
    with parent.stdin, parent.stdout:
        pid = int(parent.stdout.readline())
        watch = os.pidfd_open(pid)
        try:
            parent.send_signal(signal.SIGKILL)
            parent.wait(DEADLINE_S)
            assert select.select([watch], [], [], DEADLINE_S)[0], "the world outlived its parent"
        finally:
            os.close(watch)


def test_a_world_that_cannot_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "sandbox.sqlite3").write_bytes(b"not a database" * 100)
    with pytest.raises(WorldNotStarted, match="not a database"):
        launch_world(tmp_path)
