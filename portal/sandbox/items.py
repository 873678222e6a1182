"""The catalogue as the portal judges by it: enough of each item, read tolerantly."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jsonschema import Draft202012Validator

from portal.contract.base import (
    AskedKind,
    AssuranceLevel,
    CaseKind,
    IdentityMethod,
    ProblemCode,
)
from portal.contract.progress import SupplementItem, SupplementSubmission
from portal.contract.requests import Assurance, Subject
from portal.sandbox.problems import Refusal

_LEVELS = list(AssuranceLevel)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Item:
    """One service item. ``working``: its promised days are working days, not calendar days."""

    code: str
    kind: CaseKind
    name_zh: str
    name_en: str
    department_zh: str
    department_en: str
    level: AssuranceLevel
    dataset: str
    working: bool
    form_schema: Mapping[str, Any] | None

    def at_most_l2(self) -> Item:
        """The item where nothing is signed: for what its holder does to a case later."""
        return replace(self, level=min(self.level, AssuranceLevel.L2, key=_LEVELS.index))


class Items:
    """The items of the catalogue document, by code."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        items = document.get("items", [])
        listed = list(items.values() if isinstance(items, Mapping) else items)
        self._raw: dict[str, Mapping[str, Any]] = {str(raw["code"]): raw for raw in listed}
        self._items = {item.code: item for item in map(_item, listed)}

    def document(self, code: str) -> bytes:
        """The item as the catalogue says it, JSON; raises ``not_found``."""
        return _json(self._known(code))

    def form(self, code: str) -> bytes | None:
        """The JSON Schema of its form, if it asks for one; raises ``not_found``."""
        schema = _form_schema(self._known(code))
        return None if schema is None else _json(schema)

    def _known(self, code: str) -> Mapping[str, Any]:
        raw = self._raw.get(code)
        if raw is None:
            raise Refusal(ProblemCode.NOT_FOUND, fields=[("/item", "unknown")])
        return raw

    def name(self, code: str) -> str:
        """Its Chinese name; the code of one that is not known here."""
        item = self._items.get(code)
        return code if item is None else item.name_zh

    def titles(self, code: str, names: Sequence[str]) -> list[str]:
        """What the item calls these form fields and materials, in both languages; what it does not
        know keeps its name."""
        raw = self._raw.get(code, {})
        fields = (raw.get("form") or {}).get("fields") or {}
        words = {name: field.get("label") for name, field in fields.items()}
        words |= {str(paper.get("key")): paper.get("name") for paper in raw.get("materials") or ()}
        both = {
            name: " ".join(part for key in ("zh", "en") if (part := _text(text, key, "")))
            for name, text in words.items()
        }
        return [both.get(name) or name for name in names]

    def get(self, code: str) -> Item:
        """The item; raises :class:`Refusal` for an unknown one."""
        item = self._items.get(code)
        if item is None:
            raise Refusal(ProblemCode.UNKNOWN_ITEM, fields=[("/item", "unknown")])
        return item


def check_identity(item: Item, subject: Subject | None, assurance: Assurance) -> None:
    """Refuse what falls short of the item's identification level."""
    if _LEVELS.index(assurance.level) < _LEVELS.index(item.level):
        raise Refusal(ProblemCode.IDENTITY_REJECTED, fields=[("/assurance/level", "too_low")])
    if subject is None:
        if item.level is not AssuranceLevel.L0:
            raise Refusal(ProblemCode.IDENTITY_REJECTED, fields=[("/subject", "missing")])
    elif len(subject.number) == 18 and not resident_number_is_sound(subject.number):
        raise Refusal(ProblemCode.IDENTITY_REJECTED, fields=[("/subject/number", "check_digit")])
    if not _carries(assurance):
        raise Refusal(ProblemCode.IDENTITY_REJECTED, fields=[("/assurance/methods", "too_low")])
    face = assurance.face
    vouched = IdentityMethod.STAFF in assurance.methods  # a person looked where the machine said no
    if face is not None and face.compared and face.matched is False and not vouched:
        raise Refusal(ProblemCode.IDENTITY_REJECTED, fields=[("/assurance/face", "not_matched")])


def _carries(assurance: Assurance) -> bool:
    """Do the methods carry the level claimed, where one of them is a record that nobody verified?"""
    methods = assurance.methods
    if IdentityMethod.SOCIAL_SECURITY_CARD not in methods:
        return True
    if assurance.level is AssuranceLevel.L3:
        return False
    compared = IdentityMethod.FACE in methods or IdentityMethod.STAFF in methods
    return assurance.level is not AssuranceLevel.L2 or compared


def check_form(item: Item, form: Mapping[str, Any]) -> None:
    """Refuse a form that breaks the item's JSON Schema (draft 2020-12)."""
    if item.form_schema is None:
        return
    errors = [
        ("/".join(["/form", *(str(part) for part in error.absolute_path)]), str(error.validator))
        for error in Draft202012Validator(dict(item.form_schema)).iter_errors(dict(form))
    ]
    if errors:
        raise Refusal(ProblemCode.FORM_REJECTED, fields=errors[:20])


def supplement_faults(
    item: Item, asked: Sequence[SupplementItem], given: SupplementSubmission
) -> list[tuple[str, str]]:
    """What is missing in a supplement, was not asked for, or breaks the rule of its field."""
    fields = {one.code for one in asked if one.kind is AskedKind.FIELD}
    papers = {one.code for one in asked} - fields
    enclosed = {one.kind for one in given.attachments}
    faults = [(f"/form/{name}", "missing") for name in sorted(fields - given.form.keys())]
    faults += [(f"/form/{name}", "not_asked_for") for name in sorted(given.form.keys() - fields)]
    faults += [(f"/attachments/{kind}", "missing") for kind in sorted(papers - enclosed)]
    faults += [(f"/attachments/{kind}", "not_asked_for") for kind in sorted(enclosed - papers)]
    rules = (item.form_schema or {}).get("properties", {})
    for name in sorted(fields & given.form.keys() & rules.keys()):
        found = Draft202012Validator(rules[name]).iter_errors(given.form[name])
        faults += [(f"/form/{name}", str(error.validator)) for error in found]
    return faults[:20]


def resident_number_is_sound(number: str) -> bool:
    """Date and check digit of a resident identity number (GB 11643, ISO 7064 MOD 11-2)."""
    if not (len(number) == 18 and number[:17].isascii() and number[:17].isdigit()):
        return False
    try:
        dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17].upper()


def _item(raw: Mapping[str, Any]) -> Item:
    name, department = raw.get("name"), raw.get("department")
    return Item(
        code=str(raw["code"]),
        kind=CaseKind(raw.get("kind", "apply")),
        name_zh=_text(raw.get("name_zh", name), "zh", str(raw["code"])),
        name_en=_text(raw.get("name_en", name), "en", str(raw["code"])),
        department_zh=_text(department, "zh", "政务服务"),
        department_en=_text(department, "en", "Government services"),
        level=AssuranceLevel(raw.get("identification", "L0")),
        dataset=str(raw.get("dataset") or raw.get("sandbox_dataset") or "generic"),
        working=raw.get("day_unit", "working") == "working",
        form_schema=_form_schema(raw),
    )


def _form_schema(raw: Mapping[str, Any]) -> Mapping[str, Any] | None:
    form = raw.get("form") or {}
    found: Mapping[str, Any] | None = form.get("schema") or form.get("schema_")
    return found


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _text(value: object, language: str, default: str) -> str:
    if isinstance(value, Mapping):
        return str(value.get(language, default))
    return value if isinstance(value, str) else default
