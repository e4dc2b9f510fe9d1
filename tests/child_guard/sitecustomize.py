"""Python imports this first in every process that a test starts, so that none of them can leave this machine either."""

from tests import network_guard

network_guard.install()
