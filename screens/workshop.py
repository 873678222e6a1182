"""The workshop's screen as QML sees it: signing in, pages of rows, and what a technician does there."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from config.text import Text
from kiosk.personal import Personal
from kiosk.technician import NOT_ALLOWED, NotAllowedError
from screens.workshop_pages import DETAILS, PAGES, Rows, step_row, trouble_words

if TYPE_CHECKING:
    from screens.workbench import Workbench

log = logging.getLogger(__name__)

LINES = ("number", "pin", "code")
LONGEST = {"number": 8, "pin": 12, "code": 6}
EXPIRY_MS = 5_000


class WorkshopModel(QObject):
    """The singleton ``Workshop``. Nothing of it runs on the GUI thread but what shows.

    ``available``: this terminal has a bench. ``typed``: how many characters stand in each line.
    """

    changed = Signal()
    rows_changed = Signal()
    _told = Signal(object)

    def __init__(self, bench: Workbench | None = None, language: Callable[[], str] = str) -> None:
        super().__init__()
        self._bench = bench
        self._language = language
        self._threads = ThreadPoolExecutor(2, "workshop")
        self._closed = False
        self._blank()
        self._told.connect(self._show)
        self._expiry = QTimer(self)
        self._expiry.setInterval(EXPIRY_MS)
        self._expiry.timeout.connect(self._expire)

    def fit_out(self, bench: Workbench) -> None:
        """The bench is there now."""
        self._bench = bench
        self.changed.emit()

    def _blank(self) -> None:
        self._open, self._line = False, "number"
        self._lines = dict.fromkeys(LINES, "")
        self._error, self._role, self._page, self._chosen = "", "", "overview", ""
        self._title: list[str] = []
        self._rows: Rows = []
        self._busy, self._said, self._result = False, "", ""
        self._asked = 0

    # ---- what is shown ---------------------------------------------------------------------------

    available = Property(bool, lambda self: self._bench is not None, notify=changed)
    open = Property(bool, lambda self: self._open, notify=changed)
    role = Property(str, lambda self: self._role, notify=changed)
    line = Property(str, lambda self: self._line, notify=changed)
    number = Property(str, lambda self: self._lines["number"], notify=changed)
    pinLength = Property(int, lambda self: len(self._lines["pin"]), notify=changed)
    code = Property(str, lambda self: self._lines["code"], notify=changed)
    error = Property(str, lambda self: self._error, notify=changed)
    """A code: ``technician.refused``, ``.locked`` or ``.not_allowed``; else technical words."""
    busy = Property(bool, lambda self: self._busy, notify=changed)
    page = Property(str, lambda self: self._page, notify=changed)
    chosen = Property(str, lambda self: self._chosen, notify=changed)
    """The row whose details are shown."""
    title = Property(list, lambda self: self._title, notify=changed)
    """Its title, as keys."""
    rows = Property(list, lambda self: self._rows, notify=rows_changed)
    said = Property(str, lambda self: self._said, notify=changed)
    """What hands should do now."""
    result = Property(str, lambda self: self._result, notify=changed)
    """What came of the last thing done."""

    # ---- in and out ------------------------------------------------------------------------------

    @Slot()
    def begin(self) -> None:
        """Somebody held the seal, or the keypad's Cancel."""
        if self._bench is not None and not self._open:
            self._blank()
            self._open = True
            self.changed.emit()

    @Slot(str)
    def choose_line(self, line: str) -> None:
        """The next digit goes there."""
        if line in LINES:
            self._line = line
            self.changed.emit()

    @Slot(str)
    def key(self, key: str) -> None:
        """A digit, ``back`` or ``clear``."""
        text = self._lines[self._line]
        if key == "clear":
            text = ""
        elif key == "back":
            text = text[:-1]
        elif len(key) == 1 and key.isdigit() and len(text) < LONGEST[self._line]:
            text += key
        self._lines[self._line], self._error = text, ""
        self.changed.emit()

    @Slot()
    def sign_in(self) -> None:
        """Try the three lines; the PIN and the code are forgotten at once."""
        number, pin, code = (self._lines[line] for line in LINES)
        self._lines |= {"pin": "", "code": ""}
        self._line = "pin"
        secret = Personal(pin)
        self._ask(lambda bench: bench.sign_in(number, secret, code), self._signed_in)

    def _signed_in(self, refusal: str) -> None:
        self._error = refusal
        if not refusal and self._bench is not None:
            self._role = self._bench.role
            self._lines = dict.fromkeys(LINES, "")
            self._expiry.start()
            self.go("overview")

    @Slot()
    def leave(self) -> None:
        """Sign out, or give up signing in."""
        if self._bench is not None:
            self._bench.stop_drill()
            self._threads.submit(self._bench.sign_out)
        self._end()

    def _end(self) -> None:
        self._expiry.stop()
        self._blank()
        self.changed.emit()
        self.rows_changed.emit()

    @Slot()
    def touched(self) -> None:
        """Somebody is at work."""
        if self._bench is not None and self._role:
            self._bench.touched()

    def _expire(self) -> None:
        if self._bench is not None and self._role and not self._busy and self._bench.expire():
            self._end()

    # ---- pages -----------------------------------------------------------------------------------

    @Slot(str)
    def go(self, page: str) -> None:
        """Show a page."""
        self._page, self._chosen, self._title = page, "", []
        self._fill([])
        self._error = self._said = self._result = ""
        self.refresh()

    @Slot(str)
    def choose(self, key: str) -> None:
        """Show one row's details, "" to go back to the list."""
        titles = (row["title"] for row in self._rows if row["key"] == key)
        shown = (title for title in titles if not isinstance(title, str))
        self._chosen, self._title = key, next(shown, []) if key else []
        if self._page in DETAILS or not key:
            self._fill([])
        self._error = self._said = self._result = ""
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask again."""
        self.touched()
        page, chosen, language = self._page, self._chosen, self._language()
        if page == "network":
            self._fill([])
            self._ask(self._try_network, lambda _: None)
        elif chosen and page in DETAILS:
            self._ask(lambda bench: DETAILS[page](bench, chosen, language), self._fill)
        else:
            self._ask(lambda bench: PAGES[page](bench, language), self._fill)

    def speak(self) -> None:
        """The language is another now."""
        if self._role and not self._busy:
            self.refresh()

    def _fill(self, rows: Rows) -> None:
        if rows != self._rows:
            self._rows = rows
            self.rows_changed.emit()

    def _try_network(self, bench: Workbench) -> None:
        language = self._language()
        for step in bench.network():
            shown = step_row(step.name, step.state, step.found, step.code, language)
            self._tell(partial(self._add, shown))

    def _add(self, shown: dict[str, Any]) -> None:
        self._fill([*self._rows, shown])

    # ---- doing -----------------------------------------------------------------------------------

    @Slot()
    def try_device(self) -> None:
        """One real operation of the chosen device."""
        name = self._chosen
        self._ask(lambda bench: bench.try_device(name, self._saying), self._tried)

    def _tried(self, found: tuple[bool, Text]) -> None:
        self._said = ""
        self._result = ("✓ " if found[0] else "✗ ") + self._worded(found[1])

    @Slot()
    def restart_device(self) -> None:
        """Its process afresh."""
        name = self._chosen
        self._ask(lambda bench: bench.restart_device(name), lambda _: self._say_done())

    @Slot()
    def retry(self) -> None:
        """Try the chosen item now."""
        item = self._chosen
        self._ask(lambda bench: bench.retry(item), lambda _: self._say_done())

    @Slot(str)
    def drill(self, key: str) -> None:
        """Practise one of the rows."""

        def work(bench: Workbench) -> Any:
            drill = bench.drills()[int(key)]
            words = {"break": drill.breaking, "mend": drill.mending}

            def say(what: str) -> None:
                self._saying(words.get(what))

            return bench.drill(drill, say)

        self._ask(work, self._graded)

    def _graded(self, graded: Any) -> None:
        self._said = ""
        times = " · ".join(
            f"{seconds:.1f} s" for seconds in (graded.broken_s, graded.mended_s) if seconds
        )
        told = "" if graded.seen == "" else trouble_words(graded.seen, self._language())
        parts = (f"{'✓' if graded.passed else '✗'} {told}".strip(), graded.seen, times)
        self._result = " · ".join(part for part in parts if part)

    @Slot()
    def stop_drill(self) -> None:
        """Give up a drill."""
        if self._bench is not None:
            self._bench.stop_drill()

    @Slot(str, str)
    def change(self, key: str, text: str) -> None:
        """Set a value for the next start; ``text`` as typed, ``true`` or ``false`` for a switch."""
        value: bool | float | str = text
        if text in ("true", "false"):
            value = text == "true"
        elif text.replace(".", "", 1).isdigit():
            value = float(text) if "." in text else int(text)
        self._ask(lambda bench: bench.change(key, value), self._changed_setting)

    @Slot()
    def undo(self) -> None:
        """Take the newest change back."""
        self._ask(lambda bench: bench.undo(), self._changed_setting)

    def _changed_setting(self, problem: Text | None) -> None:
        self._error = "" if problem is None else self._worded(problem)
        if problem is None:
            self.choose("")

    def _say_done(self) -> None:
        self._result = "✓"
        self.refresh()

    def _worded(self, text: Text) -> str:
        return text.in_language(self._language())

    def _saying(self, text: Text | None) -> None:
        def show() -> None:
            self._said = "" if text is None else self._worded(text)

        self._tell(show)

    # ---- threads ---------------------------------------------------------------------------------

    def _ask(self, work: Callable[[Workbench], Any], then: Callable[[Any], None]) -> None:
        """Have ``work`` done on another thread, and ``then`` here, unless something else was asked."""
        bench = self._bench
        if bench is None or self._closed:
            return
        self._asked += 1
        asked = self._asked
        self._busy = True
        self.changed.emit()

        def done(answer: Any, error: str) -> None:
            if asked != self._asked:
                return
            self._busy = False
            if error:
                self._error = error
            else:
                then(answer)

        def run() -> None:
            try:
                answer = work(bench)
            except NotAllowedError:
                self._tell(partial(done, None, NOT_ALLOWED))
            except Exception as error:
                log.error("workshop.failed error=%s", type(error).__name__)
                self._tell(partial(done, None, type(error).__name__))
            else:
                self._tell(partial(done, answer, ""))

        self._threads.submit(run)

    def _tell(self, show: Callable[[], None]) -> None:
        if not self._closed:
            self._told.emit(show)

    @Slot(object)
    def _show(self, show: Callable[[], None]) -> None:
        show()
        self.changed.emit()

    def close(self) -> None:
        """End; whoever is signed in is signed out."""
        self._closed = True
        self._expiry.stop()
        if self._bench is not None:
            self._bench.stop_drill()
            self._bench.sign_out("closed")
        self._threads.shutdown(wait=False, cancel_futures=True)
