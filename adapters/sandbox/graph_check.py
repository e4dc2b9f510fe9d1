"""Judges Graph's requests and our answers by the field tables and enums of the vendor's own models."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from adapters.sandbox.records import Json
from adapters.sandbox.schema_generator import SCHEMA_FILE
from adapters.sandbox.wire import Operation

CASELESS = ("cancelPostRequestBody", "getSchedulePostRequestBody")
"""Bodies of actions: Microsoft's own SDK capitalises their keys, the documentation does not,
and both work."""

ANNOTATIONS = frozenset(
    {"@odata.context", "@odata.etag", "@odata.type", "@odata.nextLink", "@odata.deltaLink", "@removed"}
)
SUBTYPES: Mapping[str, tuple[str, ...]] = {"timeZoneBase": ("customTimeZone",)}
"""Models that stand in for another one and say so in @odata.type."""

SCALARS: Mapping[str, tuple[type, ...]] = {
    "str": (str,),
    "bool": (bool,),
    "int": (int,),
    "float": (int, float),
    "time": (str,),
    "date": (str,),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a model: a scalar kind, or the name of an enum or of another model."""

    many: bool
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Schema:
    """Models and enums by name."""

    types: Mapping[str, Mapping[str, Field]]
    enums: Mapping[str, frozenset[str]]


@cache
def schema() -> Schema:
    """The vendor's tables as they were generated."""
    found = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    types = {name: {field: _field(text) for field, text in table.items()} for name, table in found["types"].items()}
    return Schema(types, {name: frozenset(values) for name, values in found["enums"].items()})


def _field(text: str) -> Field:
    kind, _, target = text.removeprefix("[]").partition(":")
    return Field(text.startswith("[]"), kind, target)


def wrong_in(name: str, value: Any, caseless: bool = False, path: str = "") -> str:
    """The first thing wrong in a model's JSON, or an empty string; null is allowed everywhere."""
    if value is None:
        return ""
    if not isinstance(value, dict):
        return f"{path or name} is not an object"
    derived = str(value.get("@odata.type", "")).removeprefix("#microsoft.graph.")
    fields = schema().types[derived if derived in SUBTYPES.get(name, ()) else name]
    if caseless:
        fields = {key.lower(): field for key, field in fields.items()}
    for key, item in value.items():
        field = fields.get(key.lower() if caseless else key)
        if field is None and key not in ANNOTATIONS:
            return f"{path}{key} is not a field of {name}"
        problem = _wrong_value(field, item, f"{path}{key}") if field is not None else ""
        if problem:
            return problem
    return ""


def _wrong_value(field: Field, value: Any, path: str) -> str:
    if value is None:
        return ""
    if field.many:
        if not isinstance(value, list):
            return f"{path} is not a list"
        return next((problem for item in value if (problem := _wrong_one(field, item, path))), "")
    return _wrong_one(field, value, path)


def _wrong_one(field: Field, value: Any, path: str) -> str:
    if field.kind == "object":
        return wrong_in(field.target, value, False, f"{path}.")
    if field.kind == "enum":
        known = isinstance(value, str) and value in schema().enums[field.target]
        return "" if known else f"{path} is not a value of {field.target}"
    if field.kind == "datetime":
        return _wrong_instant(value, path)
    wanted = SCALARS.get(field.kind)
    if wanted is None:
        return f"{path} is not served"
    fits = isinstance(value, wanted) and (bool in wanted or not isinstance(value, bool))
    return "" if fits else f"{path} is not of kind {field.kind}"


def _wrong_instant(value: Any, path: str) -> str:
    try:
        return "" if datetime.fromisoformat(value).tzinfo else f"{path} has no offset"
    except (TypeError, ValueError):
        return f"{path} is not an instant"


def wrong_request(operation: Operation, query: tuple[tuple[str, str], ...], body: Json) -> str:
    """What is wrong in a request's options or body, or an empty string."""
    names = [name for name, _ in query]
    for name in names:
        if name not in operation.options:
            return f"the query option {name} is not one of {operation.name}"
    if len(set(names)) != len(names):
        return "a query option stands twice"
    chosen = dict(query).get("$select", "")
    item = operation.shape.removeprefix("[]")
    for field in filter(None, (part.strip() for part in chosen.split(","))):
        if field not in schema().types[item]:
            return f"$select names {field}, which is not a field of {item}"
    return wrong_in(operation.body, body, operation.body in CASELESS) if operation.body else ""


def wrong_answer(operation: Operation, payload: Any) -> str:
    """What is wrong in our own successful answer, or an empty string."""
    if not operation.shape:
        return "" if payload in (None, {}) else f"{operation.name} answers nothing"
    if not isinstance(payload, dict):
        return f"{operation.name} does not answer an object"
    if not operation.shape.startswith("[]"):
        return wrong_in(operation.shape, payload)
    stray = sorted(set(payload) - ANNOTATIONS - {"value"})
    if stray:
        return f"{stray[0]} is not part of a collection"
    name = operation.shape.removeprefix("[]")
    return next((problem for item in payload["value"] if (problem := wrong_in(name, item))), "")
