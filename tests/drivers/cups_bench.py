"""A real cupsd in a folder of its own: private configuration, spool, port and domain socket."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import tempfile
import threading
from pathlib import Path

from drivers.ipp.client import IppClient, IppUnreachableError
from drivers.ipp.codec import Group
from drivers.ipp.constants import GroupTag, Operation, ValueTag, successful

# CUPS's operation for lpadmin's work (CUPS-Add-Modify-Printer) and RFC 3998's for a queue.
_ADD_PRINTER, _RESUME, _PAUSE = 0x4003, 0x0011, 0x0010

_FILES = """ServerRoot {root}
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


class Cupsd:
    """cupsd with raw queues; :meth:`kill` and :meth:`start` it again at the same address."""

    def __init__(self) -> None:
        # A domain socket's path is short, and cupsd's children run as another user under root.
        self.root = Path(tempfile.mkdtemp(prefix="cw-cups-"))
        self.root.chmod(0o755)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        for name in ("spool", "spool/tmp", "cache", "state"):
            (self.root / name).mkdir()
        (self.root / "cups-files.conf").write_text(_FILES.format(root=self.root))
        (self.root / "cupsd.conf").write_text(_DAEMON.format(root=self.root, port=self.port))
        self._process: subprocess.Popen[bytes] | None = None
        self._pause = threading.Event()

    @property
    def server(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def socket_path(self) -> str:
        return str(self.root / "sock")

    def start(self) -> None:
        files = ["-s", str(self.root / "cups-files.conf"), "-c", str(self.root / "cupsd.conf")]
        self._process = subprocess.Popen(
            ["cupsd", "-f", *files],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin"},
        )
        for _ in range(400):
            if self._answers():
                return
            assert self._process.poll() is None, self.log()
            self._pause.wait(0.05)
        raise AssertionError(f"cupsd did not answer: {self.log()}")

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
        assert self._process is not None
        self._process.kill()
        self._process.wait(20)

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(20)
        shutil.rmtree(self.root, ignore_errors=True)

    def add_queue(self, name: str, device_uri: str) -> None:
        """A raw queue: what it is given goes to the device as it is."""
        group = Group(GroupTag.PRINTER)
        group.add("device-uri", ValueTag.URI, device_uri)
        group.add("printer-is-accepting-jobs", ValueTag.BOOLEAN, True)
        group.add("printer-state", ValueTag.ENUM, 3)
        group.add("printer-error-policy", ValueTag.NAME, "retry-current-job")
        self._administer(name, _ADD_PRINTER, group)

    def pause(self, name: str) -> None:
        self._administer(name, _PAUSE)

    def resume(self, name: str) -> None:
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
            raise AssertionError(self.log()) from error
        assert successful(answer.code), (hex(answer.code), self.log())

    def spooled_documents(self) -> list[Path]:
        """Print data in the spool: ``d00001-001`` and so on."""
        return sorted((self.root / "spool").glob("d*-*"))

    def log(self) -> str:
        path = self.root / "error_log"
        return path.read_text("utf-8", "replace")[-2000:] if path.exists() else ""
