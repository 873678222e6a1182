"""Papers under the document camera: pages, poor pictures, trouble, and what goes into the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from visit_walk import Walk, submitted

from config.catalogue import Material, Need
from config.text import Text
from kiosk.advice import best_first
from kiosk.directory import Circumstances, judge
from kiosk.simulation import world as ground
from kiosk.visit import Step, Visit, advance, papers
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.journey import derive
from kiosk.visit.model import SubmissionState, personal_residue
from kiosk.visit.page import EnclosedPage, Page
from kiosk.visit.paper_events import NO_PAGE
from kiosk.visit.replay import parse_event, record_event

BILLS = "yb-0105"
"""Asks for two papers: bills, and a medical record."""


def at_the_shelf(code: str = BILLS) -> Walk:
    walk = Walk(code).to(Step.FORM)
    while walk.visit.step is Step.FORM:
        touch = walk.person.touch(walk.visit)
        assert touch is not None
        walk.happen(touch, perform=False)
    assert walk.visit.step is Step.MATERIALS
    return walk


def page(walk: Walk, name: str, verdict: str = "readable") -> None:
    number = walk.visit.awaiting["page"]
    walk.happen(ev.PageTaken(number, Page(name, verdict)), perform=False)


def touch(walk: Walk, *events: ev.Event) -> None:
    for event in events:
        walk.happen(event, perform=False)


def last(walk: Walk, kind: type[fx.Effect]) -> fx.Effect:
    return next(effect for effect in reversed(walk.effects) if isinstance(effect, kind))


def test_paper_by_paper_and_page_by_page_into_the_case() -> None:
    walk = at_the_shelf()
    touch(walk, ev.Continued())
    assert walk.visit.paper_at == 0  # nothing was laid down yet
    page(walk, "a")
    touch(walk, ev.PageWanted())
    page(walk, "b")
    touch(walk, ev.Continued())
    assert (walk.visit.step, walk.visit.paper_at) == (Step.MATERIALS, 1)
    page(walk, "c")
    touch(walk, ev.Continued())
    assert walk.visit.step is Step.REVIEW
    touch(walk, ev.ConsentChanged(f"{BILLS}/1"), ev.Continued())
    touch(walk, ev.SignatureDrawn(ground.signature(walk.person.random)), ev.Continued())
    sent = last(walk, fx.Submit)
    assert isinstance(sent, fx.Submit)
    assert sent.pages == (
        EnclosedPage("invoice", "a"),
        EnclosedPage("invoice", "b"),
        EnclosedPage("medical_record", "c"),
    )


def test_a_poor_picture_waits_for_a_word() -> None:
    walk = at_the_shelf()
    page(walk, "dark", "tooDark")
    assert not papers.pages(walk.visit)
    assert "page" not in walk.visit.awaiting
    touch(walk, ev.PageWanted())
    assert last(walk, fx.DropPages) == fx.DropPages(("dark",))
    page(walk, "soft", "blurred")
    touch(walk, ev.PageKept())
    assert [one.handle for one in papers.pages(walk.visit)] == ["soft"]


def test_an_empty_shelf_is_looked_at_again_and_keeps_the_advice() -> None:
    walk = at_the_shelf()
    first = walk.visit.awaiting["page"]
    touch(walk, ev.PageAdvised(first, "more_light"), ev.PageFailed(first, NO_PAGE))
    assert walk.visit.awaiting["page"] > first
    assert walk.visit.page_advice == "more_light"
    assert walk.visit.trouble is None


def test_the_idle_clock_runs_at_an_empty_shelf_and_a_page_is_as_good_as_a_touch() -> None:
    walk = at_the_shelf()
    number, clock = walk.visit.awaiting["page"], walk.visit.timers["idle"]
    touch(walk, ev.PageAdvised(number, "hold_still"))
    assert walk.visit.timers["idle"] == clock
    page(walk, "a")
    assert walk.visit.timers["idle"] > clock


def test_a_page_is_removed_and_the_last_one_is_taken_again() -> None:
    walk = at_the_shelf()
    page(walk, "a")
    touch(walk, ev.PageDropped(3), ev.PageDropped(0))
    assert last(walk, fx.DropPages) == fx.DropPages(("a",))
    assert "page" in walk.visit.awaiting


def test_no_more_pages_than_the_paper_has() -> None:
    walk = at_the_shelf("rs-0006")  # one photo
    page(walk, "a")
    touch(walk, ev.PageWanted())
    assert papers.full(walk.visit)
    assert "page" not in walk.visit.awaiting


def test_a_late_picture_of_a_step_left_behind_is_dropped() -> None:
    walk = at_the_shelf()
    number = walk.visit.awaiting["page"]
    touch(walk, ev.WentBack())
    assert walk.visit.step is Step.FORM
    touch(walk, ev.PageTaken(number, Page("late")))
    assert last(walk, fx.DropPages) == fx.DropPages(("late",))
    assert not walk.visit.papers


def test_back_goes_paper_by_paper_and_keeps_the_pages() -> None:
    walk = at_the_shelf()
    page(walk, "a")
    touch(walk, ev.Continued(), ev.WentBack())
    assert (walk.visit.step, walk.visit.paper_at) == (Step.MATERIALS, 0)
    assert len(papers.pages(walk.visit)) == 1
    assert "page" not in walk.visit.awaiting


def test_consent_is_void_once_a_page_changes() -> None:
    walk = Walk(BILLS).to(Step.REVIEW)
    touch(walk, ev.ConsentChanged(f"{BILLS}/1"))
    assert walk.visit.consent
    touch(walk, ev.WentBack())
    assert walk.visit.consent
    touch(walk, ev.PageDropped(0))
    assert not walk.visit.consent


@pytest.mark.parametrize("code", ground.CAMERA)
def test_a_camera_that_fails_offers_another_try_but_not_to_do_without(code: str) -> None:
    walk = at_the_shelf()
    touch(walk, ev.PageFailed(walk.visit.awaiting["page"], code))
    assert walk.visit.trouble is not None
    shown = "papers.no_picture" if code.startswith("camera.") else code
    assert walk.visit.trouble.code == shown
    offered = ("retry", "staff", "back", "leave")
    assert walk.visit.trouble.actions == best_first(shown, offered)
    touch(walk, ev.PaperLeftOut())
    assert walk.visit.step is Step.MATERIALS
    touch(walk, ev.Retried())
    assert "page" in walk.visit.awaiting


@pytest.mark.parametrize("how", ["optional", "later"])
def test_what_need_not_be_there_now_can_be_left_out_even_of_a_camera_that_fails(how: str) -> None:
    walk = at_the_shelf("rs-0006")
    item = walk.visit.item
    assert item is not None
    paper = Material.model_validate({"name": Text(zh="照片", en="Photo"), "paper": True, how: True})
    walk.visit = replace(walk.visit, item=item.model_copy(update={"materials": (paper,)}))
    touch(walk, ev.PageFailed(walk.visit.awaiting["page"], "camera.no_frame"))
    assert walk.visit.trouble is not None
    assert "later" in walk.visit.trouble.actions
    touch(walk, ev.PaperLeftOut())
    assert walk.visit.step is Step.REVIEW
    assert papers.enclosed(walk.visit) == ()


def test_nothing_of_the_papers_is_left_after_the_visit() -> None:
    walk = at_the_shelf()
    page(walk, "a")
    touch(walk, ev.PageWanted(), ev.LeaveRequested(), ev.LeaveAnswered(True))
    assert walk.visit.step is Step.FAREWELL
    assert personal_residue(walk.visit) == []
    assert fx.StopShelf() in walk.effects


def test_another_errand_begins_without_the_pages_of_the_last() -> None:
    walk = submitted("rs-0006")
    assert walk.visit.papers
    held = tuple(page.handle for page in walk.visit.papers[0])
    walk.happen(ev.VerdictArrived("key", SubmissionState.DELIVERED))
    touch(walk, ev.AnotherWanted())
    assert walk.visit.step is Step.HOME
    assert last(walk, fx.DropPages) == fx.DropPages(held)
    assert not walk.visit.papers


def handed_in() -> Walk:
    """Two papers, three pages, on their way to the portal under "key"."""
    walk = at_the_shelf()
    page(walk, "a")
    touch(walk, ev.PageWanted())
    page(walk, "b")
    touch(walk, ev.Continued())
    page(walk, "c")
    touch(walk, ev.Continued())
    agree(walk)
    return walk


def agree(walk: Walk) -> None:
    touch(walk, ev.ConsentChanged(f"{BILLS}/1"), ev.Continued())
    touch(walk, ev.SignatureDrawn(ground.signature(walk.person.random)), ev.Continued())
    stored = ev.Stored(walk.visit.awaiting["store"], "key", "CODE", "2026-11-22T10:00:00+08:00")
    walk.happen(stored, perform=False)
    assert walk.visit.step is Step.SUBMITTING


def refusal(*kinds: str) -> ev.VerdictArrived:
    return ev.VerdictArrived("key", SubmissionState.REJECTED, code="x", papers=kinds)


def test_a_refused_paper_is_laid_down_anew_and_the_rest_is_kept() -> None:
    walk = handed_in()
    walk.happen(refusal("medical_record"), perform=False)
    assert (walk.visit.step, walk.visit.paper_at, walk.visit.trouble) == (Step.MATERIALS, 1, None)
    assert walk.visit.papers_refused == {1}
    assert last(walk, fx.DropPages) == fx.DropPages(("c",))
    assert [one.handle for one in papers.enclosed(walk.visit)] == ["a", "b"]
    page(walk, "d")
    assert not walk.visit.papers_refused
    touch(walk, ev.Continued())
    assert (walk.visit.step, walk.visit.consent) == (Step.REVIEW, ""), "agreed to anew"
    agree(walk)
    sent = last(walk, fx.Submit)
    assert isinstance(sent, fx.Submit)
    assert [one.handle for one in sent.pages] == ["a", "b", "d"]


def test_two_refused_papers_are_asked_for_one_after_the_other() -> None:
    walk = handed_in()
    walk.happen(refusal("medical_record", "invoice"), perform=False)
    assert (walk.visit.paper_at, walk.visit.papers_refused) == (0, {0, 1})
    touch(walk, ev.Continued())
    assert walk.visit.paper_at == 0, "nothing lies there"
    page(walk, "e")
    touch(walk, ev.Continued())
    assert (walk.visit.paper_at, walk.visit.papers_refused) == (1, {1})


@pytest.mark.parametrize("kinds", [(), ("unheard_of",), ("invoice", "signature")])
def test_what_cannot_be_laid_down_anew_is_told_in_words(kinds: tuple[str, ...]) -> None:
    walk = handed_in()
    walk.happen(refusal(*kinds), perform=False)
    assert walk.visit.step is Step.REVIEW
    assert walk.visit.trouble is not None
    assert len(papers.enclosed(walk.visit)) == 3


def test_a_record_names_refused_papers_by_their_place() -> None:
    walk = handed_in()
    recorded = parse_event(record_event(refusal("medical_record"), walk.visit))
    assert isinstance(recorded, ev.VerdictArrived)
    assert recorded.papers == ("paper2",)
    before = walk.visit
    walk.happen(refusal("medical_record"), perform=False)
    assert advance(before, replace(recorded, key="key"))[0].papers_refused == {1}


def test_without_a_document_camera_the_guide_says_so_beforehand() -> None:
    item = ground.world().catalogue.item(BILLS)
    assert item is not None
    blind = judge(item, Circumstances(unusable=frozenset({"document_camera"})))
    assert (blind.possible, blind.code) == (False, "item.needs_papers")
    assert judge(item, Circumstances()).possible
    assert Step.MATERIALS not in derive(item)


def test_a_city_that_wants_originals_takes_no_scan() -> None:
    item = ground.world().catalogue.item(BILLS)
    assert item is not None
    assert judge(item, Circumstances(), "440100").code == "item.originals"


def test_originals_are_asked_for_in_the_days_of_that_offer_only() -> None:
    item = ground.world().catalogue.item(BILLS)
    assert item is not None
    last = date(2026, 12, 31)
    strict, easy = (
        next(offer for offer in item.cities if offer.city == "440100").model_copy(update=days)
        for days in ({"until": last}, {"since": last + timedelta(1), "original": False})
    )
    changed = item.model_copy(update={"cities": (strict, easy)})
    for day, code in ((last, "item.originals"), (last + timedelta(1), "")):
        assert judge(changed, Circumstances(), "440100", day).code == code


def test_a_need_of_papers_that_names_none_stays_a_guide() -> None:
    item = ground.world().catalogue.item("zw-0175")
    assert item is not None
    assert item.needs == (Need.PAPERS,)
    assert judge(item, Circumstances()).code == "item.needs_papers"


def test_touches_elsewhere_change_nothing() -> None:
    for event in (ev.PageWanted(), ev.PageKept(), ev.PageDropped(0), ev.PaperLeftOut()):
        home = Visit(step=Step.HOME)
        after, effects = advance(home, event)
        assert not after.papers
        assert not any(isinstance(effect, fx.TakePage) for effect in effects)
