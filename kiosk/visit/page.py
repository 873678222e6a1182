"""A page taken of a paper: what the visit knows of a picture that lies in the vault."""

from __future__ import annotations

from dataclasses import dataclass

READABLE = "readable"


@dataclass(frozen=True, slots=True)
class Page:
    """``handle``: of the picture in the vault. ``verdict``: of the document camera's port
    (``readable``, ``blurred`` …)."""

    handle: str
    verdict: str = READABLE


@dataclass(frozen=True, slots=True)
class EnclosedPage:
    """A page on its way into a case. ``kind``: the key of its paper in the catalogue."""

    kind: str
    handle: str
