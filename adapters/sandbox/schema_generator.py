"""Writes `graph_schema.json`: the fields, kinds and enum values of the Graph models that the sandbox speaks.

Run by hand after an upgrade of msgraph-sdk: `python -m adapters.sandbox.schema_generator`.
"""

import importlib
import json
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any

SCHEMA_FILE = Path(__file__).with_name("graph_schema.json")
MODELS = "msgraph.generated.models"
USER = "msgraph.generated.users.item"
ROOTS = {
    "event": f"{MODELS}.event.Event",
    "calendar": f"{MODELS}.calendar.Calendar",
    "message": f"{MODELS}.message.Message",
    "scheduleInformation": f"{MODELS}.schedule_information.ScheduleInformation",
    "subscription": f"{MODELS}.subscription.Subscription",
    "customTimeZone": f"{MODELS}.custom_time_zone.CustomTimeZone",
    "mailboxSettings": f"{MODELS}.mailbox_settings.MailboxSettings",
    "cancelPostRequestBody": f"{USER}.events.item.cancel.cancel_post_request_body.CancelPostRequestBody",
    "getSchedulePostRequestBody": (
        f"{USER}.calendar.get_schedule.get_schedule_post_request_body.GetSchedulePostRequestBody"
    ),
}
LEFT_OUT = frozenset({"Attachment", "Calendar", "CalendarPermission", "Extension", "MultiValueLegacyExtendedProperty"})
"""Models behind fields that the sandbox never serves and never takes."""


class RecordingNode:
    """Stands in for a parse node and writes down which kind of value a field table asks for."""

    def __init__(self) -> None:
        self.kind = ""
        self.model: type | None = None

    def __getattr__(self, name: str) -> Callable[..., None]:
        def ask(model: type | None = None) -> None:
            self.kind, self.model = (
                name.removeprefix("get_").removesuffix("_value").removesuffix("_values"),
                model,
            )

        return ask


def wire_name(model: type) -> str:
    """A model's name in the schema file."""
    return model.__name__[0].lower() + model.__name__[1:]


def field_kinds(model: type) -> dict[str, tuple[str, type | None]]:
    """Each field's kind and, for objects and enums, the class behind it."""
    table = model().get_field_deserializers()
    kinds: dict[str, tuple[str, type | None]] = {}
    for name in sorted(table):
        node = RecordingNode()
        table[name](node)
        kinds[name] = (node.kind, node.model)
    return kinds


def generate() -> dict[str, Any]:
    """The schema of all models reachable from the roots."""
    types: dict[str, dict[str, str]] = {}
    enums: dict[str, list[str]] = {}
    waiting = [(name, _load(path)) for name, path in ROOTS.items()]
    while waiting:
        name, model = waiting.pop(0)
        if name in types:
            continue
        types[name] = {}
        for field, (kind, target) in field_kinds(model).items():
            types[name][field] = _described(kind, target)
            if target is not None and issubclass(target, Enum):
                enums[wire_name(target)] = sorted(str(item.value) for item in target)
            elif target is not None and "object" in kind and target.__name__ not in LEFT_OUT:
                waiting.append((wire_name(target), target))
    return {"types": dict(sorted(types.items())), "enums": dict(sorted(enums.items()))}


def _load(path: str) -> type:
    module, _, name = path.rpartition(".")
    found: type = getattr(importlib.import_module(module), name)
    return found


def _described(kind: str, target: type | None) -> str:
    if target is None:
        return kind
    if target.__name__ in LEFT_OUT:
        return "unserved"
    many = "[]" if kind.startswith("collection") else ""
    if issubclass(target, Enum):
        return f"{many}enum:{wire_name(target)}"
    return f"{many}object:{wire_name(target)}" if "object" in kind else f"{many}{target.__name__}"


def main() -> None:
    """Write the schema file."""
    SCHEMA_FILE.write_text(json.dumps(generate(), indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
