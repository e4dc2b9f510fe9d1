"""Which domains belong to the same owner, by a rule that needs neither the network nor the world's list of suffixes."""

# Not the world's list: only those who own such a name could sign under it, so a missing one costs little.
_SECOND_LEVEL = frozenset(
    ["ac", "co", "com", "edu", "gob", "gouv", "gov", "go", "gv", "mil", "ne", "net", "nom", "or", "org", "sch"]
)
_SHARED = frozenset(
    [
        "amazonaws.com",
        "appspot.com",
        "asn.au",
        "azurewebsites.net",
        "blogspot.com",
        "cloudfront.net",
        "de.com",
        "eu.com",
        "fly.dev",
        "gappssmtp.com",
        "github.io",
        "gitlab.io",
        "herokuapp.com",
        "id.au",
        "ltd.uk",
        "me.uk",
        "netlify.app",
        "nhs.uk",
        "onmicrosoft.com",
        "pages.dev",
        "plc.uk",
        "uk.com",
        "us.com",
        "vercel.app",
        "web.app",
        "workers.dev",
    ]
)


def aligned(signer: str, domain: str) -> bool:
    """Say whether two domains belong together, by a rule that needs no list of the world's suffixes.

    They are equal, or one lies below the other and that other is a name that somebody can own.
    """
    shorter, longer = sorted((signer, domain), key=len)
    if shorter == longer:
        return "." in shorter
    return longer.endswith(f".{shorter}") and not is_public(shorter)


def is_public(domain: str) -> bool:
    """Say whether strangers register names right below this one: "co.uk", "com.au", well-known hosters."""
    first, _, country = domain.rpartition(".")
    return domain in _SHARED or not first or (len(country) == 2 and first in _SECOND_LEVEL)
