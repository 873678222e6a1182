"""The CardReader service of the simulator: a slot with a real chip's answers behind it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from drivers.smartcard.simulated_cards import CARDS, SimulatedCard
from drivers.xfs.messages import SUCCESS

if TYPE_CHECKING:
    from drivers.xfs.simulated_services import Answer, Call, Machine

Kind = Literal["motor", "latchedDip", "dip", "contactless"]

COMMANDS = {
    "insert_card": "put a card in: card (one of drivers.smartcard.simulated_cards.CARDS)",
    "take_card": "take the card, wherever it is",
    "withdraw": "the card is taken out before the n-th exchange from now: exchanges",
    "jam": "the card sticks",
    "clear_jam": "a technician takes it out",
}
_MOST_ATR = 33
_HOLDING = frozenset({"motor", "latchedDip"})


class CardSlot:
    """Where the card is: ``outside``, ``inside``, ``exit`` or ``jammed``. ``protocols``: the chip
    protocols the reader offers."""

    def __init__(self, kind: Kind = "motor", protocols: tuple[str, ...] = ("chipT0", "chipT1")):
        self.kind = kind
        self.protocols = protocols
        self.card: SimulatedCard | None = None
        self.where = "outside"
        self.exchanges_left = -1
        self.powered = False
        self.spoken: list[str] = []
        self.pushes: list[str] = []

    def command(self, name: str, /, **arguments: Any) -> None:
        """Something happens at the slot; the machine's lock is held."""
        match name:
            case "insert_card":
                self.card, self.where = CARDS[arguments["card"]](), "inside"
            case "take_card" | "clear_jam":
                if self.where == "exit":
                    self.pushes.append("CardReader.MediaRemovedEvent")
                self._gone()
            case "withdraw":
                self.exchanges_left = arguments["exchanges"]
            case "jam":
                self.where = "jammed"

    def _gone(self) -> None:
        self.card, self.where, self.powered, self.exchanges_left = None, "outside", False, -1

    def status(self) -> dict[str, Any]:
        """The section of Common.Status."""
        if self.kind == "contactless":
            return {"media": None, "chipModule": "ok"}
        media = {"inside": "present", "exit": "entering", "jammed": "jammed"}.get(self.where)
        if self.kind == "latchedDip" and self.powered:
            media = "latched"
        return {"media": media or "notPresent", "chipModule": "ok"}

    def capable(self) -> Mapping[str, Any]:
        """The section of Common.Capabilities."""
        return {
            "type": self.kind,
            "chipProtocols": dict.fromkeys(self.protocols, True),
            "chipPower": {"cold": True, "warm": True, "off": True},
            "positions": {"exit": True, "transport": True} if self.kind in _HOLDING else None,
            "cardTakenSensor": self.kind == "motor",
        }

    def run(self, machine: Machine, call: Call) -> Answer:
        """Carry out one of the interface's commands."""
        match call.message.name:
            case "CardReader.ReadRawData":
                return self._read(machine, call)
            case "CardReader.ChipIO":
                with machine.changed:
                    return self._exchange(call.message.payload)
            case "CardReader.ChipPower":
                with machine.changed:
                    self.powered = call.message.payload["chipPower"] != "off"
                return SUCCESS, {}
        with machine.changed:  # Move and Reset
            return self._move()

    def _read(self, machine: Machine, call: Call) -> Answer:
        if self.where != "inside":
            call.event("CardReader.InsertCardEvent")
        code = machine.wait_for(lambda: self.where in ("inside", "jammed"), call)
        if code != SUCCESS:
            return code, {}
        if self.where == "jammed":
            return _error("mediaJam")
        call.event("CardReader.MediaInsertedEvent")
        with machine.changed:
            if self.card is None:
                return _error("noMedia")
            self.card.reset()
            self.powered = True
            atr = self.card.atr
        if len(atr) > _MOST_ATR:
            return SUCCESS, {"chip": [{"status": "dataInvalid"}]}
        return SUCCESS, {"chip": [{"data": base64.b64encode(atr).decode("ascii")}]}

    def _exchange(self, payload: Mapping[str, Any]) -> Answer:
        if self.exchanges_left == 0:
            self._gone()
        self.exchanges_left -= 1
        if self.where == "jammed":
            return _error("mediaJam")
        if self.card is None:
            return _error("noMedia")
        if not self.powered:
            return _error("atrNotObtained")
        if payload["chipProtocol"] not in self.protocols:
            return _error("protocolNotSupported")
        self.spoken.append(payload["chipProtocol"])
        response = self.card.respond(base64.b64decode(payload["chipData"]))
        return SUCCESS, {
            "chipProtocol": payload["chipProtocol"],
            "chipData": base64.b64encode(response).decode("ascii"),
        }

    def _move(self) -> Answer:
        if self.where == "jammed":
            return _error("mediaJam")
        if self.where == "outside":
            return _error("noMedia")
        # a latched card is only let go: it is where it was
        self.where, self.powered = ("exit" if self.kind == "motor" else "inside"), False
        return SUCCESS, {}

    def retain(self) -> None:
        """It is swallowed on its way out."""
        self._gone()


def _error(code: str) -> Answer:
    return "commandErrorCode", {"errorCode": code}
