"""What every wire-level simulator offers, so that scripts, tests and the demo panel drive all alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class Simulator(Protocol):
    """The far end of a device's wire, with faults that can strike *during* an operation."""

    def start(self) -> None:
        """Open the wire (pseudo-terminal, TCP port, HTTP server) and serve it from own threads."""
        ...

    def stop(self) -> None:
        """Close the wire, as an unplugged device would; safe to call twice."""
        ...

    @property
    def address(self) -> str:
        """Where an adapter finds it: a tty path, ``host:port`` or URL. Stable until :meth:`stop`."""
        ...

    def commands(self) -> Mapping[str, str]:
        """Names of what can be done to it ("lay_card", "paper_out") with one line of help each."""
        ...

    def command(self, name: str, /, **arguments: Any) -> Mapping[str, Any]:
        """Do one of :meth:`commands`; returns :meth:`state`. Unknown name: :class:`KeyError`."""
        ...

    def state(self) -> Mapping[str, Any]:
        """JSON-able picture of it now (card on the reader, paper left, jobs printed)."""
        ...
