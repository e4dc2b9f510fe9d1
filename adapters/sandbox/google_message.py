"""A mail as Gmail's message resource in its four formats."""

import base64
from email.message import EmailMessage, Message

from adapters.sandbox.mailboxes import bodies_of, parsed, text_of
from adapters.sandbox.records import Json, Mail


def reference(mail: Mail) -> Json:
    """The two ids by which lists and histories name a mail."""
    return {"id": mail.id, "threadId": mail.thread}


def write_message(mail: Mail, form: str = "full", headers: list[str] | None = None) -> Json:
    """Gmail's message resource as `minimal`, `metadata`, `raw` or `full`."""
    message = parsed(mail)
    item: Json = {
        **reference(mail),
        "labelIds": list(mail.labels),
        "snippet": " ".join(bodies_of(message)[1].split())[:200],
        "sizeEstimate": len(mail.raw),
        "historyId": str(mail.change),
        "internalDate": str(int(mail.at.timestamp() * 1000)),
    }
    if form == "raw":
        item["raw"] = base64.urlsafe_b64encode(mail.raw).decode()
    elif form == "metadata":
        item["payload"] = {
            "mimeType": message.get_content_type(),
            "headers": _headers(message, headers or []),
        }
    elif form == "full":
        item["payload"] = _part(message, "")
    return item


def _headers(message: Message, wanted: list[str]) -> list[Json]:
    names = {name.lower() for name in wanted}
    chosen = [(name, value) for name, value in message.raw_items() if not names or name.lower() in names]
    return [{"name": name, "value": text_of(value)} for name, value in chosen]


def _part(message: Message, number: str) -> Json:
    part: Json = {
        "partId": number,
        "mimeType": message.get_content_type(),
        "filename": message.get_filename() or "",
        "headers": _headers(message, []),
    }
    if message.is_multipart():
        inner = list(message.iter_parts()) if isinstance(message, EmailMessage) else []
        part["body"] = {"size": 0}
        part["parts"] = [_part(child, f"{number}.{index}".lstrip(".")) for index, child in enumerate(inner)]
        return part
    content = message.get_payload(decode=True)
    octets = content if isinstance(content, bytes) else b""
    if part["filename"]:
        # What is attached is fetched by an id of its own (users.messages.attachments).
        part["body"] = {"size": len(octets), "attachmentId": f"ANGjdJ{number.replace('.', '_')}"}
        return part
    part["body"] = {"size": len(octets), "data": base64.urlsafe_b64encode(octets).decode()}
    return part
