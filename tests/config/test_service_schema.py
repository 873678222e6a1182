"""The JSON Schema of service files: it holds for all shipped files and agrees with the model."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from config.catalogue import Kind, Level, Need, ServiceItem
from config.service_schema import schema_mistakes, service_schema
from config.shipped import load_catalogue
from config.tables import SHIPPED

ONE = """
code = "cg-0001"
kind = "query"
identification = "L0"
name = { zh = "查询", en = "Look-up" }
summary = { zh = "看看。", en = "Look." }
"""
MANY = f"""
[defaults]
kind = "query"
identification = "L0"
[[item]]{ONE.replace('kind = "query"', "").replace('identification = "L0"', "")}
"""


def mistakes(folder: Path, text: str) -> list[str]:
    (folder / "x.toml").write_text(text, "utf-8")
    return list(schema_mistakes(folder))


def test_all_shipped_files_follow_the_schema() -> None:
    Draft202012Validator.check_schema(service_schema())
    assert list(schema_mistakes(SHIPPED / "services")) == []


def test_one_service_or_many_with_defaults(tmp_path: Path) -> None:
    assert mistakes(tmp_path, ONE) == []
    assert mistakes(tmp_path, MANY) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("code = ", "cod = ", "'cod' was unexpected"),
        ("code = ", "cod = ", "'code' is a required property"),
        ('"cg-0001"', '"CG1"', "code: 'CG1' does not match"),
        ('"query"', '"qery"', "kind: 'qery' is not one of"),
        ('en = "Look."', 'fr = "Voir"', "summary: 'en' is a required property"),
        ('"L0"', '"L4"', "identification: 'L4' is not one of"),
        ('"L0"', '"L0"\nworking_days = "5"', "working_days: '5' is not of type 'integer'"),
        ('"L0"', '"L0"\nneeds = ["magic"]', "needs.0: 'magic' is not one of"),
        ('"L0"', '"L0"\nissued = 2026-01-01', "'issued' was unexpected"),
    ],
)
def test_the_schema_names_file_and_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    found = mistakes(tmp_path, ONE.replace(old, new, 1))
    assert any(line.startswith("x.toml: ") and said in line for line in found), found


def test_in_a_file_of_many_the_service_is_named(tmp_path: Path) -> None:
    (found,) = mistakes(tmp_path, MANY + "featured = -1\n")
    assert found.startswith("x.toml: cg-0001: featured: -1 is less than")


def test_more_pages_than_a_case_takes_are_a_mistake() -> None:
    (item, *_) = [i for i in load_catalogue().items if any(m.paper for m in i.materials)]
    papers = [{"name": {"zh": "甲", "en": "A"}, "paper": True, "pages": 10}] * 2
    with pytest.raises(ValueError, match="20 pages of papers, a case takes 19"):
        ServiceItem.model_validate({**item.model_dump(), "materials": papers})


def test_the_schema_knows_every_key_and_value_of_the_model() -> None:
    keys = service_schema()["$defs"]["service"]["properties"]
    notation = {"bring", "ask", "own", "optional"}
    assert set(keys) == set(ServiceItem.model_fields) | notation
    assert keys["kind"]["enum"] == [kind.value for kind in Kind]
    assert keys["needs"]["items"]["enum"] == [need.value for need in Need]
    assert keys["levels"]["items"]["enum"] == [level.value for level in Level]
