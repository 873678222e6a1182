"""Carrying an outbox by hand: a file of sealed items, written at the terminal, delivered elsewhere.

For a terminal whose line is dead for days. Bodies are as sealed as they are in the outbox: whoever
finds the stick reads nobody's data and can't change it unnoticed. Every item keeps its key, so
that an item delivered from the stick and, later, by the terminal itself takes effect once.

One JSON object a line: a head, the items in the order of acceptance, each after the chunks of its
attachments, and the SHA-256 (FIPS 180-4) of all lines before it. Neither writing nor reading keeps
more than one chunk in memory.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from offline_queue import (
    AttachmentView,
    Delivered,
    ItemState,
    ItemView,
    NoAnswer,
    NotReached,
    OnRejection,
    Outbox,
    Parcel,
    Rejected,
    RetryLater,
    SpoiledAttachment,
    Transport,
    Uploader,
    Verdict,
)

log = logging.getLogger(__name__)

FORMAT = "citizen-window-outbox/2"
_READABLE = (FORMAT, "citizen-window-outbox/1")
_WAITING = (ItemState.QUEUED, ItemState.IN_FLIGHT, ItemState.UNKNOWN, ItemState.DEAD)
_MOST = 100_000
_LONGEST_HEAD = 64 << 10
_LONGEST_LINE = 64 << 20
"""Bytes; no item or chunk is longer. What is has been taken for an export by mistake: a film, a disk."""
BLOCKED = "outbox.case_blocked"
"""What is told of an item that waits for a person's decision about a refused one before it."""
UNREADABLE = "outbox.export_unreadable"
"""The verdict where the stick was pulled, or changed, while it was read."""


class ExportError(ValueError):
    """The file is no export, or not as it was written; the message says which."""


@dataclass(frozen=True, slots=True)
class Carried:
    """One item of an export."""

    item: ItemView
    body: bytes
    attachments: tuple[AttachmentView, ...] = ()
    parcel: Parcel | None = None


class _FileParcel:
    """Implements :class:`offline_queue.Parcel` over an export; chunks lie at ``places``."""

    stopping = False

    def __init__(self, path: Path, places: Mapping[tuple[int, int], int]) -> None:
        self._path = path
        self._places = places

    def chunk(self, view: AttachmentView, index: int) -> bytes:
        """The chunk as it was written."""
        try:
            with self._path.open("rb") as file:
                file.seek(self._places[view.n, index])
                return base64.b64decode(json.loads(file.readline())["data"], validate=True)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SpoiledAttachment(f"the export changed while it was read: {error}") from error

    def began(self, view: AttachmentView, upload: str) -> None:
        """Nothing to remember: the same key finds the same upload in the next run."""


def write_export(outbox: Outbox, path: Path, terminal_id: str, written_at: str) -> int:
    """Write all that is not final to the new file ``path`` (0600), flushed; how many items.

    Raises :class:`OSError` (the file exists, no room, no such folder), OutboxError.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as file:
            count = 0
            digest = hashlib.sha256()

            def put(entry: dict[str, Any]) -> None:
                line = json.dumps(entry, ensure_ascii=False).encode() + b"\n"
                digest.update(line)
                file.write(line)

            def put_chunks(item_id: str, one: AttachmentView) -> bool:
                """Whether all were there; chunks without an item after them count for nothing."""
                for index in range(one.chunks):
                    content = outbox.chunk(item_id, one.n, index).result()
                    if content is None:
                        return False
                    data = base64.b64encode(content).decode()
                    put({"chunk_of": item_id, "n": one.n, "i": index, "data": data})
                return True

            put({"format": FORMAT, "terminal": terminal_id, "written_at": written_at})
            for view in outbox.items(states=_WAITING, limit=_MOST).result():
                attached = outbox.attachments(view.item_id).result()
                whole = all(put_chunks(view.item_id, one) for one in attached)
                found = outbox.export(view.item_id).result() if whole else None
                if found is not None:
                    put(_entry(*found, attached))
                    count += 1
            put({"items": count})
            file.write(json.dumps({"sha256": digest.hexdigest()}).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        _sync_folder(path.parent)
    except BaseException:
        path.unlink(missing_ok=True)  # half an export is none
        raise
    return count


def _sync_folder(folder: Path) -> None:
    """So that the file is in it when the stick is pulled at once; not every stick's file system can."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_export(path: Path) -> list[Carried]:
    """The items of an export, in order. Raises :class:`ExportError`, :class:`OSError`."""
    items: list[Carried] = []
    places: dict[tuple[int, int], int] = {}
    digest, at, count, said = hashlib.sha256(), 0, -1, ""
    with path.open("rb") as file:
        for line in _lines(file):
            try:
                entry = json.loads(line)
                if said:
                    raise ExportError("something follows its end")
                if at == 0 and entry["format"] not in _READABLE:
                    raise ExportError(f"not of the format {FORMAT}")
                if "chunk_of" in entry:
                    places[int(entry["n"]), int(entry["i"])] = at
                elif "item_id" in entry:
                    items.append(_carried(entry, _FileParcel(path, places)))
                    places = {}
                elif "sha256" in entry:
                    said = str(entry["sha256"])
                else:
                    count = int(entry.get("items", -1))
            except ExportError:
                raise
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                raise ExportError("not an export of an outbox") from error
            if not said:
                digest.update(line)
            at += len(line)
    if digest.hexdigest() != said:
        raise ExportError("changed or cut short since it was written")
    if len(items) != count:
        raise ExportError("items are missing")
    return items


