"""What happens around a simulated visit: a presence sensor good or bad, a headset, power cuts, a
card left, devices that come back."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from kiosk.visit import events as ev
from kiosk.visit.model import Power

Post = Callable[[float, ev.Event], None]


def surround(random: Random, post: Post) -> None:
    """Plan it for the minutes of one visit."""
    if random.random() < 0.5:
        _sensor(random, post)
    if random.random() < 0.15:
        _power_cut(random, post)
    if random.random() < 0.1:
        _headset(random, post)
    for _ in range(random.choice((0, 0, 1, 4))):
        port = random.choice(
            ("id_card_reader", "smart_card_reader", "scanner", "camera", "document_camera")
        )
        post(random.uniform(0.0, 120.0), ev.DeviceReturned(port))
    if random.random() < 0.1:
        at = random.uniform(0.0, 120.0)
        post(at, ev.CardLies(True))
        if random.random() < 0.7:
            post(at + random.uniform(5.0, 200.0), ev.CardLies(False))


def _sensor(random: Random, post: Post) -> None:
    """One that sees well, one that flickers, one that fails; none of them knows the person."""
    kind = random.choice(("good", "flickers", "fails"))
    post(random.uniform(0.0, 1.0), ev.PresenceChanged(True))
    gone = random.uniform(5.0, 240.0)
    if kind == "flickers":
        for turn in range(random.randint(4, 30)):
            post(gone + turn * random.uniform(0.2, 9.0), ev.PresenceChanged(turn % 2 == 1))
    else:
        post(gone, ev.PresenceChanged(False))
        if kind == "fails":
            post(gone + random.uniform(0.0, 20.0), ev.PresenceChanged(None))


def _headset(random: Random, post: Post) -> None:
    """Put in before or during the visit, taken out or left, and perhaps a socket that fails."""
    at = random.uniform(0.0, 60.0)
    for _ in range(random.randint(1, 3)):
        post(at, ev.HeadsetChanged(True))
        at += random.uniform(0.1, 120.0)
        if random.random() < 0.2:
            return
        post(at, ev.HeadsetChanged(random.choice((False, False, None))))
        at += random.uniform(0.1, 30.0)


def _power_cut(random: Random, post: Post) -> None:
    """The mains fail; the battery may run low, and they come back early, late or never."""
    at = random.uniform(0.0, 150.0)
    post(at, ev.PowerChanged(Power.BATTERY))
    for power in (Power.SCARCE, Power.ENDING):
        at += random.uniform(0.0, 60.0)
        if random.random() < 0.3:
            break
        post(at, ev.PowerChanged(power))
    if random.random() < 0.7:
        post(at + random.uniform(0.1, 90.0), ev.PowerChanged(Power.MAINS))
