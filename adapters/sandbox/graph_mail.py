"""Graph's mail operations: delta of a folder, get, MIME, find, draft and send, and the mailbox's settings."""

import base64
import binascii
import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from urllib.parse import quote

from adapters.sandbox.delivery import dispatch, without_headers
from adapters.sandbox.graph_common import base_of, operation, page_links, prefer, selected
from adapters.sandbox.graph_message import find_message, message_id, write_message
from adapters.sandbox.graph_schedule import working_hours
from adapters.sandbox.letters import new_message_id
from adapters.sandbox.mailboxes import addresses_of, headers_of, move, store, text_of
from adapters.sandbox.records import Account, Json, Mail
from adapters.sandbox.wire import Answer, Call, Operation, graph_error, instant, seal, unseal, zulu
from adapters.sandbox.zones import windows_name

STRIPPED = ("auto-submitted:", "list-id:")
"""Headers that Exchange takes out of what an application submits, even as MIME."""

LARGEST_REQUEST = 4 * 1024 * 1024

EQUALS = re.compile(r"(?P<field>internetMessageId|conversationId|subject) eq '(?P<value>(?:[^']|'')*)'")
SINCE = re.compile(r"receivedDateTime (?P<how>ge|gt) (?P<at>\S+)")


def _mail(call: Call) -> Mail:
    mail = find_message(call.account, call.args["id"])
    if mail is None:
        raise graph_error(404, "ErrorItemNotFound", "The specified object was not found in the store.")
    return mail


def _written(call: Call, mail: Mail, names: str) -> Json:
    item = write_message(call.account, mail, prefer(call).immutable, "internetMessageHeaders" in names)
    return selected(item, names)


def delta(call: Call) -> Answer:
    """messages/delta of one folder; $select is kept in the link."""
    state = _delta_state(call)
    fresh = call.account.mailbox.changed_since(int(state["after"]))
    items = [(mail.change, item) for mail in fresh if (item := _delta_item(call, mail, state))]
    size, done = call.cut(prefer(call).page or 10, bool(state["opening"]), len(items))
    after = call.account.mailbox.changes if done else items[size - 1][0] if size else state["after"]
    following = {**state, "after": after, "opening": done, "first": state["first"] and not done}
    link = page_links(call, f"mailFolders/{state['folder']}/messages", seal("messages", following), done)
    context = f"{base_of(call)}/$metadata#Collection(message)"
    return Answer(200, {"@odata.context": context, "value": [item() for _, item in items[:size]], **link})


def _delta_state(call: Call) -> Json:
    token, folder = call.one("$deltatoken") or call.one("$skiptoken"), call.args["folder"].lower()
    if token:
        state = unseal("messages", token)
        if state is None or state["user"] != call.account.address or state["folder"] != folder:
            raise graph_error(400, "ErrorInvalidParameter", "The token is not one of this resource.")
        return state
    kept = {
        "user": call.account.address,
        "folder": folder,
        "select": call.one("$select"),
        "since": _since(call),
    }
    return {**kept, "first": True, "after": 0, "opening": True}


def _since(call: Call) -> str:
    text = call.one("$filter")
    found = SINCE.fullmatch(text.strip())
    if text and found is None:
        raise graph_error(400, "ErrorInvalidUrlQueryFilter", "Only receivedDateTime ge or gt may filter a delta.")
    try:
        return instant(found["at"]).isoformat() if found else ""
    except ValueError as problem:
        raise graph_error(400, "ErrorInvalidUrlQueryFilter", str(problem)) from None


def _delta_item(call: Call, mail: Mail, state: Json) -> Callable[[], Json] | None:
    """How to write a mail into a round, or None when it is no part of it; only what fits on the page is written."""
    there = mail.folder == state["folder"] and not mail.gone
    if there and state["since"] and mail.at < datetime.fromisoformat(state["since"]):
        return None
    if there:
        return partial(_written, call, mail, state["select"])
    was_there = (mail.gone and mail.folder == state["folder"]) or (state["folder"] == "drafts" and mail.generation > 0)
    if state["first"] or not was_there:
        return None
    return partial(_removed, message_id(mail, prefer(call).immutable))


def _removed(identity: str) -> Json:
    return {"id": identity, "@removed": {"reason": "deleted"}}


def listed(call: Call) -> Answer:
    """messages of the mailbox or of one folder, newest first, with at most one filter of equality."""
    text = call.one("$filter").strip()
    found = EQUALS.fullmatch(text)
    if text and found is None:
        raise graph_error(400, "ErrorInvalidUrlQueryFilter", "Only one equality is served.")
    mails = [mail for mail in call.account.mailbox.live() if _fits(call.args.get("folder", ""), found, mail)]
    top = int(call.one("$top", "10")) if call.one("$top", "10").isdigit() else 10
    skip = int(call.one("$skip", "0")) if call.one("$skip", "0").isdigit() else 0
    page = [_written(call, mail, call.one("$select")) for mail in mails[::-1][skip : skip + top]]
    payload: Json = {"@odata.context": f"{base_of(call)}/$metadata#Collection(message)", "value": page}
    if skip + top < len(mails):
        others = "&".join(f"{quote(k)}={quote(v)}" for k, v in call.query if k != "$skip")
        payload["@odata.nextLink"] = f"{call.base_url}{call.path}?{others}&$skip={skip + top}"
    return Answer(200, payload)


