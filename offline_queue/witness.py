"""The witness: a second, independent record of what was accepted and what became final.

Should the database lose rows (damage, an old copy put back, a disk that lied about flushing),
the witness still names them, so loss is reported and never silent. It is appended after the
commit and flushed with the checkpoints: it costs no flush of its own per item.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from json.encoder import encode_basestring_ascii as _text
from pathlib import Path

from offline_queue.place import write_durably
from offline_queue.rows import Seals


@dataclass(frozen=True, slots=True)
class Mark:
    """One line: item ``item_id`` was accepted (``state`` is "accepted") or became final."""

    item_id: str
    destination: str
    state: str

    @property
    def open(self) -> bool:
        """Whether the item was pending after this line."""
        return self.state == "accepted"


class Witness:
    """The append-only file behind the marks. All methods raise OSError."""

    def __init__(self, path: Path, seals: Seals) -> None:
        self._path = path
        self._seals = seals
        self._believed = [seals]
        self._file = -1
        self._dirty = False
        self._torn = False

    @property
    def is_open(self) -> bool:
        """Whether marks can be appended."""
        return self._file >= 0

    def read(self) -> dict[str, Mark]:
        """The last mark of each item; lines that are torn or forged are passed over."""
        marks: dict[str, Mark] = {}
        if not self._path.exists():
            return marks
        for line in self._path.read_bytes().splitlines():
            text, _, seal = line.rpartition(b" ")
            if not text or seal not in [one.line(text).encode() for one in self._believed]:
                continue
            item_id, destination, state = json.loads(text)
            marks[item_id] = Mark(item_id, destination, state)
        return marks

    def use(self, seals: Seals) -> None:
        """Seal with ``seals`` from now on, and believe no others."""
        self._seals, self._believed = seals, [seals]

    def believe(self, seals: Seals) -> None:
        """Believe lines sealed with ``seals``, too, until the next :meth:`rewrite`."""
        self._believed.append(seals)

    def rewrite(self, marks: Iterable[Mark]) -> None:
        """Replace the file by ``marks`` (those still open; the rest is history) and open it."""
        self.close()
        self._believed = [self._seals]
        write_durably(self._path, b"".join(self._line(mark) for mark in marks))
        self._file = os.open(self._path, os.O_WRONLY | os.O_APPEND)

    def append(self, marks: Iterable[Mark]) -> None:
        """Add ``marks``; durable after the next :meth:`flush`."""
        lines = (b"\n" if self._torn else b"") + b"".join(self._line(mark) for mark in marks)
        self._torn = True
        self._torn = os.write(self._file, lines) != len(lines)
        if self._torn:
            raise OSError(errno.ENOSPC, "the witness could not be written whole")
        self._dirty = True

    def flush(self) -> None:
        """Make everything appended durable."""
        if self._dirty:
            os.fsync(self._file)
            self._dirty = False

    def close(self) -> None:
        """Close the file; :meth:`rewrite` opens it again."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
            self._dirty = False

    def _line(self, mark: Mark) -> bytes:
        # As json.dumps has it, in a fifth of the time: each acceptance waits for one.
        said = f"[{_text(mark.item_id)}, {_text(mark.destination)}, {_text(mark.state)}]"
        text = said.encode()
        return text + b" " + self._seals.line(text).encode() + b"\n"
