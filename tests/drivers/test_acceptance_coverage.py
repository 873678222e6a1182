"""Every shipped adapter is tried by the acceptance kit, at every port, or named with the reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drivers import ports
from drivers.acceptance import NoSimulatorError, checks_for, rig_names, running_rig
from drivers.acceptance.rigs import WITHOUT_RIG
from drivers.registry import SHIPPED, adapter_class

ROOT = Path(__file__).resolve().parents[2]
EVERY_PORT = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower(): getattr(ports, name)
    for name in ("IdCardReader", "SmartCardReader", "ReceiptPrinter", "DocumentPrinter", "Camera",
                 "DocumentCamera", "Scanner", "IndicatorLight", "PresenceSensor", "PowerSupply")
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
    rows = re.findall(r"^\| \[`([a-z0-9-]+)`\]\([^)]+\) \|", page, re.MULTILINE)
    assert sorted(rows) == sorted(SHIPPED)
