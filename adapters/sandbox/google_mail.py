"""Gmail's operations: profile, history, list and get, drafts that are created and sent, threads."""

import base64
import binascii
import re

from adapters.sandbox.delivery import dispatch, headline, without_headers
from adapters.sandbox.google_common import operation, whole
from adapters.sandbox.google_message import reference, write_message
from adapters.sandbox.letters import new_message_id
from adapters.sandbox.mailboxes import addresses_of, discard, headers_of, parsed, store, text_of, thread_for
from adapters.sandbox.records import Account, History, Json, Mail
from adapters.sandbox.wire import Answer, Call, Operation, Reject, google_error, seal, unseal

METADATA_SCOPE = "https://www.googleapis.com/auth/gmail.metadata"
PLACES = {"inbox": "INBOX", "sent": "SENT", "drafts": "DRAFT", "draft": "DRAFT", "unread": "UNREAD"}
KINDS = {
    "messageAdded": "messagesAdded",
    "messageDeleted": "messagesDeleted",
    "labelAdded": "labelsAdded",
    "labelRemoved": "labelsRemoved",
}


def _missing() -> Reject:
    return google_error(404, "notFound", "Requested entity was not found.")


def _mail(call: Call) -> Mail:
    found = next((mail for mail in call.account.mailbox.live() if mail.id == call.args["id"]), None)
    if found is None:
        raise _missing()
    return found


def _only_metadata(call: Call) -> bool:
    return bool(call.token.scopes) and set(call.token.scopes) <= {METADATA_SCOPE}


def profile(call: Call) -> Answer:
    """The address and the newest history id, from which a full round goes on."""
    box = call.account.mailbox
    about: Json = {"emailAddress": call.account.address, "historyId": str(box.changes)}
    about |= {"messagesTotal": len(box.live()), "threadsTotal": len({mail.thread for mail in box.live()})}
    return Answer(200, about)


def history(call: Call) -> Answer:
    """What changed since a history id; a page that holds nothing of interest has no `history` at all."""
    box, start = call.account.mailbox, call.one("startHistoryId")
    if not start.isdigit():
        raise google_error(400, "invalidArgument", "Missing or invalid startHistoryId.")
    if not 1000 <= int(start) <= box.changes:
        raise _missing()
    after, opening = _position(call, "history", int(start))
    lines = box.since(after)
    size, done = call.cut(min(whole(call, "maxResults", 100), 500), opening, len(lines))
    kinds = {KINDS[name] for name in call.every("historyTypes")} or set(KINDS.values())
    label = call.one("labelId")
    page = [line for line in lines[:size] if line.kind in kinds and (not label or label in line.mail.labels)]
    payload: Json = {"historyId": str(box.changes)}
    if page:
        payload["history"] = [_history_line(line) for line in page]
    if not done:
        payload["nextPageToken"] = seal("history", {"after": lines[size - 1].number if size else after})
    return Answer(200, payload)


def _position(call: Call, kind: str, start: int) -> tuple[int, bool]:
    token = call.one("pageToken")
    if not token:
        return start, True
    state = unseal(kind, token)
    if state is None:
        raise google_error(400, "invalidArgument", "Invalid pageToken.")
    return int(state["after"]), False


def _history_line(line: History) -> Json:
    message = {**reference(line.mail), "labelIds": list(line.mail.labels)}
    change: Json = {"message": message}
    if line.kind.startswith("labels"):
        change["labelIds"] = list(line.labels)
    return {"id": str(line.number), "messages": [reference(line.mail)], line.kind: [change]}


def listed(call: Call) -> Answer:
    """Mails, newest first, that bear all the labels and fit the query."""
    if call.one("q") and _only_metadata(call):
        raise google_error(403, "forbidden", "Metadata scope does not support 'q' parameter")
    labels, terms = call.every("labelIds"), _terms(call.one("q"))
    found = [m for m in reversed(call.account.mailbox.live()) if set(labels) <= set(m.labels) and _fits(m, terms)]
    at, _ = _position(call, "messages", 0)
    size = min(whole(call, "maxResults", 100), 500)
    page = found[at : at + size]
    payload: Json = {"resultSizeEstimate": len(found)}
    if page:
        payload["messages"] = [reference(mail) for mail in page]
    if at + size < len(found):
        payload["nextPageToken"] = seal("messages", {"after": at + size})
    return Answer(200, payload)


def _terms(query: str) -> list[tuple[str, str]]:
    terms: list[tuple[str, str]] = []
    for part in re.findall(r'(?:[a-z0-9]+:)?"[^"]*"|\S+', query):
        name, colon, value = part.partition(":")
        name, value = (name, value) if colon and not part.startswith('"') else ("", part)
        if name not in ("", "rfc822msgid", "in", "label", "is", "from", "to", "subject", "after", "before"):
            raise google_error(400, "invalidArgument", f"The sandbox does not know the search operator {name}:")
        terms.append((name, value.strip('"')))
    return terms


def _fits(mail: Mail, terms: list[tuple[str, str]]) -> bool:
    return all(_fits_term(mail, name, value) for name, value in terms)


def _fits_term(mail: Mail, name: str, value: str) -> bool:
    if name == "rfc822msgid":
        return mail.message_id.strip("<>") == value.strip("<>")
    if name in ("in", "label", "is"):
        return value == "anywhere" or PLACES.get(value.lower(), value.upper()) in mail.labels
    if name in ("after", "before"):
        return (mail.at.timestamp() >= float(value)) is (name == "after") if value.isdigit() else False
    places = {"from": mail.sender, "to": mail.to, "subject": mail.subject}
    text = places[name] if name else f"{mail.subject} {mail.sender} {parsed(mail).as_string()}"
    return value.lower() in text.lower()


