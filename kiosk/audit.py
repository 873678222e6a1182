"""The audit log: append-only JSON lines, each chained to the one before (S21)."""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

GENESIS = "0" * 64


class AuditLog:
    """Events without personal data: a code and plain values. Thread-safe.

    A write that fails is reported in the log and does not disturb the visit.
    """

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._path = path
        self._now = now
        self._lock = threading.Lock()
        self._last = self._tail()

    def append(self, code: str, data: Mapping[str, Any]) -> None:
        """Add one event."""
        with self._lock:
            line = {"at": self._now().isoformat(), "code": code, "data": dict(data)}
            try:
                digest = chain(self._last, line)
                text = json.dumps({**line, "chain": digest}, ensure_ascii=False, sort_keys=True)
                self._write(text.encode() + b"\n")
                self._last = digest
            except (OSError, TypeError, ValueError) as error:
                log.error("audit.not_written code=%s error=%s", code, type(error).__name__)

    def _write(self, line: bytes) -> None:
        handle = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            size = os.fstat(handle).st_size
            if size and os.pread(handle, 1, size - 1) != b"\n":
                line = b"\n" + line  # keep a torn line from swallowing this one
            if os.write(handle, line) != len(line):
                raise OSError(errno.ENOSPC, "only a part was written")
        finally:
            os.close(handle)

    def _tail(self) -> str:
        try:
            with self._path.open("rb") as file:
                file.seek(0, os.SEEK_END)
                file.seek(max(0, file.tell() - 65536))
                lines = file.read().splitlines()
        except FileNotFoundError:
            return GENESIS
        for line in reversed(lines):
            try:
                return str(json.loads(line)["chain"])
            except (ValueError, KeyError, TypeError):
                continue  # a line torn by a power cut; verify() will name it
        return GENESIS


def chain(last: str, line: Mapping[str, Any]) -> str:
    """SHA-256 over the previous link and this line's content."""
    content = json.dumps(dict(line), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{last}\n{content}".encode()).hexdigest()


def verify(path: Path) -> list[str]:
    """Every place where the chain is broken; empty if the log is whole.

    Lines cut off at the end leave no break: compare the last link with a copy kept elsewhere.
    """
    problems: list[str] = []
    last = GENESIS
    lines = path.read_bytes().split(b"\n")
    if not lines[-1]:
        lines.pop()
    for number, text in enumerate(lines, 1):
        try:
            line = json.loads(text)
            digest = line.pop("chain")
        except (ValueError, KeyError, TypeError, AttributeError):
            problems.append(f"line {number}: not an audit record")
            continue
        if chain(last, line) != digest:
            problems.append(f"line {number}: altered, or a line before it is missing")
        last = digest
    return problems
