"""Replays one seed and tells what happened: python -m tests.simulation SEED."""

import sys

from tests.simulation.run import run
from tests.simulation.script import script_of

print(run(script_of(int(sys.argv[1]))).told())
