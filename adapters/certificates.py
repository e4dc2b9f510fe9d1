"""When a certificate expires, so that somebody can be told in time."""

from datetime import datetime
from pathlib import Path

from cryptography import x509

from domain.errors import Misconfigured


def expiry_of(file: Path) -> datetime:
    """Return until when (UTC) the first certificate of a PEM file is valid (RFC 5280, section 4.1.2.5).

    Misconfigured when the file holds none.
    """
    try:
        return x509.load_pem_x509_certificates(file.read_bytes())[0].not_valid_after_utc
    except (OSError, ValueError, IndexError) as error:
        raise Misconfigured(
            f"The file '{file}' holds no certificate in PEM.",
            "Put the certificate beside its private key into that file.",
        ) from error
