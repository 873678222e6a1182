"""The IPP adapter at a queue of a real cupsd, with the simulated printer behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cups_bench import Cupsd

from drivers.ipp import IppPrinter
from drivers.ipp.client import IppClient
from drivers.ipp.constants import GroupTag, Operation
from drivers.ipp.simulator import IppPrinterSimulator
from drivers.ports import AdapterContext, PrintOutcome, PrintResult
from drivers.results import Ok

PAGE = b"%PDF-1.4\n<< /Type /Page >>\n%%EOF"


@pytest.fixture
def simulator() -> Iterator[IppPrinterSimulator]:
    simulator = IppPrinterSimulator(page_s=0.02)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def cupsd(simulator: IppPrinterSimulator) -> Iterator[Cupsd]:
    cupsd = Cupsd()
    try:
        cupsd.start()
        cupsd.add_queue("a4", simulator.address)
        yield cupsd
    finally:
        cupsd.stop()


def test_prints_through_a_queue(cupsd: Cupsd, simulator: IppPrinterSimulator) -> None:
    options = {"uri": f"ipp://{cupsd.server}/printers/a4", "poll_s": 0.1}
    printer = IppPrinter(AdapterContext("a4", options, lambda name, data: None, lambda: False))
    assert printer.open() == Ok(None)
    result = printer.print_document(PAGE, "A001", 60)
    assert result == Ok(PrintResult(PrintOutcome.CONFIRMED)), cupsd.log()
    assert simulator.documents[0].pdf == PAGE


def test_speaks_through_the_domain_socket(cupsd: Cupsd) -> None:
    client = IppClient("ipp://localhost/printers/a4", socket_path=cupsd.socket_path)
    names = ("device-uri", "printer-state")
    answer = client.exchange(client.attributes_request(Operation.GET_PRINTER_ATTRIBUTES, names), 20)
    assert answer.group(GroupTag.PRINTER).strings("device-uri")[0].startswith("ipp://127.0.0.1")
