"""The terminal's speaker over real programs: espeak-ng, and players that play, refuse or hang."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from screens.speech import Utterance, Voice, synthesis
from screens.speech.children import Child, End
from screens.speech.output import LOUDEST

WAIT = 20.0
HELLO = Utterance("您好。", "zh_CN")
ENDLESS = ["tail", "-f", "/dev/null"]


class Player:
    """Keeps each sound in a file of its own; the first ones may be other programs."""

    def __init__(self, folder: Path, *first: Sequence[str]) -> None:
        self._folder = folder
        self._first = list(first)
        self._sounds = 0

    def __call__(self, rate: int, device: str) -> Sequence[str] | None:
        if self._first:
            return self._first.pop(0)
        self._sounds += 1
        return ["sh", "-c", 'exec cat > "$0"', str(self._folder / f"{self._sounds}.raw")]

    def heard(self, voice: Voice) -> list[bytes]:
        """All sounds, once the voice is quiet."""
        assert voice.wait_until_quiet(WAIT)
        return [(self._folder / f"{n + 1}.raw").read_bytes() for n in range(self._sounds)]


@pytest.fixture
def voices() -> Iterator[Callable[..., Voice]]:
    made: list[Voice] = []

    def make(player: Callable[[int, str], Sequence[str] | None], **more: Any) -> Voice:
        made.append(Voice(player=player, **more))
        made[-1].set_volume(LOUDEST)  # samples as they were made
        return made[-1]

    yield make
    for voice in made:
        voice.close()


def made(text: str, voice: str = "cmn", rate: float = 1.0) -> bytes:
    run = subprocess.run(
        synthesis.command(voice, rate), input=text.encode(), capture_output=True, check=True
    )
    sound = synthesis.sound(run.stdout)
    assert sound is not None
    return sound.samples


def test_sentences_are_played_in_their_language_one_after_another(
    voices: Callable[..., Voice], tmp_path: Path
) -> None:
    player = Player(tmp_path)
    voice = voices(player)
    voice.say(Utterance("您好。请稍候。", "zh_CN"))
    voice.say(Utterance("Please wait", "en"), interrupt=False)
    heard = player.heard(voice)
    assert heard == [made("您好。"), made("请稍候。"), made("Please wait", "en")]
    assert len(set(heard)) == 3
    assert voice.trouble == ""


def test_twice_the_rate_takes_about_half_the_time(
    voices: Callable[..., Voice], tmp_path: Path
) -> None:
    player = Player(tmp_path)
    voice = voices(player)
    voice.set_rate(9)
    voice.say(Utterance("您好，请稍候。", "zh_CN"))
    (fast,) = player.heard(voice)
    assert fast == made("您好，请稍候。", rate=2.0)
    assert len(fast) < 0.7 * len(made("您好，请稍候。"))


def playing(folder: Path) -> tuple[Path, Sequence[str]]:
    """A player that says in a FIFO that it plays, and never ends."""
    fifo = folder / "playing"
    os.mkfifo(fifo)
    return fifo, ["sh", "-c", 'echo yes > "$0"; exec tail -f /dev/null', str(fifo)]


def is_playing(fifo: Path) -> bool:
    done = subprocess.run(["cat", str(fifo)], capture_output=True, timeout=WAIT, check=True)
    return done.stdout == b"yes\n"


def test_what_is_newly_said_cuts_what_is_being_said(
    voices: Callable[..., Voice], tmp_path: Path
) -> None:
    fifo, endless = playing(tmp_path)
    player = Player(tmp_path, endless)
    voice = voices(player, hang_s=100.0)
    voice.say(Utterance("第一句。这一句没有人听到。", "zh_CN"))
    voice.say(Utterance("这一句也没有。", "zh_CN"), interrupt=False)
    assert is_playing(fifo)
    voice.say(HELLO)
    assert player.heard(voice) == [made("您好。")]


def test_silence_forgets_what_was_still_to_be_said(
    voices: Callable[..., Voice], tmp_path: Path
) -> None:
    fifo, endless = playing(tmp_path)
    player = Player(tmp_path, endless)
    voice = voices(player, hang_s=100.0)
    voice.say(HELLO)
    voice.say(HELLO, interrupt=False)
    assert is_playing(fifo)
    voice.stop()
    assert player.heard(voice) == []
    voice.close()
    voice.say(HELLO)
    assert player.heard(voice) == []


@pytest.mark.logs(r"speech\.device_hung$")
def test_a_hung_player_is_killed_and_the_device_is_tried_again(
    voices: Callable[..., Voice], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    time = [0.0]
    player = Player(tmp_path, ENDLESS)  # it never reads: more than a pipe holds is stuck before it
    voice = voices(player, hang_s=-4.5, clock=lambda: time[0])
    for _ in range(2):
        voice.say(Utterance("请把身份证平放在读卡区。", "zh_CN"))  # 4.8 s
        assert player.heard(voice) == []
        assert voice.trouble == "device_hung"
    voice.hang_s = WAIT
    time[0] = 31.0
    voice.say(HELLO)
    assert player.heard(voice) == [made("您好。")]
    assert voice.trouble == ""
    assert [record.getMessage() for record in caplog.records] == ["speech.device_hung"]


@pytest.mark.logs(r"speech\.no_device$")
def test_a_missing_device_is_told_once(
    voices: Callable[..., Voice], caplog: pytest.LogCaptureFixture
) -> None:
    voice = voices(lambda *_: ["false"])
    for _ in range(2):
        voice.say(Utterance("第一句。第二句。", "zh_CN"))
        assert voice.wait_until_quiet(WAIT)
    assert voice.trouble == "no_device"
    assert [record.getMessage() for record in caplog.records] == ["speech.no_device"]


@pytest.mark.logs(r"speech\.no_synthesiser$")
def test_a_missing_synthesiser_is_told_once(
    voices: Callable[..., Voice], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(synthesis, "PROGRAM", "no-such-program")
    voice = voices(lambda *_: ["true"])
    for _ in range(2):
        voice.say(HELLO)
        assert voice.wait_until_quiet(WAIT)
    assert voice.trouble == "no_synthesiser"
    assert [record.getMessage() for record in caplog.records] == ["speech.no_synthesiser"]


@pytest.mark.logs(r"speech\.no_player$")
def test_without_a_player_there_is_silence(voices: Callable[..., Voice]) -> None:
    voice = voices(lambda *_: None)
    voice.say(HELLO)
    assert voice.wait_until_quiet(WAIT)
    assert voice.trouble == "no_player"


def test_a_cut_that_came_before_the_start_counts() -> None:
    child = Child()
    cuts = child.cuts()
    child.cut()
    assert child.run(["cat"], b"x", WAIT, cuts) == (End.CUT, b"")
    assert child.run(["cat"], b"x" * 300_000, WAIT, child.cuts()) == (End.DONE, b"x" * 300_000)
    assert child.run(["cat"], b"x", -1.0, child.cuts()) == (End.LATE, b"")


@pytest.mark.parametrize(
    "wav", [b"", b"RIFF", b"RIFF" + bytes(60), b"RIFF1234WAVEfmt " + bytes(60)]
)
def test_what_is_no_sound_is_not_played(wav: bytes) -> None:
    assert synthesis.sound(wav) is None


def test_no_word_shows_in_a_repr() -> None:
    assert "您好" not in repr(HELLO)