def _lines(file: BinaryIO) -> Iterator[bytes]:
    longest = _LONGEST_HEAD
    while line := file.readline(longest):
        if len(line) == longest:
            raise ExportError("not an export of an outbox")
        yield line
        longest = _LONGEST_LINE


def deliver_export(
    items: list[Carried], transport: Transport, tell: Callable[[ItemView, Verdict], None]
) -> bool:
    """Deliver, case by case in order; ``tell`` hears each outcome. Whether all are settled.

    What is behind an item that got no answer waits for the next run, which may be made at any time:
    what has taken effect already is only answered again. What may build on a refused one is left to its
    terminal, as it would wait for a person's decision there.
    """
    stuck: set[tuple[str, str]] = set()
    blocked: set[tuple[str, str]] = set()
    for carried in items:
        item = carried.item
        case = (item.destination, item.case_id)
        if case in blocked:
            tell(item, RetryLater(BLOCKED))
        if case in stuck | blocked:
            continue
        verdict = _attempt(carried, transport)
        tell(item, verdict)
        if isinstance(verdict, Rejected):
            if item.on_rejection is OnRejection.BLOCK:
                blocked.add(case)
        elif not isinstance(verdict, Delivered):
            stuck.add(case)
    return not stuck


def _attempt(carried: Carried, transport: Transport) -> Verdict:
    """A transport that raises is no answer, as it is for the courier: the others go on."""
    try:
        return _upload(carried, transport) or transport.deliver(carried.item, carried.body)
    except Exception as error:
        log.error(
            "carry.failed operation=%s error=%s", carried.item.operation, type(error).__name__
        )
        return NoAnswer("outbox.transport_failed")


def _upload(carried: Carried, transport: Transport) -> Verdict | None:
    """What keeps the item from being sent; ``None`` when all that is attached to it has arrived."""
    for view in carried.attachments:
        if carried.parcel is None or not isinstance(transport, Uploader):
            return RetryLater("outbox.no_uploads")
        try:
            sent = transport.upload(carried.item, view, carried.parcel)
        except SpoiledAttachment:
            return RetryLater(UNREADABLE)
        if isinstance(sent, NotReached | RetryLater | Rejected):
            return sent
    return None


def _entry(view: ItemView, body: bytes, attached: tuple[AttachmentView, ...]) -> dict[str, Any]:
    return {
        "item_id": view.item_id,
        "destination": view.destination,
        "case_id": view.case_id,
        "seq": view.seq,
        "operation": view.operation,
        "on_rejection": view.on_rejection.value,
        "state": view.state.value,
        "accepted_at": view.accepted_at,
        "attributes": dict(view.attributes),
        "body": base64.b64encode(body).decode(),
        "attachments": [
            {
                "n": one.n,
                "key": one.key,
                "kind": one.kind,
                "media_type": one.media_type,
                "size": one.size,
                "step": one.step,
                "digest": one.digest.hex(),
            }
            for one in attached
        ],
    }


def _carried(entry: dict[str, Any], parcel: Parcel) -> Carried:
    view = ItemView(
        item_id=str(entry["item_id"]),
        destination=str(entry["destination"]),
        case_id=str(entry["case_id"]),
        seq=int(entry["seq"]),
        operation=str(entry["operation"]),
        state=ItemState(entry["state"]),
        attempts=0,
        accepted_at=str(entry["accepted_at"]),
        next_try_at=None,
        receipt=None,
        verdict="",
        attributes=dict(entry["attributes"]),
        # Files written before it was in them wait, as on the terminal: nothing of them is lost there.
        on_rejection=OnRejection(entry.get("on_rejection", OnRejection.BLOCK)),
    )
    attached = tuple(
        AttachmentView(**{**one, "digest": bytes.fromhex(one["digest"])})
        for one in entry.get("attachments", ())
    )
    return Carried(view, base64.b64decode(entry["body"], validate=True), attached, parcel)
