"""What a service says it can do, and the versions of messages that are then spoken with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from drivers.results import Failure, Ok, Result
from drivers.xfs.client import Connection
from drivers.xfs.messages import SUCCESS, spoken

Limit = Callable[[], float]

EVENTS = (
    "Common.StatusChangedEvent",
    "CardReader.InsertCardEvent",
    "CardReader.MediaInsertedEvent",
    "CardReader.MediaRemovedEvent",
    "VendorMode.EnterModeRequestEvent",
    "VendorMode.ExitModeRequestEvent",
    "VendorMode.ModeEnteredEvent",
    "VendorMode.ModeExitedEvent",
)
_CAPABILITIES = "Common.Capabilities"
_SET_VERSIONS = "Common.SetVersions"
_NOT_IN_THIS_VERSION = frozenset({"unsupportedCommand", "invalidCommand"})


@dataclass(frozen=True, slots=True)
class Capabilities:
    """A service's own account. ``commands``, ``events``: the versions offered, by name."""

    interfaces: frozenset[str]
    commands: Mapping[str, tuple[str, ...]]
    events: Mapping[str, tuple[str, ...]]
    sections: Mapping[str, Any] = field(repr=False)

    def section(self, name: str) -> Mapping[str, Any]:
        """What is said of one interface (``cardReader``); empty where nothing is."""
        said: Mapping[str, Any] = self.sections.get(name) or {}
        return said


def ask(connection: Connection, limit: Limit) -> Result[Capabilities]:
    """Ask in each version spoken here until one is understood; ``limit()``: seconds for a question
    that begins now. Failures as of :meth:`Connection.call`, and ``device.misconfigured`` for a
    service that has no such command."""
    code = ""
    for major in spoken(_CAPABILITIES):
        connection.versions[_CAPABILITIES] = f"{major}.0"
        answer = connection.call(_CAPABILITIES, {}, limit())
        if isinstance(answer, Failure):
            return answer
        code = answer.value.code
        if code == SUCCESS:
            return Ok(read_capabilities(answer.value.payload))
        if code not in _NOT_IN_THIS_VERSION:
            break
    return Failure("device.misconfigured", f"{_CAPABILITIES}: {code}")


def read_capabilities(payload: Mapping[str, Any]) -> Capabilities:
    """The payload of a completion that passed its schema."""
    commands: dict[str, tuple[str, ...]] = {}
    events: dict[str, tuple[str, ...]] = {}
    for interface in payload["interfaces"]:
        for found, said in ((commands, "commands"), (events, "events")):
            for name, entry in (interface.get(said) or {}).items():
                found[name] = tuple(entry["versions"])
    names = frozenset(interface["name"] for interface in payload["interfaces"])
    return Capabilities(names, commands, events, payload)


def agree(
    connection: Connection,
    capabilities: Capabilities,
    needs: tuple[str, ...],
    wishes: tuple[str, ...],
    limit: Limit,
) -> Result[None]:
    """Choose the newest version both sides speak of every command, and tell the service.

    A command of ``needs`` that the service lacks, or speaks in none of our versions, is a
    ``device.misconfigured`` that names it; one of ``wishes`` is then not used.
    """
    chosen: dict[str, int] = {}
    for name in (*needs, *wishes):
        major = _newest(name, capabilities.commands.get(name, ()))
        if major is not None:
            chosen[name] = major
        elif name in needs:
            return Failure("device.misconfigured", _why(name, capabilities))
    guarded = (capabilities.section("common").get("endToEndSecurity") or {}).get("commands") or ()
    for name in needs:
        if name in guarded:
            return Failure("device.misconfigured", f"the service wants a security token for {name}")
    for name, major in chosen.items():
        connection.versions[name] = f"{major}.0"
    if _SET_VERSIONS not in capabilities.commands:
        return Ok(None)
    events = {
        name: major
        for name in EVENTS
        if (major := _newest(name, capabilities.events.get(name, ()))) is not None
    }
    answer = connection.call(
        _SET_VERSIONS, {"commands": chosen, **({"events": events} if events else {})}, limit()
    )
    if isinstance(answer, Failure):
        return answer
    if answer.value.code in _NOT_IN_THIS_VERSION or answer.value.code == SUCCESS:
        return Ok(None)  # a service may list the command and yet leave versions as they are
    return Failure("device.misconfigured", f"{_SET_VERSIONS}: {answer.value.code}")


def _newest(name: str, offered: tuple[str, ...]) -> int | None:
    majors = {int(version.partition(".")[0]) for version in offered}
    return max(majors & set(spoken(name)), default=None)


def _why(name: str, capabilities: Capabilities) -> str:
    offered = capabilities.commands.get(name)
    if offered is None:
        return f"the service does not offer {name}"
    ours = ", ".join(f"{major}.x" for major in spoken(name))
    return f"the service offers {name} in {', '.join(offered)}; spoken here: {ours}"
