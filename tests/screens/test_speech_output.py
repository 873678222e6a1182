"""How loud, for whom, and where the words go on: volume, tones, headset, pause and skip."""

from __future__ import annotations

import os
import struct
import subprocess
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.speech import Outputs, Utterance, Voice, synthesis, tones
from screens.speech.output import LOUDEST, gain, player, scaled
from screens.speech.spoken import spoken
from screens.speech.synthesis import Sound

WAIT = 20.0
NUMBER = "440599199001010010"


class Hall:
    """A sound device that writes down what it plays, on which device; some sentences never end."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "heard"
        self._file.touch()
        self.begun = folder / "begun"
        os.mkfifo(self.begun)
        self.endless = False

    def player(self, rate: int, device: str) -> Sequence[str] | None:
        if self.endless:
            self.endless = False
            words = 'echo on > "$0"; exec tail -f /dev/null'
            return ["sh", "-c", words, str(self.begun)]
        words = 'echo "$1 $2 $(cat | wc -c)" >> "$0"'
        return ["sh", "-c", words, str(self._file), device or "-", str(rate)]

    def heard(self) -> list[tuple[str, int, int]]:
        """(device, samples a second, samples) of each sound."""
        rows = [line.split() for line in self._file.read_text().splitlines()]
        return [(device, int(rate), int(size) // 2) for device, rate, size in rows]

    def wait_for_a_sound(self) -> None:
        subprocess.run(["cat", str(self.begun)], capture_output=True, timeout=WAIT, check=True)


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path)


@pytest.fixture
def voice(hall: Hall) -> Iterator[Voice]:
    made = Voice(player=hall.player, outputs=Outputs("hall", "ear"), hang_s=100.0)
    yield made
    made.close()


def lengths(text: str) -> list[int]:
    """How long each sentence is when the machine says it."""
    return [
        len(made.samples) // 2
        for sentence in synthesis.sentences(text)
        if (made := synthesis.sound(_said(sentence))) is not None
    ]


def _said(sentence: str) -> bytes:
    command = synthesis.command("cmn", 1.0)
    return subprocess.run(command, input=sentence.encode(), capture_output=True, check=True).stdout


THREE = "第一句。第二句话。第三句话更长。"


def test_after_a_pause_the_sentence_begins_anew_and_a_skip_goes_to_the_next(
    hall: Hall, voice: Voice
) -> None:
    hall.endless = True
    voice.say(Utterance(THREE, "zh_CN"))
    hall.wait_for_a_sound()
    assert voice.pause()
    assert voice.wait_until_quiet(WAIT)
    assert not voice.pause(), "it is silent already"
    assert voice.resume()
    assert voice.wait_until_quiet(WAIT)
    assert [size for _, _, size in hall.heard()] == lengths(THREE)
    assert not voice.resume()
    hall.endless = True
    voice.say(Utterance(THREE, "zh_CN"))
    hall.wait_for_a_sound()
    voice.skip()
    assert voice.wait_until_quiet(WAIT)
    assert [size for _, _, size in hall.heard()][3:] == lengths(THREE)[1:]


def test_what_is_said_during_a_pause_takes_its_place(hall: Hall, voice: Voice) -> None:
    hall.endless = True
    voice.say(Utterance(THREE, "zh_CN"))
    hall.wait_for_a_sound()
    voice.pause()
    voice.say(Utterance("您好。", "zh_CN"), interrupt=False)
    assert voice.wait_until_quiet(WAIT)
    assert [size for _, _, size in hall.heard()] == lengths("您好。")


def test_what_began_for_one_person_does_not_go_on_in_the_hall(hall: Hall, voice: Voice) -> None:
    voice.use_headset(True)
    voice.say(Utterance("您好。", "zh_CN"))
    assert voice.wait_until_quiet(WAIT)
    assert [device for device, _, _ in hall.heard()] == ["ear"]
    hall.endless = True
    voice.say(Utterance(THREE, "zh_CN"))
    hall.wait_for_a_sound()
    voice.use_headset(False)
    assert voice.wait_until_quiet(WAIT)
    assert len(hall.heard()) == 1, "pulled out: silence"
    voice.say(Utterance("您好。", "zh_CN"))
    assert voice.wait_until_quiet(WAIT)
    assert [device for device, _, _ in hall.heard()] == ["ear", "hall"]


def test_a_number_is_a_tone_a_digit_to_the_hall_and_digits_to_one_person(
    hall: Hall, voice: Voice
) -> None:
    hidden = spoken(NUMBER, "zh_CN", private=False)
    assert hidden == "号码不读出" + tones.TONE * 18
    assert spoken("440***0010", "en", private=False).count(tones.TONE) == 10
    assert tones.TONE not in spoken(NUMBER, "zh_CN", private=True)
    voice.say(Utterance(f"号码：{hidden}。", "zh_CN"))
    assert voice.wait_until_quiet(WAIT)
    one = tones.sound(tones.TONE)
    assert one is not None
    *_, (_, rate, size) = hall.heard()
    assert (rate, size) == (tones.RATE, 18 * len(one.samples) // 2)
    assert one.seconds * 18 < 2.5


def test_headsets_without_a_device_of_their_own_use_the_cards() -> None:
    assert Outputs("hall").device(headset=True) == "hall"
    assert Outputs("hall", "ear").device(headset=True) == "ear"
    assert Outputs("hall", "ear").device(headset=False) == "hall"


@pytest.mark.parametrize(("program", "flag"), [("aplay", "-D"), ("pacat", "--device=ear")])
def test_the_systems_players_are_told_the_device(
    program: str, flag: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}" if name == program else None)
    assert flag in (player(16_000, "ear") or ())
    assert "ear" not in " ".join(player(16_000, "") or ())


@given(st.lists(st.integers(-32768, 32767), max_size=50), st.integers(-2, 9))
def test_a_step_of_volume_is_6_db_and_nothing_overflows(samples: list[int], volume: int) -> None:
    sound = Sound(16_000, struct.pack(f"<{len(samples)}h", *samples))
    quiet = struct.unpack(f"<{len(samples)}h", scaled(sound, volume))
    assert len(quiet) == len(samples)
    assert all(abs(q) <= abs(s) + 1 for q, s in zip(quiet, samples, strict=True))
    assert all(abs(q - s * gain(volume)) <= 1.5 for q, s in zip(quiet, samples, strict=True))


def test_the_steps_of_volume() -> None:
    steps = [gain(volume) for volume in range(1, LOUDEST + 1)]
    assert steps[-1] == 1.0
    ratios = [louder / softer for softer, louder in pairwise(steps)]
    assert ratios == pytest.approx([1.9953] * 4, abs=1e-3)
