"""A whole terminal without its window, in a world of real wires, and somebody to use it."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from config.load import load_settings
from config.settings import Settings
from kiosk.app import Application
from kiosk.demo import Errand, EventHands, ScriptedPerson
from kiosk.demo.watch import Seen, VisitWatch
from kiosk.terminal.staff import hash_pin
from kiosk.visit import events as ev
from kiosk.visit.model import Step, SubmissionState, Visit, personal_residue
from kiosk.words import known_codes, words_for
from kiosk.world.client import WorldClient
from kiosk.world.control import ControlServer
from kiosk.world.launch import DEMO_PIN, DEMO_STAFF, addresses_of, devices
from kiosk.world.world import World
from offline_queue import CourierPolicy, ItemState, ItemView
from portal.contract.requests import CaseSubmission
from portal.sandbox.database import cases
from portal.sandbox.problems import Refusal

WAIT_S = 20.0
"""For everything that is waited for; reached only when something is broken."""
POLICY = CourierPolicy(
    shortest_s=0.05, longest_s=0.3, breaker_open_s=0.2, retry_after_cap_s=0.3, ask_every=3
)
PHONE = "13800000000"
LOOK_UP = Errand("yb-0022")
"""The shortest ordinary visit: a look-up over the line that asks for nobody."""
RECORD = Errand("rs-0002", card="resident", face="chen")
"""An ordinary visit with card, face and a look-up."""
JOBLESS = Errand(
    "rs-0012",
    card="resident",
    face="chen",
    place=("440507",),
    form={"left_on": "2026-06-30", "reason": "contract_end", "phone": PHONE},
)
"""An application that may wait here while the portal can't be reached."""
PROOF = Errand("rs-0001", card="resident", face="chen", form={"purpose": "bank"})
"""A proof on A4; may not wait."""


def settings_for(
    data_dir: Path, world: World, *, power: Mapping[str, Any] | None = None, shelf: bool = False,
    terminal_id: str = "ST-E2E", **portal: Any,
) -> Settings:  # fmt: skip
    """The settings of a terminal in ``world``; ``portal`` overrides its ``[portal]`` section.

    ``shelf``: with the document camera, whose process costs time where nobody brings papers.
    """
    found = world.addresses()
    fitted = devices(addresses_of(found, control=""))
    if not shelf:
        del fitted["shelf"]
    base = load_settings(trim="demo").settings.model_dump(mode="json")
    network = {"url": found["line"], "connect_timeout_s": 1.0, "read_timeout_s": 8.0, **portal}
    return Settings.model_validate(
        {
            **base,
            "terminal": {**base["terminal"], "id": terminal_id, "data_dir": data_dir},
            "portal": network,
            "queue": {"min_free_mib": 16},
            "power": dict(power or {}),
            "staff": {"pins": {DEMO_STAFF: hash_pin(DEMO_PIN, iterations=1000)}},
            "face": {**base["face"], "models_dir": _models()},
            "devices": fitted,
        }
    )


def _models() -> str:
    return str(Path(__file__).resolve().parents[2] / "var/models")


@dataclass(frozen=True)
class Stage:
    """The world in this process, and its control door as scripts use it."""

    world: World
    play: WorldClient

    def mend(self) -> None:
        """Undo whatever a test did to the world."""
        for device, name in (
            ("card_reader", "replug"), ("card_reader", "clear_faults"),
            ("card_reader", "remove_card"), ("receipt_printer", "power_on"),
            ("receipt_printer", "load_paper"), ("receipt_printer", "cover_close"),
            ("document_printer", "power_on"), ("document_printer", "load_paper"),
            ("document_printer", "clear_jam"), ("document_printer", "close_cover"),
            ("camera", "on"), ("camera", "resume"), ("line", "up"), ("portal", "clear_faults"),
            ("panel", "replug"), ("panel", "clear_faults"), ("panel", "leave"),
            ("chip_reader", "clear_faults"), ("chip_reader", "withdraw_card"),
            ("shelf", "on"), ("shelf", "resume"), ("scanner", "replug"),
            ("ups", "on"), ("ups", "mains_return"), ("headset", "replug"), ("headset", "pull_out"),
        ):  # fmt: skip
            self.play.command(device, name)
        self.play.command("document_printer", "reject_jobs", on=False)
        self.play.command("document_printer", "slow", page_s=0.2)
        self.play.command("receipt_printer", "mute", on=False)
        self.play.command("receipt_printer", "cutter_fault", on=False)
        self.play.command("receipt_printer", "slow", rows_per_s=0)
        self.play.command("camera", "show", scene="empty")
        self.play.command("shelf", "show", scene="shelf")
        for city in self.world.portal.state()["gateways"]:
            self.play.command("portal", "gateway", destination=city)

    def fault(self, kind: str, **more: Any) -> None:
        """Arm a fault of the portal."""
        self.play.command("portal", "fault", kind=kind, **more)

    def enclosed(self, key: str) -> list[tuple[str, bytes]]:
        """Kind and content of a case's attachments, as its receiver opens them."""
        held = self.world.portal.server.world.uploads
        return [(one.kind, held.content(key, one)) for one in self.stored(key).attachments]

    def effects(self, key: str) -> int:
        """How often a submission took effect at the portal."""
        return int(self.world.portal.server.world.effects(key)["effects"])

    def ended(self, code: str) -> str:
        """How a submission ended that is no case, as the portal tells whoever has its look-up code; ""
        where it knows of none."""
        try:
            told = self.world.portal.server.world.desk.lookup(code).ended
        except Refusal:
            return ""
        return told.how if told is not None else ""

    def stored(self, key: str) -> CaseSubmission:
        """What the portal's receiver finds when it opens a case's seal."""
        portal = self.world.portal.server.world
        with portal.database.read() as connection:
            row = connection.execute(select(cases).where(cases.c.key == key)).one()
        said = {"key": row.key, "destination": row.destination, "item": row.item}
        return portal.receivers.open(row.sealed, row.destination, said, CaseSubmission)


