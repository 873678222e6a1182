"""The catalogue: every mistake of a service file is named, and a new service is a file only."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from config.catalogue import Catalogue, Mode, ServiceItem, Situation
from config.shipped import (
    CatalogueError,
    check_catalogue,
    check_shipped,
    load_catalogue,
    load_items,
)
from config.text import Text
from kiosk.visit.journey import derive
from kiosk.visit.model import Step

SERVICE = """
code = "cg-0001"
kind = "apply"
situation = "city"
icon = "tree"
identification = "L3"
working_days = 5
place = "division"
name = { zh = "门前树木修剪", en = "Tree pruning" }
summary = { zh = "修剪门前行道树。", en = "Prune a street tree." }
department = { zh = "城管", en = "Urban management" }
consent = { zh = "我承诺属实。", en = "This is true." }

[[handlers]]
division = "440500"
level = "city"
authority = { zh = "汕头市城管局", en = "Shantou Urban Management" }

[form]
schema = { type = "object", required = ["phone"], properties = { phone = { type = "string" } } }
pages = [{ title = { zh = "电话", en = "Phone" }, fields = ["phone"] }]
[form.fields.phone]
label = { zh = "电话", en = "Phone" }
"""


def checked(folder: Path, text: str) -> list[str]:
    (folder / "new.toml").write_text(text, "utf-8")
    shipped = load_catalogue()
    items = tuple(load_items(folder))
    catalogue = Catalogue(version="t", situations=shipped.situations, items=items)
    return list(check_catalogue(catalogue))


def test_a_new_service_is_a_file_and_its_journey_follows(tmp_path: Path) -> None:
    assert checked(tmp_path, SERVICE) == []
    (item,) = load_items(tmp_path)
    assert derive(item) == (
        Step.GUIDE, Step.PLACE, Step.IDENTIFY, Step.FACE, Step.FORM, Step.REVIEW, Step.SIGN,
        Step.SUBMITTING, Step.RESULT, Step.RATING, Step.FAREWELL,
    )  # fmt: skip
    assert Step.STAFF in derive(item, staff_authorisation=True)


def test_the_same_file_without_needs_gives_a_short_journey(tmp_path: Path) -> None:
    plain = SERVICE.replace('"L3"', '"L0"').replace('"division"\nname', '"none"\nname')
    plain = plain.replace('kind = "apply"', 'kind = "query"').split("[form]")[0]
    assert checked(tmp_path, plain) == []
    assert derive(load_items(tmp_path)[0]) == (
        Step.GUIDE, Step.ANSWER, Step.RATING, Step.FAREWELL,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "apply"', 'kind = "aply"', "kind: Input should be"),
        ('kind = "apply"', 'kynd = "apply"', "kynd: Extra inputs"),
        ("working_days = 5", 'working_days = "some"', "working_days: Input should be a valid int"),
        ('code = "cg-0001"', "", "code: Field required"),
        ('en = "Tree pruning"', 'fr = "Taille"', "name.en: Field required"),
        ("working_days = 5", "working_days = [", "not TOML"),
        (
            'icon = "tree"',
            'icon = "tree"\noffline = { risk = "defer", max_age_h = 100 }',
            "max_age",
        ),
        ("[form.fields.phone]", '[form.fields.phone]\nprefill = "card.nmae"', "prefill: Input"),
    ],
)
def test_a_file_that_is_no_service_names_file_and_key(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in SERVICE
    with pytest.raises(CatalogueError) as caught:
        checked(tmp_path, SERVICE.replace(old, new, 1))
    assert f"new.toml: {said}" in str(caught.value) or said in str(caught.value)
    assert "new.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('situation = "city"', 'situation = "trees"', "situation 'trees' is none of"),
        ('division = "440500"', 'division = "440599"', "division '440599' is not known"),
        ('division = "440500"', 'division = "440500000000"', "write '440500000000' as '440500'"),
        ('fields = ["phone"]', 'fields = ["phon"]', "names 'phon', which the schema does not"),
        ('fields = ["phone"]', "fields = []", "required field 'phone' is on no page"),
        ("[form.fields.phone]", "[form.fields.fone]", "form field 'phone' has no label"),
        ("[form.fields.phone]", "[form.fields.fone]", "form field 'fone' is not in the schema"),
        (
            "[form]",
            '[[cities]]\ncity = "440507"\nmode = "joint"\n'
            'authority = { zh = "局", en = "Office" }\n[form]',
            "'440507' is no known city",
        ),
        (
            "[form]",
            '[[cities]]\ncity = "441900"\nmode = "local"\n'
            'authority = { zh = "局", en = "Office" }\n[form]',
            "mode 'local' is no way",
        ),
    ],
)
def test_what_the_types_cannot_say_is_checked_too(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in SERVICE
    problems = checked(tmp_path, SERVICE.replace(old, new, 1))
    assert any(said in problem and problem.startswith("cg-0001") for problem in problems), problems


def test_nobody_handling_it_and_a_code_used_twice(tmp_path: Path) -> None:
    handlers = SERVICE[SERVICE.index("[[handlers]]") : SERVICE.index("[form]")]
    (tmp_path / "other.toml").write_text(SERVICE, "utf-8")
    problems = checked(tmp_path, SERVICE.replace(handlers, ""))
    assert any("nobody handles it" in problem for problem in problems)
    assert any("used twice" in problem for problem in problems)


def test_mistakes_of_all_files_are_named_together(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("= 1", "utf-8")
    (tmp_path / "b.toml").write_bytes(b'x = "\xff"')
    (tmp_path / "c.toml").mkdir()
    (tmp_path / "d.toml").write_text(SERVICE, "utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_items(tmp_path)
    assert [line.split(":")[0] for line in str(caught.value).splitlines()] == [
        "a.toml", "b.toml", "c.toml",
    ]  # fmt: skip


def test_the_shipped_catalogue_is_sound_and_whole() -> None:
    catalogue = load_catalogue()
    assert list(check_shipped()) == []
    assert {item.situation for item in catalogue.items} == {s.key for s in catalogue.situations}
    assert all(text.zh and text.en for text in texts_of(catalogue))


def test_the_twenty_two_home_functions_all_have_services() -> None:
    catalogue = load_catalogue()
    numbers = sorted(f.number for f in catalogue.functions if f.number)
    assert numbers == list(range(1, 23))
    assert {i.function for i in catalogue.items} == {f.key for f in catalogue.functions}


def test_the_cross_city_set_by_department_city_and_mode() -> None:
    """At least the published numbers: items by department, eight cities, three official modes."""
    across = [item for item in load_catalogue().items if item.cities]
    counted = Counter(item.code.split("-")[0] for item in across)
    least = {
        "rs": 34, "yb": 14, "ga": 24, "gj": 12, "bd": 10, "mz": 12, "sj": 16, "sw": 10, "wj": 6,
        "jy": 4, "cl": 4, "sf": 5, "ty": 3, "zj": 6, "jt": 4,
    }  # fmt: skip
    assert sum(least.values()) == 164
    assert counted.keys() == least.keys()
    assert all(counted[prefix] >= number for prefix, number in least.items()), counted
    offers = {(o.city, o.mode) for item in across for o in item.cities}
    assert len({city for city, _ in offers}) == 8
    for city in {city for city, _ in offers}:
        assert {mode for at, mode in offers if at == city} == {
            Mode.ONLINE_FULL, Mode.PROXY_COLLECT, Mode.JOINT,
        }  # fmt: skip
    assert len({frozenset(o.city for o in item.cities) for item in across}) > 8


@pytest.mark.parametrize(
    ("code", "days"), [("sj-0051", 1), ("sj-0052", 2), ("zj-0066", 90), ("zj-0067", 50)]
)
def test_the_published_promises(code: str, days: int) -> None:
    item = load_catalogue().item(code)
    assert item is not None
    assert item.working_days == days


def test_no_papers_where_an_electronic_licence_will_do() -> None:
    item = load_catalogue().item("cl-0060")
    assert item is not None
    licence = next(m for m in item.materials if m.licence)
    assert not item.needs
    assert licence.name.zh in item.consent.zh
    assert licence.name.en in item.consent.en


def texts_of(value: object) -> list[Text]:
    if isinstance(value, Text):
        return [value]
    if isinstance(value, (Catalogue, ServiceItem, Situation)):
        return [text for part in value.__dict__.values() for text in texts_of(part)]
    if isinstance(value, tuple):
        return [text for part in value for text in texts_of(part)]
    return []


@pytest.mark.parametrize("item", load_catalogue().items, ids=lambda item: item.code)
def test_payment_and_issuing_are_never_taken_offline(item: ServiceItem) -> None:
    assert item.kind.value == "apply" or item.offline.risk.value == "never"
