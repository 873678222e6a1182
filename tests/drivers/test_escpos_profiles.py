"""Profiles of receipt printers, each printed on a simulator that plays its kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import escpos
import pytest
from escpos_bench import Bench, noise_image, opened

from drivers.escpos import EscposTcpPrinter
from drivers.escpos.profiles import find, profiles
from drivers.escpos.simulator import EscposSimulator
from drivers.ports import PrintOutcome, PrintResult, RasterImage
from drivers.results import Failure, Ok

CONFIRMED = Ok(PrintResult(PrintOutcome.CONFIRMED))
KINDS = frozenset({"generic-80", "generic-58", "clone-80", "clone-58", "columns-80", "columns-58"})
GAP_ROWS = 200


def with_gap(width: int) -> RasterImage:
    """Two pictures and white space between them, which is fed where feeds can be trusted."""
    part = noise_image(width, 60)
    return RasterImage(width, 120 + GAP_ROWS, part.data + bytes(width // 8 * GAP_ROWS) + part.data)


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture(params=[576, 384])
def clone(request: pytest.FixtureRequest) -> Iterator[EscposSimulator]:
    """Ignores GS P and GS ( H; the 58 mm one has no cutter either."""
    simulator = EscposSimulator.on_tcp(dots_per_line=request.param)
    simulator.command("no_gs_h")
    simulator.command("no_gs_p")
    if request.param == 384:
        simulator.command("no_cutter")
    simulator.start()
    yield simulator
    simulator.stop()


def printed(bench: Bench, simulator: EscposSimulator, dots: int, **options: Any) -> bytes:
    """What is on the paper of one receipt, down to its last black row."""
    printer = bench.tcp(simulator, **options)
    opened(printer)
    assert printer.dots_per_line() == dots
    before = len(simulator.receipts)
    assert printer.print_receipt(with_gap(dots), 30) == CONFIRMED
    printer.close()
    if not simulator.receipts[before:]:
        simulator.command("tear_off")
    [receipt] = simulator.wait_for_receipts(before + 1)[before:]
    return receipt.raster.data.rstrip(b"\0")


def test_a_clones_profile_prints_true_on_it(bench: Bench, clone: EscposSimulator) -> None:
    dots = 576 if clone.state()["has_cutter"] else 384
    paper = printed(bench, clone, dots, profile=f"clone-{80 if dots == 576 else 58}")
    assert paper == with_gap(dots).data.rstrip(b"\0")


def test_the_wrong_profile_shows_on_a_clone(bench: Bench, clone: EscposSimulator) -> None:
    """What the profile is for: a feed of another length."""
    dots = 576 if clone.state()["has_cutter"] else 384
    paper = printed(bench, clone, dots, dots_per_line=dots, confirm="gs_r")
    assert len(with_gap(dots).data.rstrip(b"\0")) - len(paper) == dots // 8 * GAP_ROWS // 2


def test_a_printer_without_a_cutter_is_fed_to_its_tear_bar(bench: Bench) -> None:
    simulator = EscposSimulator.on_tcp(dots_per_line=384)
    simulator.command("no_cutter")
    simulator.start()
    try:
        printer = bench.tcp(simulator, profile="generic-58")
        opened(printer)
        assert printer.print_receipt(noise_image(384, 50), 30) == CONFIRMED
        printer.close()
        assert simulator.receipts == ()
        simulator.command("tear_off")
        [receipt] = simulator.receipts
        assert not receipt.cut
        assert receipt.raster.height >= 50 + 96, "the head is above the tear bar"
    finally:
        simulator.stop()


@pytest.mark.parametrize("dots", [576, 384])
def test_a_printer_without_raster_prints_the_same_from_columns(bench: Bench, dots: int) -> None:
    simulator = EscposSimulator.on_tcp(dots_per_line=dots)
    for lack in ("no_raster", "no_gs_h", "no_gs_p", *(["no_cutter"] if dots == 384 else [])):
        simulator.command(lack)
    simulator.start()
    try:
        profile = f"columns-{80 if dots == 576 else 58}"
        assert printed(bench, simulator, dots, profile=profile) == with_gap(dots).data.rstrip(b"\0")
        wrong = printed(bench, simulator, dots, profile=profile.replace("columns", "clone"))
        assert with_gap(dots).data[: dots // 8 * 60] not in wrong
    finally:
        simulator.stop()


@pytest.mark.parametrize("command", ["gs_v_0", "gs_8_l", "esc_star"])
def test_every_raster_command_gives_the_same_dots(command: Any) -> None:
    from drivers.escpos.encoding import LINE_SPACING_OF_COLUMNS, raster_blocks
    from drivers.escpos.interpreter import Interpreter, Rows

    image = with_gap(576)
    interpreter = Interpreter(576)
    interpreter.feed(LINE_SPACING_OF_COLUMNS)
    for block in raster_blocks(image, 2048, command=command):
        assert len(block) <= 2048 + 3  # and a feed
        interpreter.feed(block)
    rows = b""
    while (operation := interpreter.step()) is not None:
        rows += operation.data if isinstance(operation, Rows) else b""
    shown, beyond = rows[: len(image.data)], rows[len(image.data) :]
    assert shown == image.data
    assert not any(beyond)
    assert len(beyond) < 72 * (24 if command == "esc_star" else 1), "the last line is filled up"
    assert interpreter.pending_bytes == 0


def test_models_agree_with_python_escpos() -> None:
    path = Path(escpos.__file__).with_name("capabilities.json")
    known = json.loads(path.read_text("utf-8"))["profiles"]
    models = set(profiles()) - KINDS
    assert len(models) > 10
    for name in models:
        theirs, ours = known[name], profiles()[name]
        assert ours.dots_per_line == theirs["media"]["width"]["pixels"], name
        assert ours.dpi == theirs["media"]["dpi"], name
        assert ours.cutter == theirs["features"]["paperPartCut"], name


@pytest.mark.parametrize(("typed", "meant"), [("TM-T88", "TM-T88V"), ("clone58", "clone-58")])
def test_a_name_that_is_not_known_gets_the_nearest(bench: Bench, typed: str, meant: str) -> None:
    result = EscposTcpPrinter(bench.context(host="127.0.0.1", profile=typed)).open()
    assert isinstance(result, Failure)
    assert result.code == "device.misconfigured"
    assert meant in result.detail


def test_names_are_found_in_either_case_and_options_come_first() -> None:
    found = find("tm-t88v", dots_per_line=576, dpi=None)
    assert isinstance(found, Ok)
    assert (found.value.dots_per_line, found.value.dpi) == (576, 180)
