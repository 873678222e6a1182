"""The demo panel: every button is a command the world has, and a press reaches the world."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt, qInstallMessageHandler
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.world.launch import RunningWorld, launch_world
from screens.fixtures import FakePort
from screens.panel.commands import COMMANDS, GROUPS
from screens.panel.model import PanelModel
from screens.panel.window import PanelWindow
from screens.shell import Shell, ShellOptions, walk

DEADLINE_MS = 20_000


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningWorld]:
    with launch_world(tmp_path_factory.mktemp("world"), fast=True) as running:
        yield running


@pytest.fixture
def window(world: RunningWorld, qtbot: QtBot) -> Iterator[PanelWindow]:
    # As in the demonstration: first the terminal's window, then the panel beside it.
    before = qInstallMessageHandler(None)  # a handler in Python deadlocks with QML's loader
    shell = Shell(FakePort(), ShellOptions())
    shell.open()
    panel = PanelWindow(world.client, beside=shell.view)
    yield panel
    panel.close()
    shell.close()
    qInstallMessageHandler(before)


def test_every_button_is_a_command_of_the_world(world: RunningWorld) -> None:
    known = world.client.commands()
    for command in COMMANDS.values():
        assert command.name in known[command.device], command.key


def test_every_button_does_what_the_world_accepts(world: RunningWorld) -> None:
    for command in COMMANDS.values():
        if command.key in ("pay", "ask"):
            continue  # nothing is waiting to be paid, and no case is open
        state = {
            **world.client.state(),
            command.device: world.client.command(command.device, command.name, **command.arguments),
        }
        if command.on is not None:
            assert command.on(state), f"{command.key} does not light up"
    for device, name in (("portal", "clear_faults"), ("line", "up"), ("camera", "on")):
        world.client.command(device, name)


def test_every_summary_can_be_said(world: RunningWorld) -> None:
    state: Mapping[str, Any] = world.client.state()
    for group in GROUPS:
        assert group.summary(state).zh
        assert group.summary(state).en


def test_a_press_reaches_the_world_and_lights_the_button(
    window: PanelWindow, world: RunningWorld, qtbot: QtBot
) -> None:
    assert window.view is not None
    button = next(i for i in walk(window.view.rootObject()) if i.objectName() == "card-elder")
    place = button.mapToScene(QPointF(button.width() / 2, button.height() / 2)).toPoint()
    QTest.mouseClick(window.view, Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: button.property("lit") is True, timeout=DEADLINE_MS)
    assert world.client.state()["card_reader"]["card"] == "elder"
    world.client.command("card_reader", "remove_card")
    qtbot.waitUntil(lambda: button.property("lit") is False, timeout=DEADLINE_MS)


def test_what_the_world_refuses_is_said(window: PanelWindow, qtbot: QtBot) -> None:
    window.model.press("pay")
    qtbot.waitUntil(
        lambda: "nothing is waiting" in window.model.property("message"), timeout=DEADLINE_MS
    )


def test_the_language_changes_every_word(window: PanelWindow, qtbot: QtBot) -> None:
    chinese = {group["title"] for group in window.model.property("groups")}
    window.model.toggle_language()
    english = {group["title"] for group in window.model.property("groups")}
    assert len(english) == len(chinese)
    assert not english & chinese


class _SilentWorld:
    """A world that answers nothing until told."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.let_go = threading.Event()

    def state(self) -> dict[str, Any]:
        self.asked.set()
        self.let_go.wait(60)
        raise ConnectionRefusedError

    def command(self, device: str, name: str, /, **arguments: Any) -> dict[str, Any]:
        return self.state()


def test_a_world_that_hangs_does_not_hang_the_panel(qtbot: QtBot) -> None:
    silent = _SilentWorld()
    model = PanelModel(silent)
    try:
        model.press("line-refuse")
        assert silent.asked.wait(20)
        model.toggle_language()  # the GUI thread goes on
        assert model.property("message") == ""
        silent.let_go.set()
        qtbot.waitUntil(lambda: model.property("message") != "", timeout=DEADLINE_MS)
    finally:
        silent.let_go.set()
        model.close()
