"""What the doctor says of the rails: whether all is stopped, what is spent, and who is outside."""

from domain.rails import Stop
from service.doctor_lines import Health, Line, Nature
from service.event_words import count, moment
from service.house import House
from service.rails_standing import STOPS, delegates_words, rails_report


def kill_switch(house: House) -> Line:
    """Say whether the kill switch is on."""
    if house.switch.thrown():
        return Line("kill switch", Health.BAD, "on: nothing leaves", STOPS[Stop.SWITCH], Nature.LATER)
    return Line("kill switch", Health.GOOD, "off")


def live(house: House) -> Line:
    """Say whether mail and calendar writes leave, whatever the kill switch says; a pause is not well, not yet is."""
    stop = house.resting()
    if stop is None:
        where = "every provider is on this machine" if house.loopback else "mail and calendar writes leave"
        return Line("live", Health.GOOD, f"yes: {where}")
    if stop is Stop.NOT_LIVE:
        return Line("live", Health.GOOD, "not yet: nothing leaves before mentorsync go-live")
    return Line("live", Health.BAD, f"no: {stop}", STOPS[stop], Nature.LATER)


def rails(house: House) -> Line:
    """Say what the rails hold back; people outside the list are what it is for, a full limit is not well."""
    report, set_ = rails_report(house), house.rails
    whom = f"mail may reach {count(len(set_.allow), 'address or domain')}" if set_.allow else "mail may reach everybody"
    says = f"{whom.replace('address or domains', 'addresses and domains')}; {report.outside} registered outside"
    says = f"{says}{delegates_words(report)}; {count(report.held, 'effect')} held back"
    if report.full is not None and report.full_until is not None:
        says = f"{says}; {report.full}, until {moment(report.full_until)}"
        mend = "See with mentorsync outbox what waits; raise the limit in [rails] only if all of it is meant."
        return Line("rails", Health.BAD, says, mend, Nature.LATER)
    return Line("rails", Health.GOOD, says)
