"""Independent peers: CUPS's ippeveprinter as the printer, ipptool and pyipp as the clients.

ippeveprinter registers itself by DNS-SD and will not run without it. Where the machine runs no
D-Bus and Avahi, private ones are started; they need no privileges but a writable ``/run`` directory
for Avahi (its place is compiled in, one Avahi a machine, hence the lock).
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import select
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from fpdf import FPDF
from pyipp import IPP
from pyipp.enums import IppOperation

from drivers.cups import CupsQueuePrinter
from drivers.cups.private import Cupsd
from drivers.ipp import IppPrinter
from drivers.ipp.simulator import IppPrinterSimulator
from drivers.ports import AdapterContext, PrintOutcome, PrintResult
from drivers.results import Ok
from drivers.status import DeviceState

CONFIRMED = Ok(PrintResult(PrintOutcome.CONFIRMED))
SYSTEM_BUS = Path("/run/dbus/system_bus_socket")
BUS_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={path}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/>
  </policy>
</busconfig>
"""
AVAHI_CONFIGURATION = """[server]
host-name=kiosk-test
use-ipv4=yes
use-ipv6=no
allow-interfaces=lo
[publish]
disable-publishing=no
[reflector]
[rlimits]
"""
# What the printer's print command does; its standard error drives the printer's state.
PRINTS_TWO_PAGES = """#!/bin/sh
echo "ATTR: job-impressions=2" >&2
echo "ATTR: job-impressions-completed=1" >&2
if [ -e "{folder}/empty" ]; then
  echo "STATE: +media-empty-error" >&2
  while [ -e "{folder}/empty" ]; do sleep 0.05; done
  echo "STATE: -media-empty-error" >&2
fi
if [ -e "{folder}/abort" ]; then exit 1; fi
echo "ATTR: job-impressions-completed=2" >&2
cp "$1" "{folder}/printed.pdf"
"""


def start(stack: ExitStack, command: list[str], ready: str, **options: Any) -> None:
    """Start ``command``, wait until it says ``ready``, end it with ``stack``."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0, **options
    )
    stack.callback(end, process)
    assert process.stdout is not None
    said = b""
    deadline = time.monotonic() + 20
    while ready.encode() not in said:
        readable, _, _ = select.select([process.stdout], [], [], deadline - time.monotonic())
        assert readable, f"{command[0]} did not start: {said!r}"
        chunk = os.read(process.stdout.fileno(), 4096)
        assert chunk, f"{command[0]} ended: {said!r}"
        said += chunk
    # Read on for good: a full pipe would stop the process in the middle of its log.
    drain = threading.Thread(target=process.stdout.read, daemon=True)
    drain.start()
    stack.callback(drain.join, 20)
    stack.callback(process.terminate)


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(timeout=20)
    assert process.stdout is not None
    process.stdout.close()


def is_running(socket_path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(socket_path)) == 0


@pytest.fixture(scope="module")
def discovery() -> Iterator[dict[str, str]]:
    """The environment in which Avahi can be reached."""
    with ExitStack() as stack:
        lock = stack.enter_context(
            (Path(tempfile.gettempdir()) / "kiosk-test-avahi.lock").open("w")
        )
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_running(SYSTEM_BUS) and is_running(Path("/run/avahi-daemon/socket")):
            yield dict(os.environ)
            return
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "bus.conf").write_text(BUS_CONFIGURATION.format(path=folder / "bus"))
        (folder / "avahi.conf").write_text(AVAHI_CONFIGURATION)
        environment = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={folder / 'bus'}"}
        bus = ["dbus-daemon", f"--config-file={folder / 'bus.conf'}", "--nofork", "--nopidfile"]
        start(stack, [*bus, "--print-address=1"], "unix:path=")
        avahi = ["avahi-daemon", "-f", str(folder / "avahi.conf"), "--no-drop-root"]
        start(
            stack,
            [*avahi, "--no-chroot", "--no-rlimits"],
            "Server startup complete",
            env=environment,
        )
        yield environment


@pytest.fixture(scope="module")
def eve(
    discovery: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """CUPS's own IPP Everywhere printer: its address and the folder that steers it."""
    folder = tmp_path_factory.mktemp("eve")
    command = folder / "print.sh"
    command.write_text(PRINTS_TWO_PAGES.format(folder=folder))
    command.chmod(0o755)
    (folder / "spool").mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ["-v", "-r", "off", "-p", str(port), "-n", "localhost", "-c", str(command)]
    arguments += ["-d", str(folder / "spool"), "-f", "application/pdf", "Kiosk test"]
    with ExitStack() as stack:
        start(stack, ["ippeveprinter", *arguments], "printer-uuid=", env=discovery)
        yield f"ipp://localhost:{port}/ipp/print", folder


@pytest.fixture
def pdf() -> bytes:
    document = FPDF(format="A4")
    for _ in range(2):
        document.add_page()
        document.set_font("helvetica")
        document.cell(text="A001")
    return bytes(document.output())


def adapter(uri: str, on_event: Callable[[str, Mapping[str, Any]], None]) -> IppPrinter:
    options = {"uri": uri, "poll_s": 0.05, "stall_s": 0.2}
    printer = IppPrinter(AdapterContext("a4", options, on_event, lambda: False))
    assert printer.open() == Ok(None)
    return printer


def test_prints_on_ippeveprinter(eve: tuple[str, Path], pdf: bytes) -> None:
    uri, folder = eve
    events: list[str] = []
    printer = adapter(uri, lambda name, data: events.append(name))
    assert printer.status().device is DeviceState.ONLINE
    assert printer.print_document(pdf, "A001", 20) == CONFIRMED
    assert (folder / "printed.pdf").read_bytes() == pdf
    assert events.count("page_done") == 2


