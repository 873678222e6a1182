"""What the morning left: a table to read, JSON and text files, and a contact sheet."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from kiosk.demo.contact_sheet import contact_sheet

WIDTH = 100


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit as it went. ``who`` is masked. ``delivered``: effects at the portal, None if there
    was nothing to deliver. ``why`` is empty if all went as scripted."""

    number: int
    at: str
    title_zh: str
    title_en: str
    who: str
    item: str
    service: str
    kind: str
    route: str
    ended: str
    submission: str
    key: str
    lookup_code: str
    receipt: str
    proof: str
    troubles: tuple[str, ...]
    notes: tuple[str, ...]
    seconds: float
    screens: tuple[str, ...]
    papers: tuple[str, ...]
    why: str
    delivered: int | None = None

    @property
    def ok(self) -> bool:
        """It went as scripted."""
        return not self.why

    @property
    def paper(self) -> str:
        """What was printed, in words."""
        said = [f"凭条 {self.receipt}"] if self.receipt != "none" else []
        said += [f"A4 {self.proof}"] if self.proof != "none" else []
        return ", ".join(said) or "—"

    @property
    def outcome(self) -> str:
        """Submission at the visit's end, and what became of it."""
        if not self.submission:
            return "—"
        arrived = "" if self.delivered is None else f" → 送达 {self.delivered} 次"
        return f"{self.submission}{arrived}"


@dataclass(frozen=True, slots=True)
class MorningReport:
    """All visits. ``papers``: receipts and proofs as the world kept them, relative to ``out``."""

    rows: tuple[VisitRow, ...]
    seconds: float
    papers: dict[str, list[str]]

    @property
    def ok(self) -> bool:
        """Every visit went as scripted."""
        return all(row.ok for row in self.rows)

    @property
    def exit_code(self) -> int:
        """0 if :attr:`ok`, else 1."""
        return 0 if self.ok else 1

    @property
    def complaints(self) -> list[str]:
        """One line for each visit that did not go as scripted."""
        return [f"visit {row.number} ({row.title_en}): {row.why}" for row in self.rows if row.why]


def print_report(report: MorningReport, console: Console | None = None) -> None:
    """The table, the totals, and the complaints in plain lines."""
    # Piped output has no width of its own; a narrow terminal wraps what is then at least whole.
    console = console or Console(width=max(WIDTH, Console().width))
    console.print(_table(report))
    screens = sum(len(row.screens) for row in report.rows)
    console.print(
        f"{len(report.rows)} 位访客 visits · {screens} 张画面 screens · "
        f"{len(report.papers['receipts'])} 张凭条 receipts · "
        f"{len(report.papers['proofs'])} 份证明 proofs · {report.seconds:.0f} s"
    )
    for line in report.complaints:
        console.print(f"NOT AS SCRIPTED: {line}", style="bold red", markup=False)
    if report.ok:
        console.print("全部按剧本完成 · every visit went as scripted", style="bold green")


def progress_line(row: VisitRow) -> str:
    """One visit in a line, for the person waiting."""
    mark = "✓" if row.ok else "✗"
    return f"  {mark} {row.number:2}  {row.seconds:4.0f} s  {row.service} · {row.title_zh} · {row.title_en}"


def _table(report: MorningReport) -> Table:
    table = Table(title="市民之窗 · 一个上午  Citizen Window · a morning", width=WIDTH)
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("时间", no_wrap=True)
    table.add_column("谁", no_wrap=True)
    table.add_column("事项 service", ratio=4, overflow="fold")
    table.add_column("送往 route", ratio=3, overflow="fold")
    table.add_column("结果 outcome", ratio=3, overflow="fold")
    table.add_column("纸 paper", ratio=2, overflow="fold")
    table.add_column("s", justify="right", no_wrap=True)
    for row in report.rows:
        said = [*row.troubles, *row.notes]
        outcome = row.outcome if not said else f"{row.outcome}\n{'; '.join(said)}"
        table.add_row(
            f"{'✓' if row.ok else '✗'}{row.number}",
            row.at[:5],
            row.who,
            f"{row.service}\n{row.title_zh}",
            row.route,
            outcome,
            row.paper.replace(", ", "\n"),
            f"{row.seconds:.0f}",
            style="" if row.ok else "red",
            end_section=True,
        )
    return table


def write_report(report: MorningReport, out: Path) -> None:
    """Write ``summary.json``, ``summary.txt`` and ``index.html`` into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    rows = [{**asdict(row), "ok": row.ok} for row in report.rows]
    summary = {"ok": report.ok, "seconds": round(report.seconds, 1), "visits": rows}
    text = json.dumps(summary, ensure_ascii=False, indent=1, default=str)
    (out / "summary.json").write_text(text + "\n", "utf-8")
    with (out / "summary.txt").open("w", encoding="utf-8") as file:
        print_report(report, Console(file=file, width=WIDTH, no_color=True))
    (out / "index.html").write_text(contact_sheet(summary), "utf-8")
