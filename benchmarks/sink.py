"""An HTTP sink in a process of its own: takes POSTs on kept-open connections, answers with a receipt.

The far end of the drain benchmark. It does as little as a server can, so that what is measured is
the sender.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

_RECEIPT = {
    "case_no": "440500000000000000000000000000000000001",
    "lookup_code": "0123ABCD",
    "state": "submitted",
    "accepted_at": "2026-01-05T09:00:00+08:00",
    "authority_zh": "汕头市",
    "authority_en": "Shantou",
    "destination": "440500",
}


def _answer(head: bytes) -> bytes:
    key = next(
        (
            line.partition(b":")[2].strip().decode()
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"idempotency-key:")
        ),
        "",
    )
    body = json.dumps({"key": key, **_RECEIPT}).encode()
    start = b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
    return start + b"Content-Length: %d\r\n\r\n" % len(body) + body


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(
                (
                    int(line.partition(b":")[2])
                    for line in head.split(b"\r\n")
                    if line.lower().startswith(b"content-length:")
                ),
                0,
            )
            await reader.readexactly(length)
            writer.write(_answer(head))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def _run(ready: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    async def main() -> None:
        server = await asyncio.start_server(_serve, "127.0.0.1", 0, limit=1 << 20)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


@contextmanager
def sink() -> Iterator[str]:
    """The sink's address while it runs."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.terminate()
        process.join()
