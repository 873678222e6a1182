"""Whatever an XFS4IoT service answers within its schemas, or outside them, no adapter is upset."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xfs_script import OPERATIONS, perform, sound

from drivers.results import Ok
from drivers.xfs.messages import definitions

CODES = (
    "",
    "",
    "",
    "success",
    "commandErrorCode",
    "hardwareError",
    "timeOut",
    "canceled",
    "nonsense",
)
SERVICE_OF = {"card": "CardReader", "camera": "Camera", "lights": "Lights", "presence": "Common",
              "printer": "Printer", "scanner": "BarcodeReader"}  # fmt: skip


def fits(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Values that a schema of ours lets through."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    types = schema.get("type", "object")
    return st.one_of([_of(kind, schema) for kind in ([types] if isinstance(types, str) else types)])


def _of(kind: str, schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    match kind:
        case "null":
            return st.none()
        case "boolean":
            return st.booleans()
        case "integer":
            return st.integers(schema.get("minimum", 0), 2**40)
        case "string" if "pattern" in schema:
            return st.from_regex(
                schema["pattern"], fullmatch=True, alphabet=st.characters(max_codepoint=126)
            )
        case "string":
            return st.text(max_size=8)
        case "array":
            return st.lists(fits(schema["items"]), min_size=schema.get("minItems", 0), max_size=3)
    return _object(schema)


def _object(schema: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    known = {key: fits(inner) for key, inner in schema.get("properties", {}).items()}
    required = {key: known.pop(key) for key in schema.get("required", ()) if key in known}
    whole = st.fixed_dictionaries(required, optional=known)
    more = schema.get("additionalProperties")
    if not isinstance(more, Mapping):
        return whole
    names = schema.get("propertyNames", {"type": "string"})
    keys = st.sampled_from(["person", "center", "Common.Status"]) if names else st.text()
    return st.builds(lambda a, b: {**a, **b}, st.dictionaries(keys, fits(more), max_size=2), whole)


def replaced(name: str) -> st.SearchStrategy[list[str]]:
    """The sound script with answers, from the third on, replaced by what the schemas allow."""
    said = definitions()["completion"]
    ours = [said[each] for each in said if each.startswith(SERVICE_OF[name])]
    payloads = st.one_of([fits(schema) for schema in (*ours, said["Common.Status"])])
    changed = definitions()["unsolicited"]["Common.StatusChangedEvent"]
    answer = st.builds(
        lambda code, told: f"{code}|{json.dumps(told)}", st.sampled_from(CODES), payloads
    )
    event = st.builds(lambda told: f"!Common.StatusChangedEvent|{json.dumps(told)}", fits(changed))
    lines = sound(name)
    places = st.dictionaries(st.integers(2, len(lines)), answer | event, min_size=1, max_size=4)
    return places.map(lambda new: [new.get(at, line) for at, line in enumerate([*lines, "|{}"])])


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_a_sound_script_is_followed_to_its_end(name: str) -> None:
    assert isinstance(perform(name, [*sound(name)]), Ok)


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_no_answer_a_schema_allows_upsets_an_adapter(name: str) -> None:
    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(replaced(name))
    def run(lines: list[str]) -> None:
        perform(name, lines)

    run()


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_no_capabilities_a_schema_allows_upset_an_adapter(name: str) -> None:
    about = definitions()["completion"]["Common.Capabilities"]
    lines = sound(name)

    @settings(max_examples=15, suppress_health_check=list(HealthCheck))
    @given(fits(about))
    def run(told: dict[str, Any]) -> None:
        usual = json.loads(lines[0].partition("|")[2])
        # what it offers stays as it is, or nothing more would be asked of it
        mixed = {**usual, **told, "interfaces": usual["interfaces"]}
        perform(name, [f"|{json.dumps(mixed)}", *lines[1:]])

    run()
