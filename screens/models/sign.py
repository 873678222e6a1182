"""The signature: drawn with a finger, or a statement confirmed instead."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.visit import events, model
from kiosk.visit.signature import STATEMENT, STATEMENT_SAYS
from kiosk.visit.signing import PRESSED, wants_witness
from screens.models.base import ScreenModel, shown

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class SignModel(ScreenModel):
    """Strokes come from :class:`screens.signature_pad.SignaturePad`. ``confirming``: the statement is
    shown instead of the pad; ``pressed``: it was confirmed once; ``witness``: staff will have to look
    on."""

    name_changed, signed_changed, item_name_changed = Signal(), Signal(), Signal()
    confirming_changed, pressed_changed, statement_changed = Signal(), Signal(), Signal()
    witness_changed = Signal()
    itemName = shown("item_name", str, item_name_changed, "")
    maskedName = shown("name", str, name_changed, "")
    signed = shown("signed", bool, signed_changed, False)
    confirming = shown("confirming", bool, confirming_changed, False)
    pressed = shown("pressed", bool, pressed_changed, False)
    statement = shown("statement", str, statement_changed, "")
    witness = shown("witness", bool, witness_changed, False)

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        item = self.say(visit.item.name) if visit.item else ""
        name = visit.holder.masked_name if visit.holder else ""
        return {
            "item_name": item,
            "name": name,
            "signed": visit.signature is not None,
            "confirming": bool(visit.confirming),
            "pressed": visit.confirming == PRESSED,
            "statement": self._statement(visit, item, name),
            "witness": wants_witness(visit),
        }

    def _statement(self, visit: model.Visit, item: str, name: str) -> str:
        authority = self.say(visit.route.authority) if visit.route else ""
        words = self.say(STATEMENT_SAYS)
        return words.format(name=name, item=item, authority=authority)

    def drawn(self, signature: model.Signature | None) -> None:
        """The signature so far, or None once cleared."""
        self.post(events.SignatureDrawn(signature))

    @Slot(bool)
    def by_confirming(self, wanted: bool) -> None:
        """Sign without drawing, or draw after all."""
        self.post(events.SignByConfirming(wanted))

    @Slot()
    def confirm(self) -> None:
        """Pressed under the statement; the second time signs."""
        self.post(events.StatementConfirmed(STATEMENT))

    @Slot()
    def proceed(self) -> None:
        """Signed; hand in."""
        self.post(events.Continued())
