"""Virtual cards in a real pcscd: everything above the reader's driver is what a terminal runs.

pcscd, its library and the driver of vsmartcard-vpcd are the installed ones, in namespaces of their
own (:mod:`drivers.smartcard.pcscd`); only the chip is made here.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from drivers.ports import IdDocument
from drivers.sdt.cards import DEMO_CARDS, demo_card
from drivers.sdt.frames import CardContent, pack_content
from drivers.sdt.record import encode_record
from drivers.smartcard.pcscd import READERS, PrivatePcscd
from drivers.smartcard.simulated_cards import CARDS, ResidentCardReader, SimulatedCard, social_chip
from drivers.smartcard.usb_reader import UsbReader
from drivers.smartcard.virtual_slot import FAULTS, Fault, VirtualSlot


class PcscSimulator:
    """Implements :class:`drivers.simulation.Simulator`: a reader with two slots, and one on USB,
    not plugged in at first, with a card in it (slot 2).

    :meth:`start` raises :class:`drivers.smartcard.pcscd.PcscdError` where no private pcscd can be.
    """

    def __init__(self) -> None:
        self._service = PrivatePcscd()
        self._running = False
        self._plugged = True
        self._slots = tuple(
            VirtualSlot(partial(self._service.connect, number)) for number in range(len(READERS))
        )
        self._usb = UsbReader(self._service)
        self._labels = [""] * len(READERS)
        self._commands: dict[str, tuple[str, Callable[..., None]]] = {
            "insert_card": (
                f"card={'|'.join(CARDS)}, or resident:{'|'.join(DEMO_CARDS)}; slot=0|1",
                self._insert,
            ),
            "withdraw_card": ("slot=0|1", self._withdraw),
            "fault": (
                f"kind={'|'.join(FAULTS)}, after (commands still answered), count, seconds, status,"
                " slot=0|1|2",
                self._fault,
            ),
            "clear_faults": ("end all faults; a card that hangs answers", self._clear_faults),
            "unplug": ("take the reader away; the service goes on without it", self._unplug),
            "replug": ("bring the reader back", self._replug),
            "plug_usb": (
                "plug in the reader on USB, with a card (as insert_card) that stays in it",
                self._plug_usb,
            ),
            "unplug_usb": ("pull its plug while the service runs", self._unplug_usb),
            "kill_service": ("end pcscd: number=9|15", self._kill_service),
            "start_service": ("start pcscd again", self._start_service),
        }

    @property
    def address(self) -> str:
        """Path of the service's socket, for the adapter's ``socket`` option."""
        return self._service.socket_path

    def start(self) -> None:
        """Start the service with an empty reader."""
        self._service.open()
        self._start_service()

    def stop(self) -> None:
        """End everything."""
        for slot in self._slots:
            slot.withdraw()
        self._running = False
        self._service.close()
        self._usb.close()

    def commands(self) -> Mapping[str, str]:
        """What can be done to it."""
        return {name: text for name, (text, _) in self._commands.items()}

    def command(self, name: str, /, **arguments: Any) -> Mapping[str, Any]:
        """Do one of :meth:`commands`. :class:`ValueError` for arguments it cannot use."""
        self._commands[name][1](**arguments)
        return self.state()

    def state(self) -> Mapping[str, Any]:
        """Service, reader, cards by label, faults waiting, commands the cards have answered."""
        return {
            "service": self._running,
            "plugged": self._plugged,
            "usb": self._usb.plugged,
            "cards": [
                label if slot.card is not None else None
                for slot, label in zip(self._slots, self._labels, strict=True)
            ],
            "faults": [fault.kind for slot in self._all_slots for fault in slot.faults],
            "commands": [slot.commands for slot in self._all_slots],
        }

    @property
    def _all_slots(self) -> tuple[VirtualSlot, ...]:
        return (*self._slots, *self._usb.slots)

    def _insert(
        self, card: str | IdDocument | SimulatedCard = "social_security", slot: int = 0
    ) -> None:
        chip, label = made_card(card)
        place = self._slots[slot]
        self._labels[slot] = label
        place.insert(chip, connected=self._running and self._plugged)

    def _withdraw(self, slot: int = 0) -> None:
        self._slots[slot].withdraw()

    def _fault(
        self,
        kind: str,
        after: int = 0,
        count: int = 1,
        seconds: float = 1.0,
        status: int = 0x6F00,
        slot: int = 0,
    ) -> None:
        if kind not in FAULTS:
            raise ValueError(f"no fault {kind}; there are: {', '.join(FAULTS)}")
        self._all_slots[slot].fault(Fault(kind, after, count, seconds, status))

    def _clear_faults(self) -> None:
        for slot in self._all_slots:
            slot.clear_faults()

    def _unplug(self) -> None:
        self._plugged = False
        self._kill_service(signal.SIGKILL)
        self._start_service()

    def _replug(self) -> None:
        self._plugged = True
        self._kill_service(signal.SIGKILL)
        self._start_service()

    def _plug_usb(self, card: str | IdDocument | SimulatedCard = "social_security") -> None:
        self._usb.plug(lambda: made_card(card)[0], running=self._running)

    def _unplug_usb(self) -> None:
        self._usb.unplug(running=self._running)

    def _kill_service(self, number: int = signal.SIGKILL) -> None:
        self._running = False
        self._service.end(signal.Signals(number))
        for slot in self._all_slots:
            slot.lose_contact(service_ended=True)

    def _start_service(self) -> None:
        if self._running:
            return
        self._service.start(with_readers=self._plugged)
        self._running = True
        if self._plugged:
            for slot in self._slots:
                slot.make_contact()
        if self._usb.plugged:
            self._usb.make_contact()


def made_card(card: str | IdDocument | SimulatedCard) -> tuple[SimulatedCard, str]:
    """A chip and its label. :class:`ValueError` for a name that is none."""
    if isinstance(card, IdDocument):
        return _resident(card), "custom"
    if not isinstance(card, str):
        return card, "custom"
    kind, _, person = card.partition(":")
    if kind == "resident" and person in DEMO_CARDS:
        return _resident(demo_card(person)), card
    if kind == "social_security" and person in DEMO_CARDS:
        return social_chip(demo_card(person)), card
    if card not in CARDS:
        raise ValueError(f"no card {card}; there are: {', '.join(CARDS)}")
    return CARDS[card](), card


def _resident(document: IdDocument) -> ResidentCardReader:
    content = CardContent(encode_record(document), document.photo or bytes(1024))
    return ResidentCardReader(pack_content(content))
