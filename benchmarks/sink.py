"""An HTTP sink in a process of its own: takes POSTs on kept-open connections, answers with a receipt,
and uploads, of which it keeps nothing.

The far end of the drain and upload benchmarks. It does as little as a server can, so that what is measured is
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
    "lookup_code": "0123ABCD0123",
    "state": "submitted",
    "accepted_at": "2026-01-05T09:00:00+08:00",
    "authority_zh": "汕头市",
    "authority_en": "Shantou",
    "destination": "440500",
}


def _header(head: bytes, name: bytes) -> str:
    return next(
        (
            line.partition(b":")[2].strip().decode()
            for line in head.split(b"\r\n")
            if line.lower().startswith(name + b":")
        ),
        "",
    )


def _answer(head: bytes, length: int) -> bytes:
    if head.startswith(b"PATCH "):
        offset = int(_header(head, b"upload-offset")) + length
        return b"HTTP/1.1 204 No Content\r\nUpload-Offset: %d\r\n\r\n" % offset
    if head.startswith(b"POST /v1/uploads"):
        start = b"HTTP/1.1 201 Created\r\nLocation: uploads/1\r\nUpload-Offset: 0\r\n"
        return start + b"Content-Length: 0\r\n\r\n"
    body = json.dumps({"key": _header(head, b"idempotency-key"), **_RECEIPT}).encode()
    start = b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
    return start + b"Content-Length: %d\r\n\r\n" % len(body) + body


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(_header(head, b"content-length") or 0)
            await reader.readexactly(length)
            writer.write(_answer(head, length))
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
