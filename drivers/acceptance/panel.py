"""Checks of :class:`drivers.ports.IndicatorLight` and :class:`drivers.ports.PresenceSensor`."""

from __future__ import annotations

from drivers.acceptance.bench import Bench, CheckFailed
from drivers.ports import Light, LightState, Presence
from drivers.results import Failure, Ok

_QUESTIONS = {
    LightState.ON: "lights_on",
    LightState.FLASH: "lights_flash",
    LightState.OFF: "lights_off",
}


def _show_all(bench: Bench, state: LightState) -> None:
    """Set every light there is; a board without any is no light."""
    shown = 0
    for light in Light:
        result = bench.call("show", light, state, timeout_s=bench.limits.wait_s)
        if isinstance(result, Ok):
            shown += 1
        elif result.code != "indicator.no_light":
            raise CheckFailed(f"the light {light} could not be set")
    if not shown:
        raise CheckFailed("the board has no light")


def lights(bench: Bench) -> None:
    """Every light there is can be lit, flashed and put out."""
    for state, question in _QUESTIONS.items():
        _show_all(bench, state)
        if not bench.judge(question):
            raise CheckFailed(f"not all lights are {state}")


def lights_after_loss(bench: Bench) -> None:
    """After the board was away its lights can be set again."""
    bench.do("unplug")
    try:
        bench.until_reported("unplugging was not reported")
    finally:
        bench.restore("replug")
    bench.until_usable(bench.limits.recover_s, "the board did not come back after replugging")
    _show_all(bench, LightState.ON)
    if not bench.judge("lights_on"):
        raise CheckFailed("not all lights are on after the board came back")
    _show_all(bench, LightState.OFF)


def lights_after_kill(bench: Bench) -> None:
    """The process dies with lights on; after it the lights can be put out."""
    _show_all(bench, LightState.ON)
    old = bench.kill()
    if not bench.reached(
        lambda: bench.host.pid not in (None, old) and bench.usable(), bench.limits.recover_s
    ):
        raise CheckFailed("the board did not come back after its process ended")
    _show_all(bench, LightState.OFF)
    if not bench.judge("lights_off"):
        raise CheckFailed("not all lights are off")


def _presence(bench: Bench) -> Presence:
    result = bench.call("presence", timeout_s=bench.limits.wait_s)
    if isinstance(result, Failure):
        raise CheckFailed("the sensor gave no answer")
    if not isinstance(result.value, Presence):
        raise CheckFailed("what it answered is no Presence")
    return result.value


def _until(bench: Bench, expected: Presence, note: str) -> None:
    if not bench.answered(lambda: _presence(bench) is expected, bench.limits.notice_s):
        raise CheckFailed(note)


def _told(bench: Bench, event: str, since: int) -> bool:
    return bench.reached(
        lambda: event in [name for name, _ in bench.events[since:]], bench.limits.notice_s
    )


def presence(bench: Bench) -> None:
    """Coming and going are answered when asked, and told by events."""
    bench.do("person_leaves")
    _until(bench, Presence.AWAY, "a person is reported where there is none")
    for act, expected, event in (
        ("person_comes", Presence.NEAR, "person_near"),
        ("person_leaves", Presence.AWAY, "person_away"),
    ):
        since = len(bench.events)
        bench.do(act)
        _until(bench, expected, f"expected {expected}")
        if not _told(bench, event, since):
            raise CheckFailed(f"{event} was not emitted")


def presence_once(bench: Bench) -> None:
    """While a person stands there nothing more is told."""
    bench.do("person_comes")
    _until(bench, Presence.NEAR, "the person is not reported")
    since = len(bench.events)
    if bench.reached(lambda: len(bench.events) > since, bench.limits.steady_s):
        raise CheckFailed("something was told although nobody moved")
    bench.restore("person_leaves")
