"""Which answers to mails ride on the next mail to the same reader instead of being mails of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from domain.effects import Effect, EffectKind
from domain.hearing import DeedKind, Heard, Question

RIDE = timedelta(minutes=10)
"""How long the answer to a mail may wait for a mail that takes it along."""
_ALONE = (
    EffectKind.ECHO,
    EffectKind.BRIEF,
    EffectKind.INVITATION,
    EffectKind.REFERENCE,
    EffectKind.REFERENCES,
)
"""A brief quotes private notes and begins and ends its own conversation; an invitation is read by programs."""


def with_riders(effects: Sequence[Effect], heard: Mapping[str, Heard]) -> tuple[Effect, ...]:
    """Return the effects without the answers that another mail carries; that mail names them.

    An answer is carried by the first mail to its reader that is due within ten minutes of it, else by the first answer
    that is on its way there: so a storm of mails brings one mail. What asks something back, or speaks of private notes,
    stays alone, and so does what somebody else wrote in the reader's stead.
    """
    riders = sorted((e for e in effects if _may_ride(e, heard)), key=_order)
    carriers = sorted((e for e in effects if e.kind.is_mail and e.kind not in _ALONE), key=_order)
    carried: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for rider in riders:
        carrier = _carrier(rider, carriers)
        if carrier is None:
            carriers.append(rider)
        else:
            carried[carrier.name] = (*carried.get(carrier.name, ()), rider.occasion)
    gone = {(EffectKind.ECHO.value, mail, name[2]) for name, mails in carried.items() for mail in mails}
    return tuple(replace(e, carries=carried.get(e.name, ())) for e in effects if e.name not in gone)


def _may_ride(effect: Effect, heard: Mapping[str, Heard]) -> bool:
    mail = heard.get(effect.occasion) if effect.kind is EffectKind.ECHO else None
    if mail is None or mail.question is not Question.NONE or mail.delegate is not None:
        return False
    return all(deed.what is not DeedKind.NOTED for deed in mail.deeds)


def _carrier(rider: Effect, carriers: Sequence[Effect]) -> Effect | None:
    return next((c for c in carriers if c.recipient == rider.recipient and c.due <= rider.due + RIDE), None)


def _order(effect: Effect) -> tuple[object, ...]:
    return (effect.due, effect.name)
