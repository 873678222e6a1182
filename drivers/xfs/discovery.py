"""Finding a service: at its own address, or by the publishers that know it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from drivers.results import Failure, Ok, Result
from drivers.xfs.client import Connection
from drivers.xfs.messages import SUCCESS, Message
from drivers.xfs.negotiation import Limit

Connect = Callable[[str], Result[Connection]]

_GET = "ServicePublisher.GetServices"
_DETAIL = "ServicePublisher.ServiceDetailEvent"
_MOST_SERVICES = 64


def published(publishers: tuple[str, ...], connect: Connect, limit: Limit) -> Result[list[str]]:
    """What all ``publishers`` that answer offer, in their order; a terminal may have one for each
    maker. ``limit()``: seconds for the next one, 0 when the time is over. If none answers, the
    failure that says most: nobody at a port says least.
    """
    found: list[str] = []
    last: Failure | None = None
    answered = False
    for uri in publishers:
        within = limit()
        if not within:
            last = last or Failure("device.offline", "no publisher answered in time")
            break
        offered = _ask(uri, connect, within)
        if isinstance(offered, Ok):
            answered = True
            found += [each for each in offered.value if each not in found]
        elif last is None or offered.code != "device.gone":
            last = offered
    if answered or last is None:
        return Ok(found[:_MOST_SERVICES])
    return last


def _ask(publisher: str, connect: Connect, timeout_s: float) -> Result[list[str]]:
    opened = connect(publisher)
    if isinstance(opened, Failure):
        return opened
    details: list[Message] = []
    try:
        answer = opened.value.call(_GET, {}, timeout_s, on_event=details.append)
    finally:
        opened.value.close()
    if isinstance(answer, Failure):
        return answer
    if answer.value.code != SUCCESS:
        return Failure("device.protocol", f"{_GET}: {answer.value.code}")
    told = [event for event in details if event.name == _DETAIL]
    uris: list[str] = []
    for message in (*told, answer.value):
        uris += [item["serviceURI"] for item in message.payload.get("services") or ()]
    if urlsplit(publisher).scheme == "wss":
        # a publisher that is trusted must not lead to a wire that anybody can read
        uris = [uri for uri in uris if urlsplit(uri).scheme == "wss"]
    return Ok(uris)
