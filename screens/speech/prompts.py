"""A folder of recorded sentences, heard instead of what the machine would make on the spot: spoken by a
person, or made beforehand (``kiosk speech pack``, :mod:`screens.speech.pack`).

``prompts.toml`` in it names a WAV file (one channel, 16 bits) for a sentence, as it is said::

    [zh_CN]
    "请把身份证平放在读卡区" = "card.wav"
    "按钮" = { file = "button.wav", sha256 = "9f86d0…" }

Stops at the end of a sentence don't matter. A sentence of several parts (name, role, state) is heard
from the folder when each part is there: no sentence changes its voice in the middle. A file with a sum
is compared with it each time it is read.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
import tomllib
import wave
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from screens.speech.synthesis import Sound

log = logging.getLogger(__name__)

INDEX = "prompts.toml"
PAUSE_S = 0.15
"""Between two parts."""
MOST_BYTES = 4 << 20
KEPT = 64
"""Sounds in memory; a pack of all fixed sentences would be a hundred megabytes."""
_PARTS = re.compile(r"[，,；;]\s*")
STOPS = "。！？.!? "


@dataclass(frozen=True, slots=True)
class Recording:
    """One file, and its SHA-256 in hex if the index tells it."""

    file: str
    sha256: str = ""


class Prompts:
    """The recordings of a folder. A file that is of no use is named in the log and left out: its
    sentence is spoken by the machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[tuple[str, str], Recording] = {}
        self._sounds: OrderedDict[Recording, Sound] = OrderedDict()
        for language, sentences in index_of(folder).items():
            for sentence, recording in sentences.items():
                if _usable(folder / recording.file):
                    self._known[language, sentence.strip(STOPS)] = recording
                else:
                    log.error("speech.prompt_unusable file=%s", recording.file)

    def __len__(self) -> int:
        return len(self._known)

    def find(self, sentence: str, language: str) -> Sound | None:
        """The recording of a whole sentence, or of all its parts; None if any was not recorded."""
        parts = self._parts(sentence, language)
        sounds = [sound for part in parts if (sound := self._sound(part, language)) is not None]
        if not parts or len(sounds) != len(parts) or len({sound.rate for sound in sounds}) > 1:
            return None
        pause = bytes(2 * int(PAUSE_S * sounds[0].rate))
        return Sound(sounds[0].rate, pause.join(sound.samples for sound in sounds))

    def _parts(self, sentence: str, language: str) -> list[str]:
        """The sentence in as few recorded parts as it takes, the longest first; [] if it takes one that
        was not recorded."""
        found = [match.span() for match in _PARTS.finditer(sentence)]
        starts = [0, *(after for _, after in found)]
        stops = [*(before for before, _ in found), len(sentence)]
        parts: list[str] = []
        at = 0
        while at < len(starts):
            for last in range(len(stops) - 1, at - 1, -1):
                part = sentence[starts[at] : stops[last]].strip(STOPS)
                if (language, part) in self._known:
                    parts.append(part)
                    at = last + 1
                    break
            else:
                if sentence[starts[at] : stops[at]].strip(STOPS):
                    return []
                at += 1  # nothing between two stops
        return parts

    def _sound(self, sentence: str, language: str) -> Sound | None:
        key = (language, sentence.strip(STOPS))
        recording = self._known.get(key)
        if recording is None:
            return None
        if recording in self._sounds:
            self._sounds.move_to_end(recording)
            return self._sounds[recording]
        sound = read(self._folder, recording)
        if sound is None:
            log.error("speech.prompt_damaged file=%s", recording.file)
            del self._known[key]
            return None
        self._sounds[recording] = sound
        if len(self._sounds) > KEPT:
            self._sounds.popitem(last=False)
        return sound


def index_of(folder: Path) -> dict[str, dict[str, Recording]]:
    """Language → sentence → file; empty, and said in the log, where there is no index."""
    try:
        found = tomllib.loads((folder / INDEX).read_text("utf-8"))
    except (OSError, ValueError):
        log.error("speech.prompts_unreadable file=%s", INDEX)
        return {}
    return {
        language: {str(key): _entry(value) for key, value in sentences.items()}
        for language, sentences in found.items()
        if isinstance(sentences, dict)
    }


def _entry(value: object) -> Recording:
    if isinstance(value, dict):
        return Recording(str(value.get("file", "")), str(value.get("sha256", "")))
    return Recording(str(value))


def _usable(path: Path) -> bool:
    """Judged by the file's head: reading all of a pack would take seconds."""
    try:
        if not 0 < path.stat().st_size <= MOST_BYTES:
            return False
        with wave.open(str(path), "rb") as file:
            return (file.getnchannels(), file.getsampwidth()) == (1, 2)
    except (OSError, EOFError, wave.Error):
        return False


def read(folder: Path, recording: Recording) -> Sound | None:
    """What a file holds; None if it is gone, of no use, or not what its sum says."""
    try:
        data = (folder / recording.file).read_bytes()
        if recording.sha256 and hashlib.sha256(data).hexdigest() != recording.sha256:
            return None
        with wave.open(io.BytesIO(data), "rb") as file:
            if (file.getnchannels(), file.getsampwidth()) != (1, 2):
                return None
            return Sound(file.getframerate(), file.readframes(file.getnframes()))
    except (OSError, EOFError, wave.Error):
        return None
