"""Web addresses as text: which are meant for everybody, which name the same page, and what in them is a secret."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

MAX_ADDRESS = 2_000
"""Characters; no outlet's addresses come near it."""
HIDDEN = "REDACTED"

_SECRET = re.compile(
    r"(^|[-_.])(access|api|app|auth|authorization|bearer|client|consumer|credential|hmac|jwt|pass|passwd|password|"
    r"private|pwd|secret|session|sessionid|sid|sig|sign|signature|token|x-amz-\w+)([-_.]?(key|token|secret|id|code))?$"
    r"|^(key|apikey|accesskey|authkey|accesstoken|authtoken)$",
    re.IGNORECASE,
)
_TRACKER = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_ga|ncid|cmpid", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"\s*(javascript|vbscript|data|file|blob|about|ftp)\s*:", re.IGNORECASE)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def web_address(address: str, base: str | None = None) -> str | None:
    """``address`` as an absolute http(s) address without fragment; None where it is none."""
    try:
        parts = urlsplit(urljoin(base, address.strip()) if base else address.strip())
        known = parts.scheme.lower() in ("http", "https") and parts.hostname and (parts.port or True)
    except ValueError:
        return None
    if not known or re.search(r"[\x00-\x20\x7f\\]", parts.netloc):
        return None
    path = re.sub(r"[\x00-\x20\x7f]", lambda found: f"%{ord(found[0]):02X}", parts.path)
    query = re.sub(r"[\x00-\x20\x7f]", lambda found: f"%{ord(found[0]):02X}", parts.query)
    whole = urlunsplit((parts.scheme.lower(), parts.netloc, path or "/", query, ""))
    return whole if len(whole) <= MAX_ADDRESS else None


def same_page(address: str) -> str:
    """``address`` without what only says who followed it: the same for the same page."""
    parts = urlsplit(address)
    kept = [p for p in parts.query.split("&") if p and not _TRACKER.fullmatch(p.partition("=")[0])]
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path, "&".join(kept), ""))


def redacted(address: str) -> str:
    """``address`` without user names, passwords and the values of parameters that are named like secrets."""
    if "@" not in address and "?" not in address:
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return address.partition("?")[0].rpartition("@")[2]
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=host, query=_without_secrets(parts)))


def holds_secret(address: str) -> bool:
    """Whether :func:`redacted` would take something out of it."""
    return redacted(address) != address


def publishable(address: str) -> str | None:
    """An address that a report may carry: without secrets, and None for one that a browser would run or open."""
    return None if _OTHER_SCHEME.match(address) else redacted(address)


def _without_secrets(parts: SplitResult) -> str:
    fields = parse_qsl(parts.query, keep_blank_values=True)
    if not any(_SECRET.search(name) and value != HIDDEN for name, value in fields):
        return parts.query
    return urlencode([(name, HIDDEN if _SECRET.search(name) else value) for name, value in fields])


def not_public(address: Address) -> str | None:
    """What kind of address it is where it is not one of the open internet, else None.

    IPv6 addresses that carry an IPv4 one (mapped, 6to4, Teredo, NAT64) are judged by it, too.
    """
    if isinstance(address, ipaddress.IPv6Address):
        for inner in _carried(address):
            kind = not_public(inner)
            if kind:
                return kind
    kinds = ("unspecified", "loopback", "link_local", "multicast", "private", "reserved")
    for kind in kinds:
        if getattr(address, f"is_{kind}"):
            return kind.replace("_", "-")
    if getattr(address, "is_site_local", False):
        return "site-local"
    return None if address.is_global else "shared or special"


def _carried(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64 or int(address) >> 32 == 0:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [inner for inner in found if inner is not None]