def _fits(folder: str, found: re.Match[str] | None, mail: Mail) -> bool:
    if folder and mail.folder != folder.lower():
        return False
    if found is None:
        return True
    have = {
        "internetMessageId": mail.message_id,
        "conversationId": f"AAQkAD{mail.thread}",
        "subject": mail.subject,
    }
    return have[found["field"]] == found["value"].replace("''", "'")


def get(call: Call) -> Answer:
    """One mail; with an immutable id a sent draft is found as its Sent Items copy."""
    item = _written(call, _mail(call), call.one("$select"))
    return Answer(200, {"@odata.context": f"{base_of(call)}/$metadata#message/$entity", **item})


def value(call: Call) -> Answer:
    """The mail's MIME content."""
    return Answer(200, _mail(call).raw)


def create_draft(call: Call) -> Answer:
    """A draft from base64 MIME; the Message-ID of the MIME is kept."""
    if len(call.body) > LARGEST_REQUEST:
        raise graph_error(400, "BadRequest", "The maximum request length supported is 4MB.")
    if not call.headers.get("content-type", "").startswith("text/plain"):
        raise graph_error(400, "BadRequest", "A draft is created from MIME in base64 with Content-Type text/plain.")
    try:
        raw = base64.b64decode(b"".join(call.body.split()), validate=True)
    except binascii.Error:
        raise graph_error(
            400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content."
        ) from None
    if not raw.strip() or (headers_of(raw)["From"] is None and headers_of(raw)["To"] is None):
        raise graph_error(400, "ErrorMimeContentInvalid", "The MIME content is invalid.")
    mail = store(call.account, _submitted(call.account, raw), "drafts", call.world.now)
    item = _written(call, mail, "")
    return Answer(201, {"@odata.context": f"{base_of(call)}/$metadata#message/$entity", **item})


def _submitted(account: Account, raw: bytes) -> bytes:
    kept = without_headers(raw, STRIPPED)
    if headers_of(kept)["Message-ID"] is None:
        kept = f"Message-ID: {new_message_id(account)}\r\n".encode() + kept
    return kept


def send(call: Call) -> Answer:
    """Hand a draft over to transport: 202 says no more than that."""
    mail = _mail(call)
    if mail.folder != "drafts":
        raise graph_error(400, "ErrorInvalidOperation", "The message is not a draft.")
    head = headers_of(mail.raw)
    senders = addresses_of(text_of(head["From"])) or [("", call.account.address)]
    if senders[0][1].lower() != call.account.address:
        raise graph_error(403, "ErrorSendAsDenied", "The user account does not have the right to send as that sender.")
    if not addresses_of(*(text_of(head[name]) for name in ("To", "Cc", "Bcc"))):
        raise graph_error(400, "ErrorInvalidRecipients", "At least one recipient is not valid.")
    move(call.account, mail, "sentitems")
    mail.at = call.world.now
    dispatch(call.world, call.account.address, mail.raw)
    return Answer(202)


def settings(call: Call) -> Answer:
    """The mailbox's settings: Windows zone name, working hours, automatic replies during an absence."""
    account = call.account
    payload = {
        "@odata.context": f"{base_of(call)}/$metadata#users('{quote(account.address)}')/mailboxSettings",
        "timeZone": account.zone_shown or windows_name(account.zone),
        "language": {"locale": "en-US", "displayName": "English (United States)"},
        "automaticRepliesSetting": _automatic_replies(account, call.world.now),
        "workingHours": working_hours(account, call.world.now.year),
        "userPurpose": "user",
    }
    return Answer(200, payload)


def _automatic_replies(account: Account, now: datetime) -> Json:
    """Scheduled for the first absence that is not over."""
    away = [e for e in account.calendar.entries.values() if e.live and e.show_as == "oof" and e.end > now]
    if not away:
        return {"status": "disabled", "externalAudience": "none"}
    first = min(away, key=lambda entry: (entry.start, entry.number))
    ends = {"scheduledStartDateTime": first.start, "scheduledEndDateTime": first.end}
    dated = {name: {"dateTime": zulu(at).removesuffix("Z"), "timeZone": "UTC"} for name, at in ends.items()}
    text = next((absence.text for absence in account.absences if absence.start == first.start), "")
    words = {"internalReplyMessage": text, "externalReplyMessage": text} if text else {}
    return {"status": "scheduled", "externalAudience": "all", **dated, **words}


FOLDER = "/mailFolders/(?P<folder>inbox|drafts|sentitems)/messages"
PAGING = "$filter $select $top $skip"
OPERATIONS: tuple[Operation, ...] = (
    operation(
        "messages.delta",
        "GET",
        FOLDER + r"/delta(?:\(\))?",
        delta,
        "$select $filter $top $deltatoken $skiptoken",
        shape="[]message",
        cursor="$deltatoken",
    ),
    operation("messages.list", "GET", "/messages", listed, PAGING, shape="[]message"),
    operation("folder.messages", "GET", FOLDER, listed, PAGING, shape="[]message"),
    operation("messages.get", "GET", "/messages/(?P<id>[^/]+)", get, "$select", shape="message"),
    operation("messages.value", "GET", r"/messages/(?P<id>[^/]+)/\$value", value),
    operation("messages.createDraft", "POST", "/messages", create_draft, shape="message"),
    operation("messages.send", "POST", "/messages/(?P<id>[^/]+)/send", send),
    operation("mailboxSettings.get", "GET", "/mailboxSettings", settings, "$select", shape="mailboxSettings"),
)
