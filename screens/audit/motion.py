"""What moves on a page: no part of it may flash more than three times a second (A25)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEventLoop, QObject, QTimer

from screens.audit.judges import Fault
from screens.audit.pixels import Pixels, pixels
from screens.fixtures import FakePort
from screens.gallery_states import settle
from screens.shell import Shell

Light = NDArray[np.float64]

SECOND = 1.0
MOST_FLASHES = 3
CHANGE, DARK = 0.1, 0.8
"""WCAG 2.2, general flash: a pair of opposing changes of relative luminance by a tenth or more, where
the darker of the two is below 0.8."""
_STEP = 6
BLOCK = 16
"""Samples along a block of 96 pixels, 24 mm: far smaller than the area WCAG allows to flash, and large
enough that the lines of a card that glides past are no flashes."""
_PAUSE_MS = 40


def endless(shell: Shell) -> bool:
    """Does anything of the scene beat again and again?"""
    for thing in shell.view.rootObject().findChildren(QObject):
        kind = thing.metaObject().className()
        again = thing.property("repeat") or thing.property("loops") == -1
        if again and thing.property("running") and ("Animation" in kind or "Timer" in kind):
            return True
    return False


def flashes(shell: Shell, port: FakePort) -> Iterator[Fault]:
    """Watch the page for a second, with motion as most people see it."""
    still = port.visit
    port.put(replace(still, assist=replace(still.assist, reduced_motion=False)))
    settle()
    if endless(shell) and (most := most_flashes(_watched(shell))) > MOST_FLASHES:
        yield "A25", f"something flashes {most} times in a second"
    port.put(still)
    settle()


def _watched(shell: Shell) -> list[Light]:
    frames = []
    end = monotonic() + SECOND
    while monotonic() < end:
        frames.append(light(pixels(shell.grab())))
        loop = QEventLoop()
        QTimer.singleShot(_PAUSE_MS, loop.quit)
        loop.exec()
    return frames


def light(picture: Pixels) -> Light:
    """Relative luminance of each block, on average."""
    part = picture[::_STEP, ::_STEP]
    rows, columns = part.shape[0] // BLOCK, part.shape[1] // BLOCK
    part = part[: rows * BLOCK, : columns * BLOCK]
    channels = (((part >> shift) & 0xFF) / 255.0 for shift in (16, 8, 0))
    red, green, blue = (
        np.where(c <= 0.03928, c / 12.92, ((c + 0.055) / 1.055) ** 2.4) for c in channels
    )
    points = np.asarray(0.2126 * red + 0.7152 * green + 0.0722 * blue, np.float64)
    blocks: Light = points.reshape(rows, BLOCK, columns, BLOCK).mean(axis=(1, 3))
    return blocks


def most_flashes(frames: list[Light]) -> int:
    """Of the block that flashes most: its turns from lighter to darker and back, two to a flash."""
    turned = np.zeros(frames[0].shape, np.int64)
    way = np.zeros(frames[0].shape, np.int64)
    last = frames[0].copy()
    for frame in frames[1:]:
        change = frame - last
        counts = (np.abs(change) >= CHANGE) & (np.minimum(frame, last) < DARK)
        new = np.where(counts, np.sign(change).astype(np.int64), 0)
        turned += counts & (new != way)
        way = np.where(counts, new, way)
        # A slow change adds up from the last turn; one that goes on the same way moves the mark along.
        last = np.where(counts | ((way != 0) & (np.sign(change) == way)), frame, last)
    return int(turned.max()) // 2
