"""A slip in sentences: what is printed is also said, to who can't read it (A26)."""

from __future__ import annotations

from kiosk.documents.layout import Big, Element, Note, Pair, Qr, Row, Rule, Slip, Title


def sentences(slip: Slip) -> list[str]:
    """Everything that stands on the slip, in its order."""
    return [words for element in slip.elements if (words := _said(element))]


def _said(element: Element) -> str:
    match element:
        case Title(text) | Note(text):
            return text
        case Big(caption, text):
            return _joined(caption, text)
        case Pair(label, value):
            return _joined(label, value)
        case Row(left, right):
            return _joined(left, right)
        case Qr(_, caption):
            return caption
        case Rule():
            return ""


def _joined(first: str, second: str) -> str:
    return "，".join(part for part in (first, second) if part)