@contextmanager
def playing(folder: Path) -> Iterator[Stage]:
    """A world with its control door open."""
    world = World(folder, fast=True)
    token = secrets.token_hex(8)
    control = ControlServer(world, token)
    world.start()
    control.start()
    try:
        yield Stage(world, WorldClient(control.address, token))
    finally:
        control.stop()
        world.stop()


class Desk:
    """One running terminal: its application, and a person in front of it."""

    def __init__(self, app: Application, stage: Stage) -> None:
        self.app = app
        self.stage = stage
        self.terminal = app.terminal
        self.hands = EventHands(app.terminal)
        self.watch = VisitWatch(app.terminal)
        self.person = ScriptedPerson(
            app.terminal, stage.play, self.hands, self.watch, lambda _label: None
        )
        self._changed = threading.Condition()
        self._news = 0
        app.terminal.on_change(self._wake)
        app.terminal.subscribe(lambda _visit: self._wake())
        if app.outbox is not None:
            app.outbox.listen(lambda _view: self._wake())

    def visit(self, errand: Errand) -> Seen:
        """One whole visit, from the attract screen back to it."""
        return self.person.run(errand)

    def begin(self, item: str = "", *, language: str = "zh_CN") -> Visit:
        """Touch the attract screen; with ``item``, go on to its guide."""
        self.watch.begin()
        self.until("the attract screen", lambda v: v.step is Step.ATTRACT)
        self.hands.start(language)
        visit = self.until("home", lambda v: v.step is Step.HOME)
        if item:
            self.hands.choose_item(item)
            visit = self.until("the guide", lambda v: v.step is Step.GUIDE)
        return visit

    def sign_in(self, errand: Errand = RECORD) -> None:
        """Be identified by card and face, and come back to the home screen."""
        self.begin()
        self.person.carry_on(errand)
        self.home()

    def errand(self, errand: Errand) -> Visit:
        """One errand from home to its result and paper."""
        return self.person.carry_on(errand)

    def home(self) -> None:
        """From a result or answer: another errand, still identified."""
        self.terminal.post(ev.AnotherWanted())
        self.until("home", lambda v: v.step is Step.HOME)

    def to_form(self) -> None:
        """Be identified and compared, up to the form of :data:`JOBLESS`."""
        self.begin(JOBLESS.item)
        self.hands.primary()
        self.until("the place", lambda v: v.step is Step.PLACE)
        self.hands.choose_place(JOBLESS.place)
        self.until("the reader", lambda v: v.step is Step.IDENTIFY)
        self.stage.play.command("camera", "show", scene=JOBLESS.face)
        self.identify("resident")
        self.until("the form", lambda v: v.step is Step.FORM)

    def identify(self, card: str | Mapping[str, str]) -> Visit:
        """Lay a card down and take it away when something came of it."""
        self.stage.play.command("card_reader", "lay_card", card=card)
        visit = self.until("the card", lambda v: v.step is not Step.IDENTIFY or bool(v.trouble))
        self.stage.play.command("card_reader", "remove_card")
        return visit

    def leave(self) -> Visit:
        """End the visit wherever it is; returns it as it stands at the farewell."""
        self.terminal.post(ev.LeaveRequested())
        visit = self.until("leaving", lambda v: v.leaving or v.step in (Step.RATING, Step.FAREWELL))
        if visit.leaving:
            self.terminal.post(ev.LeaveAnswered(True))
        elif visit.step is Step.RATING:
            self.hands.rate(None)
        visit = self.until("the farewell", lambda v: v.step is Step.FAREWELL and v.wiped)
        assert personal_residue(visit) == []
        self.watch.run_out("farewell")
        self.until("the attract screen", lambda v: v.step is Step.ATTRACT)
        return visit

    def patience_ends(self, when: Callable[[Visit], bool]) -> None:
        """Let the wait for a verdict run out as soon as the submission is so, once."""
        stop: list[Callable[[], None]] = []

        def look(visit: Visit) -> None:
            if stop and "verdict" in visit.timers and when(visit):
                stop.pop()()
                self.terminal.post(ev.TimerFired("verdict", visit.timers["verdict"]))

        stop.append(self.terminal.subscribe(look))

    def until(self, what: str, condition: Callable[[Visit], bool]) -> Visit:
        """Wait for the visit to be so."""
        return self.watch.until(what, condition, WAIT_S)

    def ready(self) -> None:
        """Wait until every device and the portal are ready."""
        self.eventually("the terminal is ready", self.is_ready)

    def is_ready(self) -> bool:
        """Every configured device and the portal can work now."""
        known = self.terminal.readiness()
        return len(known) == len(self.app.settings.devices) + 1 and set(known.values()) == {"ok"}

    def item(self, key: str) -> ItemView:
        """What the outbox knows of a submission."""
        assert self.app.outbox is not None
        found = self.app.outbox.get(key).result(WAIT_S)
        assert found is not None, f"the outbox lost {key}"
        return found

    def given_up(self) -> ItemView:
        """What was withdrawn last, or had expired."""
        assert self.app.outbox is not None
        return self.app.outbox.items(states=(ItemState.WITHDRAWN,)).result(WAIT_S)[-1]

    def delivered_once(self, key: str) -> None:
        """Wait until the outbox has the portal's receipt; the portal must have acted once."""
        self.eventually(f"delivery of {key}", lambda: self.item(key).state is ItemState.DELIVERED)
        assert self.stage.effects(key) == 1

    def eventually(self, what: str, condition: Callable[[], bool]) -> None:
        """Wait for something that devices, portal or outbox tell; also looked at now and then,
        since the simulators' own state changes without a word."""
        deadline = monotonic() + WAIT_S
        while True:
            with self._changed:
                seen = self._news
            if condition():  # without the lock: it may ask whoever is about to wake us
                return
            left = deadline - monotonic()
            if left <= 0:
                raise AssertionError(f"not in {WAIT_S:.0f} s: {what}")
            with self._changed:
                self._changed.wait_for(lambda now=seen: self._news != now, min(left, 0.05))

    def _wake(self) -> None:
        with self._changed:
            self._news += 1
            self._changed.notify_all()


