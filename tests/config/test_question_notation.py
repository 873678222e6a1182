"""Questions that depend on an answer, and answers that come from the tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.catalogue import Catalogue, ServiceItem
from config.divisions import load_divisions
from config.policies import load_policies
from config.shipped import CatalogueError, check_catalogue, load_catalogue, load_items

SERVICE = """
code = "gx-0901"
kind = "query"
function = "policies"
office = "gx"
levels = ["city"]
identification = "L0"
bring = []
dataset = "policy_match"
aliases = ["示例"]
name = { zh = "示例查询", en = "Example" }
summary = { zh = "示例。", en = "An example." }
source = "ours"
ask = [
  { title = { zh = "哪一种？", en = "Which kind?" }, fields = ["kind"] },
  { title = { zh = "在哪里？", en = "Where?" }, fields = ["where"], only = { kind = ["company"] } },
]
[own.kind]
widget = "choice"
label = { zh = "类型", en = "Kind" }
options = [["company", { zh = "公司", en = "Company" }], ["shop", { zh = "小店", en = "Shop" }]]
[own.where]
widget = "choice"
label = { zh = "地点", en = "Place" }
options_from = "divisions:440500"
options = [["elsewhere", { zh = "其他", en = "Elsewhere" }]]
"""


def made(folder: Path, text: str) -> ServiceItem:
    (folder / "new.toml").write_text(text, "utf-8")
    [item] = load_items(folder)
    return item


def mistakes(folder: Path, text: str) -> list[str]:
    situations = load_catalogue().situations
    item = made(folder, text)
    return list(check_catalogue(Catalogue(version="t", situations=situations, items=(item,))))


def test_answers_from_the_tables_come_before_own_ones_and_are_all_that_is_taken(
    tmp_path: Path,
) -> None:
    form = made(tmp_path, SERVICE).form
    assert form is not None
    assert mistakes(tmp_path, SERVICE) == []
    keys = [key for key, _ in form.fields["where"].options]
    assert keys == [*(one.code for one in load_divisions().children("440500")), "elsewhere"]
    assert form.schema_["properties"]["where"] == {"type": "string", "enum": keys}


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("policies:all", {one.code for one in load_policies()}),
        ("policies", {one.code for one in load_policies() if not one.automatic}),
    ],
)
def test_policies_are_answers(tmp_path: Path, source: str, wanted: set[str]) -> None:
    form = made(tmp_path, SERVICE.replace("divisions:440500", source)).form
    assert form is not None
    assert {key for key, _ in form.fields["where"].options} == wanted | {"elsewhere"}


@pytest.mark.parametrize("source", ["divisions:999999", "divisions", "streets", "policies:some"])
def test_a_source_of_answers_that_is_none_is_named(tmp_path: Path, source: str) -> None:
    with pytest.raises(CatalogueError, match=f"options_from: '{source}'"):
        made(tmp_path, SERVICE.replace("divisions:440500", source))


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ('kind = ["company"] }', 'kind = ["firm"] }', "'kind' has no answer 'firm'"),
        ('kind = ["company"] }', 'where = ["440507"] }', "'where' was not asked before it"),
        (
            'kind = "query"',
            'kind = "apply"\nworking_days = 5',
            "only a look-up may leave a page out",
        ),
    ],
)
def test_a_page_that_could_never_or_must_not_be_left_out_is_a_mistake(
    tmp_path: Path, written: str, instead: str, said: str
) -> None:
    [mistake] = mistakes(tmp_path, SERVICE.replace(written, instead))
    assert mistake.startswith("gx-0901: form page 'Where?'")
    assert said in mistake
