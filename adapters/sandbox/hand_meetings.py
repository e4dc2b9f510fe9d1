"""What the hand does with meetings: make one, answer, propose, move, edit, forward, delete and bring back."""

import html

from adapters.sandbox import forwarding, invitations
from adapters.sandbox.act import Act, Outcome, chosen_event, deed, done, moment, span, undone
from adapters.sandbox.online_meetings import MEET, TEAMS, make_conference, pending, teams_body, with_teams
from adapters.sandbox.records import Account, Entry, Guest, Json
from adapters.sandbox.world import World

ANSWERS = {"accept": "accepted", "decline": "declined", "tentative": "tentative"}
NO_EVENT, NO_INVITATION = undone("no such event"), undone("no invitation to answer")


def guest_of(world: World, address: str) -> Guest:
    """A guest under the name that the world knows."""
    known = world.account(address)
    return Guest(address, known.name if known else "")


def _meet(world: World, act: Act) -> Outcome:
    entry = Entry(
        subject=act.text("subject"),
        start=moment(act.account, act.text("start")),
        end=moment(act.account, act.text("end")),
        organiser=act.account.address,
        zone=act.account.zone,
        location=act.text("location"),
        body=act.text("text"),
        guests=[guest_of(world, address) for address in act.people("attendees")],
    )
    if act.account.provider == "google":
        entry.extra = {
            "guestsCanInviteOthers": bool(act.fields.get("guests_can_invite", True)),
            "guestsCanModify": bool(act.fields.get("guests_can_modify", False)),
        }
    online, request = bool(act.fields.get("online")), {"requestId": f"hand-{act.account.calendar.made}"}
    if online:
        _put_online(act.account, entry, request)
    invitations.book(world, act.account, entry, quiet=True)
    if online and act.account.provider == "google":
        make_conference(world, act.account, entry, request, invitations.REACH_ALL)
    return done(act)


def _put_online(account: Account, entry: Entry, request: Json) -> None:
    if account.provider == "google":
        entry.online, entry.extra = MEET, entry.extra | {"conferenceData": pending(request)}
        return
    for name, value in with_teams(account, entry).items():
        setattr(entry, name, value)


def _is_closed(act: Act, entry: Entry) -> bool:
    """A guest of Google's may change the event only where the organiser allows it."""
    guest = entry.response != "organizer"
    return act.account.provider == "google" and guest and not entry.extra.get("guestsCanModify")


def _move(world: World, act: Act) -> Outcome:
    entry = chosen_event(world, act)
    if entry is None:
        return NO_EVENT
    if entry.rule:
        return undone("a series is changed one occurrence at a time")
    if _is_closed(act, entry):
        return undone("a guest cannot move an event in Google")
    start, end = span(act, entry)
    return _changed(world, act, entry, {"start": start, "end": end})


def _changed(world: World, act: Act, entry: Entry, fields: dict[str, object]) -> Outcome:
    account, copy = invitations.writable(world, act.account, entry)
    invitations.change(world, account, copy, fields)
    return Outcome((account.address,))


def _edit(world: World, act: Act) -> Outcome:
    entry = chosen_event(world, act)
    if entry is None:
        return NO_EVENT
    if entry.rule:
        return undone("a series is changed one occurrence at a time")
    if _is_closed(act, entry):
        return undone("a guest cannot edit an event in Google")
    fields: dict[str, object] = {name: act.text(name) for name in ("subject", "location") if name in act.fields}
    if "text" in act.fields:
        fields |= _typed(entry, act.text("text"))
    if "add" in act.fields or "remove" in act.fields:
        fields["guests"] = _edited_guests(world, act, entry)
    return _changed(world, act, entry, fields)


def _typed(entry: Entry, text: str) -> dict[str, object]:
    """A person types above the blob of an online meeting, which stays."""
    if entry.online == TEAMS:
        return {"body": teams_body(html.escape(text), entry.join_url)}
    return {"body": text, "body_type": "text"}


def _edited_guests(world: World, act: Act, entry: Entry) -> list[Guest]:
    away = {address.lower() for address in act.people("remove")}
    kept = [guest for guest in entry.guests if guest.address.lower() not in away]
    fresh = [address for address in act.people("add") if entry.guest(address) is None]
    return kept + [guest_of(world, address) for address in fresh]


def _answer(world: World, act: Act) -> Outcome:
    entry = chosen_event(world, act)
    if entry is None or entry.response == "organizer":
        return NO_INVITATION
    invitations.respond(world, act.account, entry, ANSWERS[act.name], act.text("comment"))
    return done(act)


def _propose(world: World, act: Act) -> Outcome:
    entry = chosen_event(world, act)
    if entry is None or entry.response == "organizer":
        return NO_INVITATION
    if entry.extra.get("allowNewTimeProposals") is False:
        return undone("the organiser takes no proposals")
    start, end = span(act, entry)
    invitations.respond(world, act.account, entry, "tentative", act.text("comment"), (start, end))
    return done(act)


def _delegate(world: World, act: Act) -> Outcome:
    """Answer an invitation in another person's calendar, on that person's behalf."""
    principal = world.account(act.text("of"))
    if principal is None or (principal.provider, principal.domain) != (act.account.provider, act.account.domain):
        return undone("nobody there to answer for")
    if act.text("answer") not in ANSWERS:
        return undone(f"the answer is one of {', '.join(ANSWERS)}")
    entry = chosen_event(world, Act(principal, act.name, act.fields))
    if entry is None or entry.response == "organizer":
        return NO_INVITATION
    answer, comment = ANSWERS[act.text("answer")], act.text("comment")
    invitations.respond(world, principal, entry, answer, comment, sent_by=act.account.address)
    return Outcome((principal.address,))


def _forward(world: World, act: Act) -> Outcome:
    entry = chosen_event(world, act)
    if entry is None or not entry.guests:
        return NO_EVENT
    if entry.organiser != act.account.address and entry.extra.get("guestsCanInviteOthers") is False:
        return undone("the organiser lets nobody bring others")
    for address in act.people("to"):
        forwarding.forward(world, act.account, entry, guest_of(world, address))
    return done(act)


def _delete(world: World, act: Act) -> Outcome:
    entry = chosen_event(world, act)
    if entry is None:
        return NO_EVENT
    invitations.remove(world, act.account, entry)
    for occurrence in [each for each in act.account.entries() if each.master == entry.id and each.live]:
        invitations.remove(world, act.account, occurrence)
    return done(act)


def _restore(world: World, act: Act) -> Outcome:
    words = str(act.fields.get("event", {}).get("subject_has", "")).lower()
    deleted = [e for e in act.account.entries() if not e.live and not e.master and words in e.subject.lower()]
    if not deleted:
        return undone("nothing to bring back")
    invitations.restore(world, act.account, max(deleted, key=lambda entry: entry.change))
    return done(act)


DEEDS = {
    "meet": deed(_meet, "subject start end attendees", "location text online guests_can_invite guests_can_modify"),
    "move": deed(_move, may="start end shift_minutes event"),
    "edit": deed(_edit, may="event subject location text add remove"),
    "accept": deed(_answer, may="event comment"),
    "decline": deed(_answer, may="event comment"),
    "tentative": deed(_answer, may="event comment"),
    "propose": deed(_propose, "start end", "event comment"),
    "delegate": deed(_delegate, "of answer", "event comment"),
    "forward": deed(_forward, "to", "event"),
    "delete": deed(_delete, may="event"),
    "restore": deed(_restore, may="event"),
}
