"""The socket for a person's own headset."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol, runtime_checkable

from drivers.ports.adapter import Adapter
from drivers.results import Result


class Headset(StrEnum):
    """Whether something is plugged into the socket."""

    IN = "in"
    OUT = "out"


@runtime_checkable
class HeadsetJack(Adapter, Protocol):
    """Tells whether a headset is plugged in; it carries no sound.

    Emits ``headset_in`` and ``headset_out``, at once while :meth:`watch` runs and else with the next
    status question; nothing for an empty socket found at opening. The status shows it as media
    ``present`` or ``notPresent``, and ``unknown`` until the socket has told.
    """

    def headset(self, timeout_s: float) -> Result[Headset]:
        """Ask now. Failures: ``headset.unknown``, ``device.*``."""
        ...

    def watch(self, timeout_s: float) -> Result[None]:
        """Tell what changes, as it changes, until the time is up. Failures: ``device.*``."""
        ...
