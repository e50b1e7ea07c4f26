"""Who may call: networks, and the address of a caller behind proxies."""

from ipaddress import ip_network

import pytest

from yamarket_async import notifications
from yamarket_async.errors import InvalidRequest
from yamarket_async.notifications.networks import AllowedNetworks

MARKET = "5.45.207.7"
STRANGER = "203.0.113.9"


@pytest.mark.parametrize("address", ["5.45.207.0", "5.45.207.127", "141.8.142.1", "5.255.253.1", "::ffff:5.45.207.7"])
def test_the_market_may_call(address):
    assert AllowedNetworks(notifications.MARKET_NETWORKS, 0).admit(address, ())


@pytest.mark.parametrize("address", ["5.45.207.128", STRANGER, "127.0.0.1", "::1", "", None, "unix:"])
def test_others_may_not(address):
    assert not AllowedNetworks(notifications.MARKET_NETWORKS, 0).admit(address, ())


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_loopback_can_be_let_in(address):
    assert AllowedNetworks(notifications.LOOPBACK, 0).admit(address, ())


def test_all_can_be_let_in():
    assert AllowedNetworks(None, 1).admit(None, ())


def test_networks_are_given_as_text_or_as_networks():
    allowed = AllowedNetworks(["203.0.113.0/24", ip_network("2001:db8::/32")], 0)
    assert allowed.admit(STRANGER, ())
    assert allowed.admit("2001:db8::1", ())
    assert not allowed.admit(MARKET, ())


def test_without_proxies_the_header_is_not_believed():
    assert not AllowedNetworks(notifications.MARKET_NETWORKS, 0).admit(STRANGER, (MARKET,))


@pytest.mark.parametrize(
    ("hops", "forwarded", "admitted"),
    [
        (1, (MARKET,), True),
        (1, (f"{STRANGER}, {MARKET}",), True),
        (1, (STRANGER, MARKET), True),  # the header twice
        (1, (f"{MARKET}, {STRANGER}",), False),  # what stands further left is invented
        (1, (), False),
        (1, ("",), False),
        (1, ("unknown",), False),
        (2, (f"{MARKET}, 10.0.0.1",), True),
        (2, (MARKET,), False),  # one of the proxies was gone around
        (2, (f"{MARKET}, {STRANGER}, 10.0.0.1",), False),
        (1, (f"{MARKET}:50123",), True),
        (1, (f'"[::ffff:{MARKET}]:50123"',), True),
        (1, (f"[::ffff:{MARKET}]",), True),
    ],
)
def test_behind_proxies_the_nearest_ones_are_believed(hops, forwarded, admitted):
    assert AllowedNetworks(notifications.MARKET_NETWORKS, hops).admit("10.0.0.2", forwarded) is admitted


@pytest.mark.parametrize(
    ("networks", "hops", "said"),
    [
        (["10.0.0.0/8", "10.0.0.1/8"], 0, r"networks\[1\]='10.0.0.1/8': must be a network as 10.0.0.0/8 .*host bits"),
        (["the Market"], 0, r"networks\[0\]='the Market': must be a network"),
        ([None], 0, r"networks\[0\]=None: must be a network"),
        ("10.0.0.0/8", 0, r"networks='10.0.0.0/8': must be several networks"),
        (None, -1, "trusted_hops=-1: must be the number of your own proxies"),
        (None, True, "trusted_hops=True"),
        (None, "1", "trusted_hops='1'"),
    ],
)
def test_settings_that_make_no_sense_are_an_error(networks, hops, said):
    with pytest.raises(InvalidRequest, match=said):
        notifications.handler(print, networks=networks, trusted_hops=hops)
