"""A person's phone held before the scanner: it shows codes that the sandbox portal issued to it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2

from drivers.scanner import SerialScannerSimulator
from drivers.sdt import DEMO_CARDS, demo_card
from kiosk.world import cast, portraits
from kiosk.world.portal_desk import PortalDesk
from portal.contract.answers import CredentialHolder

_COMMANDS = {
    "show_code": "a phone shows a fresh identity code: card=resident (whose), portrait=true",
    "show_code_again": "the same code once more, as a picture of it would be",
}


class CodeScanner(SerialScannerSimulator):
    """The scanner's simulator, with people before it whose phones know the portal.

    A phone has its codes from the portal directly, not over the terminal's line.
    """

    def __init__(self, link: Path, portal: PortalDesk) -> None:
        super().__init__(link)
        self._portal = portal
        self._shown = ""

    def commands(self) -> Mapping[str, str]:
        """See :class:`drivers.simulation.Simulator`."""
        return {**super().commands(), **_COMMANDS}

    def command(self, name: str, /, **arguments: Any) -> Mapping[str, Any]:
        """See :class:`drivers.simulation.Simulator`; :class:`ValueError` for nobody's card, or
        where nothing was shown before."""
        if name not in _COMMANDS:
            return super().command(name, **arguments)
        if name == "show_code":
            holder = holder_of(**arguments)
            self._shown = self._portal.server.world.credentials.issue(holder)
        elif not self._shown:
            raise ValueError("no code was shown yet")
        return super().command("scan", text=self._shown)


def holder_of(card: str = "resident", portrait: bool = True) -> CredentialHolder:
    """What the portal tells of the person on a demo card."""
    if card not in DEMO_CARDS:
        raise ValueError(f"no card {card}; there are: {', '.join(DEMO_CARDS)}")
    document = demo_card(card)
    return CredentialHolder(
        document_kind=document.kind.value,
        name=document.name or document.name_latin,
        number=document.number,
        sex=document.sex or None,
        nation=document.nation or None,
        birth=document.birth,
        address=document.address or None,
        valid_to=document.valid_to,
        portrait=_portrait(cast.FACES[card]) if portrait else None,
    )


def _portrait(face: str) -> str:
    done, png = cv2.imencode(".png", portraits.card_portrait(face))
    if not done:
        raise ValueError(f"the portrait of {face} could not be encoded")
    return base64.b64encode(png.tobytes()).decode("ascii")
