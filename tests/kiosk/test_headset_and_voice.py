"""A headset is put in or taken out: from its socket to the visit, and what stays after it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from enum import Enum

import pytest
from visit_walk import Walk, timer

from drivers.headset.simulator import HeadsetSimulator
from drivers.host import DeviceHost, HostPolicy, HostSpec
from drivers.status import DeviceState, DeviceStatus
from kiosk.terminal.headset import HeadsetDesk
from kiosk.visit import Step, Visit, advance, ending
from kiosk.visit import events as ev
from kiosk.visit.assistance import LOUDEST, RATES
from kiosk.visit.model import Assistance
from kiosk.words import words_for

WAIT = 20.0
IN, OUT, LOST = (ev.HeadsetChanged(inserted) for inserted in (True, False, None))


@pytest.mark.parametrize("step", list(Step))
def test_speech_begins_with_a_headset_on_any_page_and_ends_with_it(step: Step) -> None:
    visit, _ = advance(Visit(step=step), IN)
    assert (visit.assist.voice, visit.headset, visit.step) == (True, True, step)
    assert words_for(visit.voice_notice).en.startswith("Only you hear this")
    visit, _ = advance(visit, OUT)
    assert (visit.assist.voice, visit.headset, visit.step) == (False, False, step)
    assert words_for(visit.voice_notice).zh.startswith("耳机已拔出")


def test_a_socket_that_fails_may_be_an_empty_one() -> None:
    visit, _ = advance(advance(Visit(step=Step.HOME), IN)[0], LOST)
    assert (visit.assist.voice, visit.headset) == (False, None)


def test_an_empty_socket_takes_no_voice_from_who_switched_it_on() -> None:
    walk = Walk("rs-0012").to(Step.FORM)
    walk.happen(ev.AssistChanged(Assistance(voice=True)), perform=False)
    assert walk.visit.voice_notice == "voice.on"
    for news in (OUT, LOST):
        walk.happen(news, perform=False)
        assert walk.visit.assist.voice
    walk.happen(IN, perform=False)
    walk.happen(OUT, perform=False)
    assert not walk.visit.assist.voice, "what was for one person is not for the hall"


def test_the_news_stand_until_the_next_page_or_setting() -> None:
    walk = Walk("rs-0012")
    walk.visit, _ = advance(Visit(), IN)
    assert walk.visit.voice_notice
    walk.happen(ev.Started("v"))
    assert walk.visit.voice_notice == ""
    walk.happen(OUT, perform=False)
    louder = replace(walk.visit.assist, volume=4)
    walk.happen(ev.AssistChanged(louder), perform=False)
    assert walk.visit.voice_notice == ""


def test_a_headset_left_in_at_the_first_page_changes_nothing_for_good() -> None:
    visit, _ = advance(Visit(), IN)
    visit, _ = advance(visit, ev.TimerFired("idle", visit.timers["idle"]))
    assert (visit.step, visit.voice_notice, visit.timers) == (Step.ATTRACT, "", {})
    assert visit.assist == Assistance(voice=True)
    visit, _ = advance(visit, OUT)
    visit, _ = advance(visit, ev.TimerFired("idle", visit.timers["idle"]))
    assert visit == Visit(headset=False, effects_issued=visit.effects_issued)


def test_volume_and_rate_stay_within_their_limits() -> None:
    visit, _ = advance(Visit(step=Step.HOME), ev.AssistChanged(Assistance(volume=99, rate=7.0)))
    assert (visit.assist.volume, visit.assist.rate) == (LOUDEST, RATES[-1])
    visit, _ = advance(visit, ev.AssistChanged(Assistance(volume=-3, rate=0.0)))
    assert (visit.assist.volume, visit.assist.rate) == (1, RATES[0])


def set_otherwise(name: str) -> Assistance:
    """The sheet with this one setting changed, whatever its type; a new setting needs no line here."""
    plain = Assistance()
    now = getattr(plain, name)
    if isinstance(now, bool):
        return replace(plain, **{name: not now})
    if isinstance(now, Enum):
        return replace(plain, **{name: list(type(now))[-1]})
    return replace(plain, **{name: now + 1})


@pytest.mark.parametrize("name", [field.name for field in fields(Assistance)])
@pytest.mark.parametrize("headset", [None, True])
def test_every_setting_ends_with_the_visit(name: str, headset: bool | None) -> None:
    walk = Walk("rs-0012")
    walk.happen(ev.Started("v"))
    if headset:
        walk.happen(IN, perform=False)
    wanted = set_otherwise(name)
    walk.happen(ev.AssistChanged(wanted), perform=False)
    walk.happen(ev.LanguageChosen("en"), perform=False)
    assert getattr(walk.visit.assist, name) == getattr(wanted, name) != getattr(Assistance(), name)
    walk.happen(ev.LeaveRequested())
    assert (walk.visit.step, walk.visit.assist) == (Step.FAREWELL, wanted), "as the visit was"
    while walk.visit.step is not Step.ATTRACT:
        walk.wait()
    assert walk.visit.assist == Assistance(voice=bool(headset))
    assert (walk.visit.language, walk.visit.voice_notice) == (Visit().language, "")


def test_the_pace_of_a_listener_begins_with_the_headset() -> None:
    walk = Walk("rs-0012").to(Step.FORM)
    walk.happen(IN, perform=False)
    timer(walk, "idle")
    assert walk.visit.idle_warning
    walk.happen(OUT, perform=False)
    assert not walk.visit.idle_warning, "somebody is there"


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("clock", ["idle", "away", "warning", "farewell"])
def test_slower_gives_more_time_on_every_page_and_to_a_listener_too(step: Step, clock: str) -> None:
    seconds: Callable[[Visit], float] = getattr(ending, f"{clock}_seconds")
    plain, slower = (Visit(step=step, assist=Assistance(slower=slow)) for slow in (False, True))
    listening = replace(slower, assist=replace(slower.assist, voice=True))
    # Who pays has a minute and more at any pace.
    assert seconds(slower) > seconds(plain) or (step, clock) == (Step.PAYMENT, "away")
    assert seconds(listening) >= seconds(slower)


# --- the desk -------------------------------------------------------------------------------------


class News:
    """What a desk posts."""

    def __init__(self) -> None:
        self.told: list[bool | None] = []
        self._changed = threading.Condition()

    def post(self, event: ev.Event) -> None:
        assert isinstance(event, ev.HeadsetChanged)
        with self._changed:
            self.told.append(event.inserted)
            self._changed.notify_all()

    def until(self, *told: bool | None) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.told == list(told), WAIT), self.told


@pytest.fixture
def socket() -> Iterator[HeadsetSimulator]:
    simulator = HeadsetSimulator()
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def watching(socket: HeadsetSimulator) -> Iterator[Callable[[], News]]:
    ends: list[Callable[[], None]] = []

    def make() -> News:
        news = News()
        desk = HeadsetDesk(
            host := DeviceHost(
                HostSpec("headset", "headset_jack", "evdev-headset", {"port": socket.address}),
                on_status=lambda name, status: desk.device_changed(name, status),
                on_event=lambda name, event, data: desk.device_event(name, event),
                policy=HostPolicy(status_poll_s=0.1),
            ),
            news.post,
        )
        ends.extend((host.stop, desk.stop))
        host.start()
        desk.start()
        return news

    yield make
    for end in reversed(ends):
        end()


def test_a_headset_is_told_as_it_comes_and_goes_and_its_socket_as_it_fails(
    socket: HeadsetSimulator, watching: Callable[[], News]
) -> None:
    news = watching()
    news.until(False)
    socket.command("plug_in")
    news.until(False, True)
    socket.command("unplug")
    news.until(False, True, None)
    socket.command("replug")
    news.until(False, True, None, True)
    socket.command("pull_out")
    news.until(False, True, None, True, False)


def test_a_terminal_without_a_socket_hears_nothing_of_headsets() -> None:
    news = News()
    desk = HeadsetDesk(None, news.post)
    desk.start()
    desk.device_event("headset", "headset_in")
    desk.device_changed("headset", DeviceStatus(DeviceState.OFFLINE))
    desk.stop()
    assert news.told == []
