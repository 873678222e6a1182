"""An errand that ends well is still none to be proud of if the terminal complained on the way."""

from __future__ import annotations

import logging
from threading import Thread

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.cli.screens_journeys import failed, table
from screens.fixtures import FakePort
from screens.journeys import Diary, Outing
from screens.journeys.complaints import Complaints
from screens.shell import Shell, ShellOptions
from screens.speech import Recorder
from screens.typing.near import NearTypist


def test_errors_of_any_thread_and_warnings_of_qml_are_complaints(
    qapp: QGuiApplication, caplog: pytest.LogCaptureFixture
) -> None:
    shell = Shell(FakePort(), ShellOptions(), typist=NearTypist(), speaker=Recorder())
    shell.warnings.append("before anybody came")
    complaints = Complaints(shell)
    log = logging.getLogger("kiosk.terminal")
    thread = Thread(target=lambda: log.error("printing failed: %s", "OSError"))
    thread.start()
    thread.join()
    log.warning("the line is slow")
    shell.warnings.append("Page_QMLTYPE_12(0x55d0c8) is not defined")
    assert complaints.new() == [
        "QML: Page is not defined",
        "log: kiosk.terminal printing failed: OSError",
    ]
    assert complaints.new() == []
    complaints.close()
    log.error("after they had gone")
    assert complaints.new() == []


def test_an_errand_with_complaints_has_failed_and_the_table_tells_how_many() -> None:
    well = Outing(Diary(), 27)
    grudging = Outing(
        Diary(silences=["tab after: 打印"]), 31, ("log: kiosk.terminal printing failed",)
    )
    assert [failed(one) for one in (well, grudging, None)] == [False, True, True]
    row = table({"proof": (well, grudging, None, well)})[-1]
    assert row.endswith("| 27 | 31, 1 silent, 1 complaints | lost | 27 |")
