"""The presses that the war is told by, from honest to alone with a liar."""

from __future__ import annotations

from dataclasses import replace

from tests.war.country import sides
from tests.war.newsroom import Scenario
from tests.war.outlets import Outlet

GOVERNMENT, REBELS, BROTHERHOOD = sides()
WIRE = Outlet("ostrel", "Ostrel Agency", "agency", american=True)
MONITOR = Outlet("register", "Velmora Incident Register", "monitor", delays=(0.4, 0.4, 0.1, 0.1), relays=0.05)
PAPER = Outlet("kvarda", "Kvarda Courier", "newspaper", delays=(0.2, 0.6, 0.15, 0.05), silence=0.25, relays=0.4)
STATE = Outlet("vna", "Velmoran News Agency", "state", GOVERNMENT.side_id)
REBEL = Outlet("dlf_media", "Drenik Media Office", "party", REBELS.side_id, city="KLUMOVAR")
ZARUK = Outlet("zaruk_voice", "Voice of Zaruk", "party", BROTHERHOOD.side_id, city="TREZDOV")
LIAR = replace(STATE, lies=0.3)
EVERYBODY = (WIRE, MONITOR, PAPER, STATE, REBEL, ZARUK)


# Two that print what the government's agency writes as if it were their own.
ECHOES = (
    Outlet("mirror", "Zelkova Mirror", "newspaper", reprints=STATE.source_id),
    Outlet("echo", "Grondar Echo", "newspaper", reprints=STATE.source_id),
)


def _erring(outlet: Outlet) -> Outlet:
    return replace(outlet, errors=0.08)


SCENARIOS = {
    "honest": EVERYBODY,
    "one side lies": (WIRE, MONITOR, LIAR),
    "one side lies, and is reprinted": (
        WIRE,
        MONITOR,
        LIAR,
        *ECHOES,
    ),
    "all sides lie": (WIRE, MONITOR, LIAR, replace(REBEL, lies=0.3), replace(ZARUK, lies=0.3)),
    "nobody looks": (LIAR, replace(REBEL, lies=0.3), replace(ZARUK, lies=0.3), replace(WIRE, relays=1.0, doubts=0.0)),
    "careless": tuple(map(_erring, EVERYBODY)),
    "mostly silent": tuple(replace(o, silence=0.6) for o in EVERYBODY),
    "late": tuple(replace(o, delays=(0.1, 0.1, 0.2, 0.2, 0.2, 0.2)) for o in EVERYBODY),
}
"""Names of presses, as the tables of the documentation have them."""


def scenario(name: str, places: int = 36, days: int = 150) -> Scenario:
    """The press ``name`` on a country of ``places`` places for ``days`` days."""
    return Scenario(name, SCENARIOS[name], places, days=days)


def of_size(name: str, reports: int) -> Scenario:
    """The press ``name`` on as many places as make about ``reports`` reports in some months."""
    return Scenario(name, SCENARIOS[name], places=min(8_000, max(24, reports // 40)), reports=reports)
