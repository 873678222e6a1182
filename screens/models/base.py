"""What all view models share: a dictionary of shown values, published property by property."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Property, QObject, Signal

from config.catalogue import ServiceItem
from config.text import Text
from kiosk.terminal.clock import china_now
from kiosk.terminal_port import TerminalPort
from kiosk.visit import events, model
from screens import wording

Rows = list[dict[str, Any]]


def shown(name: str, kind: Any, signal: Signal, blank: Any) -> Property:
    """A read-only property of a :class:`ScreenModel`, held in its state under ``name``."""

    def read(self: ScreenModel) -> Any:
        return self.value(name, blank)

    return Property(kind, fget=read, notify=signal)


class ScreenModel(QObject):
    """A screen's words and lists for one visit; posts what the person does.

    A subclass computes its whole state from the visit; only properties whose value really changed
    signal it, so a list on screen is not rebuilt while a person types. ``wall``: the time in China,
    set by the shell.
    """

    wall: Callable[[], datetime]

    def __init__(self, port: TerminalPort) -> None:
        # QObject's metaclass leaves no room for ABC's, which would say this.
        if getattr(self.compute, "__isabstractmethod__", False):
            raise TypeError(
                f"{type(self).__name__} does not say what it shows: compute() is missing"
            )
        super().__init__()
        self._port = port
        self._state: dict[str, Any] = {}
        self._visit = port.visit
        self.wall = china_now

    @property
    def visit(self) -> model.Visit:
        """The visit being shown."""
        return self._visit

    @property
    def lang(self) -> str:
        """Its language tag."""
        return self._visit.language

    @property
    def item(self) -> ServiceItem | None:
        """The service item of the errand."""
        return self._visit.item

    def value(self, name: str, blank: Any) -> Any:
        """A shown value, ``blank`` while there is none."""
        return self._state.get(name, blank)

    def show(self, visit: model.Visit) -> None:
        """Take over a new visit."""
        self._visit = visit
        self._publish(self.compute(visit))

    def refresh(self) -> None:
        """Compute again from the same visit (after a change of the model's own)."""
        self._publish(self.compute(self._visit))

    def forget(self) -> None:
        """Drop everything shown; called at the end of a visit."""
        self._visit = model.Visit(language=self._visit.language)
        self._publish({})

    @abstractmethod
    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """All shown values of this visit. Each screen's model has its own."""

    def post(self, event: events.PersonEvent) -> None:
        """Hand an event of the person to the terminal."""
        self._port.post(event)

    def page_picture(self, handle: str) -> bytes | None:
        """A page taken of a paper, as a small JPEG; None once it is gone."""
        return self._port.page_picture(handle)

    def say(self, text: Text | None) -> str:
        """A data text in the visit's language."""
        return wording.say(text, self.lang)

    def _publish(self, state: Mapping[str, Any]) -> None:
        before, self._state = self._state, dict(state)
        for name in before.keys() | state.keys():
            if before.get(name) != state.get(name) or (name in before) != (name in state):
                signal = getattr(self, f"{name}_changed", None)
                if signal is not None:
                    signal.emit()


class StepModel(ScreenModel):
    """The screen of one journey step: the primary button goes on, the back button goes back."""

    def go_on(self) -> None:
        """Primary button where nothing else is carried."""
        self.post(events.Continued())
