"""The reader for social-security and bank cards: a real pcscd with virtual cards, where it can be had."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drivers.smartcard import PcscSimulator
from drivers.smartcard.pcscd import READERS, PcscdError

READER = READERS[0]
"""The slot that the terminal uses, by the name pcscd gives it."""


class ChipReader:
    """Implements :class:`drivers.simulation.Simulator`.

    pcscd, its virtual reader's driver and namespaces are not on every machine. Without them this world
    has no such reader: ``missing`` says why, the address is empty, and every command is refused.
    """

    def __init__(self) -> None:
        self._simulator = PcscSimulator()
        self.missing = ""

    def start(self) -> None:
        """Start pcscd, or note why that is not possible."""
        try:
            self._simulator.start()
        except PcscdError as error:
            self.missing = str(error)

    def stop(self) -> None:
        """End pcscd."""
        self._simulator.stop()

    @property
    def address(self) -> str:
        """pcscd's socket; empty where there is no reader."""
        return "" if self.missing else self._simulator.address

    def commands(self) -> Mapping[str, str]:
        """As the simulator's."""
        return self._simulator.commands()

    def command(self, name: str, /, **arguments: Any) -> Mapping[str, Any]:
        """As the simulator's. :class:`ValueError` where there is no reader."""
        if self.missing:
            raise ValueError(f"there is no reader for chip cards: {self.missing}")
        self._simulator.command(name, **arguments)
        return self.state()

    def state(self) -> Mapping[str, Any]:
        """As the simulator's, and why there is no reader (``missing``)."""
        return {**self._simulator.state(), "missing": self.missing}
