"""The document, the models and the sandbox's routes say the same."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portal_support import make_settings
from pydantic import ValidationError
from pydantic.json_schema import models_json_schema

from portal.contract import (
    CaseReceipt,
    CaseState,
    EvaluationRequest,
    ProblemCode,
    SealError,
    answers,
    drafts,
    editions,
    endings,
    lookup_code,
    operations,
    progress,
    protected_header,
    requests,
    routing,
    sessions,
    shown_lookup_code,
    terminals,
    typed_code,
)
from portal.contract.base import ContractModel
from portal.sandbox import create_app
from portal.sandbox.contract_watch import contract

DOCUMENT = contract()
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SCHEMAS = DOCUMENT["components"]["schemas"]


def _bare(node: Any, *, names: bool = False) -> Any:
    """A schema without prose; ``names``: the keys are property names, not keywords."""
    if isinstance(node, dict):
        return {
            key: _bare(value, names=key == "properties" and not names)
            for key, value in node.items()
            if names or key not in ("title", "description", "default")
        }
    return [_bare(each) for each in node] if isinstance(node, list) else node


def _models() -> dict[str, Any]:
    found = [
        (model, "validation")
        for module in (
            answers,
            drafts,
            editions,
            endings,
            operations,
            progress,
            requests,
            routing,
            sessions,
            terminals,
        )
        for model in vars(module).values()
        if isinstance(model, type)
        and issubclass(model, ContractModel)
        and model.__module__ == module.__name__
    ]
    _, schema = models_json_schema(found, ref_template="#/components/schemas/{model}")
    return schema["$defs"]


def test_models_are_the_documents_schemas():
    models = _models()
    assert set(models) | {"ProblemCode"} == set(SCHEMAS)
    for name, schema in models.items():
        assert _bare(schema) == _bare(SCHEMAS[name]), name
    assert SCHEMAS["ProblemCode"]["enum"] == [code.value for code in ProblemCode]


def test_sandbox_has_the_documents_operations(tmp_path):
    app = create_app(make_settings(tmp_path))
    served = {
        (route.path, method.lower())
        for route in app.routes
        for method in route.methods
        if route.path.startswith("/v1/")
    }
    app.state.world.close()
    described = {(path, method) for path, item in DOCUMENT["paths"].items() for method in item}
    assert served == described


def test_requests_are_closed_and_answers_open():
    evaluation = {"key": "01900000-0000-7000-8000-000000000001", "terminal": "T", "grade": 1}
    evaluation["case_key"] = evaluation["key"]
    EvaluationRequest.model_validate(evaluation)
    with pytest.raises(ValidationError):
        EvaluationRequest.model_validate({**evaluation, "more": 1})
    receipt = CaseReceipt.model_validate_json(
        b'{"key":"01900000-0000-7000-8000-000000000001","case_no":"1","lookup_code":"000000000000",'
        b'"state":"joined_with_another","accepted_at":"2026-11-22T10:00:00+08:00","authority_zh":"",'
        b'"authority_en":"","destination":"440500","added_later":true}'
    )
    assert receipt.state is CaseState.IN_PROCESS
    assert ProblemCode.read("brand_new", 503) is ProblemCode.INTERNAL
    assert ProblemCode.read("brand_new", 422) is ProblemCode.INVALID_REQUEST


@given(st.uuids().map(str))
def test_lookup_code_is_fifty_five_bits_in_crockford_and_a_check(key):
    code = lookup_code(key)
    value = 0
    for character in code[:-1]:
        value = value << 5 | CROCKFORD.index(character)
    whole = int.from_bytes(hashlib.sha256(f"cw-lookup:{key}".encode()).digest(), "big")
    assert value == whole >> (256 - 55)
    assert shown_lookup_code(code) == f"{code[:4]}·{code[4:8]}·{code[8:]}"
    assert typed_code(code) == code


CODES = st.uuids().map(str).map(lookup_code)


@given(CODES, st.integers(0, 11), st.sampled_from(CROCKFORD))
def test_one_wrong_character_is_noticed(code, place, character):
    wrong = code[:place] + character + code[place + 1 :]
    assert (typed_code(wrong) == code) == (wrong == code)
    if wrong != code:
        assert typed_code(wrong) is None


@given(CODES, st.integers(0, 11), st.integers(0, 11))
def test_two_exchanged_characters_are_noticed(code, one, other):
    letters = list(code)
    letters[one], letters[other] = letters[other], letters[one]
    exchanged = "".join(letters)
    assert typed_code(exchanged) == (code if exchanged == code else None)


@pytest.mark.parametrize(
    "typed",
    [
        "7k4m92qf3tx7", " 7K4M·92QF·3TX7 ", "7K4M-92QF 3TX7", "https://portal.example/lookup/7K4M92QF3TX7"
    ],
)  # fmt: skip
def test_how_people_and_scanners_write_a_code(typed):
    assert typed_code(typed) == "7K4M92QF3TX7"


def test_letters_taken_for_numbers_are_forgiven():
    assert typed_code("O123ABCDOOOJ") == typed_code("0I23ABCD000J") == "0123ABCD000J"


@given(st.text())
def test_any_text_is_a_code_or_none(text):
    code = typed_code(text)
    assert code is None or typed_code(shown_lookup_code(code)) == code


@given(st.text())
def test_any_text_as_protected_header_is_a_header_or_a_seal_error(text):
    try:
        assert isinstance(protected_header(text), dict)
    except SealError:
        return
