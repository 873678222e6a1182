"""``kiosk devices test`` at a chip-card reader, in a device host with a real pcscd behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drivers.host import DeviceHost, HostSpec
from drivers.smartcard import PcscSimulator
from kiosk.device_trial import try_device


@pytest.fixture
def simulator() -> Iterator[PcscSimulator]:
    made = PcscSimulator()
    made.start()
    yield made
    made.stop()


@pytest.mark.parametrize(
    ("card", "worked", "words"),
    [
        ("social_security", True, "a social-security card was read"),
        ("social_security_psam", True, "smartcard.needs_authentication"),
        ("mute", False, "smartcard.mute"),
    ],
)
def test_a_card_is_tried(simulator: PcscSimulator, card: str, worked: bool, words: str) -> None:
    simulator.command("insert_card", card=card)
    spec = HostSpec("chips", "smart_card_reader", "pcsc-smart-card", {"socket": simulator.address})
    host = DeviceHost(spec)
    host.start()
    try:
        assert try_device(host)[0] is worked
        assert words in try_device(host)[1].en
    finally:
        host.stop()
