"""How long agendas take from facts to the bytes of a mail."""

from collections.abc import Iterator
from dataclasses import replace
from time import process_time

from adapters.mail.compose import MailComposer
from domain.languages import LANGUAGES
from domain.mail import MailKind
from tests.unit.sample_letters import AGENDA, envelope

GOAL = 120
ALL = 10_000


def composed(number: int) -> Iterator[str]:
    """Yield one line: what so many agendas cost on one core, in all languages in turn, and 10,000 at that pace."""
    composer, given = MailComposer(), envelope(MailKind.AGENDA)
    letters = [replace(AGENDA, language=language) for language in LANGUAGES]
    for letter in letters:
        composer.compose(given, letter)
    begun = process_time()
    for count in range(number):
        own = replace(given, message_id=f"<{count}.agenda@lindenhof.example>")
        composer.compose(own, letters[count % len(letters)])
    each = (process_time() - begun) / number
    yield f"agendas to MIME, N = {number}: {each * 1e3:.2f} ms each, {each * ALL:,.0f} s for {ALL:,} (goal: {GOAL} s)"
