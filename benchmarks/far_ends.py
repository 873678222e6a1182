"""Simulators in a process of their own, so that their work is not counted as the terminal's."""

from __future__ import annotations

import multiprocessing
from contextlib import ExitStack
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from drivers.acceptance import running_rig

_PATIENCE_S = 60.0


def _serve(adapters: tuple[str, ...], line: Connection) -> None:
    with ExitStack() as stack:
        rigs = {name: stack.enter_context(running_rig(name)) for name in adapters}
        line.send({name: (rig.port, dict(rig.options())) for name, rig in rigs.items()})
        while True:
            try:
                name, act = line.recv()
            except EOFError:
                return
            rigs[name].acts[act]()
            line.send(None)


class FarEnds:
    """The simulators of ``adapters``; ``found``: port and options by adapter. A context manager."""

    def __init__(self, adapters: tuple[str, ...]) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(adapters, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self.found: dict[str, tuple[str, dict[str, Any]]] = self._heard()

    def act(self, adapter: str, act: str) -> None:
        """Have something done at a simulator, and wait until it is."""
        self._line.send((adapter, act))
        self._heard()

    def _heard(self) -> Any:
        if not self._line.poll(_PATIENCE_S):
            raise SystemExit("the simulators do not answer")
        return self._line.recv()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._line.close()
        self._process.join(_PATIENCE_S)
