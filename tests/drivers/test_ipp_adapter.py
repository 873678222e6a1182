"""The IPP adapter against the printer simulator, faults striking in the middle of a job."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from drivers.ipp import IppPrinter
from drivers.ipp.codec import Group, Message, decode, encode
from drivers.ipp.constants import GroupTag, JobState, Operation, Status, ValueTag
from drivers.ipp.simulator import IppPrinterSimulator
from drivers.loopback_http import LoopbackHttpServer
from drivers.ports import AdapterContext, DocumentPrinter, PrintOutcome, PrintResult
from drivers.results import Failure, Ok
from drivers.status import DeviceState, DeviceStatus, SupplyState

CONFIRMED = Ok(PrintResult(PrintOutcome.CONFIRMED))
THREE_PAGES = b"%PDF-1.4\n" + b"<< /Type /Page >>\n" * 3 + b"<< /Type /Pages >>\n%%EOF"


def doubtful(reason: str) -> Ok[PrintResult]:
    return Ok(PrintResult(PrintOutcome.DOUBTFUL, reason))


class Bench:
    """A printer, its adapter, and what to do to the printer when an event comes."""

    def __init__(self, simulator: IppPrinterSimulator) -> None:
        self.simulator = simulator
        self.events: list[tuple[str, dict[str, Any]]] = []
        self.on_event: Callable[[str, Mapping[str, Any]], None] = lambda name, data: None
        self.cancelled = False
        options = {"uri": simulator.address, "poll_s": 0.02, "stall_s": 0.2}
        context = AdapterContext("a4", options, self._emit, lambda: self.cancelled)
        self.printer = IppPrinter(context)

    def _emit(self, name: str, data: Mapping[str, Any]) -> None:
        self.events.append((name, dict(data)))
        self.on_event(name, data)

    def when(self, event: str, act: Callable[[], object]) -> None:
        """Run ``act`` the first time ``event`` is emitted."""

        def once(name: str, data: Mapping[str, Any]) -> None:
            if name == event and sum(1 for seen, _ in self.events if seen == event) == 1:
                act()

        self.on_event = once

    def print(self, timeout_s: float = 20) -> object:
        return self.printer.print_document(THREE_PAGES, "A001 回执", timeout_s)

    def names(self) -> list[str]:
        return [name for name, _ in self.events]


@pytest.fixture(params=[True, False], ids=["create-job", "print-job"])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    simulator = IppPrinterSimulator(page_s=0.05, two_step=request.param)
    simulator.start()
    bench = Bench(simulator)
    assert bench.printer.open() == Ok(None)
    yield bench
    bench.printer.close()
    simulator.stop()


def test_prints_a_document(bench: Bench) -> None:
    assert isinstance(bench.printer, DocumentPrinter)
    assert bench.print() == CONFIRMED
    pages = [("page_done", {"page": page, "pages": 3}) for page in (1, 2, 3)]
    assert bench.events == [("printing", {"pages": 3}), *pages]
    (document,) = bench.simulator.documents
    assert document.pdf == THREE_PAGES
    assert (document.title, document.sides) == ("A001 回执", "one-sided")
    assert (document.media, document.pages_done) == ("iso_a4_210x297mm", 3)
    assert "PDF" not in repr(document)


def test_waits_for_paper_and_goes_on(bench: Bench) -> None:
    bench.simulator.command("paper_out", after_pages=1)
    bench.when("paper_out", lambda: bench.simulator.command("load_paper"))
    assert bench.print() == CONFIRMED
    assert bench.names().count("page_done") == 3
    assert bench.names().index("paper_out") > bench.names().index("page_done")
    assert bench.simulator.documents[0].pages_done == 3


@pytest.mark.parametrize(
    ("strike", "mend", "event"),
    [("jam", "clear_jam", "jam"), ("open_cover", "close_cover", "cover_open")],
)
def test_other_troubles_are_told_and_waited_for(
    bench: Bench, strike: str, mend: str, event: str
) -> None:
    bench.simulator.command(strike)
    bench.when(event, lambda: bench.simulator.command(mend))
    assert bench.print() == CONFIRMED
    assert event in bench.names()


def test_no_paper_until_the_deadline_prints_nothing(bench: Bench) -> None:
    bench.simulator.command("paper_out")
    assert bench.print(timeout_s=1.5) == Failure("printer.paper_out")
    assert bench.simulator.documents == ()
    # The job was withdrawn: paper loaded later does not bring it out.
    assert bench.simulator.press.jobs()[-1].state is JobState.CANCELED
    bench.simulator.command("load_paper")
    assert bench.print() == CONFIRMED
    assert len(bench.simulator.documents) == 1


@pytest.mark.strikes("ipp: paper_out")
def test_paper_out_half_way_until_the_deadline_is_doubtful(bench: Bench) -> None:
    bench.simulator.command("paper_out", after_pages=2)
    assert bench.print(timeout_s=2.5) == doubtful("printer.paper_out")
    assert bench.names().count("page_done") == 2


@pytest.mark.strikes("ipp: slow")
def test_a_slow_job_is_withdrawn_at_the_deadline(bench: Bench) -> None:
    bench.simulator.command("slow", page_s=30)
    assert bench.print(timeout_s=1.5) == doubtful("device.timeout")
    assert bench.simulator.press.jobs()[-1].state is JobState.CANCELED


def test_giving_up_cancels_the_job(bench: Bench) -> None:
    def give_up() -> None:
        bench.cancelled = True

    bench.simulator.command("slow", page_s=0.6)
    bench.when("page_done", give_up)
    assert bench.print() == doubtful("device.cancelled")
    assert bench.simulator.press.jobs()[-1].state is JobState.CANCELED
    assert bench.print() == Failure("device.cancelled")
    assert len(bench.simulator.press.jobs()) == 1


@pytest.mark.strikes("ipp: half_printed")
def test_aborted_before_and_after_the_first_page(bench: Bench) -> None:
    bench.simulator.command("abort_next")
    assert bench.print() == Failure("document_printer.aborted", "job-state aborted")
    bench.simulator.command("abort_next", after_pages=1)
    assert bench.print() == doubtful("document_printer.aborted")


def test_rejected_job(bench: Bench) -> None:
    bench.simulator.command("reject_jobs")
    assert bench.printer.status().failure == "document_printer.rejected"
    assert bench.print() == Failure("document_printer.rejected", "IPP status 0x0506")
    bench.simulator.command("reject_jobs", on=False)
    assert bench.print() == CONFIRMED


def test_network_lost_and_found_again_during_the_job(bench: Bench) -> None:
    bench.simulator.command("slow", page_s=0.1)

    def act(name: str, data: Mapping[str, Any]) -> None:
        if name == "page_done" and data["page"] == 1:
            bench.simulator.command("unplug_network")
        elif name == "printer_gone":
            bench.simulator.command("plug_network")

    bench.on_event = act
    assert bench.print() == CONFIRMED
    assert bench.names().count("printer_gone") == bench.names().count("printer_back") == 1
    assert bench.names().count("page_done") == 3


@pytest.mark.strikes("ipp: silence")
def test_network_lost_for_good_is_doubtful(bench: Bench) -> None:
    bench.simulator.command("slow", page_s=0.6)
    bench.when("page_done", lambda: bench.simulator.command("unplug_network"))
    assert bench.print(timeout_s=1.5) == doubtful("printer.unconfirmed")


@pytest.mark.strikes("ipp: power_cycle")
def test_power_cycle_in_the_job_is_doubtful(bench: Bench) -> None:
    def power_cycle() -> None:
        bench.simulator.command("power_off")
        bench.simulator.command("power_on")

    bench.simulator.command("slow", page_s=0.5)
    bench.when("page_done", power_cycle)
    assert bench.print() == doubtful("printer.unconfirmed")
    bench.simulator.command("slow", page_s=0.02)
    assert bench.print() == CONFIRMED


@pytest.mark.strikes("ipp: unplug")
def test_printer_switched_off_before_the_job(bench: Bench) -> None:
    address = bench.simulator.address
    bench.simulator.command("power_off")
    assert bench.printer.status().device is DeviceState.OFFLINE
    failure = bench.print(timeout_s=1)
    assert isinstance(failure, Failure)
    assert failure.code == "device.gone"
    bench.simulator.command("power_on")
    assert bench.simulator.address == address
    assert bench.print() == CONFIRMED


def test_status_follows_the_printer(bench: Bench) -> None:
    assert bench.printer.status() == DeviceStatus(
        DeviceState.ONLINE,
        media=bench.printer.status().media,
        paper=SupplyState.FULL,
        toner=SupplyState.FULL,
    )
    bench.simulator.command("paper_low")
    bench.simulator.command("toner_low")
    status = bench.printer.status()
    assert (status.paper, status.toner, status.usable) == (SupplyState.LOW, SupplyState.LOW, True)
    bench.simulator.command("paper_out")
    status = bench.printer.status()
    assert (status.device, status.paper) == (DeviceState.USER_ERROR, SupplyState.OUT)
    assert status.failure == "printer.paper_out"
    bench.printer.close()
    assert bench.printer.status().device is DeviceState.OFFLINE
    assert bench.print() == Failure("device.offline", "not open")


def test_title_is_one_line_of_255_bytes(bench: Bench) -> None:
    result = bench.printer.print_document(THREE_PAGES, "回\n执" * 200, 20)
    assert result == CONFIRMED
    title = bench.simulator.documents[0].title
    assert title.startswith("回 执")
    assert 250 < len(title.encode()) <= 255


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"uri": "http://127.0.0.1/ipp/print"},
        {"uri": "ipp://127.0.0.1", "timeout": 3},
        {"uri": "ipp://127.0.0.1", "poll_s": 0},
        {"uri": "ipps://127.0.0.1", "ca_file": "/nonexistent.pem"},
        {"uri": "ipp://127.0.0.1", "ca_file": 1},
    ],
)
def test_wrong_options_are_explained(options: Mapping[str, Any]) -> None:
    printer = IppPrinter(AdapterContext("a4", options, lambda name, data: None, lambda: False))
    result = printer.open()
    assert isinstance(result, Failure)
    assert result.code == "device.misconfigured"
    assert result.detail


class ScriptedPrinter:
    """Answers each request with what ``script`` returns: a message, raw bytes, or an HTTP status."""

    def __init__(self, script: Callable[[Message], Message | bytes | int]) -> None:
        self.requests: list[int] = []
        scripted = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                request = decode(self.rfile.read(int(self.headers["Content-Length"])))
                scripted.requests.append(request.code)
                answer = script(request)
                if isinstance(answer, int):
                    self.send_error(answer)
                    return
                body = answer if isinstance(answer, bytes) else encode(answer)
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._http = LoopbackHttpServer(Handler)

    def __enter__(self) -> IppPrinter:
        self._http.start()
        options = {"uri": f"ipp://127.0.0.1:{self._http.port}/ipp/print", "poll_s": 0.02}
        return IppPrinter(AdapterContext("a4", options, lambda n, d: None, lambda: False))

    def __exit__(self, *_: object) -> None:
        self._http.stop()


def capabilities(request: Message, formats: str = "application/pdf") -> Message:
    group = Group(GroupTag.PRINTER).add("document-format-supported", ValueTag.MIME_TYPE, formats)
    group.add("printer-state", ValueTag.ENUM, 3)
    return Message(Status.OK, request.request_id, [Group(GroupTag.OPERATION), group])


def job_answer(request: Message, state: int) -> Message:
    group = Group(GroupTag.JOB).add("job-id", ValueTag.INTEGER, 1)
    group.add("job-state", ValueTag.ENUM, state)
    return Message(Status.OK, request.request_id, [Group(GroupTag.OPERATION), group])


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"not ipp", "device.protocol"),
        (404, "device.misconfigured"),
        (500, "device.protocol"),
        (Message(Status.OK, 999_999), "device.protocol"),
    ],
)
def test_something_else_answers(answer: Message | bytes | int, code: str) -> None:
    with ScriptedPrinter(lambda request: answer) as printer:
        result = printer.open()
    assert isinstance(result, Failure)
    assert result.code == code


def test_printer_without_pdf_is_misconfigured() -> None:
    with ScriptedPrinter(lambda request: capabilities(request, "image/pwg-raster")) as printer:
        result = printer.open()
    assert isinstance(result, Failure)
    assert result.code == "device.misconfigured"


def test_busy_printer_is_asked_again() -> None:
    attempts: list[int] = []

    def script(request: Message) -> Message:
        if request.code == Operation.PRINT_JOB:
            attempts.append(request.request_id)
            if len(attempts) < 3:
                return Message(Status.BUSY, request.request_id)
        if request.code == Operation.GET_PRINTER_ATTRIBUTES:
            return capabilities(request)
        return job_answer(request, JobState.COMPLETED)

    with ScriptedPrinter(script) as printer:
        assert printer.open() == Ok(None)
        assert printer.print_document(THREE_PAGES, "t", 10) == CONFIRMED
    assert len(attempts) == 3


def test_lost_answer_to_print_job_is_doubtful_and_not_repeated() -> None:
    scripted = ScriptedPrinter(
        lambda request: capabilities(request) if request.code == 0x0B else b"garbled"
    )
    with scripted as printer:
        assert printer.open() == Ok(None)
        assert printer.print_document(THREE_PAGES, "t", 10) == doubtful("printer.unconfirmed")
    assert scripted.requests.count(Operation.PRINT_JOB) == 1


@pytest.mark.parametrize("before", [[JobState.PENDING], [JobState.PROCESSING], []])
def test_job_of_a_printer_that_does_not_count_is_doubtful_when_aborted(
    before: list[JobState],
) -> None:
    states = iter([*before, JobState.ABORTED])

    def script(request: Message) -> Message:
        if request.code == Operation.GET_PRINTER_ATTRIBUTES:
            return capabilities(request)
        if request.code == Operation.GET_JOB_ATTRIBUTES:
            return job_answer(request, next(states))
        return job_answer(request, JobState.PENDING)

    with ScriptedPrinter(script) as printer:
        assert printer.open() == Ok(None)
        result = printer.print_document(THREE_PAGES, "t", 10)
    assert result == doubtful("document_printer.aborted")


def test_job_that_never_began_printed_nothing() -> None:
    def script(request: Message) -> Message:
        if request.code == Operation.GET_PRINTER_ATTRIBUTES:
            return capabilities(request)
        if request.code == Operation.GET_JOB_ATTRIBUTES:
            answer = job_answer(request, JobState.ABORTED)
            answer.groups[1].add("time-at-processing", ValueTag.NO_VALUE, None)
            return answer
        return job_answer(request, JobState.PENDING)

    with ScriptedPrinter(script) as printer:
        assert printer.open() == Ok(None)
        result = printer.print_document(THREE_PAGES, "t", 10)
    assert result == Failure("document_printer.aborted", "job-state aborted")


def test_open_ends_soon_at_a_silent_address() -> None:
    released = threading.Event()

    def silent(request: Message) -> int:
        released.wait(30)
        return 500

    with ScriptedPrinter(silent) as printer:
        result = printer.open()
        released.set()
    assert isinstance(result, Failure)
    assert result.code == "device.offline"
