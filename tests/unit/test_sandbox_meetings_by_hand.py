"""What people of the sandbox do with meetings by themselves: make, edit, forward, answer for others, bring back."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.sandbox_client import GMAIL, ISLA, JONAS, MARA, OUTLOOK, THEO, Client, sandbox

INSTANTS = {"start": "2027-03-01T15:00:00Z", "end": "2027-03-01T15:45:00Z"}
TALK = {"subject_has": "Talk"}


@pytest.fixture
def client() -> Iterator[Client]:
    with sandbox() as found:
        yield found


def meet(client: Client, account: str, *guests: str, **more: Any) -> None:
    client.hand(account=account, act="meet", subject="Talk", attendees=list(guests), **INSTANTS, **more)
    client.settle()


def act(client: Client, account: str, name: str, **fields: Any) -> str:
    client.hand(account=account, act=name, event=TALK, **fields)
    client.settle()
    return str(client.report()["acts"][-1]["outcome"])


def one(client: Client, account: str) -> dict[str, Any]:
    (found,) = client.events(account, "Talk")
    return found


@pytest.mark.parametrize(("host", "guest"), [(MARA, JONAS), (JONAS, MARA)])
def test_two_people_book_each_other_without_us(client: Client, host: str, guest: str) -> None:
    meet(client, host, guest, location="Room 4", text="Words")
    mine, theirs = one(client, host), one(client, guest)
    assert (mine["response"], theirs["response"]) == ("organizer", "needsAction")
    assert mine["ical_uid"] == theirs["ical_uid"]
    assert (theirs["start"], theirs["location"]) == (INSTANTS["start"], "Room 4")


@pytest.mark.parametrize(("host", "link"), [(MARA, "https://teams."), (JONAS, "https://meet.")])
def test_a_meeting_made_online_by_hand_has_its_clouds_link(client: Client, host: str, link: str) -> None:
    meet(client, host, ISLA, online=True)
    assert one(client, host)["join_url"].startswith(link)
    assert one(client, ISLA)["join_url"] == one(client, host)["join_url"]


@pytest.mark.parametrize(("host", "guest"), [(MARA, JONAS), (JONAS, MARA)])
def test_an_edit_of_the_organisers_words_reaches_the_guest_and_keeps_the_answer(
    client: Client, host: str, guest: str
) -> None:
    meet(client, host, guest)
    act(client, guest, "accept")
    assert act(client, host, "edit", subject="Talk and tea", location="Bar", text="New") == "done"
    theirs = one(client, guest)
    assert (theirs["subject"], theirs["location"], theirs["response"]) == ("Talk and tea", "Bar", "accepted")


def test_guests_are_added_and_removed_by_an_edit(client: Client) -> None:
    meet(client, MARA, JONAS)
    act(client, MARA, "edit", add=[THEO], remove=JONAS)
    assert [guest["address"] for guest in one(client, MARA)["attendees"]] == [THEO]
    assert one(client, JONAS)["cancelled"]
    assert one(client, THEO)["response"] == "needsAction"


def test_an_edit_of_the_text_keeps_the_link_of_a_teams_meeting(client: Client) -> None:
    meet(client, MARA, THEO, online=True)
    link = one(client, MARA)["join_url"]
    act(client, MARA, "edit", text="Bring <tea>")
    seen = client.graph("GET", THEO, f"/events/{one(client, THEO)['id']}").json()
    assert seen["onlineMeeting"]["joinUrl"] == link
    assert "Bring &lt;tea&gt;" in seen["body"]["content"]
    assert seen["body"]["content"].count(link) == 1


def test_a_guests_edit_stays_on_the_copy_in_outlook_and_is_refused_in_google(client: Client) -> None:
    meet(client, OUTLOOK, MARA, JONAS)
    assert act(client, MARA, "edit", subject="Talk with boss") == "done"
    assert act(client, JONAS, "edit", subject="Talk!") == "a guest cannot edit an event in Google"
    assert [one(client, account)["subject"] for account in (OUTLOOK, MARA, JONAS)] == ["Talk", "Talk with boss", "Talk"]


def test_where_googles_guests_may_modify_a_guests_change_is_everybodys(client: Client) -> None:
    meet(client, GMAIL, JONAS, MARA, guests_can_modify=True)
    assert act(client, JONAS, "edit", subject="Talk outside") == "done"
    patch = {"location": "Park"}
    answer = client.calendar("PATCH", JONAS, f"/{one(client, JONAS)['id']}", json=patch, params={"sendUpdates": "all"})
    assert answer.status_code == 200
    client.settle()
    for account in (GMAIL, JONAS, MARA):
        assert (one(client, account)["subject"], one(client, account)["location"]) == ("Talk outside", "Park")


@pytest.mark.parametrize("host", [OUTLOOK, GMAIL])
def test_a_tentative_answer_reaches_the_organiser(client: Client, host: str) -> None:
    meet(client, host, MARA, JONAS)
    assert [act(client, guest, "tentative") for guest in (MARA, JONAS)] == ["done", "done"]
    assert [guest["response"] for guest in one(client, host)["attendees"]] == ["tentative", "tentative"]


def test_a_forwarded_invitation_brings_a_guest_onto_the_organisers_copy(client: Client) -> None:
    meet(client, OUTLOOK, MARA)
    assert act(client, MARA, "forward", to=JONAS) == "done"
    assert [guest["address"] for guest in one(client, OUTLOOK)["attendees"]] == [MARA, JONAS]
    assert one(client, JONAS)["organiser"] == OUTLOOK
    assert [mail["subject"] for mail in client.mails(OUTLOOK)] == ["Meeting Forward Notification: Talk"]


@pytest.mark.parametrize(("allowed", "guests"), [(True, [JONAS, ISLA]), (False, [JONAS])])
def test_in_google_a_guest_brings_others_only_where_that_is_allowed(
    client: Client, allowed: bool, guests: list[str]
) -> None:
    meet(client, GMAIL, JONAS, guests_can_invite=allowed)
    outcome = act(client, JONAS, "forward", to=ISLA)
    assert outcome == ("done" if allowed else "the organiser lets nobody bring others")
    assert [guest["address"] for guest in one(client, GMAIL)["attendees"]] == guests


def test_a_delegate_answers_in_the_principals_calendar(client: Client) -> None:
    meet(client, JONAS, MARA)
    client.hand(account=THEO, act="delegate", of=MARA, answer="accept", event=TALK)
    assert client.advance()[1] == [MARA]
    client.settle()
    assert one(client, MARA)["response"] == "accepted"
    assert one(client, JONAS)["attendees"] == [{"address": MARA, "response": "accepted"}]
    raw = client.mails(JONAS)[0]["raw"]
    assert f"Sender: {THEO}" in raw
    assert f'SENT-BY="mailto:{THEO}":mailto:{MARA}' in raw


def test_nobody_answers_for_someone_of_another_house(client: Client) -> None:
    meet(client, JONAS, MARA)
    assert act(client, ISLA, "delegate", of=MARA, answer="accept") == "nobody there to answer for"
    assert one(client, MARA)["response"] == "needsAction"


def test_a_deleted_meeting_is_brought_back_and_only_google_invites_again(client: Client) -> None:
    meet(client, MARA, JONAS)
    for name in ("delete", "restore"):
        assert act(client, MARA, name) == "done"
    assert (one(client, MARA)["cancelled"], one(client, JONAS)["cancelled"]) == (False, True)


def test_google_invites_again_what_comes_out_of_the_bin(client: Client) -> None:
    meet(client, JONAS, MARA)
    act(client, JONAS, "delete")
    assert one(client, MARA)["cancelled"]
    act(client, JONAS, "restore")
    assert [one(client, account)["cancelled"] for account in (JONAS, MARA)] == [False, False]


def test_a_guests_own_deletion_is_undone_with_the_same_copy(client: Client) -> None:
    meet(client, JONAS, MARA)
    before = one(client, MARA)
    act(client, MARA, "delete")
    assert client.events(MARA, "Talk") == []
    act(client, MARA, "restore")
    assert one(client, MARA)["id"] == before["id"]
    assert act(client, MARA, "restore") == "nothing to bring back"


def test_an_alias_receives_mail_and_invitations_and_is_no_name_for_the_interfaces(client: Client) -> None:
    alias = "m.lindqvist@contoso.example"
    client.hand(account=MARA, act="alias", address=alias)
    meet(client, OUTLOOK, alias)
    client.hand(account=JONAS, act="send", to=alias, subject="Hi", text="Hello")
    client.settle()
    assert one(client, MARA)["attendees"] == [{"address": alias, "response": "needsAction"}]
    assert [mail["subject"] for mail in client.mails(MARA)] == ["Hi"]
    assert client.graph("GET", alias, "/mailboxSettings").status_code == 404
    client.hand(account=MARA, act="send", to=JONAS, subject="Re: Hi", text="Hello", **{"from": alias})
    client.settle()
    assert client.mails(JONAS)[0]["from"] == alias


@pytest.mark.parametrize(("host", "guests"), [(OUTLOOK, ["needsAction"]), (GMAIL, ["needsAction", "accepted"])])
def test_an_answer_of_outlooks_under_another_address_than_the_invited_one_goes_astray(
    client: Client, host: str, guests: list[str]
) -> None:
    client.hand(account=MARA, act="alias", address="m.lindqvist@contoso.example")
    meet(client, host, "m.lindqvist@contoso.example")
    act(client, MARA, "accept")
    assert one(client, MARA)["attendees"][0]["response"] == "accepted"
    assert [guest["response"] for guest in one(client, host)["attendees"]] == guests
    assert f"mailto:{MARA}" in client.mails(host)[-1]["raw"]


def test_an_answer_of_googles_comes_under_the_invited_address(client: Client) -> None:
    alias = "j.albrecht@gmail.example"
    client.hand(account=JONAS, act="alias", address=alias)
    meet(client, OUTLOOK, alias)
    (seen,) = client.calendar("GET", JONAS, f"/{one(client, JONAS)['id']}").json()["attendees"]
    assert seen["self"]
    act(client, JONAS, "accept")
    assert one(client, OUTLOOK)["attendees"] == [{"address": alias, "response": "accepted"}]
