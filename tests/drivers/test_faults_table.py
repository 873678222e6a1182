"""The page of faults is true: adapters, simulators, codes, and a test for every cell that strikes."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from drivers.camera.simulator import MjpegCameraSimulator
from drivers.cups.simulator import CupsQueueSimulator
from drivers.escpos.simulator import EscposSimulator
from drivers.failures import failure_catalogue
from drivers.headset.simulator import HeadsetSimulator
from drivers.indicator.simulator import PanelSimulator
from drivers.ipp.simulator import IppPrinterSimulator
from drivers.registry import SHIPPED, adapter_class
from drivers.scanner import SerialScannerSimulator
from drivers.sdt.simulator import SdtReaderSimulator
from drivers.simulation import Simulator
from drivers.smartcard.simulator import PcscSimulator
from drivers.ups.simulator import NutSimulator
from drivers.xfs.simulator import XfsSimulator

ROOT = Path(__file__).resolve().parents[2]
SIMULATORS = {
    "sdt": SdtReaderSimulator,
    "pcsc": PcscSimulator,
    "escpos": EscposSimulator.on_tcp,
    "ipp": IppPrinterSimulator,
    "cups": CupsQueueSimulator,
    "opencv": MjpegCameraSimulator,
    "camera": MjpegCameraSimulator,
    "serial-scanner": SerialScannerSimulator,
    "serial-panel": PanelSimulator,
    "nut": NutSimulator,
    "evdev-headset": HeadsetSimulator,
    "xfs": XfsSimulator,
}


def the_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("faults_tool", ROOT / "tools/faults.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["faults_tool"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


TOOL = the_tool()
FAULTS, CELLS = TOOL.load()
STRIKING = [cell for cell in CELLS if cell.switch]


@cache
def marked() -> tuple[tuple[tuple[str, str], str, Path], ...]:
    """What each test says that it strikes: adapter and fault, its source, its file."""
    return tuple(_marked())


def _marked() -> Iterator[tuple[tuple[str, str], str, Path]]:
    for path in sorted((ROOT / "tests/drivers").glob("test_*.py")):
        text = path.read_text("utf-8")
        if "mark.strikes(" not in text or path == Path(__file__).resolve():
            continue
        for node in ast.parse(text).body:
            if not isinstance(node, ast.FunctionDef):
                continue
            source = "\n".join(
                [*map(ast.unparse, node.decorator_list), *map(ast.unparse, node.body)]
            )
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.strikes":
                    for words in mark.args:
                        adapter, _, faults = ast.literal_eval(words).partition(": ")
                        for fault in faults.split(", "):
                            yield (adapter, fault), source, path


@pytest.fixture(scope="module")
def simulators() -> Iterator[dict[str, Simulator]]:
    made = {name: make() for name, make in SIMULATORS.items()}
    yield made
    for simulator in made.values():
        simulator.stop()


def simulator_of(adapter: str, simulators: dict[str, Simulator]) -> Simulator:
    return next(made for name, made in simulators.items() if adapter.startswith(name))


def test_every_shipped_adapter_has_a_row() -> None:
    assert {cell.adapter for cell in CELLS} == set(SHIPPED)
    assert len(CELLS) == len(SHIPPED) * len(FAULTS)


def test_every_switch_is_one_of_the_simulator(simulators: dict[str, Simulator]) -> None:
    for cell in STRIKING:
        commands = simulator_of(cell.adapter, simulators).commands()
        assert set(cell.commands) <= set(commands), cell
        if cell.kind:
            kinds = commands["fault"].replace(",", " ").replace("|", " ").replace("=", " ")
            assert cell.kind in kinds.replace("(", " ").replace(")", " ").split(), cell


def test_every_code_is_in_the_catalogue() -> None:
    codes = {code for cell in CELLS for code in cell.codes}
    assert len(codes) > 10
    assert codes <= set(failure_catalogue())


def test_every_cell_that_strikes_is_struck_by_a_test() -> None:
    assert {key for key, _, _ in marked()} == {(cell.adapter, cell.fault) for cell in STRIKING}


@pytest.mark.parametrize("cell", STRIKING, ids=lambda cell: f"{cell.adapter}-{cell.fault}")
def test_a_test_that_says_it_strikes_throws_the_switch_and_looks_for_the_code(cell: Any) -> None:
    sources = "\n".join(text for key, text, _ in marked() if key == (cell.adapter, cell.fault))
    files = "\n".join(
        path.read_text("utf-8") for key, _, path in marked() if key == (cell.adapter, cell.fault)
    )
    for word in [cell.kind] if cell.kind else cell.commands:
        assert word in sources
    for code in cell.codes:
        # Several stand in tables at the head of a module, which its tests go through.
        assert f'"{code}"' in files


def test_what_is_said_to_be_alike_uses_the_same_code_and_is_struck_there() -> None:
    struck = {(cell.adapter, cell.fault) for cell in STRIKING}
    for cell in CELLS:
        if cell.like:
            assert (cell.like, cell.fault) in struck, cell
            for adapter in (cell.adapter, cell.like):
                assert cell.code in imported(adapter_class(adapter)), cell


@cache
def imported(target: type) -> set[str]:
    """Modules of ours that an adapter's class and its bases stand in or import from."""
    names: set[str] = set()
    for base in target.__mro__:
        if not base.__module__.startswith("drivers."):
            continue
        names.add(base.__module__)
        tree = ast.parse(inspect.getsource(importlib.import_module(base.__module__)))
        names.update(
            node.module
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module
        )
    return names


def test_the_page_is_fresh() -> None:
    assert TOOL.PAGE.read_text("utf-8") == TOOL.page_text()
