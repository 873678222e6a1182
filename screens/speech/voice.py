"""The terminal's speaker: espeak-ng makes the sound, a player of the system plays it."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from screens.speech import synthesis
from screens.speech.children import Child, End
from screens.speech.prompts import Prompts
from screens.speech.speaker import FASTEST, SLOWEST, Utterance
from screens.speech.synthesis import Sound

log = logging.getLogger(__name__)

SYNTHESIS_S = 5.0
HANG_S = 3.0
"""A player that is not done so long after the sound's own length hangs, and is killed."""
DEAF_S = 30.0
"""So long a sound device that failed is left alone; then it is tried again."""
WAITING = 4
"""Sentences that may wait for their turn; older ones are no longer true and are dropped."""

_OF_THE_DEVICE = {"no_device", "device_hung"}

Player = Callable[[int], Sequence[str] | None]


def player(rate: int) -> Sequence[str] | None:
    """The command that plays raw samples of its input; None where there is no player."""
    if path := shutil.which("aplay"):
        return [path, "-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", str(rate), "-"]
    if path := shutil.which("pacat"):
        return [path, "--raw", "--format=s16le", "--channels=1", f"--rate={rate}"]
    return None


class Voice:
    """Speaks on a thread of its own that starts with the first word. What was said is never logged.

    Trouble is said once and ends in silence: without espeak-ng or a player nothing is tried again;
    a device that refuses or hangs is tried again after :data:`DEAF_S`. ``prompts``: a folder of
    recorded sentences (see :mod:`screens.speech.prompts`), heard at rate 1.
    """

    def __init__(
        self,
        *,
        player: Player = player,
        prompts: Path | None = None,
        hang_s: float = HANG_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._player = player
        self._folder = prompts
        self._prompts: Prompts | None = None
        self.hang_s = hang_s
        self._clock = clock
        self._changed = threading.Condition()
        self._queue: deque[Utterance] = deque(maxlen=WAITING)
        self._closing = False
        self._rate = 1.0
        self._child = Child()
        self._deaf_until = float("-inf")
        self._told: set[str] = set()
        self._speaking = False
        self._thread: threading.Thread | None = None
        self.trouble = ""
        """Why nothing is heard at present (a log code), or ""."""

    def say(self, utterance: Utterance, *, interrupt: bool = True) -> None:
        """See :class:`~screens.speech.speaker.Speaker`."""
        with self._changed:
            if self._closing:
                return
            if interrupt:
                self._queue.clear()
                self._child.cut()
            self._queue.append(utterance)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def stop(self) -> None:
        """See :class:`~screens.speech.speaker.Speaker`."""
        with self._changed:
            self._queue.clear()
            self._child.cut()

    def set_rate(self, rate: float) -> None:
        """See :class:`~screens.speech.speaker.Speaker`."""
        self._rate = min(max(rate, SLOWEST), FASTEST)

    def close(self) -> None:
        """See :class:`~screens.speech.speaker.Speaker`."""
        with self._changed:
            self._closing = True
            self._queue.clear()
            self._child.cut()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(1.0)

    def wait_until_quiet(self, within_s: float) -> bool:
        """Wait until all has been said; not for the GUI thread. False if it takes longer."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._queue and not self._speaking, within_s)

    # On the voice's thread

    def _run(self) -> None:
        if self._folder is not None:
            self._prompts = Prompts(self._folder)
        while True:
            with self._changed:
                self._speaking = False
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._closing or bool(self._queue))
                if self._closing:
                    return
                self._speaking = True
                utterance = self._queue.popleft()
                cuts = self._child.cuts()
            for sentence in synthesis.sentences(utterance.text):
                if not self._speak(sentence, utterance.language, cuts):
                    break

    def _speak(self, sentence: str, language: str, cuts: int) -> bool:
        """False if the rest of the utterance need not be tried."""
        if self.trouble == "no_player" or self._clock() < self._deaf_until:
            return False
        if self._prompts is not None and self._rate == 1.0:
            recorded = self._prompts.find(sentence, language)
            if recorded is not None:
                return self._play(recorded, cuts)
        return all(self._say(*piece, cuts) for piece in synthesis.pieces(sentence, language))

    def _say(self, voice: str, text: str, cuts: int) -> bool:
        """By the machine; goes on after a piece that could not be made."""
        if self.trouble == "no_synthesiser":
            return True
        command = synthesis.command(voice, self._rate)
        how, wav = self._child.run(command, text.encode(), SYNTHESIS_S, cuts)
        if how is End.CUT:
            return False
        sound = synthesis.sound(wav)
        if sound is None:
            self._note("no_synthesiser" if how is End.MISSING else "synthesis_failed")
            return True
        return self._play(sound, cuts)

    def _play(self, sound: Sound, cuts: int) -> bool:
        command = self._player(sound.rate)
        if command is None:
            self._note("no_player")
            return False
        how, _ = self._child.run(command, sound.samples, sound.seconds + self.hang_s, cuts)
        if how is End.DONE:
            self._told -= _OF_THE_DEVICE
            if self.trouble in _OF_THE_DEVICE:
                self.trouble = ""
        elif how is not End.CUT:
            self._deaf_until = self._clock() + DEAF_S
            self._note("device_hung" if how is End.LATE else "no_device")
        return how is End.DONE

    def _note(self, why: str) -> None:
        self.trouble = why
        if why not in self._told:
            self._told.add(why)
            log.warning("speech.%s", why)
