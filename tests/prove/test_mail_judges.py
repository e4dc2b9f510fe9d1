"""What others say of our mails: caniemail.com's data of which program shows what, and SpamAssassin's score.

Neither is installed with the project; where one is missing its proof is skipped by name. caniemail is looked for where
`npm install caniemail` puts it, in this folder's `node_modules`, in those above it, or among npm's global packages.
"""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.mail.compose import MailComposer
from domain.languages import LANGUAGES
from domain.letters import Letter
from domain.mail import MailKind
from tests.unit.quoting_clients import parts_of
from tests.unit.sample_letters import ADDED, LETTERS, NOTICES, RIDER, SILENT, envelope

ROOT = Path(__file__).resolve().parents[2]
EVERY: tuple[tuple[MailKind, Letter], ...] = (
    *LETTERS.items(),
    (MailKind.AGENDA, SILENT),
    (MailKind.AGENDA, ADDED),
    *((MailKind.NOTICE, letter) for letter in NOTICES.values()),
)
# Programs that have ended, or that show no mail's body as a body: what is asked of them there cannot be given.
# (role="presentation" is for those who hear a mail; the hidden first line is shown by one that hides nothing.)
KNOWN = {
    "<body> element": {"outlook.macos"},
    "role attribute": {"outlook.windows-mail"},
    "word-break": {"outlook.windows-mail"},
    "display:none": {"gmail.mobile-webmail"},
}
ASK = """
import { caniemail } from %s;
import fs from 'fs';
const found = {};
for (const html of JSON.parse(fs.readFileSync(0, 'utf8'))) {
  const { issues } = caniemail({ clients: ['outlook.*', 'gmail.*'], html });
  for (const [client, list] of issues.errors) for (const { title } of list) (found[title] ??= {})[client] = 1;
}
console.log(JSON.stringify(Object.fromEntries(Object.entries(found).map(([t, c]) => [t, Object.keys(c)]))));
"""
MOST = 1.0


def mails() -> list[bytes]:
    """Return every kind of mail in every language, without and with the answer to a mail of the reader below it."""
    return [
        MailComposer().compose(envelope(kind), replace(letter, language=language), below)
        for kind, letter in EVERY
        for language in LANGUAGES
        for below in (None, replace(RIDER, language=language))
    ]


def caniemail() -> Path:
    """Return the module, or skip."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("there is no node with npm on this machine")
    shared = subprocess.run([npm, "root", "--global"], capture_output=True, text=True, check=False).stdout.strip()
    rooms = [*(folder / "node_modules" for folder in (ROOT, *ROOT.parents)), Path(shared)]
    for room in rooms:
        if (module := room / "caniemail" / "dist" / "index.js").exists():
            return module
    pytest.skip("caniemail is not installed (npm install caniemail)")


def test_caniemail_finds_nothing_that_outlook_and_gmail_do_not_show() -> None:
    script = ASK % json.dumps(caniemail().as_uri())
    pages = json.dumps([parts_of(mail)[2] for mail in mails()])
    ran = subprocess.run(
        ["node", "--input-type=module", "--eval", script], input=pages, capture_output=True, text=True, check=True
    )
    found = {title: set(clients) for title, clients in json.loads(ran.stdout).items()}
    print(f"caniemail: N = {len(mails())} mails; errors: {found}")
    assert {title: clients - KNOWN.get(title, set()) for title, clients in found.items()} == {
        title: set() for title in found
    }


def test_spamassassin_scores_every_mail_below_one() -> None:
    program = shutil.which("spamassassin")
    if program is None:
        pytest.skip("spamassassin is not installed (Debian's spamassassin)")
    every = mails()
    # All in one mailbox file, because each start of the program costs seconds.
    box = b"".join(
        b"From sender@example.org Mon Mar  8 16:00:00 2027\n" + m.replace(b"\r\n", b"\n") + b"\n" for m in every
    )
    ran = subprocess.run([program, "--local", "--test-mode", "--mbox"], input=box, capture_output=True, check=True)
    scores = [float(found) for found in re.findall(rb"Content analysis details:\s+\((-?[0-9.]+) points", ran.stdout)]
    assert len(scores) == len(every)
    print(f"SpamAssassin: N = {len(scores)} mails; the highest score is {max(scores)}")
    assert max(scores) < MOST
