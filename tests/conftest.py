"""What holds for every test: no network beyond loopback, and the time zones of the tzdata package alone."""

import os
import zoneinfo
from pathlib import Path

from tests import network_guard

ROOT = Path(__file__).resolve().parent.parent

network_guard.install()
# Processes that a test starts are guarded by `sitecustomize`, which Python looks for along this path.
os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "tests" / "child_guard"), str(ROOT)])
# The machine's own zone files may be older or newer; results must not depend on them.
zoneinfo.reset_tzpath(to=())
