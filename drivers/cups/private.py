"""A real cupsd in a folder of its own: private configuration, spool, port and domain socket.

For the acceptance kit's rig and for tests; a terminal uses the machine's own cupsd.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from pathlib import Path

from drivers.ipp.client import IppClient, IppUnreachableError
from drivers.ipp.codec import Group
from drivers.ipp.constants import GroupTag, Operation, ValueTag, successful

# CUPS's operation for lpadmin's work (CUPS-Add-Modify-Printer) and RFC 3998's for a queue.
_ADD_PRINTER, _ACCEPT, _REJECT, _RESUME, _PAUSE = 0x4003, 0x4008, 0x4009, 0x0011, 0x0010

_SERVER_BIN = Path("/usr/lib/cups")
_FILES = """ServerRoot {root}
ServerBin {root}/bin
RequestRoot {root}/spool
CacheDir {root}/cache
StateDir {root}/state
TempDir {root}/spool/tmp
AccessLog {root}/access_log
ErrorLog {root}/error_log
PageLog {root}/page_log
FatalErrors config
"""
_DAEMON = """Listen 127.0.0.1:{port}
Listen {root}/sock
LogLevel warn
DirtyCleanInterval 0
PreserveJobHistory 300
PreserveJobFiles No
Browsing Off
DefaultAuthType None
WebInterface No
JobRetryInterval 1
ErrorPolicy retry-current-job
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""


def _program() -> str:
    found = shutil.which("cupsd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        raise CupsdError("cupsd is not installed (Debian: cups-daemon)")
    return found


class CupsdError(OSError):
    """cupsd is not there or does not do what it was told; the message holds its log."""


class Cupsd:
    """cupsd with raw queues; :meth:`kill` and :meth:`start` it again at the same address."""

    def __init__(self) -> None:
        # A domain socket's path is short.
        self.root = Path(tempfile.mkdtemp(prefix="cw-cups-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        for name in ("spool", "spool/tmp", "cache", "state", "bin", "bin/backend"):
            (self.root / name).mkdir()
        for program in _SERVER_BIN.glob("*"):
            link = self.root / "bin" / program.name
            if not link.exists():
                link.symlink_to(program)
        for program in _SERVER_BIN.glob("backend/*"):
            self._keep(shutil.copyfile(program, self.root / "bin/backend" / program.name))
        (self.root / "cups-files.conf").write_text(_FILES.format(root=self.root))
        (self.root / "cupsd.conf").write_text(_DAEMON.format(root=self.root, port=self.port))
        self._process: subprocess.Popen[bytes] | None = None
        self._pause = threading.Event()

    @property
    def server(self) -> str:
        """``host:port``."""
        return f"127.0.0.1:{self.port}"

    @property
    def socket_path(self) -> str:
        """Path of the domain socket."""
        return str(self.root / "sock")

    def start(self) -> None:
        """Start it and wait until it answers. :class:`CupsdError` if it does not."""
        files = ["-s", str(self.root / "cups-files.conf"), "-c", str(self.root / "cupsd.conf")]
        self._process = subprocess.Popen(
            [_program(), "-f", *files],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(400):
            if self._answers():
                return
            if self._process.poll() is not None:
                break
            self._pause.wait(0.05)
        raise CupsdError(f"cupsd did not answer: {self.log()}")

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return True

    def kill(self) -> None:
        """End it without a chance to say or save anything."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(20)

    def stop(self) -> None:
        """End it and remove its folder; safe to call twice."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(20)
        self._end_backends()
        shutil.rmtree(self.root, ignore_errors=True)

    def _end_backends(self) -> None:
        """End backends that outlive a killed cupsd: they retry their job for ever, in groups of
        their own, told by the spool file in their arguments."""
        spool = os.fsencode(self.root / "spool")
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if spool in entry.read_bytes():
                    _end(int(entry.parent.name))

    def add_queue(self, name: str, device_uri: str) -> None:
        """A raw queue: what it is given goes to the device as it is."""
        group = Group(GroupTag.PRINTER)
        group.add("device-uri", ValueTag.URI, device_uri)
        group.add("printer-is-accepting-jobs", ValueTag.BOOLEAN, True)
        group.add("printer-state", ValueTag.ENUM, 3)
        group.add("printer-error-policy", ValueTag.NAME, "retry-current-job")
        self._administer(name, _ADD_PRINTER, group)

    def add_backend(self, scheme: str, script: str) -> None:
        """A program that takes jobs for device URIs of ``scheme``; see backend(7) of CUPS."""
        path = self.root / "bin/backend" / scheme
        path.write_text(script)
        self._keep(path)

    @staticmethod
    def _keep(backend: Path) -> None:
        """Leave ``backend`` to its owner alone: as cupsd's user it is then run, not as another one
        who may have no way into the folder for temporary files (cupsd says "status 113" to that).
        """
        backend.chmod(0o700)

    def pause(self, name: str) -> None:
        """cupsdisable."""
        self._administer(name, _PAUSE)

    def resume(self, name: str) -> None:
        """cupsenable."""
        self._administer(name, _RESUME)

    def _administer(self, name: str, operation: int, group: Group | None = None) -> None:
        client = IppClient(f"ipp://{self.server}/printers/{name}", path="/admin/")
        request = client.request(Operation.GET_PRINTER_ATTRIBUTES)
        request.code = operation
        if group is not None:
            request.groups.append(group)
        try:
            answer = client.exchange(request, 20)
        except IppUnreachableError as error:
            raise CupsdError(self.log()) from error
        if not successful(answer.code):
            raise CupsdError(f"IPP status {answer.code:#06x}: {self.log()}")

    def spooled_documents(self) -> list[Path]:
        """Print data in the spool: ``d00001-001`` and so on."""
        return sorted((self.root / "spool").glob("d*-*"))

    def accept(self, name: str, accepting: bool) -> None:
        """cupsaccept and cupsreject."""
        self._administer(name, _ACCEPT if accepting else _REJECT)

    def log(self) -> str:
        """The end of its error log."""
        path = self.root / "error_log"
        return path.read_text("utf-8", "replace")[-2000:] if path.exists() else ""


def _end(pid: int) -> None:
    """Kill a process that is no child of ours, and wait until it is gone."""
    watched = os.pidfd_open(pid)
    try:
        signal.pidfd_send_signal(watched, signal.SIGKILL)
        select.select([watched], [], [], 20)
    finally:
        os.close(watched)
