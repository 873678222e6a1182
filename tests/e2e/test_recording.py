"""What a technician gets from the running terminal: its visits and its devices' traffic, redacted."""

from __future__ import annotations

import json
from dataclasses import replace

from e2e_support import PROOF, Desk
from typer.testing import CliRunner

from drivers.sdt import demo_card
from kiosk.cli.recording import write_recording, write_traffic


def test_recordings_name_nobody(desk: Desk) -> None:
    seen = desk.visit(replace(PROOF, card="elder", face="cai"))
    assert seen.steps[-1] == "farewell"
    folder = desk.app.settings.terminal.data_dir
    with CliRunner().isolation() as (out, *_):
        write_traffic(folder, "card_reader")
        write_recording(folder)
        text = out.getvalue().decode()
    assert all(json.loads(line) for line in text.splitlines())
    assert '"note":"begin read_card"' in text
    assert "CardRead" in text
    elder = demo_card("elder")
    for personal in (elder.name, elder.number, elder.address):
        assert personal not in text
        # The filler is an invented card's, another than the one on the reader.
        assert personal.encode("utf-16-le").hex() not in text.lower()
