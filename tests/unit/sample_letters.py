"""One letter of each kind between two invented people, for the tests of mail."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

from domain.letters import (
    ActionLine,
    AgendaLetter,
    BriefLetter,
    CharterLetter,
    CharterTerms,
    ChaseLetter,
    EchoLetter,
    EchoLine,
    FollowUpLetter,
    HeldQuestionLetter,
    InvitationLetter,
    Letter,
    LocalClock,
    MailedEvent,
    MeetingTime,
    NoteLine,
    NoticeLetter,
    NoticeTopic,
    OfferLetter,
    PreparationLetter,
    ReferenceQuestionLetter,
    ReferencesLetter,
    RequestLetter,
)
from domain.mail import Envelope, MailKind

MARA_FIRST = (LocalClock("Mara", "America/Chicago"), LocalClock("Jonas", "Europe/Berlin"))
JONAS_FIRST = MARA_FIRST[::-1]
START = datetime(2027, 3, 9, 16, 0, tzinfo=UTC)
GOALS = ("Lead a team of five within two years", "Say no without losing the room")
OUTLINE = ActionLine("Jonas", "Write the outline of the migration plan", date(2027, 3, 12), done=False)
BOOKS = ActionLine("Mara", "Send the list of books on negotiation", date(2027, 3, 19), done=False)
ASKED = ActionLine("Jonas", "Ask two peers for feedback", None, done=True)

TERMS = CharterTerms(
    version=1,
    goals=GOALS,
    cadence_days=14,
    minutes=45,
    mentor_hours="mon-fri 09:00-17:00",
    mentee_hours="mon-fri 09:00-18:00",
    mentor_zone="America/Chicago",
    mentee_zone="Europe/Berlin",
    pins="Jonas",
    organiser="Mara",
    conflict="move",
    notice_hours=24,
    agenda_lead_hours=24,
    reply_promise_days=3,
    mentor="Mara",
    mentee="Jonas",
)

AGENDA = AgendaLetter(
    mentor="Mara",
    mentee="Jonas",
    time=MeetingTime(START, 45, MARA_FIRST),
    goals=GOALS,
    done=("First draft of the migration plan went to my lead",),
    learned=("People agree faster when they saw the draft the day before",),
    questions=(
        "How do I tell my lead that the date cannot be kept?",
        "Whom should I meet in the Chicago office?",
    ),
    samples=("Migration plan: https://files.example.org/plans/migration-outline-v2?edition=march",),
    observed=("Two of the seniors are looking for other work",),
    unsorted=("I may be ten minutes late because of the school run.",),
    open_actions=(OUTLINE, BOOKS),
    first=False,
    closed=(ASKED,),
)

ADDED = dataclasses.replace(AGENDA, added=AGENDA.questions[1:])
SILENT = dataclasses.replace(AGENDA, done=(), learned=(), questions=(), samples=(), observed=(), unsorted=())

FOLLOW_UP = FollowUpLetter(
    reader="Mara",
    other="Jonas",
    time=MeetingTime(START, 45, MARA_FIRST),
    presumed=False,
    learned=("A date that cannot be kept is best moved before anyone asks",),
    actions=(OUTLINE, BOOKS, ASKED),
    next_around=date(2027, 3, 23),
)

CHASE = ChaseLetter("Jonas", "Mara", OUTLINE, 1)

EARLIER = MeetingTime(START - timedelta(days=1, hours=2), 45, JONAS_FIRST)
NOTICES = {
    topic: NoticeLetter(
        "Jonas",
        "Mara",
        topic,
        "Lindenhof Mentoring",
        old=EARLIER,
        new=MeetingTime(START, 30, JONAS_FIRST),
        next_around=date(2027, 3, 23),
        answer_by=START - timedelta(days=2),
        count=2 if topic is NoticeTopic.RECONNECT else 0,
        until=date(2027, 4, 6),
    )
    for topic in NoticeTopic
}

RIDER = EchoLetter(
    "Mara",
    "Jonas",
    (
        EchoLine("held", time=MeetingTime(START, 45, MARA_FIRST)),
        EchoLine("owed", ("Send the book list",), "Mara", date(2027, 3, 19)),
    ),
    ("See you soon, and greetings to everyone",),
    "",
    date(2027, 3, 16),
    "",
)

LETTERS: dict[MailKind, Letter] = {
    MailKind.REQUEST: RequestLetter(
        programme="Lindenhof Mentoring",
        mentor="Mara",
        mentee="Jonas Lindt",
        goals=GOALS,
        why="You moved from engineering into leading a region, which is the step ahead of me.\n"
        "Your talk on saying no stayed with me.",
        bring="I know the migration of our billing system from the inside, and I prepare every meeting.",
        cadence_days=14,
        minutes=45,
        answer_by=date(2027, 3, 1),
    ),
    MailKind.CHARTER: CharterLetter("Mara", "Jonas", TERMS, "Lindenhof Mentoring"),
    MailKind.OFFER: OfferLetter(
        reader="Jonas",
        other="Mara",
        times=tuple(MeetingTime(START + timedelta(days=day), 45, JONAS_FIRST) for day in (0, 1, 6)),
        answer_by=START + timedelta(days=5),
    ),
    MailKind.PREPARATION: PreparationLetter(
        mentee="Jonas",
        mentor="Mara",
        time=MeetingTime(START, 45, JONAS_FIRST),
        agenda_due=datetime(2027, 3, 8, 16, 0, tzinfo=UTC),
        goals=GOALS,
        open_actions=(OUTLINE, BOOKS),
        first=False,
    ),
    MailKind.AGENDA: AGENDA,
    MailKind.HELD_QUESTION: HeldQuestionLetter("Jonas", "Mara", MeetingTime(START, 45, JONAS_FIRST)),
    MailKind.FOLLOW_UP: FOLLOW_UP,
    MailKind.CHASE: CHASE,
    MailKind.NOTICE: NOTICES[NoticeTopic.EXPIRED],
    MailKind.ECHO: RIDER,
    MailKind.INVITATION: InvitationLetter(
        "Jonas",
        "Mara",
        MeetingTime(START, 45, JONAS_FIRST),
        MailedEvent(
            "1.1.sample@lindenhof.example",
            0,
            START,
            START + timedelta(minutes=45),
            "Mentoring: Mara / Jonas",
            ("mara@contoso.example", "jonas@fabrikam.example"),
            off=False,
        ),
    ),
    MailKind.REFERENCE: ReferenceQuestionLetter("Jonas", "Mara"),
    MailKind.REFERENCES: ReferencesLetter(
        "Jonas", "Mara", ("Bring one question.", "I learned to write it down first.", "She reads everything.")
    ),
    MailKind.BRIEF: BriefLetter(
        "Mara",
        "Jonas",
        MeetingTime(START, 45, MARA_FIRST),
        (NoteLine(1, "Starts his course", date(2027, 3, 15)),),
        (NoteLine(2, "Talks more on walks", None),),
    ),
}


def envelope(kind: MailKind, thread: tuple[str, ...] = ()) -> Envelope:
    """Return the envelope of a mail of that kind to Mara."""
    return Envelope(
        kind=kind,
        sender="mentoring@lindenhof.example",
        sender_name="Lindenhof Mentoring",
        recipient="mara@contoso.example",
        recipient_name="Mara Quint",
        subject="Agenda: Mara / Jonas, Tue 9 Mar",
        message_id=f"<{kind.value}.0a1b2c@lindenhof.example>",
        thread=thread,
        sent_at=datetime(2027, 3, 8, 16, 0, tzinfo=UTC),
    )
