"""What an outbox does to its files, written down: writes, cuts, flushes, names that come and go.

The database and its log are seen through a SQLite VFS; key, witness and bodies through the few
calls of ``os`` by which Python makes files, which are watched while the recording runs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

_Call = Callable[..., Any]

VFS = "recording"
_PASSED_OVER = ("outbox.lock", "outbox.ballast")
"""Files whose content is nobody's loss."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done.

    To the file numbered ``file``: ``write``, ``cut``, ``flush``. To the names below the folder:
    ``name`` (``name`` is now that file, and no longer ``was``), ``gone``, ``names`` (those of the
    subfolder ``name`` are flushed). By the outbox: ``begin``, ``promise``, ``settling`` and
    ``delivered`` (of item ``name``).
    """

    kind: str
    name: str = ""
    file: int = 0
    offset: int = 0
    data: bytes = field(default=b"", repr=False)
    was: str = ""


class Recording:
    """The steps of what happens below ``folder``; what lies there already is taken as flushed."""

    def __init__(self, folder: Path) -> None:
        self.steps: list[Step] = []
        self._folder = folder
        self._numbers: dict[str, int] = {}
        self._last = 0
        self._descriptors: dict[int, str] = {}
        self._appended: set[int] = set()
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name not in _PASSED_OVER:
                number = self.number(path)
                self._fill(path.name, number, path.read_bytes())
                self.steps.append(Step("flush", path.name, number))
        folders = {step.name.rpartition("/")[0] for step in self.steps if step.kind == "name"}
        self.steps += [Step("names", name) for name in sorted(folders)]
        self.steps.append(Step("begin"))

    @contextmanager
    def running(self) -> Iterator[None]:
        """Record meanwhile. One at a time."""
        disk = _Disk(self)
        real: dict[str, _Call] = {}
        watched: dict[str, Callable[[_Call], _Call]] = {
            "open": self._open, "write": self._write, "fsync": self._fsync,
            "pwrite": self._pwrite, "fdatasync": self._fsync, "ftruncate": self._ftruncate,
            "replace": self._replace, "unlink": self._unlink,
        }  # fmt: skip
        for name, watcher in watched.items():
            real[name] = getattr(os, name)
            setattr(os, name, watcher(real[name]))
        try:
            yield
        finally:
            for name, call in real.items():
                setattr(os, name, call)
            disk.unregister()

    def note(self, kind: str, item_id: str) -> None:
        """Note a promise or a delivery."""
        self.steps.append(Step(kind, item_id))

    def number(self, path: Path | str) -> int:
        """The file at ``path``, newly made if there was none; 0 for one that is not ours."""
        name = self.inside(path)
        if name is None:
            return 0
        if name not in self._numbers:
            self._last += 1
            self._numbers[name] = self._last
            self.steps.append(Step("name", name, self._last))
        return self._numbers[name]

    def gone(self, path: Path | str) -> None:
        """A name was removed."""
        name = self.inside(path)
        if name is not None and self._numbers.pop(name, 0):
            self.steps.append(Step("gone", name))

    def inside(self, path: Path | str) -> str | None:
        """``path`` as seen from the folder; None outside of it."""
        path = Path(path)
        if path.name in _PASSED_OVER or not path.is_relative_to(self._folder):
            return None
        return "" if path == self._folder else str(path.relative_to(self._folder))

    # -- the calls of os -----------------------------------------------------------------

    def _open(self, real: _Call) -> _Call:
        def call(path: Any, flags: int, *rest: Any, **more: Any) -> Any:
            descriptor = real(path, flags, *rest, **more)
            name = self.inside(os.fsdecode(path)) if isinstance(path, str | Path) else None
            self._descriptors.pop(descriptor, None)
            if name is not None and not more:
                self._descriptors[descriptor] = name
                if not flags & os.O_DIRECTORY:
                    number = self.number(self._folder / name)
                    if flags & os.O_TRUNC:
                        self.steps.append(Step("cut", name, number, 0))
            return descriptor

        return call

    def _write(self, real: _Call) -> _Call:
        def call(descriptor: int, data: bytes) -> Any:
            name = self._descriptors.get(descriptor)
            if name is not None:
                end, number = os.fstat(descriptor).st_size, self._numbers[name]
                self._appended.add(number)
                self.steps.append(Step("write", name, number, end, bytes(data)))
            return real(descriptor, data)

        return call

    def _pwrite(self, real: _Call) -> _Call:
        def call(descriptor: int, data: bytes, offset: int) -> Any:
            name = self._descriptors.get(descriptor)
            if name is not None:
                number = self._numbers[name]
                self._appended.add(number)
                self.steps.append(Step("write", name, number, offset, bytes(data)))
            return real(descriptor, data, offset)

        return call

    def _ftruncate(self, real: _Call) -> _Call:
        def call(descriptor: int, length: int) -> None:
            name = self._descriptors.get(descriptor)
            if name is not None:
                self.steps.append(Step("cut", name, self._numbers[name], length))
            real(descriptor, length)

        return call

    def _fsync(self, real: _Call) -> _Call:
        def call(descriptor: Any) -> None:
            name = self._descriptors.get(descriptor)
            if name is None:
                real(descriptor)
            elif (self._folder / name).is_dir():
                real(descriptor)
                self.steps.append(Step("names", name))
            else:
                number = self._numbers[name]
                if number not in self._appended:
                    # what a file object wrote is seen here, as it lies in the file
                    self._fill(name, number, Path(f"/proc/self/fd/{descriptor}").read_bytes())
                real(descriptor)
                self.steps.append(Step("flush", name, number))

        return call

    def _replace(self, real: _Call) -> _Call:
        def call(source: Any, target: Any, **more: Any) -> None:
            real(source, target, **more)
            was, name = self.inside(source), self.inside(target)
            if was is not None and name is not None:
                number = self._numbers[name] = self._numbers.pop(was)
                self.steps.append(Step("name", name, number, was=was))

        return call

    def _unlink(self, real: _Call) -> _Call:
        def call(path: Any, **more: Any) -> None:
            real(path, **more)
            if not more:
                self.gone(path)

        return call

    def _fill(self, name: str, number: int, content: bytes) -> None:
        self.steps.append(Step("cut", name, number))
        self.steps.append(Step("write", name, number, 0, content))


class _Disk(apsw.VFS):
    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        super().__init__(VFS, "")

    def xOpen(self, name: Any, flags: Any) -> apsw.VFSFile:
        """Open a file that records."""
        return _File(self._recording, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        """Delete a file, and note it."""
        super().xDelete(filename, syncdir)
        self._recording.gone(filename)
        if syncdir:
            self._recording.steps.append(Step("names"))


class _File(apsw.VFSFile):
    def __init__(self, recording: Recording, name: Any, flags: Any) -> None:
        full = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        super().__init__("", name, flags)
        self._steps, self._number = recording.steps, recording.number(full)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._steps.append(Step("write", "", self._number, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        self._steps.append(Step("cut", "", self._number, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self._steps.append(Step("flush", "", self._number))
