"""Signs requests with a bearer token that lies in a file."""

from collections.abc import Generator
from pathlib import Path

import httpx

from domain.errors import Misconfigured


class BearerFile(httpx.Auth):
    """Signs each request with the one line of `path`, read anew each time, so that a replaced token counts
    at once.

    Raises Misconfigured when the file cannot be read or does not hold exactly one line.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Put the Authorization header on the request."""
        request.headers["Authorization"] = f"Bearer {self.token()}"
        yield request

    def token(self) -> str:
        """Return the token as the file holds it now."""
        try:
            lines = self._path.read_text("ascii").split()
        except (OSError, UnicodeDecodeError) as error:
            raise _unusable("cannot be read") from error
        if len(lines) != 1:
            raise _unusable("does not hold exactly one token")
        return lines[0]


def _unusable(why: str) -> Misconfigured:
    return Misconfigured(
        f"The token file {why}.", "Write the bearer token on one line into the file that token_file names."
    )
