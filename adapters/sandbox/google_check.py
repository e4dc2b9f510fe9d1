"""Judges Google's requests and our answers by the discovery documents that Google's client brings along."""

import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from adapters.sandbox.records import Json
from adapters.sandbox.wire import Operation

DOCUMENTS = ("calendar.v3", "gmail.v1")
IGNORED = frozenset({"alt", "prettyPrint", "key", "quotaUser", "oauth_token", "userIp", "$.xgafv", "access_token"})
"""Parameters of every method that change nothing in what we answer."""


@dataclass(frozen=True, slots=True)
class Method:
    """One method of a discovery document: its query parameters,
    its two schemas and the scopes that allow it."""

    parameters: Mapping[str, Json]
    request: str
    response: str
    scopes: frozenset[str]


@cache
def documents() -> tuple[Mapping[str, Method], Mapping[str, Json]]:
    """All methods by their ids and all schemas by `document:name`."""
    spec = importlib.util.find_spec("googleapiclient")
    origin = spec.origin if spec is not None else None
    if origin is None:
        raise ModuleNotFoundError("google-api-python-client, which brings the discovery documents, is not installed")
    folder = Path(origin).parent / "discovery_cache" / "documents"
    methods: dict[str, Method] = {}
    schemas: dict[str, Json] = {}
    for name in DOCUMENTS:
        document = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        schemas.update({f"{name}:{key}": value for key, value in document["schemas"].items()})
        _collect(name, document, methods)
    return methods, schemas


def _collect(document: str, node: Json, methods: dict[str, Method]) -> None:
    for found in node.get("methods", {}).values():
        parameters = {n: p for n, p in found.get("parameters", {}).items() if p["location"] == "query"}
        request, response = (found.get(part, {}).get("$ref", "") for part in ("request", "response"))
        methods[found["id"]] = Method(
            parameters,
            f"{document}:{request}" if request else "",
            f"{document}:{response}" if response else "",
            frozenset(found.get("scopes", ())),
        )
    for inner in node.get("resources", {}).values():
        _collect(document, inner, methods)


def scopes_of(operation: Operation) -> frozenset[str]:
    """The scopes of which a token needs one."""
    return documents()[0][operation.method_id].scopes


def wrong_request(operation: Operation, query: tuple[tuple[str, str], ...], body: Json) -> str:
    """What is wrong in a request's parameters or body, or an empty string."""
    method = documents()[0][operation.method_id]
    names = [name for name, _ in query]
    for name, value in query:
        problem = _wrong_parameter(method, name, value, names)
        if problem:
            return problem
    missing = [name for name, p in method.parameters.items() if p.get("required") and name not in names]
    if missing:
        return f"Required parameter is missing: {missing[0]}"
    if body and not method.request:
        return f"{operation.name} takes no body"
    return wrong_in(method.request, body) if method.request else ""


def _wrong_parameter(method: Method, name: str, value: str, names: list[str]) -> str:
    rule = method.parameters.get(name)
    if rule is None:
        return "" if name in IGNORED else f"Unknown parameter: {name}"
    if names.count(name) > 1 and not rule.get("repeated"):
        return f"Parameter {name} stands twice"
    if "enum" in rule and value not in rule["enum"]:
        return f"Invalid value '{value}' for {name}"
    if rule["type"] == "boolean" and value not in ("true", "false"):
        return f"Invalid boolean '{value}' for {name}"
    if rule["type"] == "integer" and not value.isdigit():
        return f"Invalid integer '{value}' for {name}"
    return ""


def wrong_answer(operation: Operation, payload: Any) -> str:
    """What is wrong in our own successful answer, or an empty string."""
    method = documents()[0][operation.method_id]
    if not method.response:
        return "" if payload is None else f"{operation.name} answers nothing"
    return wrong_in(method.response, payload)


def wrong_in(name: str, value: Any) -> str:
    """The first thing wrong in the JSON of a named schema, or an empty string."""
    document, _, short = name.partition(":")
    return _wrong(document, documents()[1][name], value, short)


def _wrong(document: str, rule: Json, value: Any, path: str) -> str:
    if "$ref" in rule:
        rule = documents()[1][f"{document}:{rule['$ref']}"]
    kind = rule.get("type", "any")
    if kind == "any" or value is None:
        return ""
    if kind == "object":
        return _wrong_object(document, rule, value, path)
    if kind == "array":
        if not isinstance(value, list):
            return f"{path} is not a list"
        return next((p for item in value if (p := _wrong(document, rule["items"], item, path))), "")
    return _wrong_scalar(rule, kind, value, path)


def _wrong_object(document: str, rule: Json, value: Any, path: str) -> str:
    if not isinstance(value, dict):
        return f"{path} is not an object"
    fields, others = rule.get("properties", {}), rule.get("additionalProperties")
    for key, item in value.items():
        inner = fields.get(key, others)
        if inner is None:
            return f"{path}.{key} is not in the schema"
        problem = _wrong(document, inner, item, f"{path}.{key}")
        if problem:
            return problem
    return ""


def _wrong_scalar(rule: Json, kind: str, value: Any, path: str) -> str:
    wanted = {"string": str, "boolean": bool, "integer": int, "number": (int, float)}[kind]
    if not isinstance(value, wanted) or (kind in ("integer", "number") and isinstance(value, bool)):  # type: ignore[arg-type]
        return f"{path} is not of type {kind}"
    if "enum" in rule and value not in rule["enum"]:
        return f"{path} is not one of its values"
    return _wrong_format(rule.get("format", ""), value, path)


def _wrong_format(form: str, value: Any, path: str) -> str:
    try:
        if form == "date-time":
            datetime.fromisoformat(value)
        elif form == "date":
            date.fromisoformat(value)
        elif form in ("int64", "uint64"):
            int(value)
    except ValueError:
        return f"{path} is not of format {form}"
    return ""
