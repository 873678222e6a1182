"""Whether a window can be opened is told in words, before Qt ends the process for it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from screens.display import display_trouble


@pytest.fixture(scope="module")
def x_server() -> Iterator[str]:
    """An X server's name; Xvfb picks it and says so when it is ready."""
    ours, its = os.pipe()
    command = ["Xvfb", "-displayfd", str(its), "-screen", "0", "640x480x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=(its,), stderr=subprocess.DEVNULL) as server:
        os.close(its)
        with os.fdopen(ours) as said:
            yield f":{said.readline().strip()}"
        server.terminate()


def test_an_x_server_that_answers_is_no_trouble(x_server: str) -> None:
    assert display_trouble({"DISPLAY": x_server}) is None
    assert display_trouble({"DISPLAY": x_server, "WAYLAND_DISPLAY": "nothing"}) is None
    refused = display_trouble({"DISPLAY": f"{x_server}.7"})
    assert refused == f"the X server of {x_server}.7 has no such screen"


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "neither DISPLAY nor WAYLAND_DISPLAY is set"),
        ({"DISPLAY": "rubbish"}, "no X display's name"),
        ({"DISPLAY": ":4711"}, "X server :4711 does not answer"),
        ({"WAYLAND_DISPLAY": "wayland-9"}, "compositor wayland-9 does not answer"),
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":4711"}, "w does not answer and the X server"),
        ({"WAYLAND_DISPLAY": "w", "QT_QPA_PLATFORM": "xcb"}, "neither DISPLAY"),
    ],
)
def test_what_is_missing_is_named(environment: dict[str, str], said: str) -> None:
    trouble = display_trouble(environment)
    assert trouble is not None
    assert said in trouble


def test_a_platform_without_a_display_is_not_questioned() -> None:
    assert display_trouble({"QT_QPA_PLATFORM": "offscreen"}) is None
    assert display_trouble({"QT_QPA_PLATFORM": "linuxfb:fb=/dev/fb0"}) is None


def test_a_compositor_that_listens_is_no_trouble(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-1"))
        compositor.listen()
        runtime = {"XDG_RUNTIME_DIR": str(tmp_path)}
        assert display_trouble({"WAYLAND_DISPLAY": "wayland-1", **runtime}) is None
        assert display_trouble({"WAYLAND_DISPLAY": str(tmp_path / "wayland-1")}) is None
        both = {"WAYLAND_DISPLAY": "wayland-1", "DISPLAY": ":4711", **runtime}
        assert display_trouble(both) is None
        assert display_trouble({**both, "QT_QPA_PLATFORM": "xcb"}) is not None


@pytest.mark.parametrize("command", ["run", "demo"])
def test_the_commands_say_so_and_end(command: str) -> None:
    environment = {**os.environ, "DISPLAY": ":4711"}
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
        environment.pop(name, None)
    ended = subprocess.run(
        [sys.executable, "-c", "from kiosk.cli import main; main()", command],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 4
    assert ended.stderr.startswith("No window can be opened: the X server :4711 does not answer")
    assert len(ended.stderr.splitlines()) == 1
