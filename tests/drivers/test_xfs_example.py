"""The papers' example of a bank's smart teller: every XFS device of it opens at services like those."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from xfs_bench import context, opened, simulated
from xfs_certificates import certificates

from drivers.registry import adapter_class

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "smart-teller.example.toml"
DEVICES: dict[str, Any] = {
    name: device
    for name, device in tomllib.loads(EXAMPLE.read_text("utf-8"))["devices"].items()
    if device["adapter"].startswith("xfs-")
}


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return certificates(tmp_path_factory.mktemp("pki"))


def test_it_has_every_adapter() -> None:
    assert {device["adapter"] for device in DEVICES.values()} == {
        "xfs-card-reader", "xfs-receipt-printer", "xfs-camera", "xfs-barcode-reader", "xfs-lights",
        "xfs-presence",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(DEVICES))
def test_a_device_of_the_example_opens(pki: Any, name: str) -> None:
    with simulated(tls=pki.server()) as simulator:
        options = dict(DEVICES[name]["options"])
        for key in ("publisher", "vendor_mode"):
            if key in options:  # the same path, at the simulator
                options[key] = f"wss://127.0.0.1:{simulator.port}{urlsplit(options[key]).path}"
        options["ca_file"] = str(pki.ca)
        options["open_timeout_s"] = 10  # a busy machine is no finding about the example
        make = adapter_class(DEVICES[name]["adapter"])
        adapter = opened(make(context(**options)))
        failure = adapter.status().failure
        adapter.close()
    assert failure is None
