"""docs/devices/faults.md, made of docs/devices/faults.toml: what adapters make of faults.

python tools/faults.py            say whether the page is stale
python tools/faults.py --write    renew it
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "docs/devices/faults.toml"
PAGE = ROOT / "docs/devices/faults.md"

HEAD = """# Faults

Generated from [`faults.toml`](faults.toml) by `python tools/faults.py --write`; do not edit.

What strikes an adapter in the middle of its work, how its simulator is told to, and what the caller
gets. A *switch* is the simulator's command with its arguments (`kiosk devices accept --simulated` and
the demo panel use the same). Every row with a switch is struck by a test that says so
(`pytest.mark.strikes`), and `tests/drivers/test_faults_table.py` holds the page to adapters,
simulators, tests and the [catalogue of failures](failures.md). None of it was tried on hardware.

Below: a failure's code, **ok** (got over) or doubtful (a print that is never made again by itself) ·
*another adapter*: as there, by the same code · – does not apply.
"""


@dataclass(frozen=True)
class Cell:
    """One fault at one adapter; either ``switch``, ``during`` and ``gets``, or ``like`` and ``code``,
    or ``never`` is given."""

    adapter: str
    fault: str
    switch: str = ""
    during: str = ""
    gets: str = ""
    like: str = ""
    code: str = ""
    never: str = ""

    @property
    def codes(self) -> list[str]:
        """Failure codes the caller may get."""
        return re.findall(r"`([a-z_]+\.[a-z_]+)`", self.gets)

    @property
    def commands(self) -> list[str]:
        """Commands of the simulator, without arguments."""
        return [part.split()[0] for part in self.switch.split(", ") if part]

    @property
    def kind(self) -> str:
        """The kind of a simulator's ``fault``, empty for other commands."""
        found = re.search(r"\bkind=(\w+)", self.switch)
        return found[1] if found else ""


def load(data: Path = DATA) -> tuple[Mapping[str, str], list[Cell]]:
    """Faults with their titles, and the cells in order.

    Raises :class:`ValueError` for a cell that is missing, unknown or says too little or too much.
    """
    told: Mapping[str, Any] = tomllib.loads(data.read_text("utf-8"))
    faults: Mapping[str, str] = told["faults"]
    cells = []
    for adapter, row in told["adapters"].items():
        if list(row) != list(faults):
            raise ValueError(f"{adapter}: the faults are not those of the head, in their order")
        for fault, what in row.items():
            fields = {"never": told["never"][what]} if isinstance(what, str) else what
            if set(fields) not in ({"switch", "during", "gets"}, {"like", "code"}, {"never"}):
                raise ValueError(f"{adapter}, {fault}: {', '.join(fields)}")
            cells.append(Cell(adapter, fault, **fields))
    return faults, cells


def _short(cell: Cell) -> str:
    if cell.never:
        return "–"
    if cell.like:
        return f"*{cell.like}*"
    doubtful = "doubtful" if "doubtful" in cell.gets else ""
    codes = [f"`{code}`" for code in dict.fromkeys(cell.codes)]
    return " ".join(filter(None, [doubtful, *codes])) or "ok"


def _row(cell: Cell, title: str) -> str:
    if cell.never:
        return f"| {title} | | | does not apply: {cell.never} |"
    if cell.like:
        return f"| {title} | | | as [{cell.like}](#{cell.like}): both use `{cell.code}` |"
    return f"| {title} | `{cell.switch}` | {cell.during} | {cell.gets} |"


def _lines(faults: Mapping[str, str], cells: Sequence[Cell]) -> Iterator[str]:
    adapters = dict.fromkeys(cell.adapter for cell in cells)
    yield "| adapter | " + " | ".join(faults.values()) + " |"
    yield "|---" * (len(faults) + 1) + "|"
    for adapter in adapters:
        row = [_short(cell) for cell in cells if cell.adapter == adapter]
        yield f"| [{adapter}](#{adapter}) | " + " | ".join(row) + " |"
    for adapter in adapters:
        yield from ("", f"## {adapter}", "", "| fault | switch | during | the caller gets |")
        yield "|---|---|---|---|"
        yield from (_row(cell, faults[cell.fault]) for cell in cells if cell.adapter == adapter)


def page_text() -> str:
    """The page as it should be."""
    return HEAD + "\n" + "\n".join(_lines(*load())) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="The page of faults.")
    parser.add_argument("--write", action="store_true", help="renew the page")
    if parser.parse_args(arguments).write:
        PAGE.write_text(page_text(), "utf-8")
        return 0
    fresh = PAGE.exists() and PAGE.read_text("utf-8") == page_text()
    print("The page is up to date." if fresh else "stale: run python tools/faults.py --write")
    return 0 if fresh else 1


if __name__ == "__main__":
    sys.exit(main())
