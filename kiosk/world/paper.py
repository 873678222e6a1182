"""What comes out of the simulated printers, kept as files where a demonstration asks for it.

Only invented people print here; a real terminal keeps no copy of any paper.
"""

from __future__ import annotations

import threading
from pathlib import Path

from drivers.escpos.model import Receipt
from drivers.ipp.press import PrintedDocument


class PaperTray:
    """Numbers and keeps papers: ``receipts/NNN.png`` and ``.bin``, ``proofs/NNN.pdf``.

    Called from the printers' threads. Without a folder it only counts.
    """

    def __init__(self, out: Path | None) -> None:
        self._receipts = out / "receipts" if out is not None else None
        self._proofs = out / "proofs" if out is not None else None
        self._lock = threading.Lock()
        self._saved_receipts: list[str] = []
        self._saved_proofs: list[str] = []
        for folder in (self._receipts, self._proofs):
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)

    def receipt(self, receipt: Receipt) -> None:
        """A slip was cut off."""
        with self._lock:
            name = f"{len(self._saved_receipts) + 1:03d}"
            if self._receipts is not None:
                receipt.image.save(self._receipts / f"{name}.png")
                (self._receipts / f"{name}.bin").write_bytes(receipt.raw)
            self._saved_receipts.append(f"receipts/{name}.png")

    def proof(self, document: PrintedDocument) -> None:
        """Pages of a document came out."""
        with self._lock:
            name = f"{len(self._saved_proofs) + 1:03d}"
            if self._proofs is not None:
                (self._proofs / f"{name}.pdf").write_bytes(document.pdf)
            self._saved_proofs.append(f"proofs/{name}.pdf")

    def state(self) -> dict[str, list[str]]:
        """Names of the papers so far, relative to the folder."""
        with self._lock:
            return {"receipts": list(self._saved_receipts), "proofs": list(self._saved_proofs)}
