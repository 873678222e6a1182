"""The panel's view model, and the thread that talks to the world for it."""

from __future__ import annotations

import logging
import os
import queue
import signal
import threading
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PySide6.QtCore import Property, QObject, Qt, Signal, Slot

from config.text import Text
from kiosk.world.client import WorldError
from screens.panel.commands import COMMANDS, GROUPS

LOOK_EVERY_S = 0.7

log = logging.getLogger(__name__)

Pids = Callable[[], Mapping[str, int]]


# The stub asks for types, Qt takes their names.
_LIST: Any = "QVariantList"
_MAP: Any = "QVariantMap"


class World(Protocol):
    """What the panel asks of a world; see :class:`~kiosk.world.client.WorldClient`."""

    def state(self) -> Mapping[str, Any]: ...
    def command(self, device: str, name: str, /, **arguments: Any) -> Mapping[str, Any]: ...


class PanelModel(QObject):
    """Groups of buttons, how each device is, and a line for what went wrong.

    The world is asked from a thread of its own; nothing here waits. ``pids`` names the terminal's
    device processes that may be killed, as they are now; ``technician`` what the demonstration's
    technician types at this moment.
    """

    groups_changed, live_changed, message_changed = Signal(), Signal(), Signal()
    _looked = Signal(object)
    _failed = Signal(str)

    def __init__(
        self,
        world: World,
        language: str = "zh_CN",
        pids: Pids = dict,
        technician: Callable[[], str] = str,
    ) -> None:
        super().__init__()
        self._world = world
        self._chinese = language.startswith("zh")
        self._pids = pids
        self._technician = technician
        self._lit: dict[str, bool] = {}
        self._summaries: dict[str, str] = {}
        self._state: Mapping[str, Any] | None = None
        self._message = ""
        self._wanted: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._looked.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._failed.connect(self._say, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name="panel", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread."""
        self._wanted.put(None)
        self._thread.join(LOOK_EVERY_S + 12.0)

    def _words(self, text: Text) -> str:
        return text.zh if self._chinese else text.en

    technician = Property(str, lambda self: self._technician(), notify=live_changed)

    def _get_groups(self) -> list[dict[str, Any]]:
        shown = [
            {
                "key": group.key,
                "title": self._words(group.title),
                "buttons": [{"key": c.key, "text": self._words(c.words)} for c in group.commands],
            }
            for group in GROUPS
        ]
        devices = sorted(self._pids())
        if devices:
            title = "杀掉设备进程" if self._chinese else "Kill a device process"
            buttons = [{"key": f"kill-{name}", "text": name} for name in devices]
            shown.append({"key": "processes", "title": title, "buttons": buttons})
        return shown

    groups = Property(_LIST, _get_groups, notify=groups_changed)
    lit = Property(_MAP, lambda self: self._lit, notify=live_changed)
    summaries = Property(_MAP, lambda self: self._summaries, notify=live_changed)
    message = Property(str, lambda self: self._message, notify=message_changed)
    chinese = Property(bool, lambda self: self._chinese, notify=groups_changed)

    @Slot(str)
    def press(self, key: str) -> None:
        """A button was pressed."""
        self._say("")
        self._wanted.put(key)

    @Slot()
    def toggle_language(self) -> None:
        """Chinese ↔ English."""
        self._chinese = not self._chinese
        self.groups_changed.emit()
        if self._state is not None:
            self._show(self._state)

    @Slot(object)
    def _show(self, state: Mapping[str, Any]) -> None:
        self._state = state
        lit = {key: bool(c.on(state)) for key, c in COMMANDS.items() if c.on is not None}
        summaries = {group.key: self._words(group.summary(state)) for group in GROUPS}
        if (lit, summaries) != (self._lit, self._summaries):
            self._lit, self._summaries = lit, summaries
            self.live_changed.emit()

    @Slot(str)
    def _say(self, message: str) -> None:
        if message != self._message:
            self._message = message
            self.message_changed.emit()

    # ---- the thread ------------------------------------------------------------------------------

    def _work(self) -> None:
        while True:
            try:
                key = self._wanted.get(timeout=LOOK_EVERY_S)
            except queue.Empty:
                key = ""
            if key is None:
                return
            try:
                if key:
                    self._do(key)
                self._looked.emit(self._world.state())
            except WorldError as error:
                self._failed.emit(str(error))
            except OSError as error:
                log.info("panel.world_gone error=%s", type(error).__name__)
                self._failed.emit("模拟世界没有回应" if self._chinese else "the world is gone")

    def _do(self, key: str) -> None:
        if key.startswith("kill-"):
            pid = self._pids().get(key.removeprefix("kill-"))
            if pid is not None:
                os.kill(pid, signal.SIGKILL)
            return
        command = COMMANDS[key]
        self._world.command(command.device, command.name, **command.arguments)
