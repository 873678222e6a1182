"""The ``kiosk`` command: help, exit codes, JSON, and asking a running terminal."""

from __future__ import annotations

import json
import re
import socket
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from config.catalogue import DayUnit
from config.settings import Settings
from config.shipped import load_catalogue
from config.text import Text
from kiosk.app import Application
from kiosk.cli.main import app
from kiosk.control import ControlServer, NotRunningError, ask
from kiosk.route_words import route_document, route_lines
from kiosk.routing import NoRoute
from offline_queue import Limits, NewItem, Outbox, new_item_id


def kiosk(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def commands() -> list[list[str]]:
    found: list[list[str]] = [[]]

    def walk(command: Any, words: list[str]) -> None:
        for name, inner in getattr(command, "commands", {}).items():
            found.append([*words, name])
            walk(inner, [*words, name])

    walk(typer.main.get_command(app), [])
    return found


@pytest.mark.parametrize("words", commands(), ids=lambda words: "-".join(words) or "kiosk")
def test_every_command_explains_itself(words: list[str]) -> None:
    result = kiosk(*words, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.output
    assert len(result.output.splitlines()) > 5


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    path = tmp_path / "terminal.toml"
    path.write_text(
        f'[terminal]\ndata_dir = "{tmp_path / "data"}"\n'
        f'[portal]\nurl = "http://127.0.0.1:{port}"\nconnect_timeout_s = 1.0\n'
        f'[queue]\nmin_free_mib = 16\n[face]\nmodels_dir = "{tmp_path / "models"}"\n',
        "utf-8",
    )
    return path


def test_config_check_says_sound(settings: Path) -> None:
    result = kiosk("config", "check", str(settings))
    assert result.exit_code == 0
    assert "sound: trim citizen-window" in result.output
    found = json.loads(kiosk("config", "check", str(settings), "--json").stdout)
    assert found == {"ok": True, "trim": "citizen-window"}


@pytest.mark.parametrize(
    ("text", "key", "nearest"),
    [
        ("[terminal]\ndivison = '4405'\n", "terminal.divison", "division"),
        (
            '[devices.r]\nport = "id_card_reader"\nadapter = "sdt-serail"\n',
            "devices.r.adapter",
            "sdt-serial",
        ),
    ],
)
def test_config_check_names_mistakes_in_both_forms(
    tmp_path: Path, text: str, key: str, nearest: str
) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(text, "utf-8")
    plain = kiosk("config", "check", str(path))
    assert plain.exit_code == 2
    assert f"wrong.toml: {key}" in plain.stderr
    assert f"Did you mean {nearest!r}?" in plain.stderr
    told = kiosk("config", "check", str(path), "--json")
    assert told.exit_code == 2
    found = json.loads(told.stdout)
    assert not found["ok"]
    assert found["mistakes"][0]["file"] == "wrong.toml"
    assert found["mistakes"][0]["key"] == key
    assert found["mistakes"][0]["nearest"] == nearest


def test_config_show_knows_sources_and_hides_hashes(settings: Path) -> None:
    result = kiosk("config", "show", "-c", str(settings), "--trim", "smart-teller", "--json")
    rows = json.loads(result.stdout)
    assert rows["screen.orientation"] == {"value": "landscape", "source": "trim smart-teller"}
    assert rows["queue.min_free_mib"] == {"value": 16, "source": "terminal.toml"}
    assert rows["queue.max_items"]["source"] == "default"


def test_config_pin_prints_a_line_that_is_accepted(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["config", "pin", "w-07"], input="482913\n482913\n")
    assert result.exit_code == 0
    assert "482913" not in result.output
    path = tmp_path / "with-pin.toml"
    path.write_text(result.output[result.output.index("[staff.pins]") :], "utf-8")
    assert kiosk("config", "check", str(path)).exit_code == 0
    short = CliRunner().invoke(app, ["config", "pin", "w-07"], input="123\n123\n")
    assert short.exit_code == 1


def test_the_catalogue_commands(tmp_path: Path) -> None:
    assert "services are sound" in kiosk("catalogue", "check").output
    assert kiosk("catalogue", "check", str(tmp_path)).exit_code == 2
    (tmp_path / "x.toml").write_text("code = 1", "utf-8")
    found = kiosk("catalogue", "check", str(tmp_path)).stderr
    assert "x.toml: code: 1 is not of type 'string'" in found
    assert "x.toml: 'name' is a required property" in found
    assert "$defs" in json.loads(kiosk("catalogue", "schema").stdout)
    listed = json.loads(kiosk("catalogue", "list", "--json").stdout)
    assert len(listed) == len(load_catalogue().items)
    hits = json.loads(kiosk("catalogue", "search", "gongjijin", "zhuanyi", "--json").stdout)
    assert hits[0]["code"] == "gj-0126"
    assert kiosk("catalogue", "search", "xqzwv").exit_code == 1


def routed(*arguments: str, code: int = 0) -> dict[str, Any]:
    answer = kiosk("catalogue", "route", *arguments, "--json")
    assert answer.exit_code == code
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def test_a_profile_that_means_nothing_is_not_matched_in_silence() -> None:
    unknown = kiosk("catalogue", "policies", "--who", "company", "--division", "999")
    assert (unknown.exit_code, "no division '999'" in unknown.stderr) == (2, True)
    typo = kiosk("catalogue", "policies", "--who", "company", "--industry", "tobaco", "--json")
    assert "no policy names the industry 'tobaco'" in typo.stderr
    assert json.loads(typo.stdout)
    assert kiosk("catalogue", "policies", "--employees", "-3").exit_code == 2


def test_catalogue_route_explains_a_power_handed_down() -> None:
    found = routed("mz-0058", "--home", "440507008001")
    assert found["authority"]["zh"] == "洋滨居委会"
    assert (found["power"], found["level"], found["mode"]) == ("delegated", "village", "local")
    assert found["delegation"]["to"] == "440507008001"
    assert found["gateway"] == "440500"
    assert {material["original"] for material in found["materials"]} <= {True, False}
    assert found["table"]["version"] == load_catalogue().version
    words = kiosk("catalogue", "route", "mz-0058", "--home", "440507008001").stdout
    assert "delegation   mz-0058 to 440507008001" in words
    assert "current until" in words


def test_catalogue_route_explains_another_city() -> None:
    found = routed("gj-0126", "--home", "440100", "--at", "440507008")
    assert (found["power"], found["destination"], found["delegation"]) == (
        "partner",
        "440100",
        None,
    )
    assert "gateway 440100" in kiosk("catalogue", "route", "gj-0126", "--home", "440100").stdout


@pytest.mark.parametrize(
    ("item", "said"), [("rs-0001", "at once"), ("rs-0012", " working day"), ("wz-days", "calendar")]
)
def test_catalogue_route_says_what_its_days_are(item: str, said: str) -> None:
    if item == "wz-days":
        item = next(i.code for i in load_catalogue().items if i.day_unit is DayUnit.CALENDAR)
    assert said in kiosk("catalogue", "route", item, "--home", "440507008001").stdout


def test_catalogue_route_refuses_with_a_reason_and_a_way_out() -> None:
    bad = routed("mz-0058", "--home", "440100", code=1)
    assert bad["code"] == "route.none"
    assert bad["way_out"]["zh"]
    assert "way out" in kiosk("catalogue", "route", "mz-0058", "--home", "440100").stdout
    assert routed("rs-0001", "--subject", "enterprise", code=1)["code"] == "route.none"
    assert kiosk("catalogue", "route", "no-such").exit_code == 1
    assert "no division '9'" in kiosk("catalogue", "route", "rs-0001", "--at", "9").stderr


@pytest.mark.parametrize(
    ("division", "said"), [("999999", "no city of the tables"), ("440106", "a partner city")]
)
def test_a_terminal_outside_the_tables_city_is_a_mistake(
    division: str, said: str, tmp_path: Path
) -> None:
    """Nobody there would be told the truth: the offers and powers are those of one city's people."""
    path = tmp_path / "terminal.toml"
    path.write_text(f'[terminal]\ndivision = "{division}"\n')
    checked = kiosk("config", "check", str(path))
    assert checked.exit_code == 2
    assert said in checked.stderr.replace("\n", " ")
    assert "terminal.division" in checked.stderr
    for command in (["route", "rs-0001"], ["matrix"]):
        assert kiosk("catalogue", *command, "--at", division).exit_code == 1
    path.write_text('[terminal]\ndivision = "440507099"\n')
    assert kiosk("config", "check", str(path)).exit_code == 0


def test_catalogue_route_says_that_its_tables_are_stale() -> None:
    catalogue = load_catalogue()
    assert catalogue.valid_until is not None
    for days, stale in ((0, False), (1, True)):
        today = catalogue.valid_until + timedelta(days)
        refusal = NoRoute("route.none", Text(zh="无", en="none"), Text(zh="窗口", en="counter"))
        assert route_document(refusal, catalogue, today)["table"]["stale"] is stale
        assert ("STALE" in str(route_lines(refusal, catalogue, today, DayUnit.WORKING))) is stale


@pytest.mark.logs(r"catalogue\.edition_refused reason=manifest or signature can't be read")
def test_a_terminal_with_a_bad_edition_serves_by_the_shipped_tables(tmp_path: Path) -> None:
    settings = Settings.model_validate(
        {
            "terminal": {"data_dir": tmp_path / "data"},
            "catalogue": {"edition": tmp_path / "none", "key": "A" * 43 + "="},
        }
    )
    application = Application(settings)
    try:
        assert application.terminal.directory.item("mz-0058") is not None
    finally:
        application.stop()


@pytest.mark.logs(r"portal\.authority_unusable The file in \[portal\] ca_file is not there")
def test_a_terminal_without_its_ca_file_starts_and_says_what_is_wrong(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings.model_validate(
        {
            "terminal": {"data_dir": tmp_path / "data"},
            "portal": {"url": "https://portal.example", "ca_file": tmp_path / "none.pem"},
        }
    )
    Application(settings).stop()
    assert "Get the CA certificate (PEM) from the portal's operators" in caplog.text


def test_doctor_against_nothing_says_what_it_means_and_what_to_do(settings: Path) -> None:
    plain = kiosk("doctor", "-c", str(settings))
    assert plain.exit_code == 1
    assert "refused" in plain.output
    assert "means: only deferrable services can be taken" in plain.output
    assert "do:    Check the port; ask the portal's operators" in plain.output
    told = kiosk("doctor", "-c", str(settings), "--json")
    findings = {finding["subject"]: finding for finding in json.loads(told.stdout)}
    assert findings["portal"]["state"] == "fail"
    assert findings["outbox"]["state"] == "ok"
    assert findings["fonts"]["state"] == "ok"
    assert findings["face models"]["state"] == "warn"
    assert findings["devices"]["state"] == "warn"
    for finding in findings.values():
        assert finding["state"] == "ok" or (finding["means"] and finding["do"])


def stored(folder: Path) -> str:
    folder.mkdir(parents=True)
    outbox = Outbox.open(folder / "outbox", limits=Limits(free_bytes=0))
    key = new_item_id()
    answer = outbox.accept(NewItem(key, "440500", key, "case", b"sealed")).result()
    assert not hasattr(answer, "code")
    assert outbox.close(5.0)
    return key


def test_queue_without_a_terminal_opens_the_outbox(settings: Path) -> None:
    missing = kiosk("queue", "status", "-c", str(settings))
    assert missing.exit_code == 1
    assert "no terminal has run" in missing.stderr
    key = stored(settings.parent / "data")
    status = json.loads(kiosk("queue", "status", "-c", str(settings), "--json").stdout)
    assert status["pending"] == 1
    assert status["destinations"]["440500"]["pending"] == 1
    assert key in kiosk("queue", "list", "-c", str(settings)).output
    shown = json.loads(kiosk("queue", "show", key, "-c", str(settings), "--json").stdout)
    assert shown["timeline"][0]["kind"] == "accepted"
    assert "1 waiting" in kiosk("queue", "status", "-c", str(settings)).output
    shown = kiosk("queue", "show", key, "-c", str(settings)).output
    assert shown.count("+08:00") >= 2, shown
    assert json.loads(kiosk("queue", "verify", "-c", str(settings), "--json").stdout)
    told = kiosk("queue", "verify", "-c", str(settings)).output
    assert re.search(r"rows +1\ntampered +none\n", told), told
    assert kiosk("queue", "retry", key, "-c", str(settings)).exit_code == 0
    assert kiosk("queue", "show", "nobody", "-c", str(settings)).exit_code == 1


def test_queue_asks_a_running_terminal_and_tells_of_its_refusal(settings: Path) -> None:
    data = settings.parent / "data"
    data.mkdir()
    server = ControlServer(data / "control.sock", {"queue.items": lambda _request: []})
    server.start()
    assert kiosk("queue", "list", "-c", str(settings), "--json").stdout == "[]\n"
    refused = kiosk("queue", "status", "-c", str(settings))
    assert refused.exit_code == 1
    assert "unknown operation" in refused.stderr
    doctor = kiosk("doctor", "-c", str(settings), "--json")
    outbox = next(f for f in json.loads(doctor.stdout) if f["subject"] == "outbox")
    assert outbox["state"] == "fail"
    server.stop()


@pytest.mark.logs(r"portal\.unreachable", r"kiosk\.verification")
def test_a_running_terminal_answers_and_takes_its_socket_away_again(tmp_path: Path) -> None:
    settings = Settings.model_validate(
        {
            "terminal": {"data_dir": tmp_path / "data"},
            "portal": {"url": "http://127.0.0.1:9", "connect_timeout_s": 1.0},
            "face": {"models_dir": tmp_path / "models"},
        }
    )
    application = Application(settings)
    path = tmp_path / "data" / "control.sock"
    application.start()
    try:
        assert ask(path, "queue.status")["pending"] == 0
        assert ask(path, "devices.statuses") == {}
    finally:
        application.stop()
    assert not path.exists()
    with pytest.raises(NotRunningError):
        ask(path, "queue.status")
