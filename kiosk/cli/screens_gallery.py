"""``kiosk screens gallery`` and ``compare``: the parts of the kit, and whether looks changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import typer

STORED = Path("tests/screens/pictures")
DIFFERENCES = Path("out/screens/compare")
TRIMS = ("citizen-window", "smart-teller")


def open_window(trim: str) -> int:
    """Until it is closed; returns the exit code."""
    _check(trim)
    from screens.kit_gallery import show

    return show(trim)


def take_pictures(out: Path, trim: str) -> list[Path]:
    """Every section in every language, text size and contrast."""
    _check(trim)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from screens.kit_gallery import pictures

    return pictures(out, trims=(trim,))


def likeness(*, renew: bool) -> Iterator[tuple[str, float, Path | None]]:
    """Of each stored picture: its name, the share of blocks that differ, and where it is too much, a
    picture of what differs."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from screens import likeness as look

    if renew:
        look.renew(STORED)
    for found in look.compare(STORED):
        yield found.pick.name, found.share, None if found.fits else found.write(DIFFERENCES)


def _check(trim: str) -> None:
    if trim not in TRIMS:
        raise typer.BadParameter(f"{trim} is none of {', '.join(TRIMS)}", param_hint="--trim")
