"""The adapters on PC/SC: :class:`drivers.ports.SmartCardReader`, :class:`drivers.ports.IdCardReader`."""

from __future__ import annotations

from collections.abc import Mapping

from drivers.failure_codes import FailureCode
from drivers.ports import BankCard, IdDocument, SocialSecurityCard
from drivers.results import Failure, Result
from drivers.smartcard.bank import read_bank_card
from drivers.smartcard.reader import PcscReader
from drivers.smartcard.resident import read_resident_card
from drivers.smartcard.social import read_social_card

_OF_ID_CARDS: Mapping[str, FailureCode] = {
    "smartcard.none": "idcard.none",
    "smartcard.removed": "idcard.removed",
    "smartcard.mute": "idcard.unreadable",
    "smartcard.unreadable": "idcard.unreadable",
}


class PcscSmartCardReader(PcscReader):
    """A reader of social-security and bank cards."""

    def read_social_card(self, timeout_s: float) -> Result[SocialSecurityCard]:
        """See the port."""
        return self._read(read_social_card, timeout_s)

    def read_bank_card(self, timeout_s: float) -> Result[BankCard]:
        """See the port."""
        return self._read(read_bank_card, timeout_s)


class PcscIdCardReader(PcscReader):
    """A combined reader that gives the resident record by pseudo-APDU; one public source."""

    def read_card(self, timeout_s: float) -> Result[IdDocument]:
        """See the port."""
        result = self._read(read_resident_card, timeout_s)
        if isinstance(result, Failure) and result.code in _OF_ID_CARDS:
            return Failure(_OF_ID_CARDS[result.code], result.detail)
        return result
