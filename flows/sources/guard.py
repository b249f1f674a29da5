"""Which hosts may be asked: those of the open internet, and what the settings allow. Looked at when connecting, so
that no redirect, name server or way of writing a number leads elsewhere."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from configs.errors import ConfigError
from flows.sources.failure import FetchFailed
from transforms.reports.addresses import Address, not_public


@dataclass(frozen=True, slots=True)
class Allowed:
    """Hosts by name and networks by number that may be asked although they are not public."""

    names: frozenset[str] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    def holds(self, host: str, address: Address) -> bool:
        """Whether ``host``, which stands for ``address``, is allowed."""
        return host.lower() in self.names or any(address in network for network in self.networks)


def allowed_hosts(words: str) -> Allowed:
    """``words`` are names, addresses and networks with blanks or commas between. Raises ConfigError."""
    names, networks = set(), []
    for word in words.replace(",", " ").split():
        try:
            networks.append(ip_network(word, strict=False))
        except ValueError:
            if "/" in word or ":" in word:
                mend = "give names, addresses and networks, such as 127.0.0.1 or 10.1.0.0/16"
                raise ConfigError("environment", "WHOHELD_ALLOW_HOSTS", f"{word!r} is neither", mend) from None
            names.add(word.lower())
    return Allowed(frozenset(names), tuple(networks))


async def resolved(host: str, port: int, allowed: Allowed) -> list[str]:
    """The addresses of ``host``. Raises FetchFailed where there is none, or one that must not be asked."""
    try:
        # The system's own reading of a host: it knows decimal, octal, hex and short forms of numbers.
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailed(
            "unreachable", "the host's name leads nowhere", "a host that exists", "check the address, and the network",
            passing=isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN,
        ) from error  # fmt: skip
    addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
    for text in addresses:
        address = ip_address(text.partition("%")[0])
        kind = not_public(address)
        if kind and not allowed.holds(host, address):
            raise FetchFailed(
                "refused_address", f"the host leads to the {kind} address {address}", "a host of the open internet",
                "if it is meant, allow it: WHOHELD_ALLOW_HOSTS names hosts and networks",
            )  # fmt: skip
    return addresses
