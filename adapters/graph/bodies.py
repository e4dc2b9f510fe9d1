"""Builds the SDK's models for what we ask Graph to write."""

from collections.abc import Iterable
from typing import Any

from msgraph.generated.models.attendee import Attendee
from msgraph.generated.models.attendee_type import AttendeeType
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.date_time_time_zone import DateTimeTimeZone
from msgraph.generated.models.email_address import EmailAddress
from msgraph.generated.models.event import Event
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.location import Location
from msgraph.generated.models.online_meeting_provider_type import OnlineMeetingProviderType
from msgraph.generated.models.single_value_legacy_extended_property import SingleValueLegacyExtendedProperty
from msgraph.generated.users.item.calendar.get_schedule.get_schedule_post_request_body import (
    GetSchedulePostRequestBody,
)

from adapters.graph.times import stamp
from adapters.graph.translate import tag_for
from domain.calendar import BookingRequest
from domain.interval import Interval

# The named property that makes our events findable; set and name are frozen, and the name is case-sensitive.
_PROPERTY = "String {6f0c5a52-6d0b-5d0e-9a3d-1f6c2f7b8e41} Name MentorsyncKey"


def booking(request: BookingRequest) -> Any:
    """Return the event to create: its transactionId and its extended property both say which key it is for."""
    tag = tag_for(request.key)
    event = Event(
        subject=request.subject,
        body=ItemBody(content_type=BodyType.Text, content=request.body),
        start=_stamp(request.time, request.zone)[0],
        end=_stamp(request.time, request.zone)[1],
        attendees=list(_attendees(request.attendees)),
        allow_new_time_proposals=True,
        transaction_id=tag,
        single_value_extended_properties=[SingleValueLegacyExtendedProperty(id=_PROPERTY, value=tag)],
    )
    if request.place:
        event.location = Location(display_name=request.place)
    if request.online:
        event.is_online_meeting = True
        event.online_meeting_provider = OnlineMeetingProviderType.TeamsForBusiness
    return event


def new_time(time: Interval, zone: str) -> Any:
    """Return the change of an event's time and of nothing else."""
    start, end = _stamp(time, zone)
    return Event(start=start, end=end)


def blank(title: str) -> Any:
    """Return the change of an event's title to the given one, and of its text to none."""
    return Event(subject=title, body=ItemBody(content_type=BodyType.Text, content=""))


def schedule_question(account: str, window: Interval) -> Any:
    """Return the body of getSchedule for one account."""
    start, end = _stamp(window, "UTC")
    return GetSchedulePostRequestBody(schedules=[account], start_time=start, end_time=end)


def key_filter(key: str) -> str:
    """Return the $filter that finds the event of this key."""
    found = f"ep/id eq '{_PROPERTY}' and ep/value eq '{tag_for(key)}'"
    return f"singleValueExtendedProperties/Any(ep: {found})"


def _stamp(time: Interval, zone: str) -> tuple[Any, Any]:
    written = [stamp(moment, zone) for moment in (time.start, time.end)]
    start, end = (DateTimeTimeZone(date_time=clock, time_zone=name) for clock, name in written)
    return start, end


def _attendees(addresses: Iterable[str]) -> Iterable[Any]:
    for address in addresses:
        yield Attendee(email_address=EmailAddress(address=address), type=AttendeeType.Required)
