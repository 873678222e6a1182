"""Duplex, media and colour: sent as set, and refused where the printer does not name them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drivers.ipp import IppPrinter
from drivers.ipp.simulator import IppPrinterSimulator
from drivers.ports import AdapterContext, PrintOutcome, PrintResult
from drivers.results import Failure, Ok

PAGE = b"%PDF-1.4\n<< /Type /Page >>\n%%EOF"


@pytest.fixture
def simulator() -> Iterator[IppPrinterSimulator]:
    simulator = IppPrinterSimulator(page_s=0.02)
    simulator.start()
    yield simulator
    simulator.stop()


def printer(simulator: IppPrinterSimulator, **choices: object) -> IppPrinter:
    options = {"uri": simulator.address, "poll_s": 0.02, **choices}
    return IppPrinter(AdapterContext("a4", options, lambda name, data: None, lambda: False))


def test_two_sided_where_the_printer_can(simulator: IppPrinterSimulator) -> None:
    adapter = printer(simulator, sides="two-sided-long-edge", print_color_mode="monochrome")
    assert adapter.open() == Ok(None)
    confirmed = Ok(PrintResult(PrintOutcome.CONFIRMED))
    assert adapter.print_document(PAGE, "A001", 20) == confirmed
    assert simulator.documents[0].sides == "two-sided-long-edge"


@pytest.mark.parametrize(
    "choice",
    [
        {"sides": "two-sided-short-edge"},
        {"media": "iso_a3_297x420mm"},
        {"print_color_mode": "color"},
        {"sides": 2},
        {"media": ""},
    ],
)
def test_what_the_printer_cannot_is_refused_at_opening(
    simulator: IppPrinterSimulator, choice: dict[str, object]
) -> None:
    refused = printer(simulator, **choice).open()
    assert isinstance(refused, Failure)
    assert refused.code == "device.misconfigured"
    assert next(iter(choice)).replace("_", "-") in refused.detail.replace("_", "-")
