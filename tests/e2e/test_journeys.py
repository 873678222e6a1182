"""Whole errands by somebody who has a keypad, and is told all they know by the accessibility tree or
by the voice. Other errands and languages: ``kiosk screens journeys``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from e2e_support import Desk, Stage, proof_text
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtGui import QGuiApplication

from screens.journeys import ERRANDS, Outing, go
from screens.journeys.slow_hands import legs, total_s

# On a busy machine the portal draws a proof for longer than a terminal waits; the person tries again.
pytestmark = [pytest.mark.logs(r"^screens\.lateness "), pytest.mark.timeout(300)]


UNPRINTED = ("没有打印出来", "could not be printed")


@pytest.fixture
def window(qapp: QGuiApplication) -> Iterator[None]:
    """pytest-qt's message handler would deadlock with QML's loader thread; Qt's own is put back."""
    before = qInstallMessageHandler(None)
    yield
    qInstallMessageHandler(before)


def proof(desk: Desk, stage: Stage, *, chinese: bool, by_ear: bool) -> Outing:
    """Print the proof; it lies in the tray, and was handed in once. Whoever was told that the portal took too
    long to draw it comes once more."""
    papers = len(stage.world.document_printer.documents)
    for _ in range(2):
        seen = desk.watch.begin()
        outing = go(desk.terminal, stage.play, ERRANDS["proof"], chinese=chinese, by_ear=by_ear)
        desk.watch.run_out("farewell")
        if not any(outing.diary.knows(words) for words in UNPRINTED):
            break
    told = outing.diary.told[-30:]
    desk.eventually(
        f"the proof in the tray; told last: {told}",
        lambda: len(stage.world.document_printer.documents) == papers + 1,
    )
    assert "陈秋实" in proof_text(stage)
    assert (seen.submission, seen.troubles) == ("delivered", [])
    desk.delivered_once(seen.key)
    assert (outing.diary.silences, outing.complaints) == ([], ())
    return outing


def test_a_proof_by_keypad_alone(desk: Desk, stage: Stage, window: None) -> None:
    outing = proof(desk, stage, chinese=True, by_ear=False)
    assert outing.presses < 60
    made = legs(outing.diary)
    # Without the terminal's own time, which is this machine's load.
    slow = total_s(made, until="办好了，离开") - sum(leg.terminal_s for leg in made)
    assert 30 < slow < 72, "of the 90 s that a proof may take slow hands, 18 are the terminal's"


def test_a_bill_is_paid_by_ear_alone(desk: Desk, stage: Stage, window: None) -> None:
    seen = desk.watch.begin()
    outing = go(desk.terminal, stage.play, ERRANDS["utility"], chinese=False, by_ear=True)
    desk.watch.run_out("farewell")
    assert (seen.submission, seen.troubles) == ("delivered", [])
    assert outing.diary.knows("Touch what you want to pay now."), "told once the bills had come"
    assert (outing.diary.silences, outing.complaints) == ([], ())


def test_staff_of_a_bank_vouch_by_keypad_alone(desk: Desk, stage: Stage, window: None) -> None:
    seen = desk.watch.begin()
    outing = go(desk.terminal, stage.play, ERRANDS["teller"], chinese=True, by_ear=False)
    desk.watch.run_out("farewell")
    assert "staff" in seen.steps
    assert (seen.submission, seen.troubles) == ("delivered", [])
    assert (outing.diary.silences, outing.complaints) == ([], ())


def signed(desk: Desk, stage: Stage, errand: str, *, chinese: bool, by_ear: bool) -> Outing:
    """Share a medical account: a name typed by sound, and a statement confirmed instead of drawn."""
    seen = desk.watch.begin()
    outing = go(desk.terminal, stage.play, ERRANDS[errand], chinese=chinese, by_ear=by_ear)
    desk.watch.run_out("farewell")
    assert (seen.submission, seen.troubles) == ("delivered", [])
    desk.delivered_once(seen.key)
    assert (outing.diary.silences, outing.complaints) == ([], ())
    return outing


def test_a_name_is_typed_and_a_statement_confirmed_by_ear_alone(
    desk: Desk, stage: Stage, window: None
) -> None:
    signed(desk, stage, "family_account", chinese=True, by_ear=True)


def test_staff_of_a_bank_witness_a_signature_in_english(
    desk: Desk, stage: Stage, window: None
) -> None:
    signed(desk, stage, "teller_signed", chinese=False, by_ear=False)


def test_a_proof_by_ear_alone_in_english(desk: Desk, stage: Stage, window: None) -> None:
    outing = proof(desk, stage, chinese=False, by_ear=True)
    for words in (
        "Your answer leads on.",
        "I agree that the identity read today is used",
        "Your proof is issued",
        "Proof printed, please take it",
        "Goodbye",
    ):
        assert outing.diary.knows(words), words
