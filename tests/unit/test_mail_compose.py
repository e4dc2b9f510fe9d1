"""What leaves the house: structure, headers and words of every kind of mail."""

import dataclasses
import re
from datetime import UTC, date, datetime
from email.message import Message
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.mail.compose import MailComposer
from adapters.mail.headers import plain_words
from domain.letters import (
    ActionLine,
    AgendaLetter,
    Letter,
    LocalClock,
    MeetingTime,
    NoticeTopic,
    RequestLetter,
)
from domain.mail import MailKind
from tests.unit.quoting_clients import parts_of
from tests.unit.sample_letters import AGENDA, CHASE, FOLLOW_UP, GOALS, LETTERS, NOTICES, START, envelope

ALL = pytest.mark.parametrize("kind", LETTERS)
SENTINEL = "Write your reply above this line · ref\u00a0"
HEADERS = [
    "From",
    "To",
    "Subject",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Date",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "List-Unsubscribe",
    "X-Mentorsync-Id",
    "X-Mentorsync-Kind",
    "MIME-Version",
    "Content-Type",
]
BEGINNING = [name for name in HEADERS if name not in ("In-Reply-To", "References")]


def composed(kind: MailKind, letter: Letter | None = None, thread: tuple[str, ...] = ()) -> tuple[Message, str, str]:
    return parts_of(MailComposer().compose(envelope(kind, thread), letter or LETTERS[kind]))


def agenda(**changes: Any) -> AgendaLetter:
    return dataclasses.replace(AGENDA, **changes)


EMPTY: dict[str, Any] = dict.fromkeys(("done", "learned", "questions", "samples", "observed", "unsorted"), ())


@ALL
def test_a_mail_is_text_first_and_html_second(kind: MailKind) -> None:
    message, text, html = composed(kind)
    payload = message.get_payload()
    assert message.get_content_type() == "multipart/alternative"
    assert isinstance(payload, list)
    entry = ["text/calendar"] if kind is MailKind.INVITATION else []
    found = [part.get_content_type() for part in payload if isinstance(part, Message)]
    assert found == ["text/plain", "text/html", *entry]
    assert "<" not in text.replace("<mentoring@lindenhof.example>", "")
    assert html.startswith("<!doctype html>")


@ALL
def test_the_headers_are_exactly_the_intended_ones(kind: MailKind) -> None:
    message, _, _ = composed(kind)
    assert message.keys() == BEGINNING
    assert message["Auto-Submitted"] == ("auto-replied" if kind is MailKind.ECHO else "auto-generated")
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["List-Unsubscribe"] == "<mailto:mentoring@lindenhof.example?subject=stop>"
    assert message["X-Mentorsync-Id"] == message["Message-ID"] == envelope(kind).message_id
    assert message["X-Mentorsync-Kind"] == kind.value
    assert message["Date"] == "Mon, 08 Mar 2027 16:00:00 +0000"


def test_an_answer_names_the_whole_conversation_and_its_last_mail() -> None:
    message, _, _ = composed(MailKind.AGENDA, thread=("<a@x.example>", "<b@x.example>"))
    assert message.keys() == HEADERS
    assert message["In-Reply-To"] == "<b@x.example>"
    assert str(message["References"]).split() == ["<a@x.example>", "<b@x.example>"]


def test_a_long_conversation_keeps_its_first_and_newest_ids() -> None:
    thread = tuple(f"<{number}@x.example>" for number in range(500))
    kept = str(composed(MailKind.AGENDA, thread=thread)[0]["References"]).split()
    assert (kept[0], kept[-1], len(kept)) == (thread[0], thread[-1], 50)


def test_an_id_of_the_outside_world_that_is_none_is_left_out() -> None:
    message, _, _ = composed(MailKind.AGENDA, thread=("<a@x.example>", "<b@x>\r\nBcc: <c@x.example>"))
    assert str(message["References"]) == "<a@x.example>"


