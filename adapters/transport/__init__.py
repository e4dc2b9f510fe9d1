"""The one way out of the house: a synchronous HTTP client that both providers' SDKs speak through."""

from adapters.transport.auth import BearerFile
from adapters.transport.client import Exchange, Transport
from adapters.transport.httplib2_face import Httplib2Face
from adapters.transport.kiota_face import KiotaFace, drive
from adapters.transport.patience import WHOLE, Budget, Patience
from adapters.transport.retry_after import retry_after

__all__ = [
    "WHOLE",
    "BearerFile",
    "Budget",
    "Exchange",
    "Httplib2Face",
    "KiotaFace",
    "Patience",
    "Transport",
    "drive",
    "retry_after",
]
