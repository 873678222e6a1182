"""A queue of a real cupsd as a document printer, with the simulated IPP printer behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from drivers.cups import CupsQueuePrinter
from drivers.cups.simulator import CupsQueueSimulator
from drivers.ipp import IppPrinter
from drivers.ipp.client import IppClient
from drivers.ipp.constants import GroupTag, JobState, Operation, ValueTag, successful
from drivers.ports import AdapterContext, DocumentPrinter, PrintOutcome, PrintResult
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceState, SupplyState

PAGE = b"<< /Type /Page >>\n"
CONFIRMED = Ok(PrintResult(PrintOutcome.CONFIRMED))
OWNER = "kiosk-a4-test"


def document(pages: int) -> bytes:
    return b"%PDF-1.4\n" + PAGE * pages + b"%%EOF"


def doubtful(reason: str) -> Ok[PrintResult]:
    return Ok(PrintResult(PrintOutcome.DOUBTFUL, reason))


@pytest.fixture(scope="module")
def shared() -> Iterator[CupsQueueSimulator]:
    simulator = CupsQueueSimulator(page_s=0.1)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def simulator(shared: CupsQueueSimulator) -> Iterator[CupsQueueSimulator]:
    yield shared
    for name in ("power_on", "plug_network", "load_paper", "start_queue"):
        shared.command(name)
    shared.command("reject_queue", on=False)
    shared.command("slow", page_s=0.1)


class Desk:
    """An adapter, its events, and what is done on the first of a name."""

    def __init__(self, simulator: CupsQueueSimulator, **options: Any) -> None:
        self.events: list[tuple[str, Mapping[str, Any]]] = []
        self.on_first: dict[str, Callable[[], object]] = {}
        settings = {"server": simulator.address, "queue": simulator.queue, "owner": OWNER}
        settings |= {"poll_s": 0.05, "stall_s": 0.3, "gone_s": 1.0, **options}
        self.printer = CupsQueuePrinter(AdapterContext("a4", settings, self._emit, lambda: False))

    def _emit(self, name: str, data: Mapping[str, Any]) -> None:
        self.events.append((name, data))
        act = self.on_first.pop(name, None)
        if act is not None:
            act()

    def opened(self) -> CupsQueuePrinter:
        assert self.printer.open() == Ok(None)
        return self.printer

    def names(self) -> list[str]:
        return [name for name, _ in self.events]


def failed_with(result: Result[object], code: str) -> str:
    assert isinstance(result, Failure), result
    assert result.code == code
    return result.detail


def queue_client(simulator: CupsQueueSimulator, user: str = OWNER) -> IppClient:
    uri = f"ipp://localhost/printers/{simulator.queue}"
    return IppClient(uri, socket_path=simulator.address, user=user)


def submit(client: IppClient) -> int:
    """A job as another process leaves it in the queue."""
    request = client.request(Operation.PRINT_JOB)
    request.groups[0].add("document-format", ValueTag.MIME_TYPE, "application/pdf")
    request.data = document(1)
    job_id = client.exchange(request, 20).group(GroupTag.JOB).integer("job-id")
    assert job_id is not None
    return job_id


def state_of(client: IppClient, job_id: int) -> int:
    request = client.attributes_request(Operation.GET_JOB_ATTRIBUTES, ("job-state",), job_id)
    return client.exchange(request, 20).group(GroupTag.JOB).integer("job-state") or 0


def test_prints_pages_that_the_printer_itself_counts(simulator: CupsQueueSimulator) -> None:
    desk = Desk(simulator)
    printer = desk.opened()
    assert isinstance(printer, DocumentPrinter)
    assert printer.status().device is DeviceState.ONLINE
    before = len(simulator.printer.documents)
    assert printer.print_document(document(3), "A001", 60) == CONFIRMED
    assert desk.names() == ["page_done"] * 3
    [printed] = simulator.printer.documents[before:]
    assert (printed.pages_done, printed.sides, printed.media) == (
        3, "one-sided", "iso_a4_210x297mm",
    )  # fmt: skip
    assert printed.pdf == document(3)


def test_the_plain_ipp_adapter_prints_through_a_queue_too(simulator: CupsQueueSimulator) -> None:
    options = {"uri": f"ipp://{simulator.cupsd.server}/printers/a4", "poll_s": 0.1}
    printer = IppPrinter(AdapterContext("a4", options, lambda name, data: None, lambda: False))
    assert printer.open() == Ok(None)
    assert printer.print_document(document(1), "A001", 60) == CONFIRMED, simulator.cupsd.log()


def test_prints_by_host_and_port_on_both_sides(simulator: CupsQueueSimulator) -> None:
    printer = Desk(simulator, server=simulator.cupsd.server, sides="two-sided-long-edge").opened()
    assert printer.print_document(document(2), "A001", 60) == CONFIRMED
    assert simulator.printer.documents[-1].sides == "two-sided-long-edge"


def test_a_wish_the_queue_cannot_meet_is_refused(simulator: CupsQueueSimulator) -> None:
    detail = failed_with(Desk(simulator, media="na_letter").printer.open(), "device.misconfigured")
    assert "iso_a4_210x297mm" in detail


@pytest.mark.parametrize(
    ("options", "word"),
    [({"queue": "a5"}, "it has: a4"), ({"queue": "a/b"}, "queue"), ({"server": "h:x"}, "server")],
)
def test_a_wrong_setting_is_named(
    simulator: CupsQueueSimulator, options: dict[str, str], word: str
) -> None:
    assert word in failed_with(Desk(simulator, **options).printer.open(), "device.misconfigured")


def test_a_stopped_queue_is_told_with_its_remedy(simulator: CupsQueueSimulator) -> None:
    printer = Desk(simulator).opened()
    simulator.command("stop_queue")
    assert printer.status().failure == "document_printer.queue_stopped"
    detail = failed_with(
        printer.print_document(document(1), "A001", 60), "document_printer.queue_stopped"
    )
    assert "cupsenable a4" in detail
    simulator.command("start_queue")
    assert printer.print_document(document(1), "A001", 60) == CONFIRMED


def test_a_queue_stopped_in_mid_job_ends_it_before_its_pages_come_twice(
    simulator: CupsQueueSimulator,
) -> None:
    """cupsd puts such a job back in the queue and begins it anew when the queue is started."""
    desk = Desk(simulator)
    printer = desk.opened()
    desk.on_first = {"page_done": lambda: simulator.command("stop_queue")}
    simulator.command("slow", page_s=0.5)
    before = len(simulator.printer.documents)
    result = printer.print_document(document(3), "A001", 60)
    assert "queue_stopped" in desk.names()
    assert result == doubtful("document_printer.queue_stopped")
    simulator.command("start_queue")
    assert printer.print_document(document(1), "A002", 60) == CONFIRMED
    assert [item.title for item in simulator.printer.documents[before:]] == ["A001", "A002"]


def test_a_queue_that_takes_no_jobs_is_told_with_its_remedy(simulator: CupsQueueSimulator) -> None:
    printer = Desk(simulator).opened()
    simulator.command("reject_queue")
    assert printer.status().failure == "document_printer.queue_rejecting"
    detail = failed_with(
        printer.print_document(document(1), "A001", 60), "document_printer.queue_rejecting"
    )
    assert "cupsaccept a4" in detail


def test_a_printer_that_is_away_gets_nothing(simulator: CupsQueueSimulator) -> None:
    printer = Desk(simulator).opened()
    simulator.command("power_off")
    assert printer.status().failure == "device.offline"
    failed_with(printer.print_document(document(1), "A001", 60), "device.gone")
    before = len(simulator.printer.documents)
    simulator.command("power_on")
    assert printer.print_document(document(2), "A001", 60) == CONFIRMED
    assert [item.pages for item in simulator.printer.documents[before:]] == [2]


@pytest.mark.strikes("cups-queue: paper_out")
def test_paper_out_behind_the_queue_is_shown_and_waited_for(simulator: CupsQueueSimulator) -> None:
    desk = Desk(simulator)
    printer = desk.opened()
    simulator.command("paper_out", after_pages=1)
    desk.on_first = {"paper_out": lambda: simulator.command("load_paper")}
    assert printer.print_document(document(2), "A001", 60) == CONFIRMED
    assert [name for name in desk.names() if name != "trouble_cleared"] == [
        "page_done", "paper_out", "page_done",
    ]  # fmt: skip
    simulator.command("paper_out")
    status = printer.status()
    assert (status.failure, status.paper) == ("printer.paper_out", SupplyState.OUT)
    failed_with(printer.print_document(document(1), "A001", 2), "printer.paper_out")


@pytest.mark.strikes("cups-queue: unplug, half_printed")
def test_a_printer_gone_in_mid_job_is_noticed_and_nothing_is_printed_again(
    simulator: CupsQueueSimulator,
) -> None:
    desk = Desk(simulator)
    printer = desk.opened()
    simulator.command("slow", page_s=0.4)
    desk.on_first = {"page_done": lambda: simulator.command("power_off")}
    assert printer.print_document(document(4), "A001", 60) == doubtful("device.gone")
    assert "printer_gone" in desk.names()
    before = len(simulator.printer.documents)
    simulator.command("power_on")
    assert printer.print_document(document(1), "A002", 60) == CONFIRMED
    assert [item.title for item in simulator.printer.documents[before:]] == ["A002"]


@pytest.mark.strikes("cups-queue: silence, slow")
def test_a_cut_network_that_comes_back_costs_nothing(simulator: CupsQueueSimulator) -> None:
    desk = Desk(simulator, gone_s=30)
    printer = desk.opened()
    simulator.command("slow", page_s=0.3)
    desk.on_first = {
        "page_done": lambda: simulator.command("unplug_network"),
        "printer_gone": lambda: simulator.command("plug_network"),
    }
    assert printer.print_document(document(3), "A001", 60) == CONFIRMED
    assert desk.names().count("page_done") == 3


@pytest.mark.strikes("cups-queue: power_cycle")
def test_completed_by_cupsd_but_lost_by_the_printer_is_doubtful(
    simulator: CupsQueueSimulator,
) -> None:
    """cupsd takes a job that the printer forgot in a power cut for completed."""
    desk = Desk(simulator)
    printer = desk.opened()
    simulator.command("slow", page_s=0.4)

    def cycle() -> None:
        simulator.command("power_off")
        simulator.command("power_on")

    desk.on_first = {"page_done": cycle}
    assert printer.print_document(document(4), "A001", 60) == doubtful("printer.unconfirmed")
    assert simulator.printer.documents[-1].pages_done < 4


def test_what_a_killed_process_left_is_withdrawn_at_opening(simulator: CupsQueueSimulator) -> None:
    simulator.command("paper_out")
    ours, others = queue_client(simulator), queue_client(simulator, "somebody")
    left = [submit(ours), submit(ours)]
    foreign = submit(others)
    desk = Desk(simulator)
    desk.opened()
    assert desk.events == [("leftovers_withdrawn", {"jobs": 2})]
    assert {state_of(ours, job) for job in left} == {JobState.CANCELED}
    before = len(simulator.printer.documents)
    simulator.command("load_paper")
    press = simulator.printer.press
    assert press.wait_until(lambda press: len(press.documents) > before, 20)
    assert state_of(others, foreign) != JobState.CANCELED


def test_a_queue_whose_printer_never_answers_back_is_never_believed(
    simulator: CupsQueueSimulator,
) -> None:
    """cupsd calls a job completed once the backend has passed the bytes on, as ``socket`` does."""
    script = '#!/bin/sh\n[ $# -eq 0 ] || exec cat "$6" >"$TMPDIR/taken"\n'
    simulator.cupsd.add_backend("oneway", script)
    simulator.cupsd.add_queue("raw", "oneway://printer")
    printer = Desk(simulator, queue="raw").opened()
    assert printer.status().device is DeviceState.ONLINE
    result = printer.print_document(document(1), "A001", 60)
    assert result == doubtful("printer.unconfirmed")
    assert (simulator.cupsd.root / "spool/tmp/taken").read_bytes() == document(1)


@pytest.mark.parametrize(
    "words", ["STATE: +connecting-to-device", "WARNING: The printer is not responding."]
)
def test_a_printer_that_cannot_be_asked_is_gone_by_cupsds_word(
    simulator: CupsQueueSimulator, words: str
) -> None:
    script = f'#!/bin/sh\n[ $# -eq 0 ] || {{ echo "{words}" >&2; exec sleep 60; }}\n'
    simulator.cupsd.add_backend("away", script)
    simulator.cupsd.add_queue("away", "away://printer")
    desk = Desk(simulator, queue="away")
    assert desk.opened().print_document(document(1), "A001", 60) == doubtful("device.gone")
    assert desk.names() == ["printer_gone"]


@pytest.fixture
def own() -> Iterator[CupsQueueSimulator]:
    """One whose cupsd may be killed."""
    simulator = CupsQueueSimulator(page_s=0.3)
    simulator.start()
    folder = bytes(simulator.cupsd.root)
    yield simulator
    simulator.stop()
    assert not [command for command in commands() if folder in command], "a backend lives on"


def commands() -> Iterator[bytes]:
    """Of all processes."""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            yield entry.read_bytes()


@pytest.mark.strikes("cups-queue: killed")
def test_cupsd_killed_in_mid_job_is_doubtful_and_told(own: CupsQueueSimulator) -> None:
    desk = Desk(own)
    printer = desk.opened()

    def kill_and_start() -> None:
        own.command("kill_cupsd")
        assert printer.status().failure == "document_printer.spooler_down"
        failed_with(Desk(own).printer.open(), "document_printer.spooler_down")
        failed_with(printer.print_document(document(1), "A002", 5), "document_printer.spooler_down")

    desk.on_first = {
        "page_done": kill_and_start,
        "printer_gone": lambda: own.command("start_cupsd"),
    }
    assert printer.print_document(document(4), "A001", 60) == doubtful("printer.unconfirmed")
    fresh = Desk(own).opened()
    assert fresh.print_document(document(1), "A003", 60) == CONFIRMED
    titles = [item.title for item in own.printer.documents]
    assert titles.count("A001") <= 1, "printed again after the restart"
    assert titles[-1] == "A003"
    client = queue_client(own)
    request = client.attributes_request(Operation.GET_JOBS, ("job-id",))
    answer = client.exchange(request, 20)
    assert successful(answer.code)
    assert list(answer.all(GroupTag.JOB)) == []
