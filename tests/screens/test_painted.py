"""Nothing of a visit's pictures stays in memory when their page is gone."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer

from kiosk.visit.model import Visit
from screens.gallery_states import states
from screens.painted import Painted

PAGES = ("materials.full", "review.papers", "staff.portrait", "sign", "result.stored", "face")


def set_aside() -> None:
    """What other tests have made is neither looked through nor counted: some hundred thousand objects."""
    gc.collect()
    gc.freeze()


def alive() -> list[str]:
    gc.collect()
    return sorted(type(one).__name__ for one in gc.get_objects() if isinstance(one, Painted))


def breathe() -> None:
    """Qt deletes later only in a running loop."""
    loop = QEventLoop()
    QTimer.singleShot(0, loop.quit)
    loop.exec()


def test_painted_items_are_gone_with_their_page(stage: Callable[..., Any]) -> None:
    set_aside()
    on = stage()
    known = states()
    breathe()
    before, seen = alive(), set[str]()
    for name in PAGES:
        on.enter(known[name])
        seen |= set(alive())
    assert {"PagePicture", "CardPortrait", "CameraFrame", "SignaturePad", "QrCode"} <= seen
    on.show(Visit())
    breathe()
    assert alive() == before


def test_an_item_made_by_python_is_left_to_python(stage: Callable[..., Any]) -> None:
    set_aside()
    stage()
    before = alive()
    item = Painted()
    assert len(alive()) == len(before) + 1
    item.deleteLater()
    breathe()
    del item
    assert alive() == before
