"""The addresses of a form page: where each stands in the tree of places, and what its line holds."""

from __future__ import annotations

from typing import Any

from kiosk.terminal_port import Directory
from screens import addresses, wording


class Addresses:
    """Remembers, by field, which place is open; the address itself is the form's own text."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._open: dict[str, str] = {}

    def forget(self) -> None:
        """No place is open any more."""
        self._open = {}

    def _parts(self, name: str, text: str) -> tuple[str, str]:
        if name in self._open:
            before = self._before(self._open[name])
            if text.startswith(before):
                return self._open[name], text.removeprefix(before)
            return self._open[name], addresses.read(text, self._directory.below)[1]
        if text:
            return addresses.read(text, self._directory.below)
        cities = self._directory.below("")
        return (cities[0].code if cities else ""), ""

    def _before(self, code: str) -> str:
        return addresses.region_text(addresses.lineage(code, self._directory.division))

    def shown(self, name: str, text: str, language: str) -> dict[str, Any]:
        """What the control shows of an address."""
        below = self._directory.below
        code, street = self._parts(name, text)
        line = addresses.lineage(code, self._directory.division)
        offers = addresses.completions(street, code, below) if line else []
        return {
            "line": street,
            "path": [{"key": d.code, "name": wording.say(d.name, language)} for d in line],
            "places": [
                {
                    "key": d.code,
                    "name": wording.say(d.name, language),
                    "more": bool(below(d.code)),
                }
                for d in below(code)
            ],
            "settled": addresses.deep_enough(line, below),
            "offers": [
                {
                    "key": d.code,
                    "name": d.name.zh,
                    "enough": addresses.deep_enough([d], below),
                }
                for d in offers
            ],
        }

    def opened(self, name: str, text: str, code: str) -> str:
        """The text once the place ``code`` is open; the street stays."""
        _, street = self._parts(name, text)
        self._open[name] = code
        return self._before(code) + street if code or street else ""

    def typed(self, name: str, text: str, street: str) -> str:
        """The text with another street. A city alone, as it stood there unasked, is no address."""
        code, _ = self._parts(name, text)
        self._open[name] = code
        bare = len(addresses.lineage(code, self._directory.division)) < 2
        return self._before(code) + street if street or not bare else ""

    def completed(self, name: str, text: str, code: str) -> str:
        """The text once an offered place is taken: what was typed of it leaves the line."""
        _, street = self._parts(name, text)
        division = self._directory.division(code)
        self._open[name] = code
        return self._before(code) + addresses.without(street, division.name.zh if division else "")

    def fault(self, name: str, text: str) -> str:
        """``address_region`` or ``address_line`` for an address that nobody would find; else ""."""
        code, street = self._parts(name, text)
        line = addresses.lineage(code, self._directory.division)
        if not addresses.deep_enough(line, self._directory.below):
            return "address_region"
        return "" if street.strip() else "address_line"
