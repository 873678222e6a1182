"""The terminal's side of the input engines: questions in, answers by callback, never a wait."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from screens.typing.engine import Candidate, Strokes

log = logging.getLogger(__name__)

ANSWER_S = 2.0
"""A child that does not answer for so long is killed and started anew."""
START_S = 20.0
ATTEMPTS = 2
"""A question that ends two children is given up."""

Words = Callable[[list[Candidate]], None]
Characters = Callable[[list[str]], None]


@dataclass(slots=True)
class _Question:
    asked: dict[str, Any]
    told: Callable[[dict[str, Any]], None]
    ended: int = 0


class Typist:
    """Asks the input engines in their child process.

    Only the newest question counts: one that was not yet put to the child when the next came is
    dropped without an answer. Callbacks come on the typist's own thread. What was typed is never
    logged.
    """

    def __init__(self, *, plain: bool = False) -> None:
        self._arguments = ["--plain"] if plain else []
        self._changed = threading.Condition()
        self._next: _Question | None = None
        self._closing = False
        self._forgetting = False
        self._child: subprocess.Popen[str] | None = None
        self._asked_since_start = False
        self._number = 0
        self._has: dict[str, Any] = {}
        self._ready: Callable[[], None] = lambda: None
        self._thread = threading.Thread(target=self._run, name="typist", daemon=True)

    @property
    def has(self) -> dict[str, Any]:
        """What the child said it has (``sound``, ``handwriting``); empty before it is ready."""
        return self._has

    def start(self, ready: Callable[[], None] = lambda: None) -> None:
        """Start the child in the background; ``ready`` is called whenever one has started."""
        self._ready = ready
        self._thread.start()

    def words(self, letters: str, *, name: bool, told: Words) -> None:
        """Ask for words for ``letters``; ``name`` where a person's name is typed. ``told`` gets []
        when the engines fail."""
        self._ask(
            {"letters": letters, "name": name},
            lambda answer: told([Candidate(*offer) for offer in answer.get("words", ())]),
        )

    def characters(self, strokes: Strokes, width: float, height: float, told: Characters) -> None:
        """Ask for characters for ``strokes``; ``told`` gets [] when the engines fail."""
        self._ask(
            {"strokes": [list(stroke) for stroke in strokes], "width": width, "height": height},
            lambda answer: told(list(answer.get("characters", ()))),
        )

    def forget(self) -> None:
        """End the child that knows what was typed in this visit; a new one starts in its place."""
        with self._changed:
            self._next = None
            self._forgetting = True
            self._changed.notify()

    def close(self) -> None:
        """End the child and the thread."""
        with self._changed:
            self._closing = True
            self._next = None
            child = self._child
            self._changed.notify()
        if child is not None:
            child.kill()  # frees a thread that waits for its answer
        if self._thread.is_alive():
            self._thread.join(ANSWER_S)

    def _ask(self, asked: dict[str, Any], told: Callable[[dict[str, Any]], None]) -> None:
        with self._changed:
            self._number += 1
            self._next = _Question({"id": self._number, **asked}, told)
            self._changed.notify()

    # On the typist's thread

    def _run(self) -> None:
        self._start_child()
        while True:
            with self._changed:
                self._changed.wait_for(self._has_to_do)
                if self._closing:
                    break
                forgetting, self._forgetting = self._forgetting, False
                question, self._next = self._next, None
            if forgetting and self._asked_since_start:
                self._end_child()
                self._start_child()
            if question is not None:
                self._put(question)
        self._end_child()

    def _has_to_do(self) -> bool:
        return self._closing or self._forgetting or self._next is not None

    def _put(self, question: _Question) -> None:
        answer: dict[str, Any] | None = None
        while answer is None and question.ended < ATTEMPTS and not self._closing:
            if self._child is None or self._child.poll() is not None:
                self._end_child()
                self._start_child()
            self._asked_since_start = True
            answer = self._exchange(question.asked)
            if answer is None:
                question.ended += 1
                self._end_child()
        if answer is None and not self._closing:
            log.warning("typing.engine_failed attempts=%d", question.ended)
        question.told(answer or {})

    def _exchange(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        child = self._child
        if child is None or child.stdin is None or child.stdout is None:
            return None
        try:
            child.stdin.write(json.dumps(asked) + "\n")
            child.stdin.flush()
        except OSError:
            return None
        return self._read(child, ANSWER_S)

    def _read(self, child: subprocess.Popen[str], within_s: float) -> dict[str, Any] | None:
        """One line of the child; None when it ended or was killed for being late."""
        if child.stdout is None:
            return None
        late = threading.Timer(within_s, child.kill)
        late.daemon = True
        late.start()
        try:
            line = child.stdout.readline()
            answer = json.loads(line) if line else None
        except (OSError, ValueError):
            answer = None
        finally:
            late.cancel()
        return answer if isinstance(answer, dict) else None

    def _start_child(self) -> None:
        command = [sys.executable, "-m", "screens.typing.child", *self._arguments]
        try:
            child = subprocess.Popen(
                command,
                cwd=Path(__file__).resolve().parents[2],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
        except OSError as error:
            log.error("typing.engine_not_started errno=%s", error.errno)
            return
        with self._changed:
            self._child = child
            if self._closing:
                child.kill()
        self._asked_since_start = False
        self._has = self._read(child, START_S) or {}
        if self._has:
            self._ready()
        elif not self._closing:
            log.error("typing.engine_not_started")

    def _end_child(self) -> None:
        with self._changed:
            child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # what was left in the buffer finds no reader