@contextmanager
def terminal(data_dir: Path, stage: Stage, **sections: Any) -> Iterator[Desk]:
    """A terminal of its own in the world, ready for people; ``sections`` as for its settings."""
    app = Application(settings_for(data_dir, stage.world, **sections), courier_policy=POLICY)
    desk = Desk(app, stage)
    app.start()
    try:
        with desk.watch:
            yield desk
    finally:
        app.stop()


def pending(visit: Visit) -> bool:
    """The submission waits here, or nobody knows yet."""
    found = visit.submission
    return found is not None and found.state in (SubmissionState.STORED, SubmissionState.UNKNOWN)


def unknown(visit: Visit) -> bool:
    """The submission was sent and nobody answered."""
    return visit.submission is not None and visit.submission.state is SubmissionState.UNKNOWN


def proof_text(stage: Stage) -> str:
    """The text of the newest document in the A4 printer's tray."""
    pdf = stage.world.document_printer.documents[-1].pdf
    pages = PdfReader(BytesIO(pdf)).pages
    return "".join(page.extract_text() for page in pages).replace("\0", "")


def told(code: str, seen: Seen | Visit | None = None) -> Mapping[str, str]:
    """Both sentences a person gets for ``code``; it must have words of its own."""
    if isinstance(seen, Seen):
        assert seen.troubles == [code], f"shown were {seen.troubles}"
    assert code in known_codes(), f"{code} has no words"
    words = words_for(code)
    assert any("一" <= sign <= "鿿" for sign in words.zh), f"{code}: no Chinese sentence"
    assert len(words.en.split()) >= 3, f"{code}: no English sentence"
    return {"zh": words.zh, "en": words.en}


def logged(caplog: pytest.LogCaptureFixture, *parts: str) -> str:
    """The first log line that holds all ``parts``."""
    lines = [record.getMessage() for record in caplog.records]
    found = next((line for line in lines if all(part in line for part in parts)), None)
    assert found is not None, f"no log line with {parts} among\n" + "\n".join(lines[-40:])
    return found
