"""Where a request comes from."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104 - the address that is none
OF_ONE_HOUSE = 64  # bits: whoever has one IPv6 address has all of its network


def address_of(request: HttpRequest) -> str:
    """The address of whoever asks, as the outermost of the installation's own proxies saw it.

    What stands further left in `X-Forwarded-For` was written by the visitor, and means nothing.
    """
    return address_seen(
        request.headers.get("X-Forwarded-For", ""), request.META.get("REMOTE_ADDR", "")
    )


def address_seen(forwarded: str, peer: str) -> str:
    """The same, of what stands in `X-Forwarded-For` and of the other end of the connection."""
    told = forwarded.split(",")
    trusted = settings.TRUSTED_PROXIES
    if 0 < trusted <= len(told):
        found = _address(told[-trusted])
        if found:
            return found
    return _address(peer) or UNKNOWN


def neighbourhood(address: str) -> str:
    """What an address counts as: itself, or the network of an IPv6 address.

    >>> neighbourhood("203.0.113.9"), neighbourhood("2001:db8::1:2")
    ('203.0.113.9', '2001:db8::/64')
    """
    if ":" not in address:
        return address
    return str(ipaddress.ip_network(f"{address}/{OF_ONE_HOUSE}", strict=False))


def _address(text: str) -> str:
    """The address in a text, without what else is written beside it; none where there is none.

    >>> _address(" ::ffff:203.0.113.9 "), _address("203.0.113.9:4711"), _address("unknown")
    ('203.0.113.9', '203.0.113.9', '')
    """
    plain = text.strip()
    if plain.count(":") == 1:  # an IPv4 address with its port
        plain = plain.partition(":")[0]
    try:
        found = ipaddress.ip_address(plain.strip("[]"))
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    return str(mapped or found).partition("%")[0]
