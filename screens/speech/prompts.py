"""A folder of recorded sentences: what a person has spoken is heard instead of the machine's voice.

``prompts.toml`` in it names a WAV file (one channel, 16 bits) for a sentence, as it is said::

    [zh_CN]
    "请把身份证平放在读卡区" = "card.wav"

Stops at the end of a sentence don't matter. A sentence of several parts (name, role, state) is heard
from the folder when each part is there: no sentence changes its voice in the middle.
"""

from __future__ import annotations

import logging
import re
import tomllib
import wave
from pathlib import Path

from screens.speech.synthesis import Sound

log = logging.getLogger(__name__)

INDEX = "prompts.toml"
PAUSE_S = 0.15
"""Between two parts."""
MOST_BYTES = 4 << 20
_PARTS = re.compile(r"[，,；;]\s*")
_STOPS = "。！？.!? "


class Prompts:
    """The recordings of a folder, all in memory. A file that is of no use is named in the log and
    left out: it is spoken by the machine."""

    def __init__(self, folder: Path) -> None:
        self._sounds: dict[tuple[str, str], Sound] = {}
        for language, sentences in _index(folder / INDEX).items():
            for sentence, file in sentences.items():
                sound = _recording(folder / file)
                if sound is None:
                    log.error("speech.prompt_unusable file=%s", file)
                else:
                    self._sounds[language, sentence.strip(_STOPS)] = sound

    def __len__(self) -> int:
        return len(self._sounds)

    def find(self, sentence: str, language: str) -> Sound | None:
        """The recording of a whole sentence, or None if any part of it was not recorded."""
        whole = self._sounds.get((language, sentence.strip(_STOPS)))
        if whole is not None:
            return whole
        parts = [part.strip(_STOPS) for part in _PARTS.split(sentence)]
        found = [self._sounds.get((language, part)) for part in parts if part]
        sounds = [sound for sound in found if sound is not None]
        if not sounds or len(sounds) != len(found) or len({sound.rate for sound in sounds}) > 1:
            return None
        pause = bytes(2 * int(PAUSE_S * sounds[0].rate))
        return Sound(sounds[0].rate, pause.join(sound.samples for sound in sounds))


def _index(path: Path) -> dict[str, dict[str, str]]:
    try:
        read = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        log.error("speech.prompts_unreadable file=%s", path.name)
        return {}
    return {
        language: {str(key): str(value) for key, value in sentences.items()}
        for language, sentences in read.items()
        if isinstance(sentences, dict)
    }


def _recording(path: Path) -> Sound | None:
    try:
        if path.stat().st_size > MOST_BYTES:
            return None
        with wave.open(str(path), "rb") as file:
            if (file.getnchannels(), file.getsampwidth()) != (1, 2):
                return None
            return Sound(file.getframerate(), file.readframes(file.getnframes()))
    except (OSError, EOFError, wave.Error):
        return None
