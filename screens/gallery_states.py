"""Every look worth a picture: the gallery's visits, and what a finger makes of a screen.

An open sheet, a keyboard, words searched for: no visit holds these, so a state may act on the
window after its visit is shown.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

from PIL import Image, ImageDraw
from PySide6.QtCore import Q_ARG, QCoreApplication, QMetaObject
from PySide6.QtQuick import QQuickItem

from kiosk.advice import best_first
from kiosk.visit.model import Assistance, Step, Trouble, Visit
from screens.fixtures import NOTICE, FakePort
from screens.gallery_visits import visits
from screens.models.home import HomeModel
from screens.models.policies import PoliciesModel
from screens.shell import Shell, walk
from screens.writing_pad import WritingPad

Act = Callable[[Shell], None]

_TROUBLES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "identify.expired": ("identify", "idcard.expired", ("staff", "back", "leave")),
    "face.not_matched": ("face", "face.not_matched", ("retry", "staff", "leave")),
    "materials.camera": (
        "materials.optional",
        "papers.no_picture",
        ("retry", "later", "staff", "back", "leave"),
    ),
    "review.disk_full": ("review", "outbox.disk_full", ("retry", "staff", "leave")),
    "answer.unreachable": ("answer.busy", "portal.unreachable", ("retry", "back", "leave")),
}


@dataclass(frozen=True, slots=True)
class State:
    """A visit, what is done to its screen then, and whether the card's portrait or a notice is there."""

    visit: Visit
    act: Act | None = None
    portrait: bool = False
    notice: bool = False


def settle(rounds: int = 3) -> None:
    """Let queued signals, deferred deletions and bindings run."""
    for _ in range(rounds):
        QCoreApplication.sendPostedEvents(None, 0)
        QCoreApplication.processEvents()


def states() -> dict[str, State]:
    """All of them by name; the part before a dot is the step's value."""
    known = visits()
    found = {name: State(visit) for name, visit in known.items()}
    found["attract.notice"] = State(known["attract"], notice=True)
    found["staff.portrait"] = State(known["staff"], portrait=True)
    for name, (base, code, actions) in _TROUBLES.items():
        trouble = Trouble(code, best_first(code, actions))
        visit = replace(known[base], busy=False, trouble=trouble)
        found[name] = State(visit)
    home, form, second = known["home"], known["form"], known["form.second"]
    found |= {
        "home.assistance": State(home, _open_assistance),
        "home.called": State(known["home.calling"], _open_call),
        "home.told_all": State(known["home.notices"], _open_call),
        "home.call_again": State(known["home.call_failed"], _open_call),
        "home.listening": State(replace(home, assist=Assistance(voice=True)), _open_assistance),
        "result.looked_at": State(known["result.unprinted"], _look_at("slip", 1)),
        "result.proof_looked_at": State(known["result.proof"], _look_at("proof", 2)),
        "result.proof_unseen": State(known["result.proof"], _look_at("gone", 2)),
        "home.searching": State(home, _search("")),
        "home.found": State(home, _search("she")),
        "home.nothing": State(home, _search("zzz")),
        "home.situations": State(home, _list("situations", "")),
        "home.situation": State(home, _list("situation", "insurance")),
        "home.cities": State(home, _list("cities", "")),
        "home.city": State(home, _list("city", "440100")),
        "home.mine": State(home, _list("mine", "")),
        "policies.others": State(known["policies"], _show_others),
        "form.keypad": State(form, _type_in("phone")),
        "form.date": State(second, _type_in("since")),
        "form.month": State(known["form.numbers"], _type_in("month")),
        "form.completed": State(known["form.address"], _type_in("lives", "金霞", mode="marks")),
        "form.keyboard": State(second, _type_in("note")),
        "form.pinyin": State(second, _type_in("note", "shantou")),
        "form.name": State(second, _type_in("note", "yan", name=True, more=True)),
        "form.handwriting": State(second, _type_in("note", write=True)),
    }
    return found


