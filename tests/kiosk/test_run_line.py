"""`kiosk run` reads its line by itself as the command would, or leaves it to the command."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk.cli import running
from kiosk.cli.main import app
from kiosk.cli.run_line import RunLine, read_line

PLAIN = (
    "",
    "--config a.toml",
    "--config=a.toml",
    "-c a.toml",
    "-v -c a.toml --trim demo",
    "--trim=demo --verbose",
    "--config a.toml --config b.toml",
    "--config a=b.toml",
    "-v -v",
)
LEFT = (
    "--trim= --config a.toml",
    "-c=a.toml",
    "-ca.toml",
    "-vc a.toml",
    "--config",
    "--config -v",
    "--trim --config a.toml",
    "--verb",
    "--what",
    "a.toml",
    "--",
    "--verbose=yes",
)


@pytest.mark.parametrize("told", ["", "told.toml"])
@pytest.mark.parametrize("line", PLAIN)
def test_what_is_read_is_what_the_command_reads(
    monkeypatch: pytest.MonkeyPatch, line: str, told: str
) -> None:
    asked: list[RunLine] = []

    def run_terminal(config: Path | None, trim: str | None, *, verbose: bool) -> int:
        asked.append(RunLine(config, trim, verbose))
        return 7

    monkeypatch.setattr(running, "run_terminal", run_terminal)
    monkeypatch.setenv("KIOSK_CONFIG", told)
    result = CliRunner().invoke(app, ["run", *line.split()])
    assert ([read_line(line.split())], 7) == (asked, result.exit_code)


@pytest.mark.parametrize("line", LEFT)
def test_what_is_not_plainly_right_is_left_to_the_command(line: str) -> None:
    assert read_line(line.split()) is None
