"""All that a relationship decides, part by part: the mixins of its deciding methods in one place."""

from domain.aiming import Aiming
from domain.arranging import Arranging
from domain.conversing import Conversing
from domain.ending import Ending
from domain.listening import Listening
from domain.offering import Offering
from domain.opening import Opening
from domain.recalibrating import Recalibrating
from domain.referring import Referring
from domain.renegotiating import Renegotiating
from domain.resting import Resting


class Parts(
    Opening,
    Arranging,
    Offering,
    Conversing,
    Listening,
    Ending,
    Recalibrating,
    Renegotiating,
    Referring,
    Resting,
    Aiming,
):
    """The deciding methods of a Relationship; each part is a mixin over the state, in a file by its noun."""
