"""A file that a mentee attaches reaches the mentor byte for byte and once, also when the daemon dies in between."""

import base64
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from email import message_from_string
from email.policy import default
from pathlib import Path

import pytest

from tests.acceptance.killing import Executioner, life
from tests.acceptance.pair import MENTEE, Json, agendas_in
from tests.unit.office_files import docx

NAME, CONTENT = "Überblick.docx", docx(**{"word__media__noise.png": bytes(range(256)) * 300})


@pytest.fixture(scope="module")
def executioner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Executioner]:
    """One process that all daemons of this module are forked from."""
    with closing(Executioner(tmp_path_factory.mktemp("executioner") / "daemons.log")) as started:
        yield started


def reply() -> Json:
    """The mentee answers a second time, with a file."""
    when = {"subject_has": "", "header_has": "X-Mentorsync-Kind: preparation"}
    file = {"name": NAME, "content": base64.b64encode(CONTENT).decode()}
    act = {"account": MENTEE, "act": "reply", "text": "Samples: the overview, attached", "files": [file]}
    return {**act, "when": when, "delay_minutes": 40}


@pytest.mark.parametrize(("service", "moment"), [("microsoft", "before send"), ("google", "after perform")])
def test_a_file_reaches_the_mentor_once_although_the_daemon_dies_when_it_leaves(
    executioner: Executioner, tmp_path: Path, service: str, moment: str
) -> None:
    with life(executioner, tmp_path, service) as pair:
        pair.remote.hand([reply()])
        pair.live_until("preparation")
        pair.die_at("agenda", moment)
        pair.live_until("held_question")
        (agenda,) = agendas_in(pair.remote.world())
        assert pair.findings() == []
    (file,) = message_from_string(agenda["raw"], policy=default).iter_attachments()
    assert (file.get_filename(), file.get_content()) == (NAME, CONTENT)
    with closing(sqlite3.connect(tmp_path / "mentorsync.db")) as connection:
        assert connection.execute("SELECT count(*) FROM sample").fetchone() == (0,)
