"""A mail as Graph's message resource, under either kind of id."""

import base64
import re
from email.message import EmailMessage

from adapters.sandbox.mailboxes import addresses_of, bodies_of, parsed, text_of
from adapters.sandbox.records import Account, Json, Mail
from adapters.sandbox.wire import zulu

FOLDERS = ("inbox", "drafts", "sentitems")


def message_id(mail: Mail, immutable: bool) -> str:
    """The id in the form that the caller's Prefer header asks for; the other form changes with the folder."""
    return mail.id if immutable else f"{mail.id.replace('AAkALgAA', 'AAMkAD', 1)}G{mail.generation}"


def find_message(account: Account, given: str) -> Mail | None:
    """The mail behind an id of either form, or None when it is gone or has moved away from that id."""
    live = account.mailbox.live()
    return next((mail for mail in live if given in (mail.id, message_id(mail, False))), None)


def _people(*values: str) -> list[Json]:
    return [{"emailAddress": {"name": name or address, "address": address}} for name, address in addresses_of(*values)]


def write_message(account: Account, mail: Mail, immutable: bool, headers: bool = False) -> Json:
    """Graph's message resource; internetMessageHeaders only on request and only of received mail."""
    message = parsed(mail)
    kind, content = bodies_of(message)
    sender = _people(mail.sender)
    key = base64.b64encode(f"{mail.number}.{mail.change}".encode()).decode()
    identity = message_id(mail, immutable)
    item: Json = {
        "@odata.type": "#microsoft.graph.eventMessageResponse" if mail.calendar else "#microsoft.graph.message",
        "@odata.etag": f'W/"{key}"',
        "id": identity,
        "createdDateTime": zulu(mail.at),
        "lastModifiedDateTime": zulu(mail.at),
        "changeKey": key,
        "categories": [],
        "receivedDateTime": zulu(mail.at),
        "sentDateTime": zulu(mail.at),
        "hasAttachments": any(message.iter_attachments()) if message.is_multipart() else False,
        "internetMessageId": mail.message_id,
        "subject": mail.subject,
        "bodyPreview": _preview(content),
        "importance": "normal",
        "parentFolderId": f"AAMkADF{account.stamp}{FOLDERS.index(mail.folder)}",
        "conversationId": f"AAQkAD{mail.thread}",
        "isDeliveryReceiptRequested": False,
        "isReadReceiptRequested": False,
        "isRead": mail.folder != "inbox",
        "isDraft": mail.folder == "drafts",
        "webLink": f"https://outlook.office365.com/owa/?ItemID={identity}",
        "inferenceClassification": "focused",
        "body": {"contentType": kind, "content": content},
        "sender": sender[0] if sender else None,
        "from": sender[0] if sender else None,
        "flag": {"flagStatus": "notFlagged"},
        **_recipients(message),
    }
    if headers and mail.folder == "inbox":
        item["internetMessageHeaders"] = [{"name": n, "value": str(v)} for n, v in message.raw_items()]
    return item


def _preview(content: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", content).split())[:255]


def _recipients(message: EmailMessage) -> Json:
    names = {"toRecipients": "To", "ccRecipients": "Cc", "bccRecipients": "Bcc", "replyTo": "Reply-To"}
    return {field: _people(text_of(message.get(header))) for field, header in names.items()}
