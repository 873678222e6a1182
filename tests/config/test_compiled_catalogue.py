"""The compiled catalogue says what the files say, or is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.compiled import read_compiled, write_compiled
from config.shipped import compile_catalogue, load_catalogue


def test_it_is_the_same_catalogue(copy: Path) -> None:
    assert read_compiled(copy) is None
    compiled = compile_catalogue()
    write_compiled(copy, compiled)
    assert read_compiled(copy) == compiled
    assert load_catalogue() == compiled
    assert load_catalogue() is not compiled


@pytest.mark.parametrize("name", ["services/22-licences.toml", "cross_city.csv", "edition.toml"])
def test_after_a_change_of_any_table_it_is_passed_over(copy: Path, name: str) -> None:
    write_compiled(copy, compile_catalogue())
    with (copy / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert read_compiled(copy) is None
    assert load_catalogue().items


@pytest.mark.parametrize("cut", [0, 10, 64, 65, 5000])
def test_a_file_cut_short_is_passed_over(copy: Path, cut: int) -> None:
    path = write_compiled(copy, compile_catalogue())
    path.write_bytes(path.read_bytes()[:cut])
    assert read_compiled(copy) is None


def test_a_new_service_is_there_without_compiling(copy: Path) -> None:
    write_compiled(copy, compile_catalogue())
    services = copy / "services"
    text = (services / "designated-hospitals.toml").read_text("utf-8")
    (services / "new.toml").write_text(text.replace("yb-0022", "yb-0999"), "utf-8")
    assert load_catalogue().item("yb-0999") is not None
