"""Where phones find this machine: addresses, and whether any other device has reached it."""

import ipaddress
import os
import socket
from contextlib import suppress
from urllib.parse import urlsplit

from mcda.ui.workshop.place import Place

PUBLIC_VARIABLE = "MCDA_PUBLIC_URL"
"""What phones call this server where a proxy stands before it, as in 'https://rangfolge.example.de'."""


def join_address(place: Place, base: str, code: str) -> str:
    """The address phones open to join: as the facilitator's browser calls this server, but never 'localhost' where
    the server listens to the network."""
    return f"{phone_base(place, base)}/w/{code}"


def phone_base(place: Place, base: str) -> str:
    """How phones call this server."""
    if named := os.environ.get(PUBLIC_VARIABLE, "").rstrip("/"):
        return named
    parts = urlsplit(base)
    addresses = own_addresses()
    if listens_to_network(place) and is_loopback(parts.hostname or "") and addresses:
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{addresses[0]}{port}"
    return base


def listens_to_network(place: Place) -> bool:
    """Whether other devices may reach the server at all."""
    return bool(place.listens_at) and not is_loopback(place.listens_at)


def is_loopback(host: str) -> bool:
    """Whether a name or an address means this machine itself."""
    if host in ("localhost", "testclient", ""):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def own_addresses() -> tuple[str, ...]:
    """This machine's addresses in its network, the likely one first. Nothing is sent to find them."""
    found: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # a documentation address: a datagram socket only looks up the route
        found.append(str(probe.getsockname()[0]))
    with suppress(OSError):
        found += [str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return tuple(dict.fromkeys(a for a in found if not is_loopback(a) and a != "0.0.0.0"))
