"""Subjects in the reader's language."""

from adapters.mail import spoken
from adapters.mail.catalogue import catalogue
from domain.languages import language_of
from domain.threads import SubjectLine


def subject_of(line: SubjectLine) -> str:
    """Return the subject; every mail that continues a conversation has that of its first, behind "Re: "."""
    words = catalogue(language_of(line.language))
    day = spoken.subject_day(words, line.day) if line.day else ""
    opening = words.words(f"subject.{line.label}").format(
        names=f"{line.mentor} / {line.mentee}", day=day, number=line.number
    )
    # "Re:" in every language: mail programs thread by it, and "AW:" would be another subject.
    return f"Re: {opening}" if line.continued else opening