@ALL
def test_the_same_input_gives_the_same_bytes(kind: MailKind) -> None:
    first = MailComposer().compose(envelope(kind), LETTERS[kind])
    assert first == MailComposer().compose(envelope(kind), LETTERS[kind])
    other = dataclasses.replace(envelope(kind), message_id="<other@lindenhof.example>")
    assert MailComposer().compose(other, LETTERS[kind]) != first


@ALL
def test_lines_are_short_and_end_as_the_standard_wants(kind: MailKind) -> None:
    raw = MailComposer().compose(envelope(kind), LETTERS[kind])
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78


@ALL
def test_both_parts_open_with_the_reply_line_and_end_with_who_sent_it_and_how_to_stop(kind: MailKind) -> None:
    _, text, html = composed(kind)
    ref = text.removeprefix(SENTINEL).split()[0]
    assert text.startswith(SENTINEL)
    assert len(ref) == 8
    assert f"{SENTINEL}{ref}" in html
    for part, address in ((text, "<mentoring@lindenhof.example>"), (html, "&lt;mentoring@lindenhof.example&gt;")):
        end = part[part.rindex("Sent by") :]
        assert f"Sent by Lindenhof Mentoring {address}" in end
        assert "reply with the one word: " in end


@ALL
def test_html_is_one_narrow_column_that_fetches_nothing(kind: MailKind) -> None:
    _, _, html = composed(kind)
    assert '<html lang="en">' in html
    assert re.findall(r"max-width:(\d+)px", html) == ["600"]
    assert html.count("<table") == html.count('<table role="presentation"')
    assert len(re.findall(r"<h1", html)) == 1
    assert not re.search(
        r"<(?:img|script|link|iframe|form|object)\b|url\(|@import|\bsrc=|https?://(?!files\.example)", html
    )


@ALL
def test_a_link_shows_the_address_that_it_leads_to(kind: MailKind) -> None:
    _, _, html = composed(kind)
    links = re.findall(r'<a href="([^"]*)">([^<]*)</a>', html)
    assert len(links) == html.count("<a ") == (1 if kind is MailKind.AGENDA else 0)
    assert all(target == shown and target.startswith("https://") for target, shown in links)


@ALL
def test_the_title_is_the_subject(kind: MailKind) -> None:
    assert "<title>Agenda: Mara / Jonas, Tue 9 Mar</title>" in composed(kind)[2]


@ALL
def test_html_can_be_read_by_everyone(kind: MailKind) -> None:
    """Letters take the reader's own colours, which are readable by day and by night; only lines have one of ours."""
    _, _, html = composed(kind)
    sizes = [int(size) for size in re.findall(r"font-size:(\d+)px", html)]
    assert min(sizes) >= 14
    assert '<meta name="color-scheme" content="light dark">' in html
    assert not re.search(r"[;\"]color:|background", html)


@ALL
def test_words_are_calm_and_templates_leave_nothing_behind(kind: MailKind) -> None:
    _, text, html = composed(kind)
    shown = re.sub(r"<style>.*?</style>|<!doctype html>|<!--.*?-->", "", html, flags=re.DOTALL)
    assert "!" not in text + shown
    assert not re.search(r"\{[{%]|Undefined|\bNone\b|\n\n\n", text)
    assert not re.search(r"\{[{%]|Undefined|\bNone\b", shown)


@pytest.mark.parametrize("kind", [MailKind.PREPARATION, MailKind.AGENDA, MailKind.HELD_QUESTION, MailKind.FOLLOW_UP])
def test_both_clocks_are_shown_the_readers_first(kind: MailKind) -> None:
    mentor_reads = "Tuesday 9 March 2027, 10:00 in Chicago (CST) · 17:00 in Berlin (CET)"
    mentee_reads = "Tuesday 9 March 2027, 17:00 in Berlin (CET) · 10:00 in Chicago (CST)"
    expected = mentor_reads if kind in (MailKind.AGENDA, MailKind.FOLLOW_UP) else mentee_reads
    _, text, html = composed(kind)
    assert expected in text
    assert expected in html


