"""AIM symbology identifiers (ISO/IEC 15424): the three characters a scanner may put first."""

from __future__ import annotations

from drivers.ports import Symbology

_BY_LETTER = {
    b"A": Symbology.CODE_39,
    b"C": Symbology.CODE_128,
    b"E": Symbology.EAN_UPC,
    b"F": Symbology.CODABAR,
    b"G": Symbology.CODE_93,
    b"I": Symbology.ITF,
    b"L": Symbology.PDF417,
    b"Q": Symbology.QR,
    b"d": Symbology.DATA_MATRIX,
    b"e": Symbology.DATA_BAR,
    b"h": Symbology.HAN_XIN,
    b"z": Symbology.AZTEC,
}
_GS1 = frozenset({b"]C1", b"]e0", b"]d2", b"]Q3", b"]J1"})


def split_identifier(data: bytes) -> tuple[Symbology, bool, bytes] | None:
    """Symbology, whether it is GS1, and the content; None if no identifier stands first."""
    if len(data) < 3 or data[:1] != b"]" or not data[1:2].isalpha() or not data[2:3].isalnum():
        return None
    symbology = _BY_LETTER.get(data[1:2], Symbology.UNKNOWN)
    return symbology, data[:3] in _GS1, data[3:]
