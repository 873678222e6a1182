"""Where sound goes, and how loud: the loudspeaker or one person's headset."""

from __future__ import annotations

import shutil
import sys
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from screens.speech.synthesis import Sound

STEP_DB = 6.0
LOUDEST = 5
USUAL = 3

Player = Callable[[int, str], Sequence[str] | None]
"""``player(rate, device)``: the command that plays raw samples of its input on a sound device of
that name ("": the system's own choice); None where there is no player."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """Names of sound devices. ``headset`` empty: the sound card itself turns its speaker off while a
    headset is in (see docs/voice.md)."""

    speaker: str = ""
    headset: str = ""

    def device(self, *, headset: bool) -> str:
        """Where what is said now goes."""
        return self.headset or self.speaker if headset else self.speaker


SYSTEMS_OWN = Outputs()


def player(rate: int, device: str) -> Sequence[str] | None:
    """ALSA's or PulseAudio's own player."""
    if path := shutil.which("aplay"):
        where = ["-D", device] if device else []
        return [path, "-q", *where, "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", str(rate), "-"]
    if path := shutil.which("pacat"):
        where = [f"--device={device}"] if device else []
        return [path, "--raw", *where, "--format=s16le", "--channels=1", f"--rate={rate}"]
    return None


def gain(volume: int) -> float:
    """What samples are multiplied by: 1 at :data:`LOUDEST`, 6 dB less a step."""
    steps = LOUDEST - min(max(volume, 1), LOUDEST)
    return float(10 ** (-STEP_DB * steps / 20))


def scaled(sound: Sound, volume: int) -> bytes:
    """The samples at this volume."""
    if volume >= LOUDEST:
        return sound.samples
    samples = array("h", sound.samples)
    if sys.byteorder == "big":
        samples.byteswap()
    factor = round(gain(volume) * 65536)
    quiet = array("h", [sample * factor >> 16 for sample in samples])
    if sys.byteorder == "big":
        quiet.byteswap()
    return quiet.tobytes()
