"""How work samples come to an agenda and leave with it."""

from domain import sample_events
from domain.by import By
from domain.personal import Personal
from domain.relationship_state import RelationshipState
from domain.samples import Sample, brought_for


class Sampling(RelationshipState):
    """The decisions about work samples; every one may be repeated and then changes nothing."""

    def attach_samples(self, cycle: int, mail: str, samples: tuple[Sample, ...], by: By) -> None:
        """Files of one mail are for the agenda of that cycle; one that is there already, by its bytes, stays one."""
        known = {one.sample.digest for one in brought_for(self, cycle)}
        fresh: dict[Personal, Sample] = {}
        for sample in samples:
            if sample.digest not in known:
                fresh.setdefault(sample.digest, sample)
        if fresh:
            new = tuple(fresh.values())
            self.record(sample_events.SamplesAttached, cycle=cycle, mail=mail, samples=new, by=by)

    def pass_samples_on(self, occasion: str, refs: tuple[str, ...], by: By) -> None:
        """An agenda of that occasion left with these files."""
        waiting = {one.sample.ref for one in self.samples if not one.sent}
        fresh = tuple(ref for ref in refs if ref in waiting)
        if fresh:
            self.record(sample_events.SamplesPassedOn, occasion=occasion, refs=fresh, by=by)
