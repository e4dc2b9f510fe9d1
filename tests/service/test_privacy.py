"""The words of private notes reach their author's brief and nothing else, whatever life the pair leads."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.charter import Role
from service.preview import KINDS, Wanted, preview
from service.queries import people, relationships
from service.queries_as_of import known_at
from service.queries_history import history
from service.queries_outbox import outbox
from service.queries_plan import outlook, programme_outlook
from service.queries_relationship import relationship_view
from service.queries_why import why
from service.status import status
from tests.contract.test_store_sealed import everything_on_disk
from tests.service.theatre import HOUR, MENTEE, MENTOR, SERVICE, Theatre, kind_of, theatre

WORDS = ("quinces", "Grüße aus 山", "mulberry & <b>rye</b>", "l'été", "plum=3D jam")
FORMS = ("Note to self: {0}", "privat: {0}", "Note (private):\n- {0}", "Nota para mí: {0}", "*Private note*: {0}")
PUBLIC = {
    "preparation": ("Questions: What should I stop doing?", MENTEE),
    "agenda": ("Action for me: bring the numbers", MENTOR),
    "held_question": ("held\nLearned: to listen", MENTEE),
    "follow_up": ("thanks", MENTOR),
}


@dataclass(frozen=True, slots=True)
class Planted:
    """One private text, of whom, and whether it was written so that it is not sure to be private."""

    text: str
    author: str
    doubtful: bool = False


@dataclass(slots=True)
class Life:
    """A pair's life, what was planted in it, and every line that was logged meanwhile."""

    play: Theatre
    folder: Path
    planted: list[Planted] = field(default_factory=list)
    logged: str = ""


@st.composite
def scripts(draw: st.DrawFn) -> list[tuple[str, str, str, bool]]:
    """Draw for each mail that is answered which words are noted in which form, and whether before the rest."""
    form, word = st.sampled_from(FORMS), st.sampled_from(WORDS)
    return [(kind, draw(word), draw(form), draw(st.booleans())) for kind in PUBLIC for _ in (1, 2)]


@contextmanager
def lived(script: list[tuple[str, str, str, bool]]) -> Iterator[Life]:
    """Let a pair meet twice and prepare a third meeting; both note something in most of their mails."""
    with TemporaryDirectory() as folder, theatre(Path(folder), "mentee") as play:
        life = Life(play, Path(folder))
        with structlog.testing.capture_logs() as lines:
            for cycle in (1, 2):
                for number, kind in enumerate(PUBLIC):
                    _, word, form, first = script[2 * number + cycle - 1]
                    _answer(life, kind, cycle, word, form, first)
            play.live_to("agenda", 3)
            play.live_until(play.world.now + 2 * HOUR)
        life.logged = repr(lines)
        yield life


def _answer(life: Life, kind: str, cycle: int, word: str, form: str, first: bool) -> None:
    """Answer one mail by hand: what it asks for, with a note before or behind it, or one whose end is not sure."""
    life.play.habits.pop(kind, None)
    public, author = PUBLIC[kind]
    text = f"{word} zq{kind}{cycle}x"
    doubtful = first and kind == "follow_up"
    life.planted.append(Planted(text, author, doubtful))
    note = f"Note: {text}" if doubtful else form.format(text)
    life.play.live_to(kind, cycle)
    life.play.live_until(life.play.world.now + HOUR)
    letter = life.play.inbox(author, kind)[-1]
    heading = kind in ("preparation", "agenda")
    mail = f"{note}\n\n{public}" if first and heading else f"{public}\n\n{note}"
    life.play.hands.reply(author, letter.id, mail)
    life.play.live_until(life.play.world.now + 2 * HOUR)


def shown(raw: bytes) -> str:
    """Return all that a mail shows to whoever gets it: its headers, its text, and its HTML as text and as it stands."""
    message = message_from_bytes(raw, policy=policy.default)
    parts = [str(part.get_content()) for part in message.walk() if not part.is_multipart()]
    plain = "\n".join([*parts, *(str(value) for value in message.values()), raw.decode("utf-8", "replace")])
    return " ".join(plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("&#39;", "'").split())


def mark_of(planted: Planted) -> str:
    """Return the end of a planted text, which no other text has and which no encoding changes."""
    return planted.text.split()[-1]


def readings(play: Theatre) -> list[str]:
    """Return all that commands show of the pair."""
    house, now = play.house, play.house.now()
    asked: list[object] = [history(house, play.id), why(house, play.id), relationship_view(house, play.id)]
    asked += [status(house), people(house), relationships(house), outbox(house)]
    asked += [outlook(house, play.id, timedelta(weeks=6)), programme_outlook(house, timedelta(weeks=6))]
    asked += [known_at(house, play.id, now - timedelta(days=day)) for day in (0, 9)]
    asked += [house.ledger.rows(), house.streams.summaries("notebook"), house.streams.summaries("relationship")]
    kinds = [name for name, (_, topic) in KINDS.items() if topic is None]
    previews = (preview(house, Wanted(kind, play.id, to)).raw for kind in kinds for to in Role)
    return [*(repr(answer) for answer in asked), *map(shown, previews)]


@settings(max_examples=2, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(scripts())
def test_private_words_reach_their_author_and_nothing_else(script: list[tuple[str, str, str, bool]]) -> None:
    with lived(script) as life:
        play, marks = life.play, [mark_of(planted) for planted in life.planted]
        _check_mails(life)
        told = [life.logged, *readings(play), *(repr(play.events(account)) for account in (MENTOR, MENTEE, SERVICE))]
        assert not [mark for mark in marks for text in told if mark in text]
        kept = everything_on_disk(life.folder)
        assert b"notebook.note-taken" in kept
        assert not [mark for mark in marks if mark.encode() in kept]


def _check_mails(life: Life) -> None:
    sent = [letter for letter in life.play.world.accounts[SERVICE].letters.values() if letter.folder != "inbox"]
    mails = [(str(message_from_bytes(letter.raw)["To"]), kind_of(letter), shown(letter.raw)) for letter in sent]
    for planted in life.planted:
        found = {(planted.author in to, kind) for to, kind, text in mails if mark_of(planted) in text}
        whole = any(" ".join(planted.text.split()) in text for _, _, text in mails)
        assert (found, whole) == ((set(), False) if planted.doubtful else ({(True, "brief")}, True)), planted
