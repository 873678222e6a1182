"""A folder of recorded sentences, heard instead of the machine's voice."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from screens.speech import Utterance, Voice, synthesis
from screens.speech.output import LOUDEST
from screens.speech.prompts import Prompts

RATE = 16_000


def record(path: Path, sample: int, *, rate: int = RATE, channels: int = 1) -> bytes:
    samples = sample.to_bytes(2, "little") * channels * 40
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples)
    return samples


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "prompts.toml").write_text(
        '[zh_CN]\n"请把身份证平放在读卡区。" = "card.wav"\n"打印证明" = "print.wav"\n'
        '"按钮" = "button.wav"\n"未选中" = "other.wav"\n[en]\n"Please wait" = "wait.wav"\n',
        "utf-8",
    )
    for number, name in enumerate(("card", "print", "button", "wait")):
        record(tmp_path / f"{name}.wav", number + 1)
    record(tmp_path / "other.wav", 9, rate=8_000)
    return tmp_path


def test_a_sentence_is_found_whole_or_by_all_its_parts(folder: Path) -> None:
    prompts = Prompts(folder)
    assert len(prompts) == 5
    card = prompts.find("请把身份证平放在读卡区", "zh_CN")
    assert card is not None
    assert card.samples == record(folder / "again.wav", 1)
    both = prompts.find("打印证明，按钮。", "zh_CN")
    assert both is not None
    assert both.samples.startswith(record(folder / "again.wav", 2))
    assert both.samples.endswith(record(folder / "again.wav", 3))
    assert both.seconds == pytest.approx(0.15 + 80 / RATE)
    assert prompts.find("打印证明，按钮，林晓岚", "zh_CN") is None
    assert prompts.find("打印证明，未选中", "zh_CN") is None, "two rates don't join"
    assert prompts.find("打印证明", "en") is None
    assert prompts.find("，", "zh_CN") is None
    assert prompts.find("打印证明，，按钮", "zh_CN") is not None, "nothing stands between"


def test_the_longest_recorded_parts_are_taken(folder: Path) -> None:
    index = folder / "prompts.toml"
    text = index.read_text("utf-8").replace(
        '"按钮" =', '"打印，证明" = "card.wav"\n"打印" = "other.wav"\n"按钮" ='
    )
    index.write_text(text, "utf-8")
    found = Prompts(folder).find("打印，证明，按钮", "zh_CN")
    assert found is not None
    assert found.samples.startswith(record(folder / "again.wav", 1)), "not the two alone"


@pytest.mark.logs(r"speech\.prompt_unusable file=(gone|stereo|text)\.wav")
def test_a_file_of_no_use_is_left_to_the_machine(tmp_path: Path) -> None:
    record(tmp_path / "stereo.wav", 1, channels=2)
    (tmp_path / "text.wav").write_text("no sound")
    record(tmp_path / "good.wav", 1)
    (tmp_path / "prompts.toml").write_text(
        '[en]\na = "gone.wav"\nb = "stereo.wav"\nc = "text.wav"\nd = "good.wav"\n', "utf-8"
    )
    assert len(Prompts(tmp_path)) == 1


@pytest.mark.logs(r"speech\.prompts_unreadable file=prompts\.toml")
@pytest.mark.parametrize("index", [None, "[", "en = 3\n["])
def test_a_folder_without_an_index_has_no_recordings(tmp_path: Path, index: str | None) -> None:
    if index is not None:
        (tmp_path / "prompts.toml").write_text(index)
    assert len(Prompts(tmp_path)) == 0


@pytest.mark.logs(r"speech\.no_synthesiser")
def test_recordings_are_heard_without_the_machine(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(synthesis, "PROGRAM", "no-such-program")
    heard = tmp_path / "heard.raw"
    voice = Voice(
        player=lambda rate, _: ["sh", "-c", f'echo {rate} >> "$0"; cat >> "$0"', str(heard)],
        prompts=folder,
    )
    voice.set_volume(LOUDEST)
    try:
        voice.say(Utterance("林晓岚。请把身份证平放在读卡区。您好。", "zh_CN"))
        voice.say(Utterance("Please wait. Please wait!", "en"), interrupt=False)
        assert voice.wait_until_quiet(20.0)
        voice.set_rate(2.0)
        voice.say(Utterance("Please wait.", "en"))
        assert voice.wait_until_quiet(20.0)
    finally:
        voice.close()
    one, wait = record(tmp_path / "again.wav", 1), record(tmp_path / "again.wav", 4)
    head = b"%d\n" % RATE
    assert heard.read_bytes() == head + one + head + wait + head + wait
    assert voice.trouble == "no_synthesiser"
