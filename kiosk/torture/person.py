"""An invented person whose data must never be found on a disk, and the search for it."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

CANARIES = ("堃镕郜", "100000199001019991", "金雀花东路八十八号")
"""Name, number and address of nobody (no county has the code 100000)."""


def submission(
    case: str, seq: int, filler: str, attachments: Sequence[Mapping[str, Any]] = ()
) -> bytes:
    """What is sealed: the person, which submission of which case it is, and what is attached."""
    name, number, address = CANARIES
    content = {"case": case, "seq": seq, "filler": filler, "attachments": list(attachments)}
    person = {"name": name, "number": number, "address": address}
    return json.dumps({**content, "subject": person}, ensure_ascii=False).encode()


def paper(case: str, seq: int, size: int) -> bytes:
    """A paper of that submission, ``size`` bytes and a few: what the person is called, over and over."""
    line = " ".join(CANARIES).encode()
    return f"{case} {seq} ".encode() + line * (size // len(line) + 1)


def _written(text: str) -> Iterator[tuple[str, bytes]]:
    """``text`` in every way it might have reached a file."""
    plain = {
        "UTF-8": text.encode(),
        "UTF-16": text.encode("utf-16-le"),
        "GB18030": text.encode("gb18030"),
        "JSON escapes": json.dumps(text)[1:-1].encode(),
    }
    for name, data in plain.items():
        yield name, data
        yield f"hex of {name}", data.hex().encode()
        yield f"upper-case hex of {name}", data.hex().upper().encode()
        for shift in range(3):
            # Where the text begins within a base64 group changes its letters; the first and the
            # last letters depend on the neighbours and are left away.
            coded = base64.b64encode(b"\0" * shift + data)
            inner = coded[(0, 2, 3)[shift] : len(coded) - 4]
            yield f"base64 of {name}", inner
            yield f"base64url of {name}", inner.translate(bytes.maketrans(b"+/", b"-_"))


NEEDLES: tuple[tuple[str, bytes], ...] = tuple(
    {
        needle: (f"{way} of canary {number}", needle)
        for number, canary in enumerate(CANARIES)
        for way, needle in _written(canary)
        if len(needle) >= 8
    }.values()
)


def traces(folder: Path) -> Iterator[str]:
    """Where below ``folder`` something of the person can be read: file and encoding."""
    for path in folder.rglob("*"):
        try:
            content = path.read_bytes() if path.is_file() else b""
        except FileNotFoundError:
            continue  # a body that was erased meanwhile
        for way, needle in NEEDLES:
            if needle in content:
                yield f"{way} in {path.name}"
