"""Whom a social-security card names, whom it does not, and a world without a reader for it."""

from __future__ import annotations

from datetime import date

import pytest

from drivers.ports import SocialSecurityCard
from drivers.results import Ok
from drivers.sdt.cards import demo_card
from drivers.smartcard import pcscd, read_social_card
from drivers.smartcard.simulated_cards import social_chip
from kiosk.terminal.social import card_fault, holder_of
from kiosk.world.chips import ChipReader
from kiosk.world.launch import addresses_of, devices
from screens.panel.commands import GROUPS

TODAY = date(2026, 3, 2)


def card_of(person: str) -> SocialSecurityCard:
    chip = social_chip(demo_card(person))
    read = read_social_card(lambda apdu: Ok(chip.respond(apdu)))
    assert isinstance(read, Ok)
    return read.value


@pytest.mark.parametrize("person", ["resident", "elder", "rare_name"])
def test_the_holder_is_the_person_of_the_number(person: str) -> None:
    card, document = card_of(person), demo_card(person)
    assert card_fault(card, TODAY) == ""
    holder = holder_of(card)
    assert holder.name.reveal() == document.name
    assert holder.number.reveal() == document.number
    assert (holder.sex.reveal(), holder.nation.reveal()) == (document.sex, document.nation)
    assert holder.birth == document.birth
    assert (holder.photo, holder.address.reveal(), holder.valid_to) == ("", "", None)
    assert holder.method == "social_security_card"
    assert document.number not in repr(holder)


@pytest.mark.parametrize(
    ("person", "code"),
    [
        ("expired", "idcard.expired"),
        ("wrong_check_digit", "idcard.number_invalid"),
        ("foreigner_2017", "idcard.number_invalid"),
    ],
)
def test_a_card_that_names_nobody_is_refused(person: str, code: str) -> None:
    assert card_fault(card_of(person), TODAY) == code


def test_a_machine_without_pcscd_has_no_such_reader_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pcscd, "_DRIVERS", ())
    reader = ChipReader()
    reader.start()
    assert "vsmartcard-vpcd" in reader.missing
    assert reader.address == ""
    with pytest.raises(ValueError, match="vsmartcard-vpcd"):
        reader.command("insert_card", card="bank")
    group = next(group for group in GROUPS if group.key == "chip_reader")
    state = {"chip_reader": reader.state()}
    assert "pcscd" in group.summary(state).zh
    assert not any(command.on(state) for command in group.commands if command.on is not None)
    reader.stop()
    others = dict.fromkeys(
        (
            "card_reader",
            "document_printer",
            "camera",
            "shelf",
            "panel",
            "scanner",
            "headset",
            "line",
            "portal",
        ),
        "x",
    )
    found = {**others, "receipt_printer": "h:1", "ups": "h:2"}
    assert "chip_reader" not in devices(addresses_of({**found, "chip_reader": ""}, ""))
    there = devices(addresses_of({**found, "chip_reader": "socket"}, ""))["chip_reader"]
    assert there["options"] == {"socket": "socket", "reader": "Virtual PCD 00 00"}