def test_the_request_says_who_asks_why_what_it_costs_who_reads_and_how_to_stop() -> None:
    for part in composed(MailKind.REQUEST)[1:]:
        positions = [
            part.index(words)
            for words in (
                "accept",
                "decline",
                "Monday 1 March 2027",
                "leading a region",
                "migration of our billing system",
                "45 minutes every two weeks",
                "Lindenhof Mentoring runs this programme",
                "Jonas Lindt named you",
                "administrator of the machine",
                "stop",
            )
        ]
        assert positions[0] < positions[3]
        assert positions[3:9] == sorted(positions[3:9])


def test_the_agenda_puts_what_is_asked_first_and_keeps_the_order_of_its_parts() -> None:
    for part in composed(MailKind.AGENDA)[1:]:
        words = part[part.index("brings two questions") :].lower()
        order = (
            "whom should i meet",
            "when you meet",
            "done since",
            "learned",
            "work samples",
            "confidential",
            "open actions",
        )
        assert [words.index(name) for name in order] == sorted(words.index(name) for name in order)
        assert "friday 19 march 2027" in words


@pytest.mark.parametrize("part", [1, 2])
def test_an_empty_agenda_says_honestly_that_nothing_was_sent(part: int) -> None:
    words = str(composed(MailKind.AGENDA, agenda(**EMPTY))[part])
    assert "Jonas has sent nothing for this meeting" in words
    assert "What is known is below" in words
    shown = words[words.index("has sent nothing") :].lower()
    order = [shown.index(word) for word in ("keep", "shorten", "15 minutes", "skip", "without an answer", "done since")]
    assert order == sorted(order)
    bare = str(composed(MailKind.AGENDA, agenda(**EMPTY, goals=(), open_actions=(), closed=()))[part])
    assert "What is known is below" not in bare
    assert "learned" not in bare.lower()


@pytest.mark.parametrize("part", [1, 2])
def test_an_agenda_without_questions_says_so(part: int) -> None:
    words = str(composed(MailKind.AGENDA, agenda(questions=(), unsorted=()))[part])
    assert "no question to you this time" in words


@pytest.mark.parametrize("part", [1, 2])
def test_words_without_a_heading_come_first_when_there_is_no_question(part: int) -> None:
    words = str(composed(MailKind.AGENDA, agenda(questions=()))[part])
    assert words.index("writes to you") < words.index("school run") < words.lower().index("when you meet")
    assert words.count("school run") == 1


@pytest.mark.parametrize("part", [1, 2])
def test_the_preparation_offers_five_headings_and_how_to_write_an_action(part: int) -> None:
    words = str(composed(MailKind.PREPARATION)[part])
    at = [words.index(f"{name}:") for name in ("Done", "Learned", "Questions", "Samples", "Observed")]
    assert at == sorted(at)
    assert "Action for me: finish the outline by Friday 19 March" in words
    assert "Monday 8 March 2027, 17:00 in Berlin (CET)" in words


@pytest.mark.parametrize("part", [1, 2])
def test_the_question_whether_it_was_held_explains_the_whole_reply(part: int) -> None:
    words = str(composed(MailKind.HELD_QUESTION)[part])
    for line in ("held", "not held", "Action for me: ", "Action for Mara: ", "Learned:"):
        assert line in words


@pytest.mark.parametrize("part", [1, 2])
def test_the_follow_up_tells_the_readers_own_actions_first(part: int) -> None:
    words = str(composed(MailKind.FOLLOW_UP)[part])
    own, other = words.index("list of books"), words.index("outline of the migration plan")
    assert words.index("one action to do") < own < other < words.index("Ask two peers")
    assert "around Tuesday 23 March 2027" in words
    assert "counts as held" not in words
    presumed = dataclasses.replace(FOLLOW_UP, presumed=True)
    assert "counts as held" in str(composed(MailKind.FOLLOW_UP, presumed)[part])


