"""Online meetings: a Teams link inside an Outlook body, a Meet link that is ready a minute after it was asked for."""

import hashlib
import html
from datetime import timedelta
from functools import partial

from adapters.sandbox import invitations
from adapters.sandbox.records import Account, Entry, Json
from adapters.sandbox.world import World

TEAMS, MEET = "teamsForBusiness", "hangoutsMeet"
CONFERENCE_TAKES = timedelta(minutes=1)
"""How long Google's conference request stays pending."""

RULE = "_" * 80


def with_teams(account: Account, entry: Entry) -> dict[str, object]:
    """The field values that make an event a Teams meeting: a fresh link, and its blob at the end of the body."""
    number = f"{account.stamp}{account.calendar.made:06d}{account.calendar.changes:06d}"
    url = f"https://teams.microsoft.com/l/meetup-join/19%3ameeting_{number}%40thread.v2/0"
    words = entry.body if entry.body_type == "html" else html.escape(entry.body).replace("\n", "<br>")
    inner = words.removeprefix("<html><body>").removesuffix("</body></html>")
    return {"online": TEAMS, "join_url": url, "body": teams_body(inner, url), "body_type": "html"}


def teams_body(inner: str, url: str) -> str:
    """A body in HTML with the blob of a Teams meeting below its words."""
    blob = (
        f'<br><div style="width:100%"><span>{RULE}</span></div><div class="me-email-text">'
        f'<span>Microsoft Teams meeting</span><br><a class="me-email-headline" href="{url}">Join the meeting now</a>'
        f"</div><div><span>{RULE}</span></div>"
    )
    return f"<html><body>{inner}{blob}</body></html>"


def teams_after(account: Account, entry: Entry, fields: dict[str, object]) -> dict[str, object]:
    """Field values of a change with what Outlook makes of them.

    A body written without the blob takes the link away; asking for an online meeting makes a link where none is.
    What was made online cannot be made otherwise by saying so.
    """
    body = str(fields.get("body", entry.body))
    kept = bool(entry.join_url) and entry.join_url in body
    if kept or (entry.online != TEAMS and fields.get("online") != TEAMS):
        return {**fields, "online": entry.online} if "online" in fields else fields
    bare = {**fields, "online": "", "join_url": ""}
    if fields.get("online") != TEAMS:
        return bare
    kind = str(fields.get("body_type", entry.body_type))
    return {**bare, **with_teams(account, Entry("", entry.start, entry.end, "", body=body, body_type=kind))}


def pending(request: Json) -> Json:
    """Google's conferenceData right after it was asked for."""
    return {"createRequest": {**_request(request), "status": {"statusCode": "pending"}}}


def _request(request: Json) -> Json:
    return {"requestId": str(request["requestId"]), "conferenceSolutionKey": {"type": MEET}}


def make_conference(world: World, account: Account, entry: Entry, request: Json, reach: tuple[str, ...]) -> None:
    """Have the Meet link appear when its time has come; the guests who are told of changes hear of it too."""
    world.later(CONFERENCE_TAKES, partial(_ready, world, account, entry, request, reach))


def _ready(world: World, account: Account, entry: Entry, request: Json, reach: tuple[str, ...]) -> list[str]:
    asked = (entry.extra.get("conferenceData") or {}).get("createRequest", {})
    if not entry.live or asked.get("requestId") != str(request["requestId"]):
        return []
    code = _meeting_code(entry.ical_uid + str(request["requestId"]))
    entry.online, entry.join_url = MEET, f"https://meet.google.com/{code}"
    entry.extra = {**entry.extra, "conferenceData": _conference(request, code)}
    account.home(entry).touch(entry, world.now)
    invitations.tell(world, account, entry, reach)
    return [account.address]


def _conference(request: Json, code: str) -> Json:
    label = f"meet.google.com/{code}"
    return {
        "createRequest": {**_request(request), "status": {"statusCode": "success"}},
        "entryPoints": [{"entryPointType": "video", "uri": f"https://{label}", "label": label}],
        "conferenceSolution": {"key": {"type": MEET}, "name": "Google Meet"},
        "conferenceId": code,
    }


def _meeting_code(text: str) -> str:
    letters = "".join(chr(ord("a") + byte % 26) for byte in hashlib.sha256(text.encode()).digest())
    return f"{letters[:3]}-{letters[3:7]}-{letters[7:10]}"


def ask_conference(body: Json, entry: Entry | None) -> tuple[dict[str, object], Json]:
    """(field values, request to make later or an empty object) of the conferenceData in a Google body.

    ValueError for what Google would not accept. A request id that was seen before is ignored.
    """
    extra = dict(entry.extra) if entry else {}
    wanted = body["conferenceData"]
    if wanted is None:
        extra.pop("conferenceData", None)
        return {"extra": extra, "online": "", "join_url": ""}, {}
    request = wanted.get("createRequest")
    if not request:
        raise ValueError("The sandbox serves conferenceData with a createRequest only.")
    if not request.get("requestId") or request.get("conferenceSolutionKey", {}).get("type", MEET) != MEET:
        raise ValueError("Invalid conference type value.")
    before = (extra.get("conferenceData") or {}).get("createRequest", {})
    if before.get("requestId") == request["requestId"]:
        return {}, {}
    return {"extra": {**extra, "conferenceData": pending(request)}, "online": "", "join_url": ""}, request
