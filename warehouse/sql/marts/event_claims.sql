-- How each claim stands to its event.
-- @event_id: The event.
-- @claim_id: The claim.
-- @relation: supports (the first of its outlet to say so), repeats (the outlet said so before, or the report is a near-duplicate) or contradicts (a denial).
select event_id, claim_id, relation from staging.merged_event_claims
union all
select e.event_id, c.claim_id, 'repeats'
from staging.claim_facts c
join staging.merged_event_claims e on e.claim_id = c.repeats_claim_id and e.relation <> 'contradicts'
order by event_id, claim_id
