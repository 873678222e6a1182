"""The prompt pack: which sentences, whose voice, and what is found wrong with it."""

from __future__ import annotations

import re
import struct
import wave
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk.cli import speech
from screens.speech import pack, phrases, synthesis
from screens.speech.prompts import INDEX, Prompts
from screens.speech.synthesis import Sound


def hum(words: str, tag: str) -> Sound:
    """Stands for the machine: as many samples as there are words, to tell them apart."""
    return Sound(16_000, struct.pack("<h", len(words) + 1) * 8)


ALL = pack.fixed("en")
SOME = [
    one for n, one in enumerate(ALL) if n % 90 == 0 or one.words in ("Large", "option", "selected")
]
"""Enough for a pack; all of them are a thousand files."""


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(pack, "fixed", lambda tag: SOME if tag == "en" else [])
    folder = tmp_path / "made"
    assert pack.build(folder, ["en"], make=hum) == len(SOME) > 10
    return folder


@pytest.mark.parametrize("tag", ["zh_CN", "zh_HK", "en"])
def test_every_language_has_its_fixed_sentences_and_no_place_for_a_value(tag: str) -> None:
    sentences = pack.fixed(tag)
    words = {one.words for one in sentences}
    assert len(words) == len(sentences) > 400
    assert len({one.name for one in sentences}) == len(sentences)
    assert not [one for one in words if re.search(rf"%[0-9n]|{{|{synthesis.TONE}", one)]
    expected = {"zh_CN": "请注意", "zh_HK": "請注意", "en": "please note"}[tag]
    assert expected in words


def test_what_is_said_of_a_button_is_heard_from_the_pack(made: Path) -> None:
    prompts = Prompts(made)
    said = phrases.described(
        phrases.Node(phrases.Kind.RADIO, "Large", checkable=True, checked=True), "en", private=False
    )
    found = prompts.find(said, "en")
    assert found is not None
    assert found.samples.startswith(hum("Large", "en").samples)
    assert found.samples.endswith(hum("selected", "en").samples)
    assert prompts.find("Lin Xiaolan, button", "en") is None


def test_a_second_build_keeps_what_is_right_and_makes_what_is_not(made: Path) -> None:
    anew: list[str] = []
    pack.build(made, ["en"], make=hum, on_made=lambda one, _: anew.append(one.name))
    assert anew == []
    spoilt = made / f"{SOME[0].name}.wav"
    spoilt.write_bytes(spoilt.read_bytes()[:-1] + b"\x7f")
    pack.build(made, ["en"], make=hum, on_made=lambda one, _: anew.append(one.name))
    assert anew == [spoilt.stem]
    assert pack.check(made) == []


def test_a_persons_recording_goes_before_the_machines(tmp_path: Path, made: Path) -> None:
    one = SOME[3]
    recorded = tmp_path / "recorded"
    recorded.mkdir()
    with wave.open(str(recorded / f"{one.name}.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(44_100)
        file.writeframes(b"\x05\x00" * 9)
    by_person: list[str] = []

    def note(sentence: pack.Sentence, person: bool) -> None:
        if person:
            by_person.append(sentence.name)

    pack.build(tmp_path / "pack", ["en"], recorded=recorded, make=hum, on_made=note)
    assert by_person == [one.name]
    found = Prompts(tmp_path / "pack").find(one.words, "en")
    assert found is not None
    assert (found.rate, found.seconds) == (44_100, 9 / 44_100)


@pytest.mark.logs(r"speech\.prompt_damaged file=en-\w+\.wav$")
def test_a_damaged_file_is_found_and_never_heard(made: Path) -> None:
    first, second, third = SOME[:3]
    path = made / f"{first.name}.wav"
    path.write_bytes(path.read_bytes()[:-2] + b"\x00\x01")
    prompts = Prompts(made)
    assert prompts.find(first.words, "en") is None
    assert prompts.find(second.words, "en") is not None
    index = made / INDEX
    lines = index.read_text("utf-8").splitlines()
    index.write_text("\n".join(line for line in lines if third.name not in line), "utf-8")
    told = CliRunner().invoke(speech.app, ["check", str(made)])
    assert told.exit_code == 1
    assert told.output.splitlines() == [
        f"damaged: en {first.name}.wav",
        f"missing: en {third.name}",
    ]


def test_the_machine_says_a_sentence_in_one_piece() -> None:
    sound = pack.synthesised("请注意", "zh_CN")
    assert sound is not None
    assert 0.3 < sound.seconds < 3


def test_who_records_gets_a_list() -> None:
    told = CliRunner().invoke(speech.app, ["list", "-l", "en"])
    rows = [line.split("\t") for line in told.output.splitlines()]
    assert [tuple(row) for row in rows] == [(one.name, one.words) for one in ALL]
