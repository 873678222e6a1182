"""Real clicks and keys become the right visit events."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from config.catalogue import DayUnit
from kiosk.visit import events
from kiosk.visit.model import Contrast, Signature, TextSize, Visit
from screens.fixtures import NUMBER, FakePort
from screens.gallery import dressed
from screens.gallery_states import settle
from screens.gallery_visits import visits
from screens.models import MODELS, ScreenModel
from screens.stroke_pad import MAX_STROKES

CLICKS = [
    ("attract", "primary", events.Started),
    ("home", "item-SI-PROOF", events.ItemChosen),
    ("home", "primary", events.LeaveRequested),
    ("guide", "primary", events.Continued),
    ("guide", "back", events.WentBack),
    ("place", "place-440511", events.PlaceChosen),
    ("identify.trouble", "trouble-retry", events.Retried),
    ("identify.trouble", "trouble-staff", events.StaffRequested),
    ("face", "secondary", events.StaffRequested),
    ("answer", "primary", events.Continued),
    ("answer", "secondary", events.PrintRequested),
    ("bills", "bill-b2", events.BillToggled),
    ("slots", "slot-s2410", events.SlotChosen),
    ("form", "primary", events.FormPageDone),
    ("form.second", "option-600", events.FormEdited),
    ("review.agreed", "primary", events.Continued),
    ("sign", "primary", events.Continued),
    ("result", "primary", events.LeaveRequested),
    ("result", "secondary", events.AnotherWanted),
    ("result.unknown", "print-receipt", events.PrintRequested),
    ("result.idle", "moreTime", events.MoreTimeWanted),
    ("result.leaving", "leaveNow", events.LeaveAnswered),
    ("rating", "grade-2", events.Rated),
    ("rating", "secondary", events.Rated),
    ("home", "language", events.LanguageChosen),
]


@pytest.mark.parametrize(("visit", "button", "kind"), CLICKS)
def test_a_click_posts_its_event(
    stage: Callable[..., Any], visit: str, button: str, kind: type
) -> None:
    on = stage()
    on.show(visits()[visit])
    on.click(button)
    assert len(on.events(kind)) == 1


def test_what_the_events_carry(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(visits()["place"])
    on.click("place-440507")
    assert on.events(events.PlaceChosen) == []
    on.click("place-440507001")
    assert on.events(events.PlaceChosen) == [events.PlaceChosen("440507001")]
    on.show(replace(visits()["review"], language="en"))
    on.shell.models[visits()["review"].step].agree(True)
    assert on.events(events.ConsentChanged) == [events.ConsentChanged("PI-JOIN/1")]
    on.show(visits()["form"])
    on.click("primary")
    assert on.events(events.FormPageDone)[0].errors == {"phone": "required"}


def test_a_second_touch_within_300_ms_does_nothing(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(visits()["guide"])
    on.click("primary")
    on.click("primary", later=0.29)
    assert len(on.events(events.Continued)) == 1
    on.click("primary", later=0.31)
    assert len(on.events(events.Continued)) == 2


def test_enter_presses_and_arrows_walk(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(visits()["guide"])
    on.find("primary").forceActiveFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(on.shell.view, Qt.Key.Key_Return)
    assert len(on.events(events.Continued)) == 1
    before = on.shell.view.activeFocusItem()
    QTest.keyClick(on.shell.view, Qt.Key.Key_Down)
    assert on.shell.view.activeFocusItem() is not before


def test_any_press_is_a_touch_at_most_once_a_second(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(visits()["guide"])
    for later in (1.0, 0.2, 0.2):
        on.time += later
        QTest.mouseClick(on.shell.view, Qt.MouseButton.LeftButton, pos=QPoint(5, 900))
    assert len(on.events(events.Touched)) == 1


def test_the_language_switches_live(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(visits()["guide"])
    assert on.find("primary").property("text") == "开始办理"
    on.show(replace(visits()["guide"], language="en"))
    assert on.find("primary").property("text") == "Start"
    on.show(visits()["guide"])
    assert on.find("primary").property("text") == "开始办理"


def test_the_guide_says_which_days_are_counted(stage: Callable[..., Any]) -> None:
    on, visit = stage(), visits()["guide"]
    assert visit.item is not None
    for unit, said in (
        (DayUnit.WORKING, "最多 7 个工作日"),
        (DayUnit.CALENDAR, "最多 7 天（周末也算）"),
    ):
        item = visit.item.model_copy(update={"working_days": 7, "day_unit": unit})
        on.show(replace(visit, item=item))
        assert said in {shown.property("text") for shown in on.items()}


def test_a_visit_from_another_thread_is_shown(stage: Callable[..., Any]) -> None:
    on = stage()
    worker = threading.Thread(target=on.port.put, args=(visits()["rating"],))
    worker.start()
    worker.join()
    settle()
    assert on.find("grade-1").isVisible()


def test_a_signature_is_handed_in_as_strokes(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(replace(visits()["sign"], signature=None))
    pad = on.find("pad")
    start = pad.mapToScene(pad.boundingRect().topLeft()).toPoint() + QPoint(100, 100)
    view = on.shell.view
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(view, start + QPoint(20 * step, 9 * step))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(120, 50))
    (drawn,) = on.events(events.SignatureDrawn)
    assert len(drawn.signature.strokes) == 1
    assert drawn.signature.strokes[0][0] == (100, 100, 0)
    assert drawn.signature.strokes[0][-1][:2] == (220, 150)
    times = [ms for *_, ms in drawn.signature.strokes[0]]
    assert times == sorted(times)
    on.click("clearPad")
    assert on.events(events.SignatureDrawn)[-1].signature is None


def tapped(on: Any, pad: Any) -> Any:
    place = pad.mapToScene(pad.boundingRect().center()).toPoint()
    QTest.mouseClick(on.shell.view, Qt.MouseButton.LeftButton, pos=place)
    return on.events(events.SignatureDrawn)[-1].signature


def test_a_stroke_added_to_a_signature_made_before_goes_on_in_its_time(
    stage: Callable[..., Any],
) -> None:
    on = stage()
    on.show(visits()["sign"])
    signature = tapped(on, on.find("pad"))
    made, (added, *_) = signature.strokes[:-1], signature.strokes[-1]
    last = max(ms for stroke in made for *_, ms in stroke)
    assert len(made) == 2
    assert last <= added[2] < last + 600_000, "milliseconds since the first point, not since boot"


def test_a_signature_is_never_more_than_a_submission_can_hold(stage: Callable[..., Any]) -> None:
    on = stage()
    dots = tuple(((n, n, n),) for n in range(MAX_STROKES - 1))
    on.show(replace(visits()["sign"], signature=Signature(900, 600, dots)))
    assert len(tapped(on, on.find("pad")).strokes) == MAX_STROKES
    assert len(tapped(on, on.find("pad")).strokes) == MAX_STROKES
    assert len(on.events(events.SignatureDrawn)) == 1


def test_the_staff_pin_is_posted_masked_and_forgotten(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(visits()["staff"])
    model = on.shell.models[visits()["staff"].step]
    for digit in "246810":
        model.key(digit)
    settle()
    on.click("primary")
    (entered,) = on.events(events.StaffPinEntered)
    assert entered.pin.reveal() == "246810"
    assert "2468" not in repr(entered)
    assert model.value("length", 9) == 0


def test_numbers_are_masked_unless_held(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(visits()["review"])
    model = on.shell.models[visits()["review"].step]
    texts = {item.property("text") for item in on.items()}
    assert NUMBER not in texts
    model.hold(True)
    settle()
    assert NUMBER in {item.property("text") for item in on.items()}
    model.hold(False)
    settle()
    assert NUMBER not in {item.property("text") for item in on.items()}


def test_leaving_empties_the_models(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(visits()["review"])
    on.show(Visit())
    assert on.shell.models[visits()["review"].step].value("holder", {}) == {}


def test_assistance_reaches_the_visit(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(visits()["home"])
    on.shell.session.chooseTextSize("largest")
    (changed,) = on.events(events.AssistChanged)
    assert changed.assist.text_size is TextSize.LARGEST


def test_the_tools_go_round_all_sizes_and_contrasts(stage: Callable[..., Any]) -> None:
    on = stage()
    home = visits()["home"]
    seen: set[tuple[TextSize, Contrast]] = set()
    assist = home.assist
    for tool in ["textSize"] * len(TextSize) + ["contrast"] * len(Contrast):
        on.show(replace(home, assist=assist))
        on.click(tool)
        assist = on.events(events.AssistChanged)[-1].assist
        seen.add((assist.text_size, assist.contrast))
    assert assist == home.assist
    assert {size for size, _ in seen} == set(TextSize)
    assert {contrast for _, contrast in seen} == set(Contrast)


def test_the_largest_text_shows_six_places_at_a_time(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(dressed(visits()["place"], "zh_CN", TextSize.LARGEST, Contrast.NORMAL))

    def places() -> list[str]:
        names = (str(item.objectName()) for item in on.items())
        return [name for name in names if name.startswith("place-")]

    first = places()
    assert len(first) == 6
    on.click("portionOn")
    rest = places()
    assert rest
    assert not set(first) & set(rest)
    on.click("portionBack")
    assert places() == first


def test_the_tools_lie_over_every_sheet(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(visits()["identify.trouble"])
    on.click("help")
    on.click("language")
    assert on.events(events.HelpWanted)
    assert on.events(events.LanguageChosen)
    on.click("assist")
    assert on.find("assistDone")
    assert not [item for item in on.items() if item.objectName() == "trouble-retry"]
    on.click("assistDone")
    assert on.find("trouble-retry").isEnabled()


@pytest.mark.parametrize(
    ("visit", "offered"),
    [
        ("identify", ()),
        ("identify.code", ("codeOffer",)),
        ("identify.social", ("socialOffer",)),
        ("identify.every_way", ("codeOffer", "socialOffer")),
        ("identify.signed", ("codeOffer",)),
        ("identify.social_reading", ()),
        ("identify.checking", ()),
    ],
)
def test_only_what_would_be_read_now_is_offered(
    stage: Callable[..., Any], visit: str, offered: tuple[str, ...]
) -> None:
    on = stage()
    on.show(visits()[visit])
    seen = {item.objectName() for item in on.items()}
    assert seen & {"codeOffer", "socialOffer"} == set(offered)


def test_every_screen_s_model_computes_for_itself() -> None:
    assert [step for step, make in MODELS.items() if make.compute is ScreenModel.compute] == []


def test_one_touch_leads_to_the_next_language_and_says_which(stage: Callable[..., Any]) -> None:
    on = stage()
    for tag, button, title in (
        ("zh_CN", "EN", "您好，今天想办什么事？"),
        ("en", "繁", "What can we do for you?"),
        ("zh_HK", "简", "您好，今天想辦什麼事？"),
    ):
        on.show(replace(visits()["home"], language=tag))
        said = [str(item.property("text") or "") for item in on.items()]
        assert title in said
        assert button in said
        on.click("language")
    chosen = [event.language for event in on.events(events.LanguageChosen)]
    assert chosen == ["en", "zh_HK", "zh_CN"]


def test_a_screen_that_does_not_say_what_it_shows_is_refused_when_it_is_made(
    qapp: QGuiApplication,
) -> None:
    class Mute(ScreenModel):
        """Without a compute() of its own."""

    with pytest.raises(TypeError, match=r"Mute does not say what it shows"):
        Mute(FakePort())
    assert all(make(FakePort()).compute(Visit()) is not None for make in MODELS.values())
