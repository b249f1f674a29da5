-- One happening in the world: all claims that speak of it, merged (the rule stands in transforms/events.py).
-- @event_id: Hash of place, type, side and days.
-- @claim_type: The type on which most of its claims agree.
-- @place_id: Where.
-- @actor_side: The side that did it (or holds, or withdrew).
-- @opponent_side: The other side, as most claims have it.
-- @from_side: For captures, handovers and withdrawals the side that lost the place, where it is known.
-- @to_side: For captures and handovers the side that gained it.
-- @date_start: First day, inclusive, of the most precise, then the best attested, then the earliest of its claims; NULL where none is dated.
-- @date_end: Last day, inclusive.
-- @n_claims: Claims that speak of it, repeats among them.
-- @n_reports: Reports that they come from.
-- @n_independent_sources: Distinct origins: sides at war that speak, other named claimants, otherwise outlets; a near-duplicate is none.
-- @n_against_interest: Claims by which the claimant's own side loses.
-- @n_contradicting: Claims that deny it.
-- @first_published: Day on which it was first published.
-- @confidence: 0 to 1: that not all of its independent origins err.
with counted as (
    select
        e.event_id, count(*) filter (where e.relation <> 'contradicts') as n_claims,
        count(distinct c.report_id) filter (where e.relation <> 'contradicts') as n_reports,
        count(*) filter (where e.relation <> 'contradicts' and c.against_interest) as n_against_interest,
        count(*) filter (where e.relation = 'contradicts') as n_contradicting,
        min(c.published_at) filter (where e.relation <> 'contradicts') as first_published
    from event_claims e
    join staging.claim_facts c using (claim_id)
    group by e.event_id
)
select
    m.event_id, m.claim_type, m.place_id, m.side as actor_side, m.opponent_side,
    case when m.claim_type in ('capture', 'handover') then m.opponent_side when m.claim_type = 'withdrawal' then m.side end as from_side,
    if(m.claim_type in ('capture', 'handover'), m.side, null) as to_side,
    date '1970-01-01' + m.first as date_start, date '1970-01-01' + m.last as date_end,
    n.n_claims::integer as n_claims, n.n_reports::integer as n_reports, m.n_origins::integer as n_independent_sources,
    n.n_against_interest::integer as n_against_interest, n.n_contradicting::integer as n_contradicting, n.first_published, m.confidence
from staging.merged_events m
join counted n using (event_id)
order by m.place_id, date_start, m.event_id
