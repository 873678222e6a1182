"""Checks what passes the sandbox against ``openapi.yaml``: requests as they came, answers as they go.

A finding names operation, place and rule, never a value. It sits inside the faults, so that a broken
answer that was asked for is no finding.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl

import yaml
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.protocols import Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.contract.base import ProblemCode

_URN = "urn:citizen-window:contract"
_PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Finding:
    """One break of the contract; ``side`` is ``request`` or ``answer``."""

    side: str
    operation: str
    where: str
    rule: str

    def __str__(self) -> str:
        return f"{self.side} of {self.operation}: {self.where} {self.rule}"


@cache
def contract() -> dict[str, Any]:
    """The document, parsed."""
    text = files("portal.contract").joinpath("openapi.yaml").read_text(encoding="utf-8")
    # libyaml where it is there: ten times as fast
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document: dict[str, Any] = yaml.load(text, loader)  # noqa: S506 - safe, both of them
    return document


class ContractWatch:
    """Judges single exchanges by the contract and keeps what it found. Thread-safe."""

    def __init__(self, document: Mapping[str, Any] | None = None) -> None:
        self._document = document if document is not None else contract()
        resource = Resource.from_contents(dict(self._document), default_specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(_URN, resource)
        self._routes = [
            (_pattern(path), path, item) for path, item in self._document["paths"].items()
        ]
        # the more literal path first: {id} must not swallow what has a name of its own
        self._routes.sort(key=lambda route: (route[1].count("{"), -len(route[1])))
        self._lock = threading.Lock()
        self._found: list[Finding] = []
        self._seen = 0

    def findings(self) -> list[Finding]:
        """What was found so far."""
        with self._lock:
            return list(self._found)

    def seen(self) -> int:
        """How many exchanges were judged."""
        with self._lock:
            return self._seen

    def clear(self) -> None:
        """Forget the findings and the count."""
        with self._lock:
            self._found.clear()
            self._seen = 0

    def judge(self, asked: Asked, given: Given) -> list[Finding]:
        """Judge one exchange; the findings are kept as well."""
        found = list(self._judge(asked, given))
        with self._lock:
            self._found += found
            self._seen += 1
        return found

    def _judge(self, asked: Asked, given: Given) -> Iterator[Finding]:
        named = f"{asked.method} {asked.path}"
        for pattern, path, item in self._routes:
            match = pattern.fullmatch(asked.path)
            if match is None:
                continue
            operation = item.get(asked.method.lower())
            if operation is None:
                continue
            named = f"{asked.method} {path}"
            for where, rule in self._wrong_request(operation, asked, match.groupdict()):
                yield Finding("request", named, where, rule)
            for where, rule in self._wrong_answer(operation, given):
                yield Finding("answer", named, where, rule)
            return
        # nothing of the request in the finding: an unknown path may hold anything
        if given.status < 400:
            yield Finding("answer", asked.method, "path", "not in the contract, but answered")
        else:
            for where, rule in self._wrong_problem(given):
                yield Finding("answer", asked.method, where, rule)

    def _wrong_request(
        self, operation: Mapping[str, Any], asked: Asked, path: Mapping[str, str]
    ) -> Iterator[tuple[str, str]]:
        sources: dict[str, Mapping[str, str]] = {
            "path": path,
            "query": asked.query,
            "header": asked.headers,
        }
        declared = [self._resolved(each) for each in operation.get("parameters", ())]
        for parameter in declared:
            name = parameter["name"].lower() if parameter["in"] == "header" else parameter["name"]
            text = sources[parameter["in"]].get(name)
            if text is None:
                if parameter.get("required"):
                    yield f"{parameter['in']} {parameter['name']}", "missing"
                continue
            value = _typed(text, self._resolved(parameter["schema"]))
            for where, rule in self._against(parameter["schema"], value):
                yield f"{parameter['in']} {parameter['name']}{where}", rule
        known = {each["name"] for each in declared if each["in"] == "query"}
        if asked.query.keys() - known:
            yield "query", "holds an unknown name"
        content = operation.get("requestBody", {}).get("content")
        if asked.body is None:  # refused before it was read
            return
        if content is not None:
            yield from self._wrong_body(content, asked.headers, asked.body)
        elif asked.body:
            yield "body", "not in the contract"

    def _wrong_answer(
        self, operation: Mapping[str, Any], given: Given
    ) -> Iterator[tuple[str, str]]:
        responses = operation["responses"]
        declared = responses.get(str(given.status))
        if declared is None:
            if given.status < 400:
                yield "status", f"{given.status} is not in the contract"
                return
            yield from self._wrong_problem(given)
            return
        declared = self._resolved(declared)
        for name, header in declared.get("headers", {}).items():
            if self._resolved(header).get("required") and name.lower() not in given.headers:
                yield f"header {name}", "missing"
        content = declared.get("content")
        if content is not None:
            yield from self._wrong_body(content, given.headers, given.body)
        elif given.body:
            yield "body", "not in the contract"

    def _wrong_problem(self, given: Given) -> Iterator[tuple[str, str]]:
        content = self._resolved({"$ref": "#/components/responses/Problem"})["content"]
        yield from self._wrong_body(content, given.headers, given.body)
        if _media(given.headers) != _PROBLEM:
            return
        document = json.loads(given.body)
        if document.get("code") not in [code.value for code in ProblemCode]:
            yield "body/code", "no code of the contract"
        if document.get("status") != given.status:
            yield "body/status", "differs from the status"

    def _wrong_body(
        self, content: Mapping[str, Any], headers: Mapping[str, str], body: bytes
    ) -> Iterator[tuple[str, str]]:
        media = _media(headers)
        if media not in content:
            yield "content-type", f"none of {', '.join(content)}"
            return
        if not media.endswith("json"):
            return
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            yield "body", "no JSON"
            return
        for where, rule in self._against(content[media]["schema"], value):
            yield f"body{where}", rule

    def _against(self, schema: Mapping[str, Any], value: Any) -> Iterator[tuple[str, str]]:
        for error in self._validator(schema).iter_errors(value):
            where = "".join(f"/{part}" for part in error.absolute_path)
            yield where, str(error.validator)

    def _validator(self, schema: Mapping[str, Any]) -> Validator:
        absolute = json.loads(json.dumps(schema).replace('"#/', f'"{_URN}#/'))
        return Draft202012Validator(absolute, registry=self._registry, format_checker=_FORMATS)

    def _resolved(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        reference = node.get("$ref")
        if reference is None:
            return node
        found: Any = self._document
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
        return self._resolved(found)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came; header names in lower case. ``body`` None: not read to its end."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it goes."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class WatchMiddleware:
    """Shows every exchange below ``/v1`` to the watch; changes nothing."""

    def __init__(self, app: ASGIApp, watch: ContractWatch) -> None:
        self._app = app
        self._watch = watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry."""
        if scope["type"] != "http" or not scope["path"].startswith("/v1/"):
            await self._app(scope, receive, send)
            return
        body, answer = bytearray(), bytearray()
        whole = False
        started: Message = {}

        async def watched_receive() -> Message:
            nonlocal whole
            message = await receive()
            body.extend(message.get("body", b""))
            whole = message["type"] == "http.request" and not message.get("more_body", False)
            return message

        async def watched_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
            else:
                answer.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    # before the last byte goes, so that who has the answer finds the finding
                    self._watch.judge(_asked(scope, bytes(body) if whole else None),
                                      Given(started["status"], _headers(started["headers"]),
                                            bytes(answer)))  # fmt: skip
            await send(message)

        await self._app(scope, watched_receive, watched_send)


def _asked(scope: Scope, body: bytes | None) -> Asked:
    query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    return Asked(scope["method"], scope["path"], query, _headers(scope["headers"]), body)


def _is_timestamp(value: object) -> bool:
    """RFC 3339 with an offset; anything but text is the type's matter."""
    return not isinstance(value, str) or dt.datetime.fromisoformat(value).tzinfo is not None


_FORMATS = FormatChecker(("date", "uuid"))
_FORMATS.checks("date-time", raises=ValueError)(_is_timestamp)


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", path)
    return re.compile(
        "".join(
            f"(?P<{part}>[^/]+)" if index % 2 else re.escape(part)
            for index, part in enumerate(parts)
        )
    )


def _typed(text: str, schema: Mapping[str, Any]) -> Any:
    if schema.get("type") == "integer" and re.fullmatch(r"-?[0-9]+", text):
        return int(text)
    return text


def _headers(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in raw}


def _media(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").split(";", 1)[0].strip().lower()
