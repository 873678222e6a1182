"""Text → samples, by espeak-ng in a child process.

The program is started for every sentence (20 to 60 ms on a slow machine): there is nothing of it in
our memory that could crash or hang, stopping it is killing it, and its licence (GPL-3) stays its own.
The text goes in by a pipe: a command line can be read by every user of the machine.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

PROGRAM = "espeak-ng"
PACKAGE = "espeak-ng"
WORDS_A_MINUTE = 160
"""At rate 1; espeak-ng itself takes 80 to 450."""
HEADER = 44
TONE = "♪"
"""Stands for one tone in the words that are said (:mod:`screens.speech.tones`)."""
_HAN = r"㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
_RUNS = (
    rf"[{_HAN}][{_HAN}，。、；：？！（）“”0-9\s]*|[^{_HAN}]+"  # compiled when first spoken: 8 ms
)
_SENTENCES = re.compile(r"(?<=[。！？；\n])|(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Sound:
    """One channel of signed 16-bit samples, lowest byte first."""

    rate: int
    samples: bytes

    @property
    def seconds(self) -> float:
        """How long it plays."""
        return len(self.samples) / 2 / self.rate


def command(voice: str, rate: float) -> list[str]:
    """The program that reads UTF-8 text and writes a WAV file."""
    speed = str(round(WORDS_A_MINUTE * rate))
    return [PROGRAM, "-b", "1", "-v", voice, "-s", speed, "--stdin", "--stdout"]


def sentences(text: str) -> list[str]:
    """One after another, so that the first is heard while the next is made."""
    found = (sentence.strip() for sentence in _SENTENCES.split(text))
    return [sentence for sentence in found if re.search(rf"[\w{TONE}]", sentence)]


def pieces(sentence: str, language: str) -> list[tuple[str, str]]:
    """(voice, text) one after another: in English a Chinese name is said by the Chinese voice. That
    one says English words too."""
    if language.startswith("zh"):
        return [("cmn", sentence)]
    runs = (run.strip() for run in re.findall(_RUNS, sentence))
    return [
        ("cmn" if re.match(rf"[{_HAN}]", run) else "en", run)
        for run in runs
        if re.search(r"\w", run)
    ]


def sound(wav: bytes) -> Sound | None:
    """What espeak-ng wrote; None if it is no sound. Its header tells no length: it is written
    before the end is known."""
    if len(wav) <= HEADER or wav[:4] != b"RIFF" or wav[8:16] != b"WAVEfmt ":
        return None
    channels, rate = struct.unpack_from("<HI", wav, 22)
    (bits,) = struct.unpack_from("<H", wav, 34)
    if (channels, bits) != (1, 16) or not 8_000 <= rate <= 48_000:
        return None
    samples = wav[HEADER:]
    return Sound(rate, samples[: len(samples) // 2 * 2])
