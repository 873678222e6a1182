"""A device's status in words for a technician: what it tells of, and nothing of what it cannot tell."""

from __future__ import annotations

from drivers.status import DeviceStatus, MediaState, SupplyState

_MEDIA = {
    "id_card_reader": "card",
    "smart_card_reader": "card",
    "indicator_light": "person",  # a board with lights may have the sensor too
    "presence_sensor": "person",
    "headset_jack": "headset",
}
_UNTOLD = frozenset({MediaState.NOT_SUPPORTED, SupplyState.NOT_SUPPORTED})


def state_parts(port: str, status: DeviceStatus) -> list[str]:
    """``online``, ``paper low``; ``port`` says what its media are."""
    media = _MEDIA.get(port, "sheet")
    absent = status.media is MediaState.NOT_PRESENT
    parts = {
        f"{media} {'absent' if absent else status.media.value}": status.media,
        f"paper {status.paper.value}": status.paper,
        f"toner {status.toner.value}": status.toner,
    }
    told = [words for words, state in parts.items() if state not in _UNTOLD]
    return [status.device.value, *told]


def state_words(port: str, status: DeviceStatus) -> str:
    """The same in one line: ``online, paper low``."""
    return ", ".join(state_parts(port, status))


def change_words(port: str, status: DeviceStatus) -> str:
    """State, and what is wrong: ``online, paper out: printer.paper_out (no roll)``."""
    detail = f" ({status.detail})" if status.detail else ""
    wrong = f": {status.failure}" if status.failure else ""
    return state_words(port, status) + wrong + detail
