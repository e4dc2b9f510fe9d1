"""What holds for every test: no network beyond loopback, the zones of the tzdata package, the same examples."""

import gc
import os
import tempfile
import zoneinfo
from pathlib import Path

from hypothesis import settings

from tests import network_guard
from tests.quick_folder import in_memory

# The same examples on every run and no stop-watch, so that a red run is red for everybody.
settings.register_profile("gate", derandomize=True, deadline=None, database=None)
settings.load_profile("gate")

ROOT = Path(__file__).resolve().parent.parent

network_guard.install()
# Processes that a test starts are guarded by `sitecustomize`, which Python looks for along this path.
os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "tests" / "child_guard"), str(ROOT)])
# The machine's own zone files may be older or newer; results must not depend on them.
zoneinfo.reset_tzpath(to=())
# Every test's folder, and those of the processes that it starts: half of a run would be waiting for a disk.
tempfile.tempdir = in_memory()
if tempfile.tempdir:
    os.environ["TMPDIR"] = tempfile.tempdir
# Thousands of tests and two vendors' SDKs stay in memory, so that looking for garbage among them all costs a lot.
gc.set_threshold(50_000, 20, 100)