class Scene:
    """Shows one state after the other; what a finger opened is closed again in between."""

    def __init__(self, shell: Shell, port: FakePort) -> None:
        self._shell = shell
        self._port = port
        self._touched = False

    def disturbed(self) -> None:
        """Something was pressed: what it opened is closed before the next state is shown."""
        self._touched = True

    def show(self, state: State, visit: Visit | None = None) -> None:
        """``visit``: the state's visit as dressed for the look, None for the plain one."""
        visit = visit or state.visit
        if self._touched:
            self._shell.workshop.leave()
            self._port.put(Visit(language=visit.language, assist=visit.assist))
            settle()
        self._port.portrait = portrait() if state.portrait else None
        self._port.posters = (NOTICE,) if state.notice else ()
        self._port.put(visit)
        settle()
        if state.act is not None:
            state.act(self._shell)
            settle()
        self._touched = state.act is not None


def portrait() -> bytes:
    """A drawn head and shoulders, as large as on a card: PNG."""
    image = Image.new("RGB", (102, 126), "#E8EDF0")
    draw = ImageDraw.Draw(image)
    draw.ellipse((8, 84, 94, 170), fill="#0E5A63")
    draw.ellipse((30, 26, 72, 78), fill="#D9B79C")
    draw.chord((28, 20, 74, 70), 180, 360, fill="#33312E")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _item(shell: Shell, name: str) -> QQuickItem:
    return next(i for i in walk(shell.view.rootObject()) if i.objectName() == name)


def _open_assistance(shell: Shell) -> None:
    _item(shell, "assistance").setProperty("open", True)


def _open_call(shell: Shell) -> None:
    _item(shell, "noteSheet").setProperty("open", True)


def enter_line(shell: Shell, field: str) -> None:
    """The turn of a form's line: it has the focus, and the keys on the screen are there for it."""
    line: QQuickItem = _item(shell, f"input-field-{field}")
    while line.objectName() != f"field-{field}":
        line = line.parentItem()
    QMetaObject.invokeMethod(line, "enter")


def _look_at(picture: str, pages: int) -> Act:
    """What is printed, large."""
    return lambda shell: shell.session.paperWanted.emit(picture, pages)


def _type_in(
    field: str,
    letters: str = "",
    *,
    name: bool = False,
    more: bool = False,
    write: bool = False,
    mode: str = "",
) -> Act:
    def act(shell: Shell) -> None:
        enter_line(shell, field)
        settle(1)
        if not (letters or name or mode or write):
            return  # what the line itself asks for: a keyboard, or a date's wheel
        board = _item(shell, "keyboard")
        board.setProperty("personName", name)
        if mode:
            QMetaObject.invokeMethod(board, "choose", Q_ARG("QVariant", mode))
        for letter in letters:
            QMetaObject.invokeMethod(board, "type", Q_ARG("QVariant", letter))
        settle(1)
        if more:
            QMetaObject.invokeMethod(_item(shell, "moreOffers"), "press")
        if write:
            QMetaObject.invokeMethod(board, "choose", Q_ARG("QVariant", "hand"))
            settle(1)
            _write(cast(WritingPad, _item(shell, "writingPad")))

    return act


_KING = (
    (0.25, 0.2, 0.75, 0.2),
    (0.28, 0.5, 0.72, 0.5),
    (0.5, 0.2, 0.5, 0.84),
    (0.15, 0.84, 0.85, 0.84),
)


def _write(pad: WritingPad) -> None:
    """王, by a steady hand."""
    for line in (
        (0.25, 0.2, 0.75, 0.2),
        (0.28, 0.5, 0.72, 0.5),
        (0.5, 0.2, 0.5, 0.84),
        (0.15, 0.84, 0.85, 0.84),
    ):
        x0, y0, x1, y1 = (
            round(part * size)
            for part, size in zip(line, (pad.width(), pad.height()) * 2, strict=True)
        )
        pad.strokes.append([(x0, y0, 0), (x1, y1, 100)])
    pad.empty_changed.emit()
    pad.update()
    pad.drawn()


def _home(shell: Shell) -> HomeModel:
    return cast(HomeModel, shell.models[Step.HOME])


def _show_others(shell: Shell) -> None:
    cast(PoliciesModel, shell.models[Step.POLICIES]).show_others()


def _search(words: str) -> Act:
    def act(shell: Shell) -> None:
        _home(shell).show_list("search", "")
        _home(shell).search(words)

    return act


def _list(mode: str, key: str) -> Act:
    def act(shell: Shell) -> None:
        _home(shell).show_list(mode, key)

    return act
