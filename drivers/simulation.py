"""What every wire-level simulator offers, so that scripts, tests and the demo panel drive all alike."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Protocol


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


class Commanded(ABC):
    """A simulator's commands: a table with a line of help each, and a ``_do_NAME`` method for each."""

    COMMANDS: ClassVar[Mapping[str, str]]

    @abstractmethod
    def state(self) -> Mapping[str, Any]:
        """See :class:`Simulator`."""

    def commands(self) -> Mapping[str, str]:
        """See :class:`Simulator`."""
        return dict(self.COMMANDS)

    def command(self, name: str, /, **arguments: Any) -> Mapping[str, Any]:
        """See :class:`Simulator`. Called under no lock: pulling a cable waits for its thread."""
        if name not in self.COMMANDS:
            raise KeyError(name)
        getattr(self, f"_do_{name}")(**arguments)
        return self.state()
