"""Papers laid under the document camera, and what the authority opens of them."""

from __future__ import annotations

import io

from e2e_support import PHONE, Desk, Stage
from PIL import Image

from kiosk.demo import Errand
from kiosk.visit.model import Step

ACCOUNT = {"account": "6217000000000000000", "phone": PHONE}
BILLS = Errand("yb-0105", card="resident", face="chen", place=("440500",), form=ACCOUNT)
"""Two papers: bills, and a medical record."""


def test_papers_laid_down_reach_the_authority_sealed_and_are_gone_afterwards(
    shared_terminal: Desk, stage: Stage
) -> None:
    desk = shared_terminal
    seen = desk.visit(BILLS)
    assert Step.MATERIALS.value in seen.steps
    desk.delivered_once(seen.key)
    enclosed = stage.enclosed(seen.key)
    assert [kind for kind, _ in enclosed] == ["invoice", "medical_record"]
    for _, jpeg in enclosed:
        page = Image.open(io.BytesIO(jpeg))
        assert page.format == "JPEG"
        width, height = page.size
        assert height > width > 600, "the page is upright and can be read"
    assert desk.terminal.preview() is None
    # The far end notices with its next picture that nobody looks any more.
    desk.eventually("a shelf left alone", lambda: not stage.play.state()["shelf"]["viewers"])
