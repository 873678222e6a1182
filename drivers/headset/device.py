"""An input device of the kernel: found, opened, asked and read."""

from __future__ import annotations

import errno
import fcntl
import os
import select
import stat
from pathlib import Path

from drivers.failure_codes import FailureCode
from drivers.hotplug.inventory import Roots
from drivers.ports import Tap, no_tap
from drivers.results import Failure, Ok, Result

_READ_BYTES = 4096
_SWITCH_BYTES = 4
_READ = 2


class DeviceLostError(Exception):
    """The device is of no further use: unplugged, or its driver is gone."""


def _request(number: int, size: int) -> int:
    """``_IOC(_IOC_READ, 'E', number, size)`` of ``asm-generic/ioctl.h``."""
    return _READ << 30 | size << 16 | ord("E") << 8 | number


ASK_SWITCHES = _request(0x1B, _SWITCH_BYTES)
"""``EVIOCGSW``: which switches are on, one bit each, lowest byte first."""
ASK_WHICH = _request(0x20 + 0x05, _SWITCH_BYTES)
"""``EVIOCGBIT(EV_SW)``: which switches there are."""


def find(code: int, name: str, roots: Roots) -> Result[str]:
    """The first input device that has the switch ``code`` and ``name`` in its name.

    Asks sysfs and opens nothing. Failure: ``device.gone``.
    """
    devices = (roots.sys / "class/input").glob("event*/device")
    for device in sorted(devices, key=lambda path: int(path.parent.name.removeprefix("event"))):
        if _bits(device / "capabilities/sw") >> code & 1 and name in _text(device / "name"):
            return Ok(str(roots.dev / "input" / device.parent.name))
    return Failure("device.gone", "no input device has such a switch")


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""


def _bits(path: Path) -> int:
    """A bitmap of sysfs: words in hex, the lowest last."""
    bits = 0
    for word in _text(path).split():
        try:
            bits = bits << 64 | int(word, 16)
        except ValueError:
            return 0
    return bits


class EventDevice:
    """An open device. It is not taken for us alone: the sound server looks at it, too."""

    def __init__(self, file: int, tap: Tap) -> None:
        self._file, self._tap = file, tap

    @classmethod
    def open(cls, path: str, tap: Tap = no_tap) -> Result[EventDevice]:
        """Failures: ``device.gone``, ``device.misconfigured`` (no device file, or not permitted)."""
        try:
            file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            gone = error.errno in (errno.ENOENT, errno.ENODEV, errno.ENXIO)
            code: FailureCode = "device.gone" if gone else "device.misconfigured"
            return Failure(code, f"{path}: {error.strerror}")
        mode = os.fstat(file).st_mode
        if not (stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)):
            os.close(file)
            return Failure("device.misconfigured", f"{path}: no device file")
        return Ok(cls(file, tap))

    def close(self) -> None:
        """Let it go."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def ask(self, request: int) -> int | None:
        """The answer to :data:`ASK_SWITCHES` or :data:`ASK_WHICH`; None where nobody can be asked
        (a pipe that events come through). Raises :class:`DeviceLostError`."""
        answer = bytearray(_SWITCH_BYTES)
        try:
            fcntl.ioctl(self._file, request, answer)
        except OSError as error:
            if error.errno in (errno.ENOTTY, errno.EINVAL):
                return None
            raise DeviceLostError(error.strerror) from error
        return int.from_bytes(answer, "little")

    def read(self, within_s: float) -> bytes:
        """What was reported, waited for so long. Raises :class:`DeviceLostError`."""
        try:
            if not select.select([self._file], [], [], max(0.0, within_s))[0]:
                return b""
            data = os.read(self._file, _READ_BYTES)
        except BlockingIOError:
            return b""
        except (OSError, ValueError) as error:
            raise DeviceLostError(str(error)) from error
        if not data:
            raise DeviceLostError("end of file")
        self._tap("in", data)
        return data