@pytest.mark.parametrize("part", [1, 2])
def test_a_reminder_counts_itself_only_from_the_second_on(part: int) -> None:
    first = str(composed(MailKind.CHASE)[part])
    second = str(composed(MailKind.CHASE, dataclasses.replace(CHASE, nudge=2))[part])
    assert "by Friday 12 March 2027" in first
    assert "reminder" not in first
    assert "This is reminder 2." in second


@pytest.mark.parametrize("part", [1, 2])
def test_an_action_without_a_date_has_no_date(part: int) -> None:
    letter = agenda(open_actions=(ActionLine("Jonas", "Call the printer", None, done=False),))
    words = str(composed(MailKind.AGENDA, letter)[part])
    assert re.search(r"Call the printer(?:</li>)?\n", words.replace("\r", ""))


def test_a_clock_on_another_day_says_which_day() -> None:
    sydney = (LocalClock("Kim", "Australia/Sydney"), LocalClock("Ada", "Europe/London"))
    time = MeetingTime(datetime(2027, 3, 29, 20, 30, tzinfo=UTC), 30, sydney)
    text = composed(MailKind.AGENDA, agenda(time=time))[1]
    assert "Tuesday 30 March 2027, 07:30 in Sydney (AEDT) · Monday 29 March, 21:30 in London (BST)" in text


def test_clocks_without_a_city_or_in_one_zone_read_plainly() -> None:
    for zone, expected in (
        ("UTC", "16:00 UTC,"),
        ("Asia/Dubai", "20:00 in Dubai (UTC+04),"),
        ("Etc/GMT-3", "19:00 UTC+03,"),
    ):
        time = MeetingTime(START, 30, (LocalClock("A", zone), LocalClock("B", zone)))
        assert f"9 March 2027, {expected}" in composed(MailKind.AGENDA, agenda(time=time))[1]


def test_hostile_words_stay_words() -> None:
    hostile = "<script>alert(1)</script>\r\nBcc: a@b.example\n\nAction for me: pay & go\u2028x\u202ey\x00"
    _, text, html = composed(MailKind.AGENDA, agenda(questions=(hostile,)))
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Bcc: a@b.example Action for me: pay &amp; go xy" in html
    assert "- <script>alert(1)</script> Bcc: a@b.example Action for me: pay & go xy\n" in text


WORDS = st.text(max_size=300)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=4), WORDS, WORDS)
def test_any_words_read_back_from_both_parts(points: list[str], name: str, text: str) -> None:
    letter = agenda(questions=(*points, text), observed=tuple(points), mentor=name, mentee=name)
    raw = MailComposer().compose(envelope(MailKind.AGENDA), letter)
    message, plain, html = parts_of(raw)
    boundary = str(message.get_boundary()).encode()
    assert raw.count(boundary) == 4
    assert f"\n- {plain_words(text, 4000)}".rstrip() in plain
    assert "<script" not in html


@settings(max_examples=100, deadline=None)
@given(WORDS, st.lists(WORDS, max_size=5), st.sampled_from(NoticeTopic))
def test_any_notice_and_request_can_be_composed(words: str, many: list[str], topic: NoticeTopic) -> None:
    notice = dataclasses.replace(NOTICES[topic], reader=words, other=words, programme=words)
    request = RequestLetter(words, words, words, tuple(many), words, words, 10, 30, date(2027, 1, 1))
    for kind, letter in ((MailKind.NOTICE, notice), (MailKind.REQUEST, request)):
        assert parts_of(MailComposer().compose(envelope(kind), letter))[1].startswith(SENTINEL)


@ALL
def test_what_a_lock_screen_shows_of_a_mail_holds_nobodys_words(kind: MailKind) -> None:
    """The first line that mail programs show beside the subject is ours."""
    _, _, html = composed(kind)
    shown = html[: html.index("<h1")]
    private = (*GOALS, *AGENDA.questions, *AGENDA.observed, *AGENDA.learned, *AGENDA.unsorted, "migration", "books")
    assert '<div style="display:none;">' in shown
    assert not any(words in shown for words in private)
