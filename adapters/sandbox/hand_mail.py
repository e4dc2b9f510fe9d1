"""What the hand writes: replies and fresh mails."""

from adapters.sandbox.act import Act, Outcome, deed, done, undone
from adapters.sandbox.delivery import dispatch
from adapters.sandbox.hand_files import files_in
from adapters.sandbox.letters import fresh_mail, reply_mail
from adapters.sandbox.mailboxes import addresses_of, newest, store
from adapters.sandbox.records import Account
from adapters.sandbox.world import World

WRITTEN = frozenset({"to", "subject", "text", "in_reply_to", "from"})


def _reply(world: World, act: Act) -> Outcome:
    words = str(act.fields.get("mail", {}).get("subject_has", ""))
    original = act.mail if act.mail is not None and "mail" not in act.fields else newest(act.account, words)
    if original is None:
        return undone("no such mail")
    raw = reply_mail(act.account, original, act.text("text"), world.now, files_in(act.fields))
    _send_out(world, act.account, raw, act.account.address)
    return done(act)


def _send_out(world: World, account: Account, raw: bytes, sender: str) -> None:
    store(account, raw, "sentitems", world.now)
    dispatch(world, sender, raw)


def _send(world: World, act: Act) -> Outcome:
    fields = {name: str(value) for name, value in act.fields.items() if name in WRITTEN}
    raw = fresh_mail(act.account, world.now, fields)
    sender = (addresses_of(fields.get("from", "")) or [("", act.account.address)])[0][1]
    if sender.lower() in act.account.addresses:
        _send_out(world, act.account, raw, sender)
        return done(act)
    dispatch(world, sender, raw, genuine=False)
    return undone("sent by an outsider")


DEEDS = {
    "reply": deed(_reply, "text", "mail files", by_mail=True),
    "send": deed(_send, "to subject text", "in_reply_to from", by_mail=True),
}
