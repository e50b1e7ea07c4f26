"""Where a request comes from, also behind proxies, and whether the Market calls from there."""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final, TypeAlias

from yamarket_async.errors import InvalidRequest

Network: TypeAlias = IPv4Network | IPv6Network

MARKET_NETWORKS: Final[tuple[Network, ...]] = tuple(
    IPv4Network(text) for text in ("5.45.207.0/25", "141.8.142.0/25", "5.255.253.0/25")
)
"""The networks from which the Market sends notifications, which bear no signature."""

LOOPBACK: Final[tuple[Network, ...]] = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))
"""This machine, for tests. Not for a proxy on the same machine: whatever comes through it comes from here."""


class AllowedNetworks:
    """Tells the Market from others by the address, for frameworks other than aiohttp.

    Args:
        networks: where requests may come from (`"10.0.0.0/8"`); None lets all in.
        trusted_hops: how many proxies of your own stand in front, 0 or more. Each adds to `X-Forwarded-For` whom it
            was called by; what stands further left came from outside and may be invented.

    Raises:
        InvalidRequest: a network is none, or the count is out of bounds.
    """

    def __init__(self, networks: Iterable[str | Network] | None = MARKET_NETWORKS, trusted_hops: int = 0) -> None:
        if isinstance(trusted_hops, bool) or not isinstance(trusted_hops, int) or trusted_hops < 0:
            raise InvalidRequest("trusted_hops", trusted_hops, "must be the number of your own proxies, 0 or more")
        if isinstance(networks, str):
            raise InvalidRequest("networks", networks, f"must be several networks: [{networks!r}]")
        self._networks = (
            None if networks is None else tuple(_checked(number, network) for number, network in enumerate(networks))
        )
        self._trusted_hops = trusted_hops

    def admit(self, peer: str | None, forwarded: Sequence[str]) -> bool:
        """Tell whether a request may come in.

        Args:
            peer: the address of whoever holds the connection; None for a Unix socket.
            forwarded: the headers `X-Forwarded-For`, in the order in which they came.
        """
        if self._networks is None:
            return True
        address = self.address(peer, forwarded)
        return address is not None and any(address in network for network in self._networks)

    def address(self, peer: str | None, forwarded: Sequence[str]) -> IPv4Address | IPv6Address | None:
        """Tell where a request comes from; None where that isn't known."""
        if self._trusted_hops == 0:
            return _address_in(peer or "")
        hops = [hop for header in forwarded for hop in header.split(",")]
        return _address_in(hops[-self._trusted_hops]) if len(hops) >= self._trusted_hops else None


def _checked(number: int, network: object) -> Network:
    if isinstance(network, IPv4Network | IPv6Network):
        return network
    try:
        return ip_network(network)  # type: ignore[arg-type] # whatever it is not made for is a ValueError
    except ValueError as error:
        raise InvalidRequest(f"networks[{number}]", network, f"must be a network as 10.0.0.0/8 ({error})") from None


def _address_in(text: str) -> IPv4Address | IPv6Address | None:
    """Read an address as proxies write it: some add a port."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    # A socket that listens for IPv6 sees IPv4 this way.
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address
