"""The terminal's speaker: espeak-ng makes the sound, a player of the system plays it."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from screens.speech import synthesis, tones
from screens.speech.children import Child, End
from screens.speech.output import SYSTEMS_OWN, USUAL, Outputs, Player, player, scaled
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
"""Utterances that may wait for their turn; older ones are no longer true and are dropped."""

_OF_THE_DEVICE = {"no_device", "device_hung"}


@dataclass(slots=True)
class _Speech:
    """An utterance on its way: its sentences, and which is next."""

    sentences: list[str]
    language: str
    next: int = 0

    @property
    def done(self) -> bool:
        return self.next >= len(self.sentences)


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
        outputs: Outputs = SYSTEMS_OWN,
        prompts: Path | None = None,
        hang_s: float = HANG_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._player = player
        self._outputs = outputs
        self._folder = prompts
        self._prompts: Prompts | None = None
        self.hang_s = hang_s
        self._clock = clock
        self._changed = threading.Condition()
        self._queue: deque[_Speech] = deque()
        self._closing = False
        self._paused = False
        self._rate = 1.0
        self._volume = USUAL
        self._headset = False
        self._child = Child()
        self._deaf_until = float("-inf")
        self._told: set[str] = set()
        self._speaking = False
        self._thread: threading.Thread | None = None
        self.trouble = ""
        """Why nothing is heard at present (a log code), or ""."""

    def say(self, utterance: Utterance, *, interrupt: bool = True) -> None:
        """See :class:`~screens.speech.speaker.Speaker`."""
        speech = _Speech(synthesis.sentences(utterance.text), utterance.language)
        with self._changed:
            if self._closing:
                return
            if interrupt or self._paused:
                self._forget()
            self._queue.append(speech)
            if len(self._queue) > 1 + WAITING:
                del self._queue[1]  # the first is being said
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def stop(self) -> None:
        """See :class:`~screens.speech.speaker.Speaker`."""
        with self._changed:
            self._forget()

    def _forget(self) -> None:
        """Under the lock."""
        self._queue.clear()
        self._paused = False
        self._child.cut()

    def pause(self) -> bool:
        """See :class:`~screens.speech.speaker.Speaker`."""
        with self._changed:
            spoke = bool(self._queue) and not self._paused
            self._paused = bool(self._queue)
            self._child.cut()
            self._changed.notify_all()
            return spoke

    def resume(self) -> bool:
        """See :class:`~screens.speech.speaker.Speaker`."""
        with self._changed:
            was, self._paused = self._paused, False
            self._changed.notify_all()
            return was

    def skip(self) -> None:
        """See :class:`~screens.speech.speaker.Speaker`."""
        with self._changed:
            if self._queue:
                self._queue[0].next += 1
            self._paused = False
            self._child.cut()
            self._changed.notify_all()

    def set_rate(self, rate: float) -> None:
        """See :class:`~screens.speech.speaker.Speaker`."""
        self._rate = min(max(rate, SLOWEST), FASTEST)

    def set_volume(self, volume: int) -> None:
        """See :class:`~screens.speech.speaker.Speaker`."""
        self._volume = volume

    def use_headset(self, on: bool) -> None:
        """See :class:`~screens.speech.speaker.Speaker`."""
        with self._changed:
            if on != self._headset:
                self._headset = on
                self._forget()

    def close(self) -> None:
        """See :class:`~screens.speech.speaker.Speaker`."""
        with self._changed:
            self._closing = True
            self._forget()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(1.0)

    def wait_until_quiet(self, within_s: float) -> bool:
        """Wait until all has been said, or is paused; not for the GUI thread. False if it takes
        longer."""
        with self._changed:
            return self._changed.wait_for(
                lambda: (self._paused or not self._queue) and not self._speaking, within_s
            )

    # On the voice's thread

    def _run(self) -> None:
        if self._folder is not None:
            self._prompts = Prompts(self._folder)
        while True:
            with self._changed:
                self._speaking = False
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._closing or self._due())
                if self._closing:
                    return
                self._speaking = True
                speech, cuts = self._queue[0], self._child.cuts()
                if speech.done:
                    self._queue.popleft()
                    continue
                at, device = speech.next, self._outputs.device(headset=self._headset)
            said = self._speak(speech.sentences[at], speech.language, device, cuts)
            self._went_on(speech, at, cuts, said=said)

    def _due(self) -> bool:
        return bool(self._queue) and not self._paused

    def _went_on(self, speech: _Speech, at: int, cuts: int, *, said: bool) -> None:
        """To the next sentence, unless somebody paused, skipped or said something else meanwhile."""
        with self._changed:
            if self._child.cuts() != cuts or not self._queue or self._queue[0] is not speech:
                return
            # Where one sentence could not be played, the rest of the utterance can't be either.
            speech.next = at + 1 if said else len(speech.sentences)

    def _speak(self, sentence: str, language: str, device: str, cuts: int) -> bool:
        """False if the rest of the utterance need not be tried."""
        if self.trouble == "no_player" or self._clock() < self._deaf_until:
            return False
        return all(self._run_of(run, language, device, cuts) for run in tones.runs(sentence))

    def _run_of(self, run: str, language: str, device: str, cuts: int) -> bool:
        made = tones.sound(run)
        if made is None and self._prompts is not None and self._rate == 1.0:
            made = self._prompts.find(run, language)
        if made is not None:
            return self._play(made, device, cuts)
        return all(self._say(*one, device, cuts) for one in synthesis.pieces(run, language))

    def _say(self, voice: str, text: str, device: str, cuts: int) -> bool:
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
        return self._play(sound, device, cuts)

    def _play(self, sound: Sound, device: str, cuts: int) -> bool:
        command = self._player(sound.rate, device)
        if command is None:
            self._note("no_player")
            return False
        samples = scaled(sound, self._volume)
        how, _ = self._child.run(command, samples, sound.seconds + self.hang_s, cuts)
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
