-- Who held each place, in valid time and in known time (rules R0 to R10 as transforms/control/timeline.py states them).
-- Today's belief are the rows with known_to = 9999-12-31; what was believed on day K those with known_from <= K < known_to. Key: control_id.
-- @control_id: Hash of the row.
-- @place_id: The place; nothing passes from a place to its parent or back (R9).
-- @holder_side: The side that holds it; NULL where that is contested or unknown.
-- @sides: The holder, or the sides between which it is contested.
-- @status: held, contested, besieged (held and surrounded) or unknown.
-- @besieger_sides: Who besieges the holder (R8), 'unknown' where nobody says; empty where nobody does.
-- @valid_from: First day of the interval.
-- @valid_to: Day after the last; 9999-12-31 where it lasts.
-- @known_from: Publication day of the claim from which on this was believed (R10).
-- @known_to: Publication day of the claim that changed it; 9999-12-31 where it is believed still.
-- @rule_id: What made the row: R1 a change of hands or a withdrawal, R2 a claim of control or of who is besieged, R3 a reversal within a day, R4 claims against each other, R8 a siege.
-- @reason: Why, in words.
-- @basis: claimed where only the winning side's own voices said so when it became known, otherwise assessed (R5).
-- @last_evidence_on: The last day within the interval for which a claim opens or confirms it, of all published before known_to.
-- @carried_forward_from: From this day to the end of the interval nothing was heard of it: it is carried forward (R7); NULL where something was.
-- @confidence: 0 to 1, from the independent origins of the claims that made it; halved where it is contested. Where it is carried forward, control_on lets it decay.
-- @claim_ids: The claims that made it, as known on known_from; later ones stand in control_evidence.
-- @n_confirming: Later claims that confirm it.
-- @n_contradicting: Claims that speak against it.
with evidence as (
    select
        control_id, max(evidence_on) filter (where role <> 'contradicts') as last_evidence_on,
        count(*) filter (where role = 'confirms') as n_confirming, count(*) filter (where role = 'contradicts') as n_contradicting
    from control_evidence
    group by control_id
),
rows as (
    select
        r.control_id, r.place_id, r.holder_side, r.sides, r.status, r.besiegers as besieger_sides,
        date '1970-01-01' + r.valid_from as valid_from, date '1970-01-01' + r.valid_to as valid_to,
        date '1970-01-01' + r.known_from as known_from, date '1970-01-01' + r.known_to as known_to,
        r.rule_id, r.reason, r.basis,
        least(greatest(e.last_evidence_on, date '1970-01-01' + r.valid_from), date '1970-01-01' + r.valid_to - 1) as last_evidence_on,
        r.confidence, r.claim_ids, coalesce(e.n_confirming, 0)::integer as n_confirming,
        coalesce(e.n_contradicting, 0)::integer as n_contradicting
    from staging.control_rows r
    left join evidence e using (control_id)
    where r.rule_set = 'main'
)
select
    r.* exclude (confidence, claim_ids, n_confirming, n_contradicting),
    if(r.last_evidence_on + m.carried_after_days + 1 < r.valid_to, r.last_evidence_on + m.carried_after_days + 1, null) as carried_forward_from,
    r.confidence, r.claim_ids, r.n_confirming, r.n_contradicting
from rows r
cross join (select carried_after_days from rule_sets where rule_set = 'main') m
-- What is believed today lies together, so that asking for it reads nothing else.
order by r.known_to = date '9999-12-31' desc, r.place_id, r.known_from, r.valid_from, r.known_to
