"""Nothing typed into a form is lost on the way back, by a language, by help or by trouble."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from visit_walk import Walk

from kiosk.personal import Personal
from kiosk.visit import Step, advance
from kiosk.visit import events as ev

START = Walk("mz-0058").to(Step.FORM).visit
FIELDS = sorted(START.item.form.fields) if START.item and START.item.form else []
FREE = [
    name
    for name in FIELDS
    if START.item and START.item.form and not START.item.form.fields[name].locked
]
INTERRUPTIONS = (
    ev.WentBack(), ev.Continued(), ev.FormPageDone({}), ev.LanguageChosen("en"),
    ev.LanguageChosen("zh_CN"), ev.HelpWanted(), ev.TroubleDismissed(), ev.Retried(),
    ev.AssistChanged(replace(START.assist, voice=True)), ev.LeaveRequested(), ev.LeaveAnswered(False),
)  # fmt: skip
EDITS = st.builds(
    lambda name, text: ev.FormEdited(name, Personal(text)),
    st.sampled_from(FREE),
    st.text("12年月ab", max_size=6),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(EDITS | st.sampled_from(INTERRUPTIONS), max_size=25))
def test_what_was_typed_last_stays_until_the_errand_ends(moments: list[ev.Event]) -> None:
    visit = START
    kept = {name: value.reveal() for name, value in START.form.items()}
    for moment in moments:
        before = visit
        visit, _ = advance(visit, moment)
        if isinstance(moment, ev.FormEdited) and before.step is Step.FORM:
            kept[moment.name] = moment.value.reveal()
        if visit.item is None:  # back at home: the errand is forgotten, as the person chose
            return
        assert {name: value.reveal() for name, value in visit.form.items()} == kept
