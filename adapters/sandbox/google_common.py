"""What all of Google's operations share: the place in the URL space and whole-number parameters."""

import re
from collections.abc import Callable

from adapters.sandbox.wire import Answer, Call, Operation, google_error


def operation(
    name: str, verb: str, path: str, serve: Callable[[Call], Answer], method_id: str, cursor: str = ""
) -> Operation:
    """One Google operation; `method_id` names it in the discovery document, which judges all parameters."""
    return Operation(name, "google", verb, re.compile(path), serve, method_id=method_id, cursor=cursor)


def whole(call: Call, name: str, default: int) -> int:
    """A parameter that is a positive whole number."""
    text = call.one(name)
    value = int(text) if text.isdigit() else default
    if value < 1:
        raise google_error(400, "invalid", f"Invalid value '{text}' for {name}.")
    return value