def test_paper_out_and_refill_on_ippeveprinter(eve: tuple[str, Path], pdf: bytes) -> None:
    uri, folder = eve
    events: list[str] = []
    (folder / "empty").touch()

    def refill(name: str, data: Mapping[str, Any]) -> None:
        if name != "printing":
            events.append(name)
        if name == "paper_out":
            (folder / "empty").unlink()

    assert adapter(uri, refill).print_document(pdf, "A001", 20) == CONFIRMED
    assert events[:2] == ["page_done", "paper_out"]
    assert events.count("page_done") == 2


def test_abort_on_ippeveprinter_is_doubtful_after_a_page(eve: tuple[str, Path], pdf: bytes) -> None:
    uri, folder = eve
    (folder / "abort").touch()
    try:
        result = adapter(uri, lambda name, data: None).print_document(pdf, "A001", 20)
    finally:
        (folder / "abort").unlink()
    assert result == Ok(PrintResult(PrintOutcome.DOUBTFUL, "document_printer.aborted"))


@pytest.fixture(scope="module")
def queue(eve: tuple[str, Path]) -> Iterator[Cupsd]:
    """A real cupsd whose queue ``eve`` prints on ippeveprinter: nothing of ours in between."""
    cupsd = Cupsd()
    cupsd.start()
    try:
        cupsd.add_queue("eve", eve[0])
        yield cupsd
    finally:
        cupsd.stop()


def queued(cupsd: Cupsd, on_event: Callable[[str, Mapping[str, Any]], None]) -> CupsQueuePrinter:
    options = {"server": cupsd.socket_path, "queue": "eve", "owner": "kiosk-a4-test"}
    options |= {"poll_s": 0.05, "stall_s": 0.3}
    printer = CupsQueuePrinter(AdapterContext("a4", options, on_event, lambda: False))
    assert printer.open() == Ok(None)
    return printer


def test_prints_on_ippeveprinter_through_a_queue(
    eve: tuple[str, Path], queue: Cupsd, pdf: bytes
) -> None:
    _, folder = eve
    (folder / "printed.pdf").unlink(missing_ok=True)
    events: list[str] = []
    printer = queued(queue, lambda name, data: events.append(name))
    assert printer.status().device is DeviceState.ONLINE
    assert printer.print_document(pdf, "A001", 40) == CONFIRMED, queue.log()
    assert (folder / "printed.pdf").read_bytes() == pdf
    assert events == ["page_done", "page_done"]
    assert queue.spooled_documents() == []


def test_paper_out_and_abort_on_ippeveprinter_through_a_queue(
    eve: tuple[str, Path], queue: Cupsd, pdf: bytes
) -> None:
    _, folder = eve
    events: list[str] = []

    def refill(name: str, data: Mapping[str, Any]) -> None:
        events.append(name)
        if name == "paper_out":
            # the queue passes on what its printer said a while ago, so it may say it once more
            (folder / "empty").unlink(missing_ok=True)

    (folder / "empty").touch()
    assert queued(queue, refill).print_document(pdf, "A002", 40) == CONFIRMED, queue.log()
    assert events[:2] == ["page_done", "paper_out"]
    (folder / "abort").touch()
    try:
        result = queued(queue, refill).print_document(pdf, "A003", 40)
    finally:
        (folder / "abort").unlink()
    assert result == Ok(PrintResult(PrintOutcome.DOUBTFUL, "document_printer.aborted"))


@pytest.fixture
def simulator() -> Iterator[IppPrinterSimulator]:
    simulator = IppPrinterSimulator(page_s=0.02)
    simulator.start()
    yield simulator
    simulator.stop()


def ipptool(uri: str, test: str, *arguments: str) -> str:
    done = subprocess.run(
        ["ipptool", "-I", "-t", "-T", "10", *arguments, uri, test],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout


def test_ipptool_finds_the_simulators_attributes_complete(simulator: IppPrinterSimulator) -> None:
    report = ipptool(simulator.address, "get-printer-attributes.test")
    assert "[PASS]" in report, report
    assert "[FAIL]" not in report, report


def test_ipptool_runs_the_ipp_1_1_conformance_suite(
    simulator: IppPrinterSimulator, pdf: bytes, tmp_path: Path
) -> None:
    document = tmp_path / "a4.pdf"
    document.write_bytes(pdf)
    report = ipptool(simulator.address, "ipp-1.1.test", "-f", str(document))
    assert report.count("[PASS]") >= 25, report
    assert "[FAIL]" not in report, report


def test_pyipp_prints_on_the_simulator(simulator: IppPrinterSimulator, pdf: bytes) -> None:
    async def visit() -> tuple[Any, Any]:
        async with IPP(simulator.address) as client:
            printer = await client.printer()
            answer = await client.execute(
                IppOperation.PRINT_JOB,
                {
                    "operation-attributes-tag": {
                        "requesting-user-name": "kiosk",
                        "job-name": "A001",
                        "document-format": "application/pdf",
                    },
                    "data": pdf,
                },
            )
            return printer, answer["jobs"][0]["job-id"]

    printer, job_id = asyncio.run(visit())
    assert printer.info.model == "Window Simulated A4"
    assert simulator.press.wait_until(lambda press: len(press.documents) == 1, timeout_s=20)
    document = simulator.documents[0]
    assert (document.job_id, document.pages, document.pdf) == (job_id, 2, pdf)
