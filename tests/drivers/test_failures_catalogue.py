"""The failure catalogue is in its form, and what is generated from it is up to date."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest

from config.settings import DeviceSection
from drivers.failure_codes import FailureCode
from drivers.failures import (
    ACTIONS,
    DEVICES,
    Action,
    CatalogueError,
    failure_catalogue,
    read_entry,
)

ROOT = Path(__file__).resolve().parents[2]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
FAMILY_OF = {
    "idcard": {"id_card_reader"},
    "camera": {"camera", "document_camera"},
    "scanner": {"scanner"},
    "ups": {"power_supply"},
    "headset": {"headset_jack"},
}


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("failures_tool", ROOT / "tools/failures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sound_entry() -> dict[str, Any]:
    text = (ROOT / "drivers/failures.toml").read_text("utf-8")
    return dict(tomllib.loads(text)["printer.jam"])


def test_types_and_page_are_up_to_date(tool: ModuleType) -> None:
    assert tool.stale() == []
    assert get_args(FailureCode) == tuple(failure_catalogue())


def test_a_stale_page_is_found(tool: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool, "page_text", lambda entries: "of yesterday")
    assert tool.stale() == [
        "docs/devices/failures.md is stale: run python tools/failures.py --write"
    ]


def test_the_page_holds_every_word_of_every_entry(tool: ModuleType) -> None:
    page = tool.PAGE.read_text("utf-8")
    for entry in failure_catalogue().values():
        part = page.split(f"### {entry.code}\n")[1].split("\n#")[0]
        for text in (*entry.causes, entry.zh, entry.en, entry.staff_zh, entry.staff_en):
            assert text in part
        assert entry.technician in part


def test_classes_of_device_are_the_ports() -> None:
    assert set(get_args(DeviceSection.model_fields["port"].annotation)) | {"any"} == DEVICES
    assert set(ACTIONS) == set(Action)


@pytest.mark.parametrize("entry", failure_catalogue().values(), ids=lambda entry: entry.code)
def test_words_are_in_their_languages(entry: Any) -> None:
    assert CHINESE.search(entry.zh)
    assert CHINESE.search(entry.staff_zh)
    for text in (entry.en, entry.staff_en, entry.technician, *entry.causes):
        assert not CHINESE.search(text)
    assert len(entry.technician) > 20
    assert len(set(entry.causes)) == len(entry.causes)
    family = FAMILY_OF.get(entry.code.partition(".")[0])
    assert family is None or set(entry.devices) == family


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"staff_zh": None, "causes": None}, "lacks causes, staff_zh"),
        ({"remedy": "old form"}, "has no use for remedy"),
        ({"causes": "one"}, "causes must be a list"),
        ({"causes": []}, "causes must be a list"),
        ({"devices": ["toaster"]}, "devices are of any, camera"),
        ({"part": "toaster"}, "part is one of"),
        ({"action": "pray"}, "action is one of retry, clear"),
        ({"zh": " "}, "zh must be a text"),
    ],
)
def test_a_wrong_entry_is_named_with_what_is_wrong(change: dict[str, Any], complaint: str) -> None:
    given = {**sound_entry(), **change}
    with pytest.raises(CatalogueError) as error:
        read_entry("printer.jam", {key: value for key, value in given.items() if value is not None})
    assert 'failures.toml, ["printer.jam"]' in str(error.value)
    assert complaint in str(error.value)


def test_mypy_finds_a_misspelt_code(tmp_path: Path) -> None:
    module = tmp_path / "adapter.py"
    module.write_text(
        "from drivers.results import Failure\n"
        'Failure("printer.paper_out")\n'
        'Failure("printer.papre_out")\n'
    )
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", "/dev/null", module],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    errors = [line for line in checked.stdout.splitlines() if "error:" in line]
    assert [(":3: " in line, "printer.papre_out" in line) for line in errors] == [(True, True)]
