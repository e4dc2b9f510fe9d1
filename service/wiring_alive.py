"""The composition root of a look at the running daemon from outside, light enough to be made every half minute."""

from http import HTTPStatus

from domain.errors import Misconfigured, TryLater
from service.settings import Settings


def look_at_daemon(settings: Settings, ready: bool = False) -> None:
    """Return when the daemon says that it is alive, or with `ready` that it can do its work.

    TryLater when it says that it is not, or does not answer; Misconfigured without a section [health].
    """
    from adapters.health import asked

    if settings.health is None:
        problem = "There is no section [health], so the daemon does not say whether it is alive."
        raise Misconfigured(problem, "Add [health] to the configuration, or set MENTORSYNC_HEALTH_LISTEN.")
    host, _, port = settings.health.listen.rpartition(":")
    page = asked(host.strip("[]"), int(port), "/readyz" if ready else "/livez")
    if page.status != HTTPStatus.OK:
        what = "ready" if ready else "alive"
        said = page.text.strip().rstrip(".")
        raise TryLater(f"The daemon is not {what}: {said}.", "See its log; it may be started anew at any moment.")
