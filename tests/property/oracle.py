"""The rules of control in plain Python: day after day, every day asking all that was ever said. Slow and easy to check.

It shares with the shipped implementation the values (claims) and the merging of claims into events, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from configs.model import Rules
from transforms.control.events import Event, Evidence, merge

MOVES = ("capture", "handover", "withdrawal")
HOLDS = ("capture", "handover", "control", "repelled")
Believed = tuple[str, tuple[str, ...], tuple[str, ...]]
"""Status, sides, besiegers."""
NEVER = -(10**6)
FAR = 10**6


@dataclass
class Now:
    """What is believed as the days go by."""

    status: str = ""
    sides: list[str] = field(default_factory=list)
    since: int = NEVER
    rule: str = ""
    claims: list[Evidence] = field(default_factory=list)
    left_by: list[str] = field(default_factory=list)
    besiegers: list[str] = field(default_factory=list)

    def become(
        self,
        status: str,
        sides: Iterable[str],
        day: int,
        rule: str,
        claims: Iterable[Evidence],
        left: Iterable[str] = (),
    ) -> None:
        self.status, self.sides, self.since, self.rule = status, sorted(sides), day, rule
        self.claims, self.left_by = list(claims), list(left)
        self.besiegers = [b for b in self.besiegers if status != "unknown" and (rule == "R4" or rule == "R1left")]
        if status == "held" or rule == "R1left":
            self.besiegers = [b for b in self.besiegers if b not in self.sides]


def believed(known: Sequence[Evidence], days: range, rules: Rules) -> dict[int, Believed]:
    """What is believed of each of ``days`` after all of ``known``, claims of one place."""
    usable = [c for c in known if c.first is not None and c.last is not None and c.published is not None]
    moves = [
        c
        for c in usable
        if c.status == "happened" and c.claim_type in MOVES and c.side != "unknown" and c.extent == "all"
    ]
    events = [e for e in merge(moves, rules.merge_within_days) if e.last is not None]
    told = [c for c in usable if c not in moves and (c.side != "unknown" or c.claim_type in ("siege", "siege_lifted"))]
    told = [c for c in told if not (c.status == "happened" and c.claim_type in MOVES)]
    now, found = Now(), dict[int, Believed]()
    for day in days:
        later = [e.last for e in events if e.last is not None and e.last > day]
        until = min(later, default=FAR)
        _changes_hands(now, day, [e for e in events if e.last == day], told, until, rules, found)
        _is_told(now, day, told, until, rules)
        found[day] = (now.status, tuple(now.sides), tuple(sorted(now.besiegers)))
    return found


def weigh(spoken: Sequence[tuple[Evidence, str]], rules: Rules) -> dict[str, float]:
    """Each origin counts once, by what it published last; those that serve their side, ``own_word`` together."""
    total = {}
    for camp in {camp for _, camp in spoken}:
        independent, partisan = set(), set()
        for claim, speaks_for in spoken:
            newest = max(c.published or 0 for c, _ in spoken if c.origin == claim.origin)
            if speaks_for == camp and claim.published == newest:
                (partisan if claim.partisan else independent).add(claim.origin)
        if independent or partisan:
            total[camp] = len(independent) + (rules.own_word if partisan - independent else 0.0)
    return total


def _verdict(
    event: Event, told: Sequence[Evidence], lost_by: Sequence[str], until: int, rules: Rules
) -> tuple[float, float]:
    assert event.first is not None
    assert event.last is not None
    gain = event.kind == "gain"
    spoken = [(c, "for") for c in event.claims]
    for c in told:
        assert c.last is not None
        if c.last > event.last + rules.weigh_within_days or c.last >= until:
            continue
        if c.status == "denied":
            same = (c.claim_type in ("capture", "handover")) if gain else c.claim_type == "withdrawal"
            if same and c.side == event.side and event.first <= c.last:
                spoken.append((c, "against"))
        elif c.claim_type in HOLDS and c.last >= event.last:
            if gain and c.side == event.side:
                spoken.append((c, "for"))
            elif c.last > event.last and c.extent == "all":
                if gain and (c.side in lost_by or not lost_by):
                    spoken.append((c, "against"))
                if not gain and c.side == event.side:
                    spoken.append((c, "against"))
    found = weigh(spoken, rules)
    return found.get("for", 0.0), found.get("against", 0.0)


def _changes_hands(  # noqa: C901 (all of one day in one place, to be read from above to below)
    now: Now, day: int, events: Sequence[Event], told: Sequence[Evidence], until: int, rules: Rules,
    found: dict[int, Believed],
) -> None:  # fmt: skip
    gains = {e.side for e in events if e.kind == "gain"}
    leavers = {e.side for e in events if e.kind == "withdrawal"}
    before = Now(now.status, list(now.sides), now.since, now.rule, list(now.claims))
    now.besiegers = [b for b in now.besiegers if b not in leavers]
    leaving = []
    for side in now.sides:
        if side in leavers - gains:
            pro, contra = _verdict(_together(events, "withdrawal", side), told, now.sides, until, rules)
            if pro > contra and pro >= rules.least_weight:
                leaving.append(side)
    if leaving:
        stay = [s for s in now.sides if s not in leaving]
        status = "unknown" if not stay else "held" if len(stay) == 1 else "contested"
        claims = [c for side in leaving for c in _together(events, "withdrawal", side).claims]
        now.become(status, stay, day, "R1left" if stay else "R1", claims, leaving if not stay else ())
    taken = {}
    for side in gains:
        pro, contra = _verdict(_together(events, "gain", side), told, now.sides, until, rules)
        refuted = contra > pro and (contra >= rules.corroborated or pro < 1)
        if not refuted:
            taken[side] = (pro, contra)
    strong = [s for s, (pro, contra) in taken.items() if pro >= rules.corroborated and pro > contra]
    if len(strong) == 1:
        taken = {strong[0]: taken[strong[0]]}
    if gains and not taken and now.status in ("", "unknown"):
        claims = [c for side in gains for c in _together(events, "gain", side).claims]
        losers = {c.opponent_side for c in claims} - {None, "unknown", *gains, *now.left_by}
        if len(losers) == 1:
            now.become("held", [str(s) for s in losers], day, "R4", claims)
        return
    if not taken or (now.status in ("held", "contested") and now.sides == sorted(taken)):
        return
    claims = [c for side in taken for c in _together(events, "gain", side).claims]
    if len(taken) > 1:
        now.become("contested", taken, day, "R3", claims)
        return
    [(side, (pro, contra))] = taken.items()
    if contra >= pro or pro < rules.least_weight:
        losers = {c.opponent_side for c in claims} - {None, "unknown", side}
        sides = sorted({side, *(now.sides or losers)}, key=str)
        if now.status != "contested" or now.sides != sides:
            now.become("contested", [str(s) for s in sides], day, "R4", claims)
        return
    was_taken = before.rule == "R1" and bool(before.claims) and before.claims[0].claim_type in ("capture", "handover")
    if before.status == "held" and was_taken and before.sides != [side] and day - before.since <= rules.reversal_days:
        for past in range(before.since, day):
            found[past] = ("contested", tuple(sorted({*before.sides, side})), found[past][2])
    now.become("held", [side], day, "R1", claims)


def _together(events: Sequence[Event], kind: str, side: str) -> Event:
    """The events of a side that end on one day, as one: the days of the first, the claims of all."""
    same = [e for e in events if e.kind == kind and e.side == side]
    return Event(same[0].place_id, kind, side, same[0].first, same[0].last, tuple(c for e in same for c in e.claims))


def _is_told(now: Now, day: int, told: Sequence[Evidence], until: int, rules: Rules) -> None:
    happened = [c for c in told if c.status == "happened"]
    control = [c for c in happened if c.claim_type == "control"]
    if now.status in ("", "unknown"):
        _opens(now, day, control, told, until, rules)
    if now.status in ("", "unknown"):
        inside = [
            c._replace(claim_type="control", side=c.opponent_side, partisan=c.against_interest)
            for c in happened
            if c.claim_type == "siege" and c.last == day and c.opponent_side not in (None, "unknown", c.side)
        ]
        _opens(now, day, inside, told, until, rules)
    today = [c for c in control if c.last == day]
    if today and now.status in ("held", "contested") and day > now.since:
        near = [
            c
            for c in happened
            if c.claim_type in HOLDS
            and c.last is not None
            and max(now.since, day - rules.weigh_within_days) <= c.last <= min(until, day + rules.weigh_within_days)
        ]
        if now.status == "held":
            _contests(now, day, today, near, rules)
        else:
            _settles(now, day, today, near, rules)
    for c in happened:
        if c.claim_type == "siege_lifted" and c.last == day:
            named = c.opponent_side not in (None, "unknown", *now.sides)
            now.besiegers = [b for b in now.besiegers if named and b not in (c.opponent_side, "unknown")]
    _besieges(now, day, [c for c in happened if c.claim_type == "siege" and day in (c.first, c.last)])


def _opens(now: Now, day: int, control: Sequence[Evidence], told: Sequence[Evidence], until: int, rules: Rules) -> None:
    openers = []
    for c in control:
        assert c.first is not None
        assert c.last is not None
        begin = now.since + 1 if c.side in now.left_by else now.since
        if day == (c.first if c.first >= begin else c.last) and day >= begin:
            openers.append(c)
    for side in {c.side for c in openers}:
        mine = [c for c in openers if c.side == side]
        denied = [
            c
            for c in told
            if c.status == "denied" and c.claim_type == "control" and c.side == side
            and c.last is not None and day <= c.last <= min(until, day + rules.weigh_within_days)
        ]  # fmt: skip
        found = weigh([*((c, "for") for c in mine), *((c, "against") for c in denied)], rules)
        if found.get("against", 0.0) > found.get("for", 0.0):
            openers = [c for c in openers if c.side != side]
    if openers:
        sides = {c.side for c in openers}
        now.become("held" if len(sides) == 1 else "contested", sides, day, "R2", openers)


def _contests(now: Now, day: int, today: Sequence[Evidence], near: Sequence[Evidence], rules: Rules) -> None:
    holder = now.sides[0]
    rivals = {c.side for c in today} - {holder}
    parts = [c for c in today if c.side in rivals and c.extent == "part"]
    if not rivals:
        return
    if parts and now.rule == "R2" and all(c.extent == "part" for c in now.claims):
        keep = list(now.besiegers)
        now.become("contested", {holder, *(c.side for c in parts)}, day, "R2", [*now.claims, *parts])
        now.besiegers = keep
        return
    made = [c for c in now.claims if c.claim_type in HOLDS and c.status == "happened"]
    total = weigh([(c, c.side) for c in [*made, *(c for c in near if c not in made)]], rules)
    recent = weigh([(c, c.side) for c in near], rules)
    whole = weigh([(c, c.side) for c in near if c.extent == "all"], rules)
    held = recent.get(holder, 0.0)
    strong = [s for s in rivals if whole.get(s, 0.0) >= rules.corroborated and whole[s] > held]
    if len(strong) == 1:
        now.become("held", strong, day, "R4", [c for c in near if c.side == strong[0]])
        return
    equal = {
        s for s in rivals
        if total.get(s, 0.0) >= total.get(holder, 0.0) or recent.get(s, 0.0) >= max(rules.corroborated, held)
    }  # fmt: skip
    if equal:
        claims = [*now.claims, *(c for c in near if c.side in equal and c not in now.claims)]
        now.become("contested", {holder, *equal}, day, "R4", claims)


def _settles(now: Now, day: int, today: Sequence[Evidence], near: Sequence[Evidence], rules: Rules) -> None:
    made = [c for c in now.claims if c.claim_type in HOLDS and c.status == "happened"]
    everything = [*made, *(c for c in near if c not in made)]
    total = weigh([(c, c.side) for c in everything], rules)
    whole = weigh([(c, c.side) for c in everything if c.extent == "all"], rules)
    parts = weigh([(c, c.side) for c in near if c.extent == "part"], rules)
    for side in sorted({c.side for c in today if c.extent == "all"}):
        rest = max((w for s, w in total.items() if s != side), default=0.0)
        mine = whole.get(side, 0.0)
        elsewhere = max((w for s, w in parts.items() if s != side), default=0.0)
        alone = rest == 0 and all(c.extent == "all" for c in made)
        if mine > rest and elsewhere < rules.corroborated and (mine >= rules.corroborated or alone):
            now.become("held", [side], day, "R4", [c for c in near if c.side == side])
            return


def _besieges(now: Now, day: int, sieges: Sequence[Evidence]) -> None:
    if not sieges or (now.rule in ("R1", "R1left") and now.since == day):
        return
    if now.status in ("held", "contested"):
        now.besiegers += sorted({c.side for c in sieges} - {*now.sides, *now.besiegers})
