"""An acceptance run as a technician makes it: a guide at the keyboard, and the certificate's files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from drivers.acceptance import (
    AcceptanceReport,
    Guide,
    Instruction,
    NobodyGuide,
    SimulatorGuide,
    load_or_create_key,
    public_key_text,
    running_rig,
    sign_report,
)
from drivers.host import HostSpec
from kiosk.acceptance_pdf import write_pdf

_YES = frozenset({"y", "yes", "是", "好"})
_NO = frozenset({"n", "no", "否", "不"})


class PromptGuide:
    """Asks the person at the keyboard. ``read(prompt)`` returns a line; EOFError means nobody is
    there (any more)."""

    kind = "person"

    def __init__(self, read: Callable[[str], str]) -> None:
        self._read = read

    def ask(self, instruction: Instruction) -> bool:
        """Enter when it is done, s to skip the check."""
        prompt = f"\n  {instruction.zh}\n  {instruction.en}\n  [Enter 完成 done · s 跳过 skip] "
        try:
            return self._read(prompt).strip().casefold() not in {"s", "skip"}
        except EOFError:
            return False

    def judge(self, question: Instruction) -> bool | None:
        """y or n; anything else counts as unable to say."""
        prompt = f"\n  {question.zh}\n  {question.en}\n  [y 是 yes · n 否 no · s 跳过 skip] "
        try:
            answer = self._read(prompt).strip().casefold()
        except EOFError:
            return None
        return True if answer in _YES else False if answer in _NO else None


@dataclass(frozen=True, slots=True)
class Certificate:
    """The files of a signed report, and the public key to check them with (base64)."""

    json_file: Path
    pdf_file: Path
    public_key: str


@contextmanager
def simulated(name: str, adapter: str) -> Iterator[tuple[HostSpec, Guide]]:
    """The device ``name`` with its adapter's simulator in place of the hardware."""
    with running_rig(adapter) as rig:
        yield HostSpec(name, rig.port, adapter, rig.options()), SimulatorGuide(rig)


def guide_for(*, attended: bool, read: Callable[[str], str]) -> Guide:
    """A person if one is there to ask, else nobody."""
    return PromptGuide(read) if attended else NobodyGuide()


def write_certificate(report: AcceptanceReport, data_dir: Path, out: Path) -> Certificate:
    """Sign the report with the terminal's key and write it as JSON and PDF into ``out``.

    Raises OSError, ValueError (a damaged key), :class:`kiosk.documents.fonts.FontsMissingError`.
    """
    key = load_or_create_key(data_dir)
    text = sign_report(report, key)
    out.mkdir(parents=True, exist_ok=True)
    stamp = "".join(ch for ch in report.at if ch.isdigit())[:14]
    safe = "".join(ch if ch.isalnum() or ch in "-_" else "-" for ch in report.device)
    json_file = out / f"acceptance-{safe}-{stamp}.json"
    json_file.write_text(text, "utf-8")
    pdf_file = json_file.with_suffix(".pdf")
    pdf_file.write_bytes(write_pdf(report, text))
    return Certificate(json_file, pdf_file, public_key_text(key))
