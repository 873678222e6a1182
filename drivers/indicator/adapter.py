"""The ports for lights and presence over a serial panel board."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar

from drivers.failure_codes import FailureCode
from drivers.indicator.lines import (
    MAX_FLASH_DHZ,
    VERSION,
    Board,
    BoardState,
    parse_board,
    parse_state,
)
from drivers.indicator.panel_line import PanelLine
from drivers.indicator.redaction import PanelRedactor
from drivers.options import Options, option, read_options
from drivers.ports import AdapterContext, Light, LightState, Presence
from drivers.results import Failure, Ok, Result
from drivers.serial_port import BAUD_RATES, SerialPort
from drivers.status import DeviceState, DeviceStatus, MediaState

_STATUS_S = 0.45
_OPENING_S = 3.0  # some boards restart when their port opens


class SerialPanelOptions(Options):
    """Settings.

    ``port``: path of the tty; the settings may have a binding for it, and never ``ttyUSBn``.
    ``flash_hz``: how fast lights flash, 0.5 to 3. ``answer_s``: seconds after which a request is
    sent again; after three the board counts as offline.
    """

    port: str = option(min_length=1)
    baud: int = option(default=115200, one_of=tuple(BAUD_RATES))
    flash_hz: float = option(default=1.0, ge=0.5, le=MAX_FLASH_DHZ / 10)
    answer_s: float = option(default=0.15, ge=0.02, le=1.0)


class SerialPanel:
    """Both :class:`drivers.ports.IndicatorLight` and :class:`drivers.ports.PresenceSensor`: one
    board, one line, one owner. Lights set before are set again after a restart of the board."""

    flight_redactor = PanelRedactor
    port_options: ClassVar = {"port": "serial"}

    def __init__(self, context: AdapterContext) -> None:
        self._context = context
        self._options: SerialPanelOptions | None = None
        self._line: PanelLine | None = None
        self._board = Board(frozenset(), sensor=False)
        self._shown: dict[Light, LightState] = {}
        self._near: bool | None = None
        self._uptime_s = 0
        self._restarted = False

    def open(self) -> Result[None]:
        """Open the port and greet the board.

        Failures: ``device.misconfigured``, ``device.gone``, ``device.busy_elsewhere``,
        ``device.offline``, ``device.protocol`` (something else answers), ``indicator.version``.
        """
        self.close()
        read = read_options(SerialPanelOptions, self._context.options)
        if isinstance(read, Failure):
            return read
        options = read.value
        opened = SerialPort.open(options.port, options.baud, self._context.tap)
        if isinstance(opened, Failure):
            return opened
        self._options = options
        self._line = PanelLine(opened.value, options.answer_s, self._on_event)
        greeted = self._greet()
        if isinstance(greeted, Failure):
            self.close()
        return greeted

    def close(self) -> None:
        """Give the port back; the board goes dark by itself when it hears nothing."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def status(self) -> DeviceStatus:
        """The board's state, and by it the news of the sensor."""
        asked = self._ask_state(_STATUS_S, lambda: False)
        if isinstance(asked, Failure):
            return _failed(asked)
        state = asked.value
        media = MediaState.NOT_SUPPORTED
        if self._board.sensor:
            present = MediaState.PRESENT if state.near else MediaState.NOT_PRESENT
            media = MediaState.UNKNOWN if state.near is None else present
        if state.bad_lamps:
            detail = ",".join(sorted(state.bad_lamps))
            return DeviceStatus(
                DeviceState.ONLINE, media, failure="indicator.lamp_fault", detail=detail
            )
        failure: FailureCode | None = "indicator.sensor_fault" if state.sensor_fault else None
        return DeviceStatus(DeviceState.ONLINE, media, failure=failure)

    def show(self, light: Light, state: LightState, timeout_s: float) -> Result[None]:
        """See :class:`drivers.ports.IndicatorLight`."""
        if light.value.upper() not in self._board.lights and self._line is not None:
            return Failure("indicator.no_light", light)
        shown = self._send_light(light, state, time.monotonic() + timeout_s)
        if isinstance(shown, Ok):
            self._shown[light] = state
        return shown

    def presence(self, timeout_s: float) -> Result[Presence]:
        """See :class:`drivers.ports.PresenceSensor`."""
        if self._line is not None and not self._board.sensor:
            return Failure("indicator.no_sensor")
        asked = self._ask_state(timeout_s, self._context.cancelled)
        if isinstance(asked, Failure):
            return asked
        if asked.value.near is None:
            return Failure("indicator.sensor_fault")
        return Ok(Presence.NEAR if asked.value.near else Presence.AWAY)

    # --- talking ------------------------------------------------------------------------------

    def _ask(
        self, words: tuple[str, ...], deadline: float, cancelled: Callable[[], bool]
    ) -> Result[tuple[str, ...]]:
        if self._line is None:
            return Failure("device.offline", "not open")
        answer = self._line.ask(words, deadline, cancelled)
        if isinstance(answer, Failure) and answer.code == "device.gone":
            self.close()
        return answer

    def _greet(self) -> Result[None]:
        deadline = time.monotonic() + _OPENING_S
        while True:
            answer = self._ask(("HELLO", str(VERSION)), deadline, self._context.cancelled)
            if isinstance(answer, Ok):
                break
            # A board that restarts on opening says nothing, or half a line, for its first second.
            if answer.code not in ("device.offline", "device.protocol"):
                return Failure(_silent(answer.code), answer.detail)
        words = answer.value
        if words[:2] == ("ERR", "VERSION"):
            return Failure("indicator.version", " ".join(words))
        board = parse_board(words[2:]) if words[:2] == ("OK", str(VERSION)) else None
        if board is None:
            return Failure("device.protocol", "HELLO: answer not understood")
        self._board = board
        return Ok(None)

    def _ask_state(self, within_s: float, cancelled: Callable[[], bool]) -> Result[BoardState]:
        deadline = time.monotonic() + within_s
        answer = self._ask(("STATE",), deadline, cancelled)
        if isinstance(answer, Failure):
            return answer
        state = parse_state(answer.value[1:]) if answer.value[0] == "OK" else None
        if state is None:
            return Failure("device.protocol", "STATE: answer not understood")
        self._restarted = self._restarted or state.uptime_s < self._uptime_s
        self._uptime_s = state.uptime_s
        self._note_person(state.near)
        if self._restarted:
            self._relight(deadline)
        return Ok(state)

    def _send_light(self, light: Light, state: LightState, deadline: float) -> Result[None]:
        words: tuple[str, ...] = ("LIGHT", light.value.upper(), state.value.upper())
        if state is LightState.FLASH and self._options is not None:
            words = (*words, str(round(self._options.flash_hz * 10)))
        answer = self._ask(words, deadline, self._context.cancelled)
        if isinstance(answer, Failure):
            return answer
        match answer.value:
            case ("OK", *_):
                return Ok(None)
            case ("ERR", "LAMP", *_):
                return Failure("indicator.lamp_fault", light)
            case ("ERR", "LIGHT", *_):
                return Failure("indicator.no_light", light)
            case _:
                return Failure("device.protocol", "LIGHT: answer not understood")

    def _relight(self, deadline: float) -> None:
        """After a restart of the board; what does not succeed is tried at the next state."""
        for light, state in self._shown.items():
            again = self._send_light(light, state, deadline)
            if isinstance(again, Failure) and again.code.startswith("device."):
                return
        self._restarted = False

    def _on_event(self, word: str) -> None:
        if word in ("NEAR", "AWAY"):
            self._note_person(word == "NEAR")
        elif word == "BOOT":
            self._restarted = True

    def _note_person(self, near: bool | None) -> None:
        if near is None or near == self._near:
            return
        # Nobody there at the start is no news.
        if near or self._near is not None:
            self._context.emit("person_near" if near else "person_away", {})
        self._near = near


def _silent(code: FailureCode) -> FailureCode:
    """At opening, time that runs out means that nobody answered."""
    return "device.offline" if code == "device.timeout" else code


def _failed(failure: Failure) -> DeviceStatus:
    code = _silent(failure.code)
    state = {
        "device.gone": DeviceState.NO_DEVICE,
        "device.offline": DeviceState.OFFLINE,
    }.get(code, DeviceState.HARDWARE_ERROR)
    return DeviceStatus(state, MediaState.UNKNOWN, failure=code, detail=failure.detail)
