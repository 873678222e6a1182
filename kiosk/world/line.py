"""The line between terminal and portal: a TCP forwarder on loopback that can be cut.

The address stays the same whatever is done to the line, and what is done strikes open connections
as well as new ones: a terminal must survive the network going away in the middle of an answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Any

HOST = "127.0.0.1"
_CHUNK = 16 * 1024
_PIECES_PER_S = 20
_COMMANDS = {
    "up": "The line works.",
    "refuse": "Nobody listens any more: connections are refused, open ones reset.",
    "drop": "A black hole: connections are taken, nothing passes until the line is back.",
    "reset": "Every answer is cut off with a reset after_bytes=200 of it.",
    "slow": "bytes_per_s=2000 each way, and delay_s=0.5 before each piece of a request.",
}


class Mode(StrEnum):
    """What the line does now."""

    UP = "up"
    REFUSE = "refuse"
    DROP = "drop"
    RESET = "reset"
    SLOW = "slow"


class Line:
    """Implements :class:`drivers.simulation.Simulator`; forwards to ``target`` (host, port)."""

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self._mode = Mode.UP
        self._after_bytes = 0
        self._bytes_per_s = 0.0
        self._delay_s = 0.0
        self._passed = 0
        self._calls: set[_Call] = set()
        self._server: asyncio.Server | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._reservation: socket.socket | None = None
        self._port = 0

    # -- Simulator --------------------------------------------------------------------------------

    def start(self) -> None:
        """Choose the port and forward."""
        if self._thread is not None:
            return
        # Bound, never listening: keeps the port ours while connections must be refused.
        self._reservation = _bound(0)
        self._port = self._reservation.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._changed = asyncio.Event()
        self._thread = threading.Thread(target=self._serve, name="line", daemon=True)
        self._thread.start()
        self._run(self._listen)

    def stop(self) -> None:
        """End every connection and give the port back; safe to call twice."""
        if self._thread is None or self._loop is None:
            return
        self._run(self._close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._thread = self._loop = None
        if self._reservation is not None:
            self._reservation.close()
            self._reservation = None

    @property
    def address(self) -> str:
        """``host:port`` the terminal talks to."""
        return f"{HOST}:{self._port}"

    def commands(self) -> Mapping[str, str]:
        """See :class:`drivers.simulation.Simulator`."""
        return dict(_COMMANDS)

    def command(self, name: str, /, **arguments: Any) -> Mapping[str, Any]:
        """Change the mode; :class:`KeyError`, or :class:`ValueError` for impossible arguments."""
        if name not in _COMMANDS:
            raise KeyError(name)
        after_bytes = int(arguments.pop("after_bytes", 200))
        bytes_per_s = float(arguments.pop("bytes_per_s", 2000.0))
        delay_s = float(arguments.pop("delay_s", 0.5))
        if arguments or after_bytes < 0 or bytes_per_s <= 0 or delay_s < 0:
            raise ValueError(f"{name}: cannot use {arguments or 'these numbers'}")

        async def change() -> None:
            self._after_bytes = after_bytes
            self._bytes_per_s = bytes_per_s
            self._delay_s = delay_s
            await self._set(Mode(name))

        self._run(change)
        return self.state()

    def state(self) -> Mapping[str, Any]:
        """Mode, open connections, bytes passed so far."""
        return {
            "mode": self._mode.value,
            "connections": len(self._calls),
            "bytes": self._passed,
            "address": self.address,
        }

    # -- everything below runs in the line's own thread -------------------------------------------

    def _serve(self) -> None:
        assert self._loop is not None  # noqa: S101  started by start()
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    def _run(self, job: Callable[[], Awaitable[None]]) -> None:
        async def awaited() -> None:
            await job()

        if self._loop is None:
            raise RuntimeError("the line is not started")
        asyncio.run_coroutine_threadsafe(awaited(), self._loop).result()

    async def _listen(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._called, sock=_bound(self._port))

    async def _stop_listening(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _set(self, mode: Mode) -> None:
        self._mode = mode
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
        if mode is Mode.REFUSE:
            await self._stop_listening()
            for call in tuple(self._calls):
                call.reset()
        else:
            await self._listen()

    async def _close(self) -> None:
        await self._set(Mode.REFUSE)
        ending = [call.task for call in self._calls if call.task is not None]
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)

    async def _called(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = _Call(writer)
        call.task = asyncio.current_task()
        self._calls.add(call)
        try:
            with contextlib.suppress(OSError):
                await self._connect(call, reader)
        finally:
            self._calls.discard(call)
            call.close()

    async def _connect(self, call: _Call, reader: asyncio.StreamReader) -> None:
        while self._mode is Mode.DROP:
            await self._changed.wait()
        far_reader, call.far = await asyncio.open_connection(*self._target)
        await asyncio.gather(
            self._pump(call, reader, call.far, answer=False),
            self._pump(call, far_reader, call.near, answer=True),
        )

    async def _pump(
        self,
        call: _Call,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        *,
        answer: bool,
    ) -> None:
        while data := await reader.read(_CHUNK):
            if not answer:
                call.answered = 0
            if not await self._pass(call, data, writer, answer=answer):
                return
        # A black hole swallows the end of a connection too.
        while self._mode is Mode.DROP:
            await self._changed.wait()
        if writer.can_write_eof():
            writer.write_eof()

    async def _pass(
        self, call: _Call, data: bytes, writer: asyncio.StreamWriter, *, answer: bool
    ) -> bool:
        """Forward ``data`` as the mode allows; False if the connection was reset."""
        if self._mode is Mode.SLOW and not answer:
            await self._pause(self._delay_s)
        while data:
            if self._mode is Mode.DROP:
                await self._changed.wait()
                continue
            size = len(data)
            if self._mode is Mode.SLOW:
                size = max(1, int(self._bytes_per_s / _PIECES_PER_S))
            if self._mode is Mode.RESET and answer:
                size = min(size, self._after_bytes - call.answered)
                if size <= 0:
                    call.reset()
                    return False
            piece, data = data[:size], data[size:]
            writer.write(piece)
            await writer.drain()
            self._passed += len(piece)
            call.answered += len(piece) if answer else 0
            if self._mode is Mode.SLOW:
                await self._pause(len(piece) / self._bytes_per_s)
        return True

    async def _pause(self, seconds: float) -> None:
        """Wait, but not beyond a change of the mode."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), seconds)


class _Call:
    """One connection of the terminal and its twin to the portal."""

    def __init__(self, near: asyncio.StreamWriter) -> None:
        self.near = near
        self.far: asyncio.StreamWriter | None = None
        self.task: asyncio.Task[Any] | None = None
        self.answered = 0
        """Bytes of the present answer that have passed."""

    def reset(self) -> None:
        """End both sides with RST, as a router that lost its tables does."""
        for writer in (self.near, self.far):
            if writer is None:
                continue
            sock = writer.get_extra_info("socket")
            with contextlib.suppress(OSError):
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()

    def close(self) -> None:
        """End both sides in an orderly way."""
        for writer in (self.near, self.far):
            if writer is not None:
                writer.close()


def _bound(port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((HOST, port))
    sock.setblocking(False)
    return sock
