"""Every shipped adapter is tried by the acceptance kit, at every port, or named with the reason."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
import tomllib
from pathlib import Path
from types import FunctionType

import pytest

from drivers import ports
from drivers.acceptance import NoSimulatorError, checks_for, rig_names, running_rig
from drivers.acceptance.rigs import WITHOUT_RIG
from drivers.registry import SHIPPED, adapter_class

ROOT = Path(__file__).resolve().parents[2]
EVERY_PORT = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower(): getattr(ports, name)
    for name in ("IdCardReader", "SmartCardReader", "ReceiptPrinter", "DocumentPrinter", "Camera",
                 "DocumentCamera", "Scanner", "IndicatorLight", "PresenceSensor", "PowerSupply",
                 "HeadsetJack")
}  # fmt: skip


def operations(port: type) -> set[str]:
    """What a port asks for beyond what every adapter does."""
    return {name for name in vars(port) if not name.startswith("_")} - set(vars(ports.Adapter))


def test_every_shipped_adapter_has_a_simulator_or_a_reason() -> None:
    assert set(rig_names()) | set(WITHOUT_RIG) == set(SHIPPED)
    assert set(rig_names()) & set(WITHOUT_RIG) == set()
    for adapter, reason in WITHOUT_RIG.items():
        tests = re.findall(r"tests/\S+\.py", reason)
        assert tests, f"{adapter}: no test is named in its place"
        assert [test for test in tests if not (ROOT / test).is_file()] == []


@pytest.mark.parametrize("adapter", sorted(WITHOUT_RIG))
def test_who_asks_for_a_simulator_that_is_not_there_is_told_the_reason(adapter: str) -> None:
    with pytest.raises(NoSimulatorError, match=re.escape(WITHOUT_RIG[adapter])):
        running_rig(adapter).__enter__()


def test_a_rig_is_tried_at_every_port_its_adapter_implements() -> None:
    for adapter in rig_names():
        target = adapter_class(adapter)
        implemented = {
            name
            for name, port in EVERY_PORT.items()
            if operations(port) <= {word for word in dir(target) if not word.startswith("_")}
        }
        with running_rig(adapter) as rig:
            tried = {rig.port, *rig.more_ports}
        # A document camera streams as a camera does; it is tried as what it is.
        if "document_camera" in tried:
            implemented.discard("camera")
        assert tried == implemented, adapter


@pytest.mark.parametrize("port", sorted(EVERY_PORT))
def test_every_port_has_checks_of_its_own(port: str) -> None:
    assert set(checks_for("other")) < set(checks_for(port))


def test_every_shipped_adapter_is_in_the_table_of_devices() -> None:
    page = (ROOT / "docs/devices/README.md").read_text("utf-8")
    rows = re.findall(r"^\| \[`([a-z0-9-]+)`\]\(([^)]+)\) \| (.+) \|$", page, re.MULTILINE)
    assert sorted(name for name, _, _ in rows) == sorted(SHIPPED)
    for name, link, rest in rows:
        assert (ROOT / "docs/devices" / link.partition("#")[0]).is_file(), name
        stated, *tried = rest.split(" | ")
        assert len(tried) == 4, f"{name}: devices, wire, other implementations, hardware"
        assert all(cell.strip() for cell in tried), name
        implemented = {
            port
            for port, protocol in EVERY_PORT.items()
            if operations(protocol) <= set(dir(adapter_class(name)))
        }
        if "document_camera" in implemented:
            implemented.discard("camera")
        assert set(re.findall(r"[a-z_]+", stated)) == implemented, name


def requests_of(function: FunctionType, known: set[str], seen: set[FunctionType]) -> set[str]:
    """Names of acts and questions in a check and in what it calls of the kit."""
    if function in seen:
        return set()
    seen.add(function)
    found: set[str] = set()
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        called: object = None
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= {node.value} & known
        elif isinstance(node, ast.Name):
            called = function.__globals__.get(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            called = getattr(function.__globals__.get(node.value.id), node.attr, None)
        if isinstance(called, FunctionType) and called.__module__.startswith("drivers.acceptance"):
            found |= requests_of(called, known, seen)
    return found


def test_the_page_names_every_request_a_rig_meets() -> None:
    texts = tomllib.loads((ROOT / "drivers/acceptance/texts.toml").read_text("utf-8"))
    known = {*texts["act"], *texts["look"]}
    page = (ROOT / "docs/devices/write-a-driver.md").read_text("utf-8")
    rows = re.findall(r"^\| (?:`(\w+)`|every) \| .+ \| (.+) \|$", page, re.MULTILINE)
    told = {port or "other": set(re.findall(r"`(\w+)`", cell)) for port, cell in rows}
    told["document_camera"] |= told["camera"]
    assert set(told) == {*EVERY_PORT, "other"}
    for port, names in told.items():
        seen: set[FunctionType] = set()
        asked: set[str] = set()
        for check in checks_for(port).values():
            assert isinstance(check, FunctionType)
            asked |= requests_of(check, known, seen)
        assert asked - told["other"] == names - told["other"], port
