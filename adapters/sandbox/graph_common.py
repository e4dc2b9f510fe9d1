"""What all of Graph's operations share: the Prefer header, $select,
paging links and where they are served."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from adapters.sandbox.records import Json
from adapters.sandbox.wire import Answer, Call, Operation, graph_error
from adapters.sandbox.zones import zone_of


@dataclass(frozen=True, slots=True)
class Wishes:
    """The parts of a Prefer header that the sandbox heeds."""

    immutable: bool = False
    zone: str = "UTC"
    page: int = 0


def prefer(call: Call) -> Wishes:
    """Read the Prefer header as a set: clients join its values in any order."""
    values: dict[str, str] = {}
    for part in re.findall(r'[^,"]+(?:"[^"]*")?', call.headers.get("prefer", "")):
        name, _, value = part.strip().partition("=")
        values[name.strip().lower()] = value.strip().strip('"')
    zone, page = values.get("outlook.timezone", "UTC"), values.get("odata.maxpagesize", "0")
    try:
        zone_of(zone)
    except ValueError:
        raise graph_error(400, "ErrorInvalidTimeZone", f"The time zone {zone} is not supported.") from None
    if not page.isdigit():
        raise graph_error(400, "ErrorInvalidParameter", "odata.maxpagesize is not a whole number.")
    return Wishes(values.get("idtype", "").lower() == "immutableid", zone, int(page))


def base_of(call: Call) -> str:
    """The root of the service as the caller addressed it."""
    return f"{call.base_url}/v1.0"


def select(call: Call, item: Json) -> Json:
    """Only the fields that $select names; the id and the entity tag always come."""
    return selected(item, call.one("$select"))


def selected(item: Json, names: str) -> Json:
    """Only the named fields, the id and the annotations; all when nothing is named."""
    if not names:
        return item
    wanted = {name.strip() for name in names.split(",")} | {"id"}
    return {name: value for name, value in item.items() if name in wanted or name.startswith("@")}


def page_links(call: Call, resource: str, token: str, done: bool) -> Json:
    """An absolute nextLink, or the deltaLink when the round is complete."""
    link, option = ("@odata.deltaLink", "$deltatoken") if done else ("@odata.nextLink", "$skiptoken")
    user = quote(call.account.address)
    return {link: f"{base_of(call)}/users/{user}/{resource}/delta?{option}={token}"}


def operation(
    name: str,
    verb: str,
    path: str,
    serve: Callable[[Call], Answer],
    options: str = "",
    body: str = "",
    shape: str = "",
    cursor: str = "",
) -> Operation:
    """One Graph operation below a user; `options` are the query options it accepts."""
    pattern = re.compile(rf"/v1\.0/users/(?P<user>[^/]+){path}")
    accepted = frozenset(options.split())
    return Operation(name, "microsoft", verb, pattern, serve, options=accepted, body=body, shape=shape, cursor=cursor)
