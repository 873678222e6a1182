"""Power cuts, in user space: every state the database's files can be in when the current fails.

A recording VFS notes each write, cut and flush of the database and its log in order. At any moment
a power cut may leave: what was flushed, and any part of what was not, in any order, torn at sectors.
Each such state is laid out as files and opened by the outbox as after a real cut; whatever had been
promised by that moment must be in it. Method after ALICE (Pillai et al., OSDI 2014).
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import apsw

from kiosk.torture.verdict import Verdict
from offline_queue import (
    Delivered,
    ItemView,
    Limits,
    NewAttachment,
    NewItem,
    NotReached,
    Outbox,
    OutboxError,
    new_item_id,
)
from offline_queue.moves import Settlement

SECTOR = 512
_VFS = "recording"
_INLINE = Limits(inline_bytes=1 << 30, free_bytes=0)
"""Bodies in the database: files beside it are not recorded."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done to a file: ``write``, ``cut``, ``flush`` or ``delete``; or, with ``path`` "", a
    ``promise`` made or a delivery recorded."""

    kind: str
    path: str
    offset: int = 0
    data: bytes = field(default=b"", repr=False)


class RecordingDisk(apsw.VFS):
    """SQLite's own file access, written down in :attr:`steps`."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        super().__init__(_VFS, "")

    def xOpen(self, name: Any, flags: Any) -> apsw.VFSFile:
        """Open a file that records."""
        return _RecordingFile(self.steps, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        """Delete a file, and note it."""
        super().xDelete(filename, syncdir)
        self.steps.append(Step("delete", Path(filename).name))


class _RecordingFile(apsw.VFSFile):
    def __init__(self, steps: list[Step], name: Any, flags: Any) -> None:
        full = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        self._steps, self._path = steps, Path(full).name
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._steps.append(Step("write", self._path, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        self._steps.append(Step("cut", self._path, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self._steps.append(Step("flush", self._path))


def record(folder: Path, rng: random.Random, rounds: int) -> list[Step]:
    """Work with an outbox at ``folder`` (new), and what that did to its files."""
    disk = RecordingDisk()
    try:
        box = Outbox.open(folder, limits=_INLINE, vfs=_VFS)
        for _ in range(rounds):
            _work(box, disk, rng)
        box.close(30.0)
    finally:
        disk.unregister()
    return disk.steps


def _work(box: Outbox, disk: RecordingDisk, rng: random.Random) -> None:
    case = f"case-{rng.randrange(4)}"
    item = NewItem(new_item_id(), "440500", case, "case", rng.randbytes(rng.randrange(10, 9000)))
    taken = box.accept(item, _papers(rng)).result()
    if isinstance(taken, ItemView):
        disk.steps.append(Step("promise", "", data=item.item_id.encode()))
    if rng.random() < 0.5:
        for claim in box.claim("440500", 3, 1e9).result():
            verdict = Delivered({}) if rng.random() < 0.7 else NotReached("network.refused")
            box.settle(Settlement(claim, verdict)).result()
            if isinstance(verdict, Delivered):
                disk.steps.append(Step("delivered", "", data=claim.item.item_id.encode()))
    if rng.random() < 0.1:
        box.checkpoint().result()


def _papers(rng: random.Random) -> list[NewAttachment]:
    """Mostly none; else one of a few chunks."""
    if rng.random() < 0.75:
        return []
    content, step = rng.randbytes(rng.randrange(10, 30_000)), 8192
    starts = range(0, len(content), step)
    return [
        NewAttachment(
            new_item_id(),
            "scan",
            "image/jpeg",
            len(content),
            step,
            sha256(content).digest(),
            lambda: (content[start : start + step] for start in starts),
        )
    ]


class _Sectors:
    """What a disk holds of the files while a recording is played."""

    def __init__(self) -> None:
        self.flushed: dict[str, bytearray] = {}
        self.pending: dict[str, list[Step]] = {}
        self._deleted: set[str] = set()

    def play(self, step: Step) -> None:
        """Let ``step`` happen."""
        if step.kind == "delete":
            self.pending.pop(step.path, None)
            self._deleted.add(step.path)
        elif step.kind == "promise":
            # The outbox flushes its folder when it opens, so before it promises anything.
            for path in self._deleted:
                self.flushed.pop(path, None)
            self._deleted.clear()
        elif step.kind == "flush":
            image = self.flushed.setdefault(step.path, bytearray())
            for waiting in self.pending.pop(step.path, []):
                _put(image, waiting)
        elif step.path:
            self.pending.setdefault(step.path, []).append(step)

    def after_a_cut(self, rng: random.Random) -> dict[str, bytes]:
        """One state of the files after the power failed now."""
        image = {
            path: bytearray(content)
            for path, content in self.flushed.items()
            if path not in self._deleted or rng.random() < 0.5
        }
        share = rng.choice((0.0, 0.5, 1.0, rng.random()))
        for path, waiting in self.pending.items():
            survived = [part for step in waiting for part in _torn(step) if rng.random() < share]
            if rng.random() < 0.5:
                rng.shuffle(survived)
            target = image.setdefault(path, bytearray())
            for part in survived:
                _put(target, part)
        return {path: bytes(content) for path, content in image.items()}


def _torn(step: Step) -> Iterator[Step]:
    if step.kind != "write":
        yield step
        return
    for start in range(0, len(step.data), SECTOR):
        part = step.data[start : start + SECTOR]
        yield Step("write", step.path, step.offset + start, part)


def _put(image: bytearray, step: Step) -> None:
    if step.kind == "cut":
        del image[step.offset :]
        return
    if len(image) < step.offset:
        image.extend(bytes(step.offset - len(image)))
    image[step.offset : step.offset + len(step.data)] = step.data


def cut_power(folder: Path, seed: int, verdict: Verdict, *, rounds: int, states: int) -> None:
    """Record ``rounds`` of work, then open ``states`` of the possible outcomes of a power cut."""
    rng = random.Random(seed)  # noqa: S311 - a campaign can be repeated
    original = folder / "recorded"
    steps = record(original, rng, rounds)
    chosen = sorted(rng.choices(range(len(steps)), k=states))
    sectors, promised, delivered = _Sectors(), set[str](), set[str]()
    position = 0
    for moment in chosen:
        for step in steps[position:moment]:
            sectors.play(step)
            if step.kind == "promise":
                promised.add(step.data.decode())
            elif step.kind == "delivered":
                delivered.add(step.data.decode())
        position = max(position, moment)
        place = folder / "cut"
        _lay_out(place, original, sectors.after_a_cut(rng))
        _examine(place, promised, delivered, verdict, f"seed {seed}, step {moment}")
        verdict.count("power cuts replayed")
        shutil.rmtree(place)
    shutil.rmtree(original)


def _lay_out(place: Path, original: Path, files: dict[str, bytes]) -> None:
    (place / "bodies").mkdir(parents=True, mode=0o700)
    place.chmod(0o700)
    shutil.copy(original / "outbox.key", place)
    for name, content in files.items():
        (place / name).write_bytes(content)


def _examine(
    place: Path, promised: set[str], delivered: set[str], verdict: Verdict, where: str
) -> None:
    try:
        box = Outbox.open(place, limits=_INLINE)
    except OutboxError as error:
        verdict.found("an outbox opens after a power cut", f"{where}: {error}")
        return
    try:
        held = {view.item_id: view for view in box.items(limit=10**6).result()}
        for key in promised - held.keys():
            verdict.found("nothing promised is lost by a power cut", f"{key}, {where}")
        for key in delivered & held.keys():
            if held[key].state.pending:
                verdict.found("a recorded delivery stays recorded", f"{key}, {where}")
        if box.recovery is not None or not box.verification.sound:
            verdict.found("a power cut damages nothing", f"{where}: {box.verification}")
    finally:
        box.close(30.0)
