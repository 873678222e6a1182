"""``kiosk devices accept`` and ``explain``: prompts, certificates, exit codes."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner, Result

from drivers.acceptance import (
    AcceptanceReport,
    CheckResult,
    Guide,
    NobodyGuide,
    Outcome,
    check_title,
    verify_report,
)
from drivers.acceptance.texts import act, look
from drivers.failures import failure_catalogue
from kiosk.acceptance_pdf import write_pdf
from kiosk.cli.main import app
from kiosk.device_acceptance import PromptGuide, guide_for, write_certificate
from kiosk.device_explain import explain, near_codes

REPORT = AcceptanceReport(
    device="读卡器/1",
    port="id_card_reader",
    adapter="sdt-serial",
    target="drivers.sdt:SdtSerialReader",
    version="0.1.0",
    guide="person",
    at="2026-05-04T08:00:00+00:00",
    checks=(
        CheckResult("life.opens", Outcome.PASSED, 0.3),
        CheckResult("card.none", Outcome.FAILED, 3.0, ("device.offline",), "expected idcard.none"),
        CheckResult("card.read", Outcome.NOT_RUN, 0.0, (), "could not be done"),
    ),
)


def kiosk(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    path = tmp_path / "terminal.toml"
    path.write_text(
        f'[terminal]\ndata_dir = "{tmp_path / "data"}"\n'
        "[devices.reader]\nport = 'id_card_reader'\nadapter = 'sdt-serial'\n"
        f"options = {{ port = '{tmp_path / 'no-such-port'}' }}\n",
        "utf-8",
    )
    return path


def answering(*lines: str) -> PromptGuide:
    rest: Iterator[str] = iter(lines)

    def read(prompt: str) -> str:
        assert re.search(r"[\u4e00-\u9fff]", prompt)
        line = next(rest, None)
        if line is None:
            raise EOFError
        return line

    return PromptGuide(read)


def test_person_is_asked_in_both_languages_and_may_skip() -> None:
    guide: Guide = answering("", "s")
    assert guide.ask(act("lay_card"))
    assert not guide.ask(act("lay_card"))
    assert not guide.ask(act("lay_card"))  # the terminal was closed


def test_person_judges() -> None:
    guide = answering("y", "是", "N", "perhaps")
    answers = [guide.judge(look("slip_complete")) for _ in range(5)]
    assert answers == [True, True, False, None, None]


def test_without_a_keyboard_nobody_is_asked() -> None:
    assert isinstance(guide_for(attended=False, read=input), NobodyGuide)


def test_certificate_is_signed_and_on_paper(tmp_path: Path) -> None:
    certificate = write_certificate(REPORT, tmp_path / "data", tmp_path / "out")
    text = certificate.json_file.read_text("utf-8")
    assert verify_report(text, certificate.public_key)
    assert certificate.json_file.name == "acceptance-读卡器-1-20260504080000.json"
    paper = "".join(page.extract_text() for page in PdfReader(certificate.pdf_file).pages)
    shown = re.sub(r"[\s\0]", "", paper)
    for word in ("读卡器/1", "rejected", "expectedidcard.none", "notrun", "device.offline"):
        assert word in shown
    assert re.sub(r"\s", "", check_title("card.none").en) in shown
    assert json.loads(text)["signature"]["value"] in shown


def test_a_long_report_goes_over_pages() -> None:
    checks = REPORT.checks * 20
    many = AcceptanceReport(
        "d", "camera", "a", "m:C", "", "nobody", "2026-05-04T08:00:00+00:00", checks
    )
    signed = json.dumps({"signature": {"algorithm": "a", "public_key": "b", "value": "c"}})
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(write_pdf(many, signed))).pages]
    assert len(pages) > 1
    shown = [re.sub(r"[\s\0]", "", page) for page in pages]
    for number, page in enumerate(shown, 1):
        assert f"{number}/{len(pages)}" in page
        assert "d·2026-05-0408:00:00UTC+00:00" in page
    assert all("result" in page for page in shown[:-1])
    assert "passed20·失败failed20·未做notrun20" in shown[0]


def test_device_that_does_not_open_is_rejected(settings: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    settings.write_text(settings.read_text("utf-8").replace("options = { port", "options = { prt"))
    result = kiosk("devices", "accept", "reader", "-c", str(settings), "--yes", "--out", str(out))
    assert result.exit_code == 1
    assert "device.misconfigured" in result.output
    assert "rejected" in result.output
    assert {path.suffix for path in out.iterdir()} == {".json", ".pdf"}


def test_nothing_begins_without_consent(settings: Path, tmp_path: Path) -> None:
    result = kiosk("devices", "accept", "reader", "-c", str(settings))
    assert result.exit_code == 1
    assert "real paper" in result.output
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("more", [[], ["--simulated"]])
def test_unknown_device_is_refused(settings: Path, more: list[str]) -> None:
    result = kiosk("devices", "accept", "nobody", "-c", str(settings), *more)
    assert result.exit_code == 2
    assert "reader" in result.output


def test_explains_a_code() -> None:
    result = kiosk("devices", "explain", "printer.paper_out")
    assert result.exit_code == 0
    assert failure_catalogue()["printer.paper_out"].technician in result.output
    assert "Likely causes" in result.output


def test_explains_a_device(settings: Path) -> None:
    result = kiosk("devices", "explain", "reader", "-c", str(settings), "--json")
    assert result.exit_code == 0
    answer = json.loads(result.output)
    assert (answer["code"], answer["name"], answer["device"]) == (
        "device.gone",
        "reader",
        "noDevice",
    )
    assert answer["causes"]


def test_unknown_code_gets_the_near_ones(settings: Path) -> None:
    result = kiosk("devices", "explain", "printer.papr_out", "-c", str(settings))
    assert result.exit_code == 2
    assert "printer.paper_out" in result.output
    assert near_codes("jam") == ["printer.jam", "smartcard.jam"]
    with pytest.raises(KeyError):
        explain("no.such")


def test_every_code_of_a_device_is_explained_in_full() -> None:
    for code in failure_catalogue():
        explanation = explain(code)
        assert [key for key, value in explanation.items() if not value] == []
