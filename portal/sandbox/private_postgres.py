"""A PostgreSQL of the sandbox's own: one folder, one socket in it, no network, gone when it stops.

For demonstrations, tests and benchmarks, from Debian's package ``postgresql``. It flushes as it does
in earnest.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

_INSTALLED = Path("/usr/lib/postgresql")  # where Debian puts each release
_START_S = 60.0
_STOP_S = 30.0
_SERVICE_USER = "postgres"  # PostgreSQL refuses to run as root; Debian's package makes this user
_READY = "ready to accept connections"


class PostgresMissingError(RuntimeError):
    """There is no PostgreSQL to start, or it does not start; the message says what to do."""


def programs() -> Path:
    """The folder of the newest PostgreSQL's programs. Raises :class:`PostgresMissingError`."""
    for folder in sorted(_INSTALLED.glob("*/bin"), key=_version, reverse=True):
        if (folder / "postgres").is_file():
            return folder
    found = shutil.which("postgres")
    if found is None:
        raise PostgresMissingError("PostgreSQL is not installed: apt-get install postgresql")
    return Path(found).resolve().parent


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


class PrivatePostgres:
    """A running server with an empty database; stops with the thread's process that started it."""

    def __init__(self, folder: Path | None = None) -> None:
        self._own = folder is None
        # Short, as sockets' paths are; and where another user gets in, if it is not to run as root.
        within = "/var/tmp" if os.geteuid() == 0 else None  # noqa: S108 - mkdtemp's is our own
        self._folder = folder or Path(tempfile.mkdtemp(prefix="pg-", dir=within))
        self._server: subprocess.Popen[str] | None = None
        self._said: list[str] = []

    def start(self) -> None:
        """Make the cluster and start it. Raises :class:`PostgresMissingError`."""
        bin_ = programs()
        data = self._folder / "data"
        if os.geteuid() == 0:
            shutil.chown(self._folder, _SERVICE_USER)
        self._folder.chmod(0o700)
        made = subprocess.run(
            [*_as_service(), str(bin_ / "initdb"), "--pgdata", str(data), "--username=sandbox",
             "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"],
            capture_output=True, text=True, timeout=_START_S, check=False,
        )  # fmt: skip
        if made.returncode != 0:
            raise PostgresMissingError(f"initdb: {made.stderr.strip()[-400:]}")
        self._server = subprocess.Popen(
            [*_as_service(), str(bin_ / "postgres"), "-D", str(data), "-k", str(self._folder),
             "-c", "listen_addresses=", "-c", "max_connections=100"],
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._wait_until_ready(self._server)

    def _wait_until_ready(self, server: subprocess.Popen[str]) -> None:
        ready = threading.Event()
        if server.stderr is None:
            raise PostgresMissingError("no standard error of postgres")
        listener = threading.Thread(
            target=self._listen, args=(server.stderr, ready), name="postgres", daemon=True
        )
        listener.start()
        if not ready.wait(_START_S) or server.poll() is not None:
            said = " ".join(self._said[-3:])
            self.stop()
            raise PostgresMissingError(f"postgres did not start: {said}")

    def _listen(self, stream: IO[str], ready: threading.Event) -> None:
        """Read what it says, so that its pipe never fills; the last lines are kept."""
        with stream:
            for line in stream:
                self._said = [*self._said[-20:], line.strip()]
                if _READY in line:
                    ready.set()
        ready.set()

    @property
    def url(self) -> str:
        """SQLAlchemy's address of the database ``postgres``."""
        return self.database("postgres")

    def database(self, name: str) -> str:
        """SQLAlchemy's address of a database."""
        return f"postgresql+psycopg://sandbox@/{name}?host={self._folder}"

    def create(self, name: str) -> str:
        """Make an empty database; its address."""
        subprocess.run(
            [str(programs() / "createdb"), "-h", str(self._folder), "-U", "sandbox", name],
            check=True, capture_output=True, timeout=_START_S,
        )  # fmt: skip
        return self.database(name)

    def files(self) -> bytes:
        """Everything it has on disk, after a checkpoint."""
        subprocess.run(
            [str(programs() / "psql"), "-h", str(self._folder), "-U", "sandbox", "-d", "postgres",
             "-c", "CHECKPOINT"],
            check=True, capture_output=True, timeout=_START_S,
        )  # fmt: skip
        data = self._folder / "data"
        places = (data / "base", data / "pg_wal")
        return b"".join(
            path.read_bytes() for place in places for path in place.rglob("*") if path.is_file()
        )

    def stop(self) -> None:
        """Stop it at once and drop its folder; safe to call twice."""
        server, self._server = self._server, None
        if server is not None:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(_STOP_S)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        if self._own:
            shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def _as_service() -> Sequence[str]:
    """What a program is started with: it dies with us (SIGINT: PostgreSQL's fast end), and not as
    root. ``setpriv`` is util-linux', which every Debian has."""
    who: tuple[str, ...] = ()
    if os.geteuid() == 0:
        who = (f"--reuid={_SERVICE_USER}", f"--regid={_SERVICE_USER}", "--clear-groups")
    return ("setpriv", "--pdeathsig=INT", *who)
