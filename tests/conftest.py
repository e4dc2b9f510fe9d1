"""What holds for every test: no network beyond loopback, and the time zones of the tzdata package alone."""

import zoneinfo

from tests import network_guard

network_guard.install()
# The machine's own zone files may be older or newer; results must not depend on them.
zoneinfo.reset_tzpath(to=())
