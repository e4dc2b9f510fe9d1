"""What can happen to work samples; names and topics are forever."""

from dataclasses import replace

from domain.aggregate import Stream
from domain.relationship_state import RelationshipState
from domain.samples import BroughtSample, Sample


class SamplesAttached(Stream.Event):
    """The mentee attached files to her answer before a meeting, for its agenda; `mail` is the hash of the mail's id."""

    TOPIC = "relationship.samples-attached"
    cycle: int
    mail: str
    samples: tuple[Sample, ...]

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        brought = (BroughtSample(sample, self.cycle, self.mail, self.by.at) for sample in self.samples)
        aggregate.samples = (*aggregate.samples, *brought)


class SamplesPassedOn(Stream.Event):
    """An agenda took files along that were attached for it; they are attached to no other."""

    TOPIC = "relationship.samples-passed-on"
    occasion: str
    refs: tuple[str, ...]

    def apply(self, aggregate: RelationshipState) -> None:
        """Assign what it says."""
        aggregate.samples = tuple(
            replace(one, sent=True) if one.sample.ref in self.refs else one for one in aggregate.samples
        )
