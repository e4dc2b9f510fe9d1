"""The files that a client of the sandbox needs: configuration, tokens,
a service account's key and a master key."""

import base64
import hashlib
import json
import os
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from adapters.sandbox.access import AUDIENCE
from adapters.sandbox.world import World

TENANT = "00000000-0000-4000-8000-000000000001"
CLIENT = "00000000-0000-4000-8000-000000000002"


def write_client_files(base_url: str, world: World, out: Path, service_provider: str = "microsoft") -> Path:
    """Write `mentorsync.toml` and its secrets (mode 0600) into a folder;
    answers the path of the first."""
    out.mkdir(parents=True, exist_ok=True)
    folder = out.resolve()
    _secret(folder / "microsoft.token", world.issue("microsoft") + "\n")
    _secret(folder / "google-service-account.json", _service_account(base_url, world))
    _secret(folder / "master.key", _master_key(world) + "\n")
    config = folder / "mentorsync.toml"
    config.write_text(_settings(base_url, folder, _service_address(world, service_provider), service_provider), "utf-8")
    return config


def _master_key(world: World) -> str:
    """The same for a seed, so that what is made from it in mails is too; nothing in a sandbox needs hiding."""
    return base64.b64encode(hashlib.sha256(f"sandbox {world.seed}".encode()).digest()).decode()


def _secret(path: Path, text: str) -> None:
    """Create the file unreadable for others from its first moment."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


@cache
def _service_key() -> rsa.RSAPrivateKey:
    """One for all sandboxes of a process: making it is dear, and nobody else trusts it."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _service_account(base_url: str, world: World) -> str:
    key = _service_key()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    world.service_key = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    account = {
        "type": "service_account",
        "project_id": "mentorsync-sandbox",
        "private_key_id": "sandbox",
        "private_key": private,
        "client_email": "mentorsync@mentorsync-sandbox.example",
        "client_id": "100000000000000000001",
        "auth_uri": AUDIENCE,
        "token_uri": f"{base_url}/token",
    }
    return json.dumps(account, indent=1) + "\n"


def _service_address(world: World, provider: str) -> str:
    """The service's own mailbox on that cloud;
    without one the configuration names the address it would have."""
    found = (
        a.address for a in world.accounts.values() if a.provider == provider and a.address.startswith("mentoring@")
    )
    return next(found, "mentoring@contoso.example" if provider == "microsoft" else "mentoring@gmail.example")


def _settings(base_url: str, folder: Path, address: str, provider: str) -> str:
    sections: dict[str, dict[str, str | int]] = {
        "store": {
            "url": f"sqlite:///{folder / 'mentorsync.db'}",
            "keys_url": f"sqlite:///{folder / 'keys.db'}",
            "master_key_file": str(folder / "master.key"),
        },
        "service": {
            "address": address,
            "provider": provider,
            "programme": "Mentoring at Contoso",
            "clock": f"{base_url}/clock",
            "poll_minutes": 360,
        },
        "microsoft": {
            "base_url": f"{base_url}/v1.0",
            "tenant_id": TENANT,
            "client_id": CLIENT,
            "token_file": str(folder / "microsoft.token"),
        },
        "google": {
            "root_url": f"{base_url}/",
            "service_account_file": str(folder / "google-service-account.json"),
        },
    }
    blocks = [
        "\n".join([f"[{name}]", *(f"{key} = {json.dumps(value)}" for key, value in values.items())]) + "\n"
        for name, values in sections.items()
    ]
    return "\n".join(blocks)
