"""Power cuts, in user space: every state an outbox's files can be in when the current fails.

At any moment of a recording (:mod:`kiosk.torture.recording`) a power cut may leave: what was
flushed, and any part of what was not, in any order, torn at sectors; names of files, too, are sure
only once their folder was flushed. Each such state is laid out and opened by the outbox as after a
real cut; whatever had been promised by that moment must be in it. Method after ALICE (Pillai et al.,
OSDI 2014). A disk that lies forgets flushes that it confirmed: then loss must be named.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from kiosk.torture.recording import VFS, Recording, Step
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
_LIMITS = Limits(inline_bytes=5000, free_bytes=0)
"""About half of the bodies lie outside the database."""
_DATABASE = ("outbox.db", "outbox.db-wal")


def record(folder: Path, rng: random.Random, rounds: int) -> list[Step]:
    """Work with an outbox at ``folder``, and what that did to its files."""
    recording = Recording(folder)
    with recording.running():
        box = Outbox.open(folder, limits=_LIMITS, vfs=VFS)
        for _ in range(rounds):
            _work(box, recording, rng)
        box.close(30.0)
    return recording.steps


def _work(box: Outbox, recording: Recording, rng: random.Random) -> None:
    case = f"case-{rng.randrange(4)}"
    item = NewItem(new_item_id(), "440500", case, "case", rng.randbytes(rng.randrange(10, 9000)))
    taken = box.accept(item, _papers(rng)).result()
    if isinstance(taken, ItemView):
        recording.note("promise", item.item_id)
    if rng.random() < 0.5:
        for claim in box.claim("440500", 3, 1e9).result():
            verdict = Delivered({}) if rng.random() < 0.7 else NotReached("network.refused")
            if isinstance(verdict, Delivered):
                recording.note("settling", claim.item.item_id)
            box.settle(Settlement(claim, verdict)).result()
            if isinstance(verdict, Delivered):
                recording.note("delivered", claim.item.item_id)
    if rng.random() < 0.1:
        box.checkpoint().result()
    if rng.random() < 0.08:
        box.rotate_key().result()


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


class Disk:
    """What a disk holds of the files while a recording is played. One that is ``lying`` forgets
    what it said was flushed of the database and its log."""

    def __init__(self, *, lying: bool = False) -> None:
        self._lying = lying
        self._flushed: dict[int, bytearray] = {}
        self._pending: dict[int, list[Step]] = {}
        self._names: dict[str, int] = {}
        self._renamed: list[Step] = []
        self._doubtful: set[int] = set()

    def play(self, step: Step) -> None:
        """Let ``step`` happen."""
        match step.kind:
            case "name" | "gone":
                self._renamed.append(step)
                if step.name in _DATABASE:
                    self._doubtful.add(step.file)
            case "names":
                done = [one for one in self._renamed if _folder(one.name) == step.name]
                self._renamed = [one for one in self._renamed if one not in done]
                for one in done:
                    _rename(self._names, one)
            case "flush":
                if not self._lying or step.file not in self._doubtful:
                    image = self._flushed.setdefault(step.file, bytearray())
                    for waiting in self._pending.pop(step.file, []):
                        _put(image, waiting)
            case "write" | "cut":
                self._pending.setdefault(step.file, []).append(step)

    def after_a_cut(self, rng: random.Random) -> dict[str, bytes]:
        """One state of the files after the power failed now."""
        share = rng.choice((0.0, 0.5, 1.0, rng.random()))
        names = dict(self._names)
        for step in self._renamed:
            if rng.random() < share:
                _rename(names, step)
        return {name: self._content(number, rng) for name, number in names.items()}

    def _content(self, number: int, rng: random.Random) -> bytes:
        image = bytearray(self._flushed.get(number, b""))
        share = rng.choice((0.0, 0.5, 1.0, rng.random()))
        waiting = self._pending.get(number, [])
        survived = [part for step in waiting for part in _torn(step) if rng.random() < share]
        if rng.random() < 0.5:
            rng.shuffle(survived)
        for part in survived:
            _put(image, part)
        return bytes(image)


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


def _rename(names: dict[str, int], step: Step) -> None:
    if step.kind == "gone":
        names.pop(step.name, None)
    else:
        names.pop(step.was, None)
        names[step.name] = step.file


def _torn(step: Step) -> Iterator[Step]:
    if step.kind != "write":
        yield step
        return
    for start in range(0, len(step.data), SECTOR):
        part = step.data[start : start + SECTOR]
        yield Step("write", step.name, step.file, step.offset + start, part)


def _put(image: bytearray, step: Step) -> None:
    if step.kind == "cut":
        del image[step.offset :]
        return
    if len(image) < step.offset:
        image.extend(bytes(step.offset - len(image)))
    image[step.offset : step.offset + len(step.data)] = step.data


@dataclass(slots=True)
class Told:
    """What the outbox had said by a moment: ids promised, those that may have and those that have
    been recorded as delivered, and those of the promised that its witness has on the disk."""

    promised: set[str] = field(default_factory=set)
    settling: set[str] = field(default_factory=set)
    delivered: set[str] = field(default_factory=set)
    witnessed: set[str] = field(default_factory=set)

    def hear(self, step: Step) -> None:
        """Take note of ``step``."""
        if step.kind == "promise":
            self.promised.add(step.name)
        elif step.kind == "settling":
            self.settling.add(step.name)
        elif step.kind == "delivered":
            self.delivered.add(step.name)
        elif step.kind == "flush" and step.name == "outbox.witness":
            self.witnessed = set(self.promised)


def cut_power(
    folder: Path,
    seed: int,
    verdict: Verdict,
    *,
    rounds: int,
    states: int,
    start: Path | None = None,
    lying: bool = False,
) -> None:
    """Record ``rounds`` of work, then open ``states`` of the possible outcomes of a power cut.

    ``start``: an outbox that lies there from the beginning (of an older schema, or in the middle of
    a recovery), copied; what is pending in it counts as promised.
    """
    rng = random.Random(seed)  # noqa: S311 - a campaign can be repeated
    original, told = folder / "recorded", Told()
    if start is not None:
        told = _told_before(start, folder / "before")
        shutil.copytree(start, original)
    steps = record(original, rng, rounds)
    begun = steps.index(Step("begin"))
    disk, position = Disk(lying=lying), 0
    for moment in sorted(rng.choices(range(begun, len(steps)), k=states)):
        for step in steps[position:moment]:
            disk.play(step)
            told.hear(step)
        position = max(position, moment)
        place = folder / "cut"
        _lay_out(place, disk.after_a_cut(rng))
        judge = _examine_a_liar if lying else _examine
        judge(place, told, verdict, f"seed {seed}, step {moment}")
        verdict.count("power cuts replayed" if not lying else "power cuts of a lying disk")
        shutil.rmtree(place)
    shutil.rmtree(original)


def _told_before(start: Path, copy: Path) -> Told:
    shutil.copytree(start, copy)
    box = Outbox.open(copy, limits=_LIMITS)
    views = box.items(limit=10**6).result()
    box.close(30.0)
    shutil.rmtree(copy)
    final = {view.item_id for view in views if not view.state.pending}
    return Told({view.item_id for view in views}, settling=set(final), delivered=final)


def _lay_out(place: Path, files: dict[str, bytes]) -> None:
    (place / "bodies").mkdir(parents=True, mode=0o700)
    place.chmod(0o700)
    for name, content in files.items():
        (place / name).parent.mkdir(mode=0o700, exist_ok=True)
        (place / name).write_bytes(content)


def _examine(place: Path, told: Told, verdict: Verdict, where: str) -> None:
    recovering = (place / "recovering").exists()
    try:
        box = Outbox.open(place, limits=_LIMITS)
    except OutboxError as error:
        verdict.found("an outbox opens after a power cut", f"{where}: {error}")
        return
    try:
        held = {view.item_id: view for view in box.items(limit=10**6).result()}
        for key in told.promised - held.keys():
            verdict.found("nothing promised is lost by a power cut", f"{key}, {where}")
        for key in told.delivered & held.keys():
            if held[key].state.pending:
                verdict.found("a recorded delivery stays recorded", f"{key}, {where}")
        if not box.verification.sound or (box.recovery is not None) != recovering:
            verdict.found("a power cut damages nothing", f"{where}: {box.verification}")
    finally:
        box.close(30.0)


def _examine_a_liar(place: Path, told: Told, verdict: Verdict, where: str) -> None:
    """What had reached the witness by a flush that was none of the lies must be there or be named."""
    try:
        box = Outbox.open(place, limits=_LIMITS)
    except OutboxError as error:
        verdict.found("an outbox opens on a disk that lied", f"{where}: {error}")
        return
    try:
        held = {view.item_id: view for view in box.items(limit=10**6).result()}
        named = {*box.verification.missing, *box.verification.tampered, *box.verification.damaged}
        lost = told.promised - told.settling - held.keys()
        for key in lost & told.witnessed - named:
            verdict.found("what a lying disk lost is named", f"{key}, {where}")
        if lost & told.witnessed:
            verdict.count("power cuts of a lying disk that lost something")
        for key in named & held.keys():
            if held[key].state.pending:
                verdict.found("what a lying disk spoiled is not sent", f"{key}, {where}")
    finally:
        box.close(30.0)
