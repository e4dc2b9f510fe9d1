"""When a mail may reach its reader: not in quiet hours, and not more in a week than the charter allows."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.charter import Role
from domain.edits import is_again
from domain.effects import Effect, EffectKind
from domain.hours import DAY, working_time
from domain.interval import Interval
from domain.situation import Situation

WEEK = timedelta(days=7)
SPENT = "its reader had got as many mails in a week as the charter allows"
AT_ANY_HOUR = (EffectKind.AGENDA, EffectKind.ECHO)
"""An agenda comes when it was agreed that it comes (again, with what was added, it does not), and an echo answers
somebody who is just writing.
"""
UNCOUNTED = (
    EffectKind.REQUEST,
    EffectKind.CHARTER,
    EffectKind.AGENDA,
    EffectKind.ECHO,
    EffectKind.INVITATION,
    EffectKind.BRIEF,
    EffectKind.REFERENCES,
)
"""What was asked for, and what a meeting cannot do without."""


def deferred(situation: Situation, effect: Effect, now: datetime) -> Effect:
    """Return the effect with the due time that quiet hours and the weekly budget leave it.

    A mail that would be of no use any more by then leaves in quiet hours all the same; the budget holds it back.
    """
    if not effect.kind.is_mail:
        return effect
    role, late = Role(effect.recipient), max(effect.due, now)
    refill = _refill(situation, effect, role, late)
    due = effect.due if refill == late else refill
    awake = _awake(situation, effect, max(due, now))
    if awake == max(due, now) or awake >= effect.expires:
        return replace(effect, due=due)
    return replace(effect, due=awake)


def over_budget(situation: Situation, effect: Effect) -> bool:
    """Say whether the budget holds the mail back for as long as it is of use."""
    role = Role(effect.recipient) if effect.kind.is_mail else None
    return role is not None and _refill(situation, effect, role, effect.due) >= effect.expires


def next_quiet(situation: Situation, effect: Effect, now: datetime) -> datetime | None:
    """Return when quiet hours begin next for the reader of a mail, or None where the charter has none."""
    quiet = _quiet(situation, effect, now) if effect.kind.is_mail else []
    return next((stretch.start for stretch in quiet if stretch.start > now), None)


def _refill(situation: Situation, effect: Effect, role: Role, instant: datetime) -> datetime:
    """Return the first instant from the given one on at which the week before holds fewer mails than allowed."""
    limit = situation.relationship.charter.weekly_mails
    sent = sorted(at for at in situation.mailed.get(role, ()) if at + WEEK > instant)
    if not limit or effect.kind in UNCOUNTED or len(sent) < limit:
        return instant
    return sent[-limit] + WEEK


def _awake(situation: Situation, effect: Effect, instant: datetime) -> datetime:
    quiet = _quiet(situation, effect, instant)
    return next((stretch.end for stretch in quiet if stretch.start <= instant < stretch.end), instant)


def _quiet(situation: Situation, effect: Effect, around: datetime) -> list[Interval]:
    """Return the quiet hours of the reader of a mail in the days around an instant, in order."""
    if effect.kind in AT_ANY_HOUR and not is_again(effect.occasion):
        return []
    return quiet_hours(situation, Role(effect.recipient), Interval(around - 2 * DAY, around + 2 * DAY))


def quiet_hours(situation: Situation, reader: Role, window: Interval) -> list[Interval]:
    """Return the quiet hours of one of the two inside the window, on her own clock, in order."""
    quiet = situation.relationship.charter.quiet
    return working_time(f"mon-sun {quiet}", situation.person(reader).zone, window) if quiet else []