def get(call: Call) -> Answer:
    """One mail in one of the four formats."""
    return Answer(200, _formatted(call, _mail(call)))


def _formatted(call: Call, mail: Mail) -> Json:
    form = call.one("format", "full")
    if form in ("full", "raw") and _only_metadata(call):
        raise google_error(403, "forbidden", f"Metadata scope doesn't allow format {form.upper()}")
    return write_message(mail, form, call.every("metadataHeaders"))


def thread(call: Call) -> Answer:
    """All mails of a thread, oldest first."""
    mails = [mail for mail in call.account.mailbox.live() if mail.thread == call.args["id"]]
    if not mails:
        raise _missing()
    newest = str(max(mail.change for mail in mails))
    return Answer(200, {"id": call.args["id"], "historyId": newest, "messages": [_formatted(call, m) for m in mails]})


def create_draft(call: Call) -> Answer:
    """A draft from raw MIME; it joins the given thread only if its references and its subject belong
    there."""
    message = call.json().get("message") or {}
    try:
        text = str(message.get("raw", ""))
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        raise google_error(400, "invalidArgument", "Invalid value for ByteString") from None
    if not raw.strip():
        raise google_error(400, "invalidArgument", "'raw' RFC822 payload message string or uploading message required")
    wanted = str(message.get("threadId") or "")
    if wanted and all(mail.thread != wanted for mail in call.account.mailbox.live()):
        raise _missing()
    mail = store(call.account, without_headers(raw, ()), "drafts", call.world.now, thread="")
    if wanted and thread_for(call.account, mail) == wanted:
        mail.thread = wanted
    call.account.mailbox.drafts += 1
    mail.draft_id = f"r{call.account.stamp}{call.account.mailbox.drafts:06d}"
    return Answer(200, _draft_reference(mail))


def _draft_reference(mail: Mail) -> Json:
    return {"id": mail.draft_id, "message": {**reference(mail), "labelIds": list(mail.labels)}}


def _draft(account: Account, identity: str) -> Mail:
    drafts = (mail for mail in account.mailbox.live() if mail.folder == "drafts")
    found = next((mail for mail in drafts if mail.draft_id == identity), None)
    if found is None:
        raise _missing()
    return found


def get_draft(call: Call) -> Answer:
    """One draft; after it was sent there is none."""
    mail = _draft(call.account, call.args["id"])
    return Answer(200, {"id": mail.draft_id, "message": write_message(mail, call.one("format", "full"))})


def list_drafts(call: Call) -> Answer:
    """All drafts, newest first, that fit the query."""
    terms = _terms(call.one("q"))
    found = [m for m in reversed(call.account.mailbox.live()) if m.folder == "drafts" and _fits(m, terms)]
    at, _ = _position(call, "drafts", 0)
    size = min(whole(call, "maxResults", 100), 500)
    payload: Json = {"resultSizeEstimate": len(found)}
    if found[at : at + size]:
        payload["drafts"] = [{"id": m.draft_id, "message": reference(m)} for m in found[at : at + size]]
    if at + size < len(found):
        payload["nextPageToken"] = seal("drafts", {"after": at + size})
    return Answer(200, payload)


def send_draft(call: Call) -> Answer:
    """Send a draft: it goes, and a sent mail with another id and Gmail's own Message-ID takes its place."""
    draft = _draft(call.account, str(call.json().get("id", "")))
    head = headers_of(draft.raw)
    if not addresses_of(*(text_of(head[name]) for name in ("To", "Cc", "Bcc"))):
        raise google_error(400, "invalidArgument", "Recipient address required")
    raw = _outgoing(call.account, draft)
    discard(call.account, draft)
    sent = store(call.account, raw, "sentitems", call.world.now, thread=draft.thread)
    dispatch(call.world, call.account.address, raw)
    return Answer(200, {**reference(sent), "labelIds": list(sent.labels)})


def _outgoing(account: Account, draft: Mail) -> bytes:
    top = [f"Message-ID: {new_message_id(account)}"]
    if draft.message_id:
        top.append(f"X-Google-Original-Message-ID: {draft.message_id}")
    senders = addresses_of(draft.sender)
    dropped = ["message-id:"]
    if not senders or senders[0][1].lower() != account.address:
        top.append(f"From: {headline(account.name)} <{account.address}>")
        dropped.append("from:")
    return "\r\n".join(top).encode() + b"\r\n" + without_headers(draft.raw, dropped)


USER = "/gmail/v1/users/(?P<user>[^/]+)"
ONE = "/(?P<id>[^/]+)"
OPERATIONS: tuple[Operation, ...] = (
    operation("users.getProfile", "GET", USER + "/profile", profile, "gmail.users.getProfile"),
    operation("history.list", "GET", USER + "/history", history, "gmail.users.history.list", "startHistoryId"),
    operation("messages.list", "GET", USER + "/messages", listed, "gmail.users.messages.list"),
    operation("messages.get", "GET", USER + "/messages" + ONE, get, "gmail.users.messages.get"),
    operation("drafts.create", "POST", USER + "/drafts", create_draft, "gmail.users.drafts.create"),
    operation("drafts.send", "POST", USER + "/drafts/send", send_draft, "gmail.users.drafts.send"),
    operation("drafts.list", "GET", USER + "/drafts", list_drafts, "gmail.users.drafts.list"),
    operation("drafts.get", "GET", USER + "/drafts" + ONE, get_draft, "gmail.users.drafts.get"),
    operation("threads.get", "GET", USER + "/threads" + ONE, thread, "gmail.users.threads.get"),
)
