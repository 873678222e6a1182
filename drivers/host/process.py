"""The supervisor's handle on one child process: start, talk, end, reap."""

from __future__ import annotations

import contextlib
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time

from drivers.host.wire import FrameReader, WireError, frame

log = logging.getLogger(__name__)

_BOOT = (
    "import sys; sys.path[:] = sys.argv[5:]; from drivers.host.child import main; "
    "main(*map(int, sys.argv[1:5]))"
)
_PAGE = os.sysconf("SC_PAGE_SIZE")
_ABORT_WAIT_S = 0.3
_KILL_WAIT_S = 1.0


class ChildProcess:
    """A running child. Create and use it in one long-lived thread only.

    The kernel's parent-death signal belongs to the *thread* that started the child: were that
    thread to end, the child would be killed. The supervisor's thread outlives its children.
    ``flight``: descriptor of the memory its flight recorder writes to. Raises :class:`OSError` if no
    process can be started now.
    """

    def __init__(self, flight: int) -> None:
        with contextlib.ExitStack() as undo:
            ours, theirs = socket.socketpair()
            undo.callback(ours.close)
            with theirs:
                self._faults = os.memfd_create("device-host-faults")
                undo.callback(os.close, self._faults)
                self._process = self._spawn(theirs.fileno(), self._faults, flight)
                undo.callback(self._process.kill)
            self.pidfd = os.pidfd_open(self._process.pid)
            undo.pop_all()
        ours.setblocking(False)
        self.socket = ours
        self.pid = self._process.pid
        self._frames = FrameReader()
        self._outgoing = bytearray()
        self._closed = False

    @staticmethod
    def _spawn(socket_fd: int, fault_fd: int, flight: int) -> subprocess.Popen[bytes]:
        # A process group of its own keeps the console's Ctrl-C away. Not a session: a session
        # leader that opens a tty makes it its controlling terminal and dies when it hangs up.
        # Output goes nowhere, because a vendor library may print what it read.
        return subprocess.Popen(
            [sys.executable, "-c", _BOOT]
            + [str(number) for number in (socket_fd, fault_fd, os.getpid(), flight)]
            + [entry or os.getcwd() for entry in sys.path],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(socket_fd, fault_fd, flight),
            process_group=0,
        )

    # --- talking ------------------------------------------------------------------------------

    def send(self, message: object) -> None:
        """Queue a message and send what the socket takes now."""
        self._outgoing += frame(message)
        self.flush()

    def flush(self) -> None:
        """Send as much of the queued bytes as goes without waiting."""
        try:
            while self._outgoing:
                with memoryview(self._outgoing) as view, view[:262144] as piece:
                    sent = self.socket.send(piece)
                del self._outgoing[:sent]
        except BlockingIOError:
            pass
        except OSError:
            self._outgoing.clear()  # it is ending; the pidfd will say so

    @property
    def has_unsent(self) -> bool:
        """True if :meth:`flush` is to be called when the socket becomes writable."""
        return bool(self._outgoing)

    def receive(self) -> tuple[list[bytes], bool]:
        """Frames that have arrived, and whether the child's end is closed.

        Raises :class:`~drivers.host.wire.WireError` on an oversized frame.
        """
        try:
            data = self.socket.recv(262144)
        except BlockingIOError:
            return [], False
        except OSError:
            return [], True
        return list(self._frames.feed(data)), not data

    def receive_rest(self) -> list[bytes]:
        """All that an ended child had still sent."""
        bodies: list[bytes] = []
        try:
            while True:
                more, closed = self.receive()
                bodies += more
                if closed or (not more and not self._readable()):
                    return bodies
        except WireError:
            return bodies

    def rest_until_end(self, by: float) -> list[bytes]:
        """What it still sends until it ends, waiting for that until ``by`` (monotonic)."""
        bodies: list[bytes] = []
        closed = False
        while (left := by - time.monotonic()) > 0 and not self.ended():
            poller = select.poll()
            poller.register(self.pidfd, select.POLLIN)
            if not closed:
                writing = select.POLLOUT if self._outgoing else 0
                poller.register(self.socket, select.POLLIN | writing)
            poller.poll(left * 1000)
            self.flush()
            if not closed:
                more, closed = self.receive()
                bodies += more
        return bodies + self.receive_rest()

    def _readable(self) -> bool:
        return bool(select.select([self.socket], [], [], 0)[0])

    def private_memory(self) -> int:
        """Bytes it holds for itself: without files and memory shared with others (a camera's frame).
        0 if it has ended."""
        try:
            with open(f"/proc/{self.pid}/statm", "rb", buffering=0) as pages:
                resident, shared = pages.read(128).split()[1:3]
        except (OSError, ValueError):
            return 0
        return (int(resident) - int(shared)) * _PAGE

    # --- ending -------------------------------------------------------------------------------

    def kill(self) -> None:
        """Abort it, so that it notes where it hung, then kill it. Takes a second at the most."""
        for number, wait_s in ((signal.SIGABRT, _ABORT_WAIT_S), (signal.SIGKILL, _KILL_WAIT_S)):
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.pidfd, number)
            if self.ended(wait_s):
                return
        log.error("process %d does not die; it hangs inside the kernel", self.pid)

    def ended(self, wait_s: float = 0.0) -> bool:
        """True once the process has ended (it may still be to be reaped)."""
        poller = select.poll()
        poller.register(self.pidfd, select.POLLIN)
        return bool(poller.poll(wait_s * 1000))

    def reap(self) -> int | None:
        """Take leave of an ended child: exit status (negative: signal), None if not ended yet.

        Frees everything, and ends what the adapter may have started in its process group, politely,
        so that Python's resource tracker, which ignores SIGTERM, can still clean up after it.
        """
        if not self.ended():
            return None
        if not self._closed:
            self._closed = True
            # Before the wait: until then the id cannot belong to another group.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGTERM)
            self._process.wait()
            self.socket.close()
            os.close(self.pidfd)
            os.close(self._faults)
        return self._process.returncode

    def reap_when_ended(self) -> None:
        """Take leave of it whenever it ends, from a thread of its own: it was killed, and a busy
        kernel, or one it hangs inside, takes its time."""

        def wait() -> None:
            select.select([self.pidfd], [], [])
            self.reap()

        if self.reap() is None:
            threading.Thread(target=wait, name=f"reaper-{self.pid}", daemon=True).start()

    def fault_text(self) -> str:
        """What the child's fault handler wrote: threads and their places, no values."""
        size = os.fstat(self._faults).st_size
        return os.pread(self._faults, min(size, 4000), 0).decode("utf-8", "replace")
